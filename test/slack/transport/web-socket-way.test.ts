import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { Secret } from "../../../src/domain/secret";
import { waysOut } from "../../../src/proxy";
import { openConnection } from "../../../src/slack/transport/connection";
import { createManualClock } from "../../kit/manual-clock";
import { until } from "../../kit/until";
import { capturedLog } from "./listening-app";

const opened: { link: WebSocket; socket: Socket }[] = [];
const server = createServer();
afterAll(async () => {
  for (const { socket } of opened) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

test("a connection on a way of ours is closed although the other side says nothing more", async () => {
  server.on("request", (_request, response) => response.end(JSON.stringify({ ok: true, url })));
  const links = new WebSocketServer({ server });
  links.on("connection", (link, { socket }) => {
    opened.push({ link: link.on("error", () => {}), socket });
    link.send(JSON.stringify({ type: "hello" }), () => socket.pause());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `ws://${address}/link`;

  const { log, logger } = capturedLog();
  const proxy = { url: new Secret("http://127.0.0.1:1"), direct: [] };
  const { webSocket } = waysOut(proxy, { clock: createManualClock(), log });
  const slack = { appToken: new Secret("xapp-1-test"), apiUrl: `http://${address}/api/`, webSocket, log, logger };
  const head = { hello: () => {}, left: () => {}, gone: () => {} };
  const mine = { enter: () => head, take: async () => {}, openTimeoutMs: 5_000 };
  const opening = await openConnection({ ...slack, ...mine }, new AbortController().signal);
  if (opening.kind !== "open") throw new Error(`it did not open: ${opening.code}`);
  await opening.connection.close();
  // Whoever is gone answers what comes with a reset (TCP, RFC 9293, 3.5.2).
  await until("the connection to be gone", () => {
    opened[0]?.link.ping();
    return opened[0]?.socket.destroyed;
  });
});
