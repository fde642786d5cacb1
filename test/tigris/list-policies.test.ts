import { type Gateway, gatewayForEach, inTurn, type Reply, respond, SECRET, type TestServer } from "./server";

let server: TestServer;
let gateway: Gateway;
gatewayForEach((...both) => {
  [server, gateway] = both;
});

const result = (names: unknown, more: object = {}) =>
  respond(200, { ListUserPoliciesResult: { PolicyNames: names, IsTruncated: false, ...more } });
const xml = (inside: string) =>
  respond(
    200,
    `<ListUserPoliciesResponse xmlns="x"><ListUserPoliciesResult>${inside}</ListUserPoliciesResult></ListUserPoliciesResponse>`,
  );

test("the policies of a key are listed over all pages, by its id", async () => {
  const first = { IsTruncated: true, Marker: "m 1" };
  server.answer(inTurn(result(["until-may", "office"], first), result(["office", "night"])));
  expect(await gateway.tigris.policiesOf("tid_a")).toEqual({ kind: "listed", names: ["until-may", "office", "night"] });
  const form = "Action=ListUserPolicies&Version=2010-05-08&UserName=tid_a&MaxItems=100";
  expect(server.got).toMatchObject([
    { method: "POST", url: "/?Action=ListUserPolicies", body: form },
    { method: "POST", url: "/?Action=ListUserPolicies", body: `${form}&Marker=m+1` },
  ]);
});

test.each<[string, Reply, string[]]>([
  [
    "AWS's XML",
    xml("<PolicyNames><member>a</member><member>b</member></PolicyNames><IsTruncated>false</IsTruncated>"),
    ["a", "b"],
  ],
  ["AWS's XML with one", xml("<PolicyNames><member>7</member></PolicyNames><IsTruncated>false</IsTruncated>"), ["7"]],
  ["AWS's XML without any", xml("<PolicyNames/><IsTruncated>false</IsTruncated>"), []],
  ["AWS's JSON", respond(200, { ListUserPoliciesResponse: { ListUserPoliciesResult: { PolicyNames: ["a"] } } }), ["a"]],
  ["null, as Go writes an empty list", result(null), []],
  ["an empty list with a marker left on it", result([], { Marker: "x" }), []],
])("%s is read", async (_what, reply, names) => {
  server.answer(reply);
  expect(await gateway.tigris.policiesOf("tid_a")).toEqual({ kind: "listed", names });
});

test.each<[string, Reply, string]>([
  ["nothing", respond(200, ""), "malformed"],
  ["another answer", respond(200, { Keys: [] }), "malformed"],
  ["no word of names", respond(200, { ListUserPoliciesResult: {} }), "malformed"],
  ["a secret for a name", result([SECRET]), "malformed"],
  ["more without a way to it", xml("<PolicyNames/><IsTruncated>true</IsTruncated>"), "no_marker"],
  ["a page that leads to itself", result(["a"], { IsTruncated: true, Marker: "again" }), "repeated_marker"],
  ["what Tigris does not know", respond(501, { Code: "NotImplemented" }), "http_501"],
  ["a refusal in XML", respond(403, "<Error><Code>AccessDenied</Code></Error>"), "AccessDenied"],
  ["a page without an end", respond(200, " ".repeat(70_000)), "too_large"],
])("%s is no list of policies", async (_what, reply, reason) => {
  server.answer(reply);
  expect(await gateway.tigris.policiesOf("tid_a")).toEqual({ kind: "unavailable", reason });
});

test("a list of policies without an end is given up", async () => {
  let turn = 0;
  server.answer((...call) => result([], { IsTruncated: true, Marker: `m${turn++}` })(...call));
  expect(await gateway.tigris.policiesOf("tid_a")).toEqual({ kind: "unavailable", reason: "too_many_pages" });
  expect(turn).toBe(20);
});
