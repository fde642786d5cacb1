import { LOOPBACK, setting } from "./config-values";
import { Secret } from "./domain/secret";
import type { PostgresLocation, StoreLocation } from "./domain/store-location";

type Reading<Value> = { value: Value } | { problem: string };

/** Where the store is: `file:` and a path, or `postgres://user:password@host:port/database`. */
export const database = setting<StoreLocation>((text) => (isPostgresUrl(text) ? postgres(text) : file(text)));

/** How the address of a PostgreSQL database could look. */
export const POSTGRES_EXAMPLE = "postgres://keybot:password@db.example/keybot";

/** Whether a text is meant as the address of a PostgreSQL database. */
export function isPostgresUrl(text: string): boolean {
  return /^\s*postgres(ql)?:/i.test(text);
}

function file(text: string): Reading<StoreLocation> {
  const path = /^file:(?:\/\/(?=\/))?([^/:?#%][^?#%]*|\/[^/?#%][^?#%]*)$/.exec(text)?.[1];
  return path === undefined || path.endsWith("/")
    ? { problem: "is neither the file: URL of a file nor a postgres:// URL" }
    : { value: { kind: "sqlite", file: path } };
}

/** What may follow the `?`. Whatever else PostgreSQL's own programs take there is refused, not left unheard. */
const KNOWN = new Set(["sslmode", "sslrootcert", "host"]);

/** What most often keeps an address from being one. */
const ENCODING = "a password is written with % codes for all but letters and digits, such as %40 for @";

function postgres(text: string): Reading<StoreLocation> {
  // A socket's URL may leave the host out, which no other URL may.
  const whole = text.replace(/^postgres(?:ql)?:\/\/([^/?#]*@)?(?=[/?#])/i, "postgres://$1socket");
  if (!URL.canParse(whole)) return { problem: `is not a URL: ${ENCODING}` };
  const url = new URL(whole);
  const unknown = [...url.searchParams.keys()].find((key) => !KNOWN.has(key));
  if (unknown !== undefined) return { problem: `has a parameter besides ${[...KNOWN].join(", ")}` };
  const socket = url.searchParams.get("host");
  if (url.hostname === "socket" && socket === null && whole !== text) return { problem: "names no host" };
  // Only a socket is on this machine for certain, and so may do without TLS.
  if (socket !== null && !socket.startsWith("/")) return { problem: "has a host= that is not the folder of a socket" };
  const [user, password, name] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  if (!user) return { problem: "names no user" };
  if (!name || name.includes("/")) return { problem: "names no database" };
  if (password === undefined) return { problem: `is not encoded as a URL: ${ENCODING}` };
  const host = socket ?? url.hostname.replace(/^\[(.*)\]$/, "$1");
  const tls = tlsOf(url, socket !== null || LOOPBACK.test(url.hostname));
  if ("problem" in tls) return tls;
  const port = url.port === "" ? 5432 : Number(url.port);
  const secret = password === "" ? null : new Secret(password);
  return { value: { kind: "postgres", host, port, user, password: secret, database: name, tls: tls.value } };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/**
 * TLS that checks nothing helps against nobody, so there is none: whatever asks for TLS has the server prove its name.
 * @param isLocal on this machine nobody stands between
 */
function tlsOf({ searchParams }: URL, isLocal: boolean): Reading<PostgresLocation["tls"]> {
  const mode = searchParams.get("sslmode") ?? (isLocal ? "disable" : "verify-full");
  if (mode === "disable") return { value: { kind: "off" } };
  if (mode !== "require" && mode !== "verify-ca" && mode !== "verify-full")
    return { problem: "has an sslmode other than disable, require and verify-full" };
  return { value: { kind: "verified", rootCertFile: searchParams.get("sslrootcert") } };
}
