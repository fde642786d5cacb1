import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { WebSocket } from "ws";
import { type Answer, jsonAnswer } from "../answer";

/** A page that is served at the stand-in's own address, so that it may act in the name of people. */
export type PageData = {
  /** Its files; `index.html` at the address itself. */
  folder: string;
  /** Other servers that the page may call: the path below which they answer here, and the address to which the rest goes. */
  beside?: Record<string, string>;
};

export type Page = {
  /** A file, or null where there is none. */
  file(path: string): Answer | null;
  /** The answer of another server, or null where the path belongs to none. */
  beside(path: string, search: string, method: string, body: string): Promise<Answer> | null;
  /** Passes on what another server sends over a WebSocket; null where the path belongs to none. */
  feedBeside(path: string, search: string): ((socket: WebSocket) => void) | null;
};

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The page gets nothing from anywhere else. Its library writes styles into elements. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Reads all files of a page at once: there are few, and none but them can be asked for. */
export function pageOf({ folder, beside = {} }: PageData): Page {
  const files = new Map<string, Answer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const type = TYPES[extname(entry.name)];
    if (type) files.set(`/${relative(folder, full).split(sep).join("/")}`, fileAnswer(full, type));
  }
  return {
    file: (path) => files.get(path === "/" ? "/index.html" : path) ?? null,
    beside: (path, search, method, body) => {
      const address = addressBeside(beside, path);
      return address === null ? null : passedOn(`${address}${search}`, method, body);
    },
    feedBeside: (path, search) => {
      const address = addressBeside(beside, path);
      return address === null ? null : (socket) => passFeedOn(`${address}${search}`, socket);
    },
  };
}

/** Where another server answers what is asked for below its path; null where the path belongs to none. */
function addressBeside(beside: Record<string, string>, path: string): string | null {
  const found = Object.entries(beside).find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
  if (!found) return null;
  const [prefix, address] = found;
  return `${address}${path.slice(prefix.length)}`;
}

/** When one side ends, so does the other; whoever watches connects again. */
function passFeedOn(url: string, socket: WebSocket): void {
  const feed = new WebSocket(url.replace(/^http/, "ws"));
  feed.on("message", (data) => socket.send(String(data)));
  feed.on("close", () => socket.close());
  socket.on("close", () => feed.close());
  // A socket that fails also closes.
  feed.on("error", () => {});
  socket.on("error", () => {});
}

function fileAnswer(path: string, type: string): Answer {
  return {
    status: 200,
    headers: {
      "content-type": type,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
    body: readFileSync(path, "utf8"),
  };
}

async function passedOn(url: string, method: string, body: string): Promise<Answer> {
  try {
    const response = await fetch(url, { method, ...(method === "GET" ? {} : { body }) });
    return {
      status: response.status,
      headers: { "content-type": response.headers.get("content-type") ?? "application/json" },
      body: await response.text(),
    };
  } catch {
    // Whatever the reason: the page can only say that the other server does not answer.
    return jsonAnswer(502, { error: "it does not answer" });
  }
}
