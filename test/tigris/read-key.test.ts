import { type Gateway, gatewayForEach, inTurn, OWN_ID, type Reply, respond, SECRET, type TestServer } from "./server";

let server: TestServer;
let gateway: Gateway;
gatewayForEach((...both) => {
  [server, gateway] = both;
});

const entry = (id: string, fields: object = {}) => ({
  access_key_id: id,
  username: "deploy-K7QM2XAB",
  created_at: "2026-03-04T05:06:07.089Z",
  creator: OWN_ID,
  namespace_id: "acme",
  status: "active",
  buckets_role: [{ bucket: "logs", role: "Editor" }],
  ...fields,
});
const page = (keys: unknown[], marker = "") => respond(200, { IsTruncated: marker !== "", Marker: marker, Keys: keys });
const keyAt = (id: string, fields: object = {}) => ({
  accessKeyId: id,
  name: "deploy-K7QM2XAB",
  createdAtMs: Date.UTC(2026, 2, 4, 5, 6, 7, 89),
  creator: OWN_ID,
  status: "active",
  roles: [{ bucket: "logs", role: "Editor" }],
  ...fields,
});

test("one key is read with its roles and its status", async () => {
  server.answer(page([entry("tid_1")]));
  expect(await gateway.tigris.readKey("tid_1")).toEqual({ kind: "there", key: keyAt("tid_1") });
  expect(server.got).toMatchObject([{ url: "/?Detailed=", body: "Action=ListAccessKeys&KeyId=tid_1" }]);
});

test.each<[string, object, object]>([
  ["no roles", { buckets_role: [] }, { roles: [] }],
  ["no word of roles, as Go leaves out an empty list", { buckets_role: undefined }, { roles: [] }],
  ["null for roles, as Go writes them", { buckets_role: null }, { roles: [] }],
  [
    "a role of another kind",
    { buckets_role: [{ bucket: "*", role: "New", since: 1 }] },
    { roles: [{ bucket: "*", role: "New" }] },
  ],
  ["an inactive status", { status: "inactive" }, { status: "inactive" }],
  ["AWS's word for it", { status: "Inactive" }, { status: "inactive" }],
  ["a status that nobody knows", { status: "paused" }, { status: null }],
  ["no status", { status: undefined }, { status: null }],
  ["no name", { username: null }, { name: "" }],
  ["a secret for a name", { username: SECRET }, { name: "" }],
  ["no creator", { creator: "" }, { creator: null }],
])("a key with %s", async (_what, fields, expected) => {
  server.answer(page([entry("tid_1", fields)]));
  expect(await gateway.tigris.readKey("tid_1")).toEqual({ kind: "there", key: keyAt("tid_1", expected) });
});

test.each<[string, Reply]>([
  ["an empty list", page([])],
  ["no list at all, as Go writes it", respond(200, { Keys: null })],
])("%s says that the key is not there", async (_what, reply) => {
  server.answer(reply);
  expect(await gateway.tigris.readKey("tid_1")).toEqual({ kind: "absent" });
});

test.each<[string, Reply, string]>([
  ["other keys", page([entry("tid_2")]), "other_keys"],
  ["an empty page with more behind it", page([], "m"), "other_keys"],
  ["roles that are no list", page([entry("tid_1", { buckets_role: "none" })]), "malformed"],
  ["a role without a bucket", page([entry("tid_1", { buckets_role: [{ role: "Editor" }] })]), "malformed"],
  [
    "a secret among the roles",
    page([entry("tid_1", { buckets_role: [{ bucket: SECRET, role: "Editor" }] })]),
    "malformed",
  ],
  ["no list", respond(200, {}), "malformed"],
  ["a refusal", respond(403, { Code: "AccessDenied" }), "AccessDenied"],
  ["a page without an end", respond(200, " ".repeat(5_000_000)), "too_large"],
])("%s says nothing about the key", async (_what, reply, reason) => {
  server.answer(reply);
  expect(await gateway.tigris.readKey("tid_1")).toEqual({ kind: "unavailable", reason });
});

test("a read is tried again, also where the time of its signature was wrong", async () => {
  const later = respond(503, { Code: "SlowDown" });
  server.answer(inTurn(later, respond(403, { Code: "RequestTimeTooSkewed" }), later, page([entry("tid_1")])));
  expect(await gateway.tigris.readKey("tid_1")).toMatchObject({ kind: "there" });
  expect(server.got).toHaveLength(4);
});

describe("the keys that a key made", () => {
  test("are found over all pages, each once, and no others", async () => {
    server.answer(
      inTurn(
        page([entry("tid_1"), entry("tid_2", { creator: `${OWN_ID}x` }), entry("tid_3", { creator: null })], "m1"),
        page([entry("tid_1"), entry("tid_4", { status: "inactive", buckets_role: [] })]),
      ),
    );
    expect(await gateway.tigris.keysMadeBy(OWN_ID)).toEqual({
      kind: "found",
      keys: [keyAt("tid_1"), keyAt("tid_4", { status: "inactive", roles: [] })],
      namesKeys: true,
    });
    expect(server.got.map(({ body }) => body)).toEqual([
      "Action=ListAccessKeys&MaxItems=1000",
      "Action=ListAccessKeys&MaxItems=1000&Marker=m1",
    ]);
  });

  test.each<[string, unknown, boolean]>([
    ["another key", "tid_other", true],
    ["people alone", "dana@example.com", false],
    ["nobody", undefined, false],
    ["a secret", SECRET, false],
  ])("are none where Tigris names %s as creator", async (_who, creator, namesKeys) => {
    const odd = { creator, buckets_role: "odd" };
    server.answer(page([entry("tid_1", odd), entry("tid_2", odd)]));
    expect(await gateway.tigris.keysMadeBy(OWN_ID)).toEqual({ kind: "found", keys: [], namesKeys });
    // One alone, which is the one that signs, says nothing about it.
    server.answer(page([entry("tid_1", odd)]));
    expect(await gateway.tigris.keysMadeBy(OWN_ID)).toMatchObject({ namesKeys: true });
  });

  test.each<[string, Reply, string]>([
    ["one of them has roles that can't be read", page([entry("tid_1", { buckets_role: [1] })]), "malformed"],
    ["one of them has no id", page([entry("AKIA1")]), "malformed"],
    ["a later page is refused", inTurn(page([entry("tid_1")], "m"), respond(403, { Code: "Denied" })), "Denied"],
    ["a page leads to itself", page([entry("tid_1")], "again"), "repeated_marker"],
  ])("are unknown where %s", async (_what, reply, reason) => {
    server.answer(reply);
    expect(await gateway.tigris.keysMadeBy(OWN_ID)).toEqual({ kind: "unavailable", reason });
  });
});
