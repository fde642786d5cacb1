import { type Gateway, gatewayForEach, inTurn, OWN_ID, respond, SECRET, type TestServer } from "./server";

let server: TestServer;
let gateway: Gateway;
gatewayForEach((...both) => {
  [server, gateway] = both;
});

const NAME = "deploy-K7QM2XAB";
const CREATED = "2026-03-04T05:06:07.089Z";

function entry(id: string, name: unknown = NAME, fields: object = {}) {
  return {
    access_key_id: id,
    username: name,
    created_at: CREATED,
    creator: OWN_ID,
    human_creator: "dana@example.com",
    namespace_id: "acme",
    status: "active",
    buckets_role: [{ bucket: "*", role: "NamespaceAdmin" }],
    ...fields,
  };
}
const page = (keys: unknown, marker = "") => respond(200, { IsTruncated: marker !== "", Marker: marker, Keys: keys });
const listed = (id: string, fields: object = {}) => ({
  accessKeyId: id,
  name: NAME,
  createdAtMs: Date.UTC(2026, 2, 4, 5, 6, 7, 89),
  creator: OWN_ID,
  ...fields,
});

test("keys are found by their whole name, over all pages, each once", async () => {
  server.answer(
    inTurn(
      page([entry("tid_1", "deploy"), entry("tid_2"), entry("tid_3", `${NAME}-2`)], "m 1"),
      page([entry("tid_4", NAME.toLowerCase()), entry("tid_2")], "m2"),
      page([entry("tid_5", ` ${NAME}`), entry("tid_6"), entry("tid_7", null)]),
    ),
  );
  expect(await gateway.tigris.findKeysByName(NAME)).toMatchObject({
    kind: "found",
    keys: [listed("tid_2"), listed("tid_6")],
  });
  expect(server.got).toMatchObject([
    { url: "/?Detailed=", body: "Action=ListAccessKeys&MaxItems=1000" },
    { url: "/?Detailed=", body: "Action=ListAccessKeys&MaxItems=1000&Marker=m+1" },
    { url: "/?Detailed=", body: "Action=ListAccessKeys&MaxItems=1000&Marker=m2" },
  ]);
});

test.each<[string, unknown]>([
  ["an empty list", { IsTruncated: false, Marker: "", Keys: [] }],
  ["no list at all, as Go writes it", { IsTruncated: false, Marker: "", Keys: null }],
  ["no word about more", { Keys: [] }],
  ["a marker left on the last page", { IsTruncated: false, Marker: "x", Keys: [] }],
])("%s is none found", async (_what, body) => {
  server.answer(respond(200, body));
  expect(await gateway.tigris.findKeysByName(NAME)).toMatchObject({ kind: "found", keys: [] });
  expect(server.got).toHaveLength(1);
});

test.each<[string, object, object]>([
  ["a time with another zone", { created_at: "2026-03-04T07:06:07.089+02:00" }, {}],
  ["a time to the nanosecond", { created_at: "2026-03-04T05:06:07.089123456Z" }, {}],
  ["no time", { created_at: undefined }, { createdAtMs: null }],
  ["a time without a zone", { created_at: "2026-03-04T05:06:07" }, { createdAtMs: null }],
  ["a number for a time", { created_at: 1_772_600_767 }, { createdAtMs: null }],
  ["a day that is none", { created_at: "2026-13-44T05:06:07Z" }, { createdAtMs: null }],
  ["no creator", { creator: undefined }, { creator: null }],
  ["an empty creator", { creator: "" }, { creator: null }],
  ["a creator that is a secret", { creator: SECRET }, { creator: null }],
])("a key with %s", async (_what, fields, expected) => {
  server.answer(page([entry("tid_1", NAME, fields)]));
  expect(await gateway.tigris.findKeysByName(NAME)).toMatchObject({
    kind: "found",
    keys: [listed("tid_1", expected)],
  });
});

test.each<[string, Parameters<TestServer["answer"]>[0], string]>([
  ["a page without a list", respond(200, {}), "malformed"],
  ["a list in XML", respond(200, "<ListAccessKeysResponse/>"), "malformed"],
  ["an entry that is no key", page([entry("tid_1"), "tid_2"]), "malformed"],
  ["a name that is no text", page([entry("tid_1", 7)]), "malformed"],
  ["the name on something that is no id", page([entry("AKIA1")]), "malformed"],
  ["the name on a secret", page([entry(SECRET)]), "malformed"],
  ["more without a way to it", respond(200, { IsTruncated: true, Marker: "", Keys: [] }), "no_marker"],
  ["a page that leads to itself", page([entry("tid_1")], "again"), "repeated_marker"],
  ["a refusal on a later page", inTurn(page([entry("tid_1")], "m"), respond(403, { Code: "Denied" })), "Denied"],
  ["a page that is too long", respond(200, " ".repeat(5_000_000)), "too_large"],
])("%s makes the search unavailable, never a part of it", async (_what, reply, reason) => {
  server.answer(reply);
  expect(await gateway.tigris.findKeysByName(NAME)).toEqual({ kind: "unavailable", reason });
});

test("an odd key with another name hides no key", async () => {
  server.answer(page([entry("AKIA1", "old one"), entry("tid_2"), entry("tid_3", SECRET)]));
  expect(await gateway.tigris.findKeysByName(NAME)).toMatchObject({ kind: "found", keys: [listed("tid_2")] });
});

test("a list without an end is given up", async () => {
  let turn = 0;
  server.answer((...call) => page([], `m${turn++}`)(...call));
  expect(await gateway.tigris.findKeysByName(NAME)).toEqual({ kind: "unavailable", reason: "too_many_pages" });
  expect(turn).toBe(100);
});

test("a full page of the longest keys is read", async () => {
  const roles = Array.from({ length: 30 }, (_, n) => ({ bucket: `bucket-with-a-long-name-${n}`, role: "ReadOnly" }));
  const keys = Array.from({ length: 1000 }, (_, n) => entry(`tid_${n}`, `${NAME}-${n}`, { buckets_role: roles }));
  server.answer(page([...keys, entry("tid_it")]));
  expect(await gateway.tigris.findKeysByName(NAME)).toMatchObject({ kind: "found", keys: [listed("tid_it")] });
});

/** Answers as S3 does where a call is one of its, and with a list of keys otherwise. */
const withOwner =
  (owner: string | null, list: Parameters<TestServer["answer"]>[0]): Parameters<TestServer["answer"]>[0] =>
  (...call) => {
    const [, { method }] = call;
    const xml = `<ListAllMyBucketsResult>${owner ? `<Owner><ID>${owner}</ID></Owner>` : ""}<Buckets/></ListAllMyBucketsResult>`;
    return method === "GET" ? respond(200, xml)(...call) : list(...call);
  };

test("the organization is the one of the bot's own key", async () => {
  server.answer(withOwner("o1", page([entry("tid_other", "x", { namespace_id: "other" }), entry(OWN_ID, "bot")])));
  expect(await gateway.tigris.organization()).toEqual({
    kind: "named",
    namespace: { id: "acme", source: "own_key" },
    owner: "o1",
  });
  const lists = server.got.filter(({ method }) => method === "POST");
  expect(lists).toMatchObject([{ url: "/?Detailed=", body: `Action=ListAccessKeys&KeyId=${OWN_ID}` }]);
});

test.each<[string, unknown, string | null, object]>([
  [
    "another key of the list, where the bot's own is not in it",
    [entry("tid_1"), entry("tid_2", "x", { namespace_id: "" })],
    null,
    { namespace: { id: "acme", source: "other_key" }, owner: null },
  ],
  ["the owner of the buckets, where the list is empty", [], "o1", { namespace: null, owner: "o1" }],
  [
    "the owner of the buckets, where keys name none",
    [entry(OWN_ID, "bot", { namespace_id: SECRET })],
    "o1",
    { namespace: null, owner: "o1" },
  ],
])("the organization is named by %s", async (_what, keys, owner, names) => {
  server.answer(withOwner(owner, page(keys)));
  expect(await gateway.tigris.organization()).toEqual({ kind: "named", ...names });
});

test.each<[string, Parameters<TestServer["answer"]>[0], string]>([
  ["nothing names it", page([]), "own_key_not_listed"],
  ["its key names none", page([entry(OWN_ID, "bot", { namespace_id: undefined })]), "no_namespace"],
  ["its key names an empty one", page([entry(OWN_ID, "bot", { namespace_id: "" })]), "no_namespace"],
  ["its key names a secret", page([entry(OWN_ID, "bot", { namespace_id: SECRET })]), "no_namespace"],
  [
    "one list has keys of two organizations",
    page([entry("tid_1"), entry("tid_2", "x", { namespace_id: "b" })]),
    "sources_disagree",
  ],
  ["the list is refused, whoever owns the buckets", respond(403, { Code: "AccessDenied" }), "AccessDenied"],
])("the organization is unknown where %s", async (_what, list, reason) => {
  server.answer(withOwner(reason === "AccessDenied" ? "o1" : null, list));
  expect(await gateway.tigris.organization()).toEqual({ kind: "unavailable", reason });
  expect(gateway.logged).toEqual([{ event: "tigris.unavailable", call: "organization", reason }]);
});

describe("pages that are too large", () => {
  const big = " ".repeat(4_200_000);
  const asked = () => server.got.map(({ body }) => new URLSearchParams(body).get("MaxItems"));
  /** A page that is too large where more keys are asked for than so many. */
  const atMost =
    (most: number, marker = ""): Parameters<TestServer["answer"]>[0] =>
    (...call) => {
      const size = Number(new URLSearchParams(call[1].body).get("MaxItems"));
      return (size > most ? respond(200, big) : page([entry("tid_it")], marker))(...call);
    };

  test("are asked for again with half as many keys, down to one", async () => {
    server.answer(atMost(1));
    expect(await gateway.tigris.findKeysByName(NAME)).toMatchObject({ kind: "found", keys: [listed("tid_it")] });
    expect(asked()).toEqual(["1000", "500", "250", "125", "62", "31", "15", "7", "3", "1"]);
  });

  test("with one key are no list", async () => {
    server.answer(atMost(0));
    expect(await gateway.tigris.findKeysByName(NAME)).toEqual({ kind: "unavailable", reason: "too_large" });
    expect(asked()).toHaveLength(10);
  });

  test("do not make all that follow small", async () => {
    server.answer(inTurn(atMost(250), atMost(250), atMost(250, "m1"), page([], "m2"), page([])));
    await gateway.tigris.findKeysByName(NAME);
    expect(asked()).toEqual(["1000", "500", "250", "500", "1000"]);
  });
});
