import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { isFromHere } from "../from-here";
import { watchHappenings } from "../happened-feed";
import type { Parts } from "./answer-call";
import { happeningOf } from "./calls";

/** Serves WebSocket `/sandbox/happened`: every call, as it comes and as it is answered. @returns how to end all of them */
export function serveFeeds(server: Server, { calls, passed }: Parts): () => void {
  const sockets = new WebSocketServer({ noServer: true });
  const source = { all: () => calls.map(happeningOf), changes: passed, masks: undefined };
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (request.url !== "/sandbox/happened" || !isFromHere(request))
      return void socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (open) => watchHappenings(source, open));
  });
  return () => {
    for (const open of sockets.clients) open.terminate();
  };
}
