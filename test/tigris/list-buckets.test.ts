import { type Gateway, gatewayForEach, inTurn, type Reply, respond, type TestServer } from "./server";

let server: TestServer;
let gateway: Gateway;
gatewayForEach((...both) => {
  [server, gateway] = both;
});

function page(names: readonly string[], token?: string): Reply {
  const buckets = names.map((name) => `<Bucket><Name>${name}</Name></Bucket>`).join("");
  const next = token === undefined ? "" : `<ContinuationToken>${token}</ContinuationToken>`;
  const owner = "<Owner><ID>acme</ID></Owner>";
  return respond(200, `<ListAllMyBucketsResult>${owner}<Buckets>${buckets}</Buckets>${next}</ListAllMyBucketsResult>`);
}

test("buckets are listed over all pages, in order, each once", async () => {
  server.answer(inTurn(page(["media", "builds"], "t/1"), page(["logs.old", "builds"])));
  expect(await gateway.tigris.listBuckets()).toEqual({ kind: "listed", names: ["builds", "logs.old", "media"] });
  const queries = server.got.map(({ url }) => new URL(url, server.endpoint).searchParams.get("continuation-token"));
  expect(queries).toEqual([null, "t/1"]);
});

test("thousands of buckets are no more than pages", async () => {
  const names = Array.from({ length: 5000 }, (_, n) => `bucket-${String(n).padStart(4, "0")}`);
  server.answer(
    inTurn(...[0, 1, 2, 3, 4].map((n) => page(names.slice(n * 1000, n * 1000 + 1000), n < 4 ? `t${n}` : undefined))),
  );
  expect(await gateway.tigris.listBuckets()).toEqual({ kind: "listed", names });
});

test.each<[string, Reply]>([
  ["an empty list", page([])],
  ["a list left out", respond(200, "<ListAllMyBucketsResult><Owner><ID>a</ID></Owner></ListAllMyBucketsResult>")],
])("%s is no buckets", async (_what, reply) => {
  server.answer(reply);
  expect(await gateway.tigris.listBuckets()).toEqual({ kind: "listed", names: [] });
});

test.each<[string, Reply, string, number]>([
  ["a refusal", respond(403, "<Error><Code>AccessDenied</Code></Error>"), "AccessDenied", 1],
  ["a refusal in JSON", respond(403, { Code: "AccessDenied" }), "http_403", 1],
  ["a server's mistake", respond(500, ""), "http_500", 3],
  ["a server's mistake in text", respond(502, "bad gateway"), "http_502", 3],
  ["a connection that ends", (_response, _got, socket) => socket.destroy(), "connection", 3],
  ["another page", respond(200, "<html></html>"), "malformed", 1],
  ["nothing", respond(200, ""), "malformed", 1],
  ["JSON", respond(200, { Buckets: [] }), "malformed", 1],
  ["a page that leads to itself", page(["a"], "again"), "repeated_marker", 2],
  ["an answer that is too large for one bucket too", respond(200, " ".repeat(5_000_000)), "too_large", 10],
  ["an answer from elsewhere", respond(301, "", { location: "http://127.0.0.1:1/" }), "http_301", 1],
])("%s makes the list unavailable", async (_what, reply, reason, calls) => {
  server.answer(reply);
  expect(await gateway.tigris.listBuckets()).toEqual({ kind: "unavailable", reason });
  expect(server.got).toHaveLength(calls);
});

test("a list without an end is given up", async () => {
  let turn = 0;
  server.answer((...call) => page([`b${turn}`], `t${turn++}`)(...call));
  expect(await gateway.tigris.listBuckets()).toEqual({ kind: "unavailable", reason: "too_many_pages" });
  expect(turn).toBe(50);
});

test("a bucket with an odd name is left out, the others stay, and that is logged once in a while", async () => {
  server.answer(inTurn(page(["a-bucket", "_internal", "team:assets"], "t"), page(["", "*", "b-bucket"])));
  expect(await gateway.tigris.listBuckets()).toEqual({ kind: "listed", names: ["a-bucket", "b-bucket"] });
  await gateway.tigris.listBuckets();
  expect(gateway.logged).toEqual([{ event: "tigris.odd_buckets" }]);
});
