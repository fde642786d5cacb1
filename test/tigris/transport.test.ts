import { gatewayTo, inTurn, madeAnswer, type Reply, respond, SECRET, startServer, type TestServer } from "./server";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const key = { name: "deploy-K7QM2XAB", access: { permission: "Admin", buckets: { kind: "all" } } } as const;
const good = JSON.stringify(madeAnswer(key.name));

/** Begins an answer and never ends it. */
const begin =
  (status: number, text: string): Reply =>
  (response) =>
    response.writeHead(status).write(text);
/** Begins an answer, and breaks the connection in the middle of it. */
const breakOff =
  (status: number, text: string): Reply =>
  (response, _got, socket) => {
    response.writeHead(status, { "content-length": "5000" });
    response.write(text, () => socket.destroy());
  };
/** Sends spaces, one by one, for as long as somebody listens. */
const dribble: Reply = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(" "), 5);
  response.on("close", () => clearInterval(timer));
};
/** Sends as much as somebody takes. */
const flood: Reply = (response) => {
  response.writeHead(200);
  const chunk = Buffer.alloc(64 * 1024, " ");
  const pour = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", pour);
  pour();
};

async function createOnce(timeoutMs: number) {
  const { tigris } = gatewayTo(server, { mutateMs: timeoutMs, readMs: timeoutMs });
  const answer = await tigris.createKey(key);
  tigris.close();
  expect(server.got).toHaveLength(1);
  return answer;
}

test.each<[string, Reply, object]>([
  ["never comes", () => {}, { kind: "lost", cause: "timeout" }],
  ["never ends", begin(200, good.slice(0, -1)), { kind: "lost", cause: "timeout" }],
  ["dribbles", dribble, { kind: "lost", cause: "timeout" }],
  ["is a refusal that never ends", begin(403, '{"Code":'), { kind: "lost", cause: "malformed" }],
])("a call whose answer %s is given up at its deadline", async (_what, reply, expected) => {
  server.answer(reply);
  expect(await createOnce(1_000)).toMatchObject(expected);
});

test.each<[string, Reply, object]>([
  ["does not come, the connection ending first", (_response, _got, socket) => socket.destroy(), lostBy("connection")],
  ["is broken off", breakOff(200, good), lostBy("connection")],
  ["is a refusal broken off", breakOff(404, "{"), lostBy("malformed")],
  ["is no HTTP", (_response, _got, socket) => socket.end(`${SECRET}\r\n\r\n`), lostBy("connection")],
  ["has no end", flood, lostBy("malformed")],
  ["is longer than any key's", respond(200, good + " ".repeat(70_000)), lostBy("malformed")],
  ["is no UTF-8", (response) => response.end(Buffer.from([0x7b, 0xff, 0x7d])), lostBy("malformed")],
  ["is a server's mistake that never ends", begin(500, SECRET), lostBy("server_error")],
  ["sends elsewhere", (response) => response.writeHead(302, { location: server.endpoint }).end(), lostBy("malformed")],
])("a call whose answer %s is tried once", async (_what, reply, expected) => {
  server.answer(reply);
  expect(await createOnce(5_000)).toMatchObject(expected);
});

function lostBy(cause: string) {
  return { kind: "lost", cause };
}

test("a Tigris that is not there is a value too", async () => {
  const { tigris } = gatewayTo({ endpoint: "http://127.0.0.1:1" });
  expect(await tigris.deleteKey("tid_a")).toEqual({ kind: "lost", cause: "connection", requestId: null });
  expect(await tigris.findKeysByName("a")).toEqual({ kind: "unavailable", reason: "connection" });
  expect(await tigris.listBuckets()).toEqual({ kind: "unavailable", reason: "connection" });
  tigris.close();
});

const page = respond(200, { IsTruncated: false, Marker: "", Keys: [] });

test.each<[string, Reply]>([
  ["a server's mistake", respond(500, "oops")],
  ["a server that slows down", respond(503, { Code: "SlowDown" })],
  ["too many calls", respond(429, "")],
  ["a connection that ends", (_response, _got, socket) => socket.destroy()],
  ["an answer broken off", breakOff(200, "{")],
])("a read is tried again after %s", async (_what, reply) => {
  const { tigris } = gatewayTo(server);
  server.answer(inTurn(reply, reply, page));
  expect(await tigris.findKeysByName("a")).toMatchObject({ kind: "found", keys: [] });
  expect(server.got).toHaveLength(3);
  tigris.close();
});

test("a read is tried three times at most, and not after a refusal", async () => {
  const { tigris } = gatewayTo(server);
  server.answer(respond(503, ""));
  expect(await tigris.findKeysByName("a")).toEqual({ kind: "unavailable", reason: "http_503" });
  expect(server.got).toHaveLength(3);
  server.answer(respond(403, { Code: "AccessDenied" }));
  expect(await tigris.findKeysByName("a")).toEqual({ kind: "unavailable", reason: "AccessDenied" });
  expect(server.got).toHaveLength(4);
  tigris.close();
});

test.each<[string, Reply]>([
  ["never comes", () => {}],
  ["dribbles", dribble],
])("a read whose answer %s ends at its deadline", async (_what, reply) => {
  const { tigris } = gatewayTo(server, { mutateMs: 300, readMs: 300 });
  server.answer(reply);
  expect(await tigris.organization()).toEqual({ kind: "unavailable", reason: "timeout" });
  expect(await tigris.listBuckets()).toEqual({ kind: "unavailable", reason: "timeout" });
  tigris.close();
});

test("a read that hangs once is tried again before its deadline", async () => {
  const { tigris } = gatewayTo(server, { mutateMs: 600, readMs: 600 });
  server.answer(inTurn(() => {}, page));
  expect(await tigris.findKeysByName("a")).toMatchObject({ kind: "found", keys: [] });
  tigris.close();
});
