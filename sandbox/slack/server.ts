import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { type Answer, jsonAnswer, readBody, send } from "../answer";
import { isFromHere } from "../from-here";
import { watchHappenings } from "../happened-feed";
import { answerControl } from "./controls";
import { happeningsOf } from "./happened";
import { type Page, pageOf } from "./page";
import { handlePerson } from "./person/api";
import { watchScreen } from "./person/feed";
import { handleResponse } from "./response-url";
import { handleCall } from "./web-api/handle";
import type { Workspace } from "./workspace";

/** Where people are, for browsers and the driver. */
export const PEOPLE_PATH = "/sandbox/people";

/** Listens on this machine alone: the Web API, `response_url`s, Socket Mode, and the person API, and a page. @param port 0 for any */
export async function listen(workspace: Workspace, port: number): Promise<Server> {
  const page = workspace.page ? pageOf(workspace.page) : null;
  const server = createServer((request, response) => {
    response.setHeader("date", new Date(workspace.now()).toUTCString());
    void answer(workspace, page, request).then(
      (given) => send(response, given),
      // A body that was cut off, or a fault of the stand-in's own: there is nothing to say to that.
      () => send(response, null),
    );
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const isOpened = upgrade(workspace, page, request, (open) => sockets.handleUpgrade(request, socket, head, open));
    if (!isOpened) socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  workspace.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return server;
}

async function answer(workspace: Workspace, page: Page | null, request: IncomingMessage): Promise<Answer | null> {
  const url = addressOf(workspace, request);
  if (!url) return jsonAnswer(400, { error: "no address" });
  const { pathname } = url;
  const body = await readBody(request);
  if (!isFromHere(request) && !isFromApp(workspace, request))
    return jsonAnswer(403, { error: "only pages of this address may act here" });
  if (pathname.startsWith("/api/"))
    return handleCall(workspace, { method: pathname.slice(5), query: url.searchParams }, request, body);
  if (pathname.startsWith("/response/")) return handleResponse(workspace, pathname.slice(10), body);
  if (pathname.startsWith(PEOPLE_PATH))
    return handlePerson(workspace, pathname.slice(PEOPLE_PATH.length), request, body);
  const given =
    answerControl(workspace, url, request.method, body) ??
    page?.file(pathname) ??
    page?.beside(pathname, url.search, request.method ?? "GET", body);
  return given ?? jsonAnswer(404, { error: "not_found" });
}

/** Whether a request comes the way that the app is told, from no page. */
function isFromApp({ publicUrl }: Workspace, { headers }: IncomingMessage): boolean {
  return headers.host === new URL(publicUrl).host && headers.origin === undefined;
}

type Open = Parameters<WebSocketServer["handleUpgrade"]>[3];

/** @returns false where nothing listens at that address */
function upgrade(
  workspace: Workspace,
  page: Page | null,
  request: IncomingMessage,
  accept: (open: Open) => void,
): boolean {
  const url = addressOf(workspace, request);
  if (!url) return false;
  const { pathname, search, searchParams } = url;
  if (pathname === "/link") {
    // A ticket opens one connection.
    if (!workspace.connections.tickets.delete(searchParams.get("ticket") ?? "")) return false;
    accept((socket) => workspace.connections.add(socket, { appId: workspace.app.id, startedAt: workspace.startedAt }));
    return true;
  }
  if (!isFromHere(request)) return false;
  const feed =
    pathname === "/sandbox/happened"
      ? (socket: WebSocket) => watchHappenings(happeningsOf(workspace), socket)
      : page?.feedBeside(pathname, search);
  if (feed) {
    accept((socket) => {
      workspace.clients.add(socket);
      socket.on("close", () => workspace.clients.delete(socket));
      feed(socket);
    });
    return true;
  }
  const [personId = ""] = pathname.slice(PEOPLE_PATH.length + 1).split("/");
  const person = pathname.startsWith(`${PEOPLE_PATH}/`) ? workspace.people.get(personId) : undefined;
  if (!person) return false;
  accept((socket) => watchScreen(workspace, person, socket));
  return true;
}

function addressOf({ baseUrl }: Workspace, { url = "/" }: IncomingMessage): URL | null {
  return URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
}
