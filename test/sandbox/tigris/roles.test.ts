import { createAccessKey, listAccessKeys, removeAccessKey, rotateAccessKey } from "@tigrisdata/iam";
import type { BucketRole, TigrisStandIn } from "../../../sandbox/tigris";
import { configOf, EDITOR, makeKey, type Pair, READER, ROOT, startAcme } from "./acme";
import { sendForm } from "./signed";

let tigris: TigrisStandIn;
beforeEach(async () => {
  tigris = await startAcme();
});
afterEach(() => tigris.stop());

const DENIED = "Access Denied.";
const builds = (role: BucketRole["role"]): BucketRole[] => [{ bucket: "builds", role }];

test.each<[string, Pair, BucketRole[], string | null]>([
  ["an admin makes an admin's key", ROOT, [{ bucket: "*", role: "NamespaceAdmin" }], null],
  ["an admin hands out all buckets", ROOT, [{ bucket: "*", role: "Editor" }], null],
  ["an admin makes a key without a role", ROOT, [], null],
  ["an editor hands out reading its bucket", EDITOR, builds("ReadOnly"), null],
  ["an editor hands out editing its bucket", EDITOR, builds("Editor"), null],
  ["an editor makes a key without a role", EDITOR, [], null],
  ["a reader makes a key without a role", READER, [], DENIED],
  ["an editor hands out another bucket", EDITOR, [{ bucket: "logs", role: "ReadOnly" }], DENIED],
  ["an editor hands out one more", EDITOR, [...builds("Editor"), { bucket: "logs", role: "ReadOnly" }], DENIED],
  ["an editor hands out all buckets", EDITOR, [{ bucket: "*", role: "ReadOnly" }], DENIED],
  ["an editor makes an admin's key", EDITOR, [{ bucket: "*", role: "NamespaceAdmin" }], DENIED],
  ["a reader hands out reading its bucket", READER, builds("ReadOnly"), DENIED],
])("%s", async (_what, caller, bucketsRole, refusal) => {
  const { error } = await createAccessKey("made", { bucketsRole, ...configOf(tigris, caller) });
  expect(error?.message ?? null).toBe(refusal);
  expect(tigris.keys().filter(({ name }) => name === "made")).toHaveLength(refusal === null ? 1 : 0);
});

test.each<[string, BucketRole[], string]>([
  [
    "all buckets beside one",
    [{ bucket: "*", role: "Editor" }, ...builds("Editor")],
    "* can't be mixed with named buckets",
  ],
  ["a bucket twice", [...builds("ReadOnly"), ...builds("Editor")], "a bucket is named twice"],
  ["an admin of one bucket", builds("NamespaceAdmin"), "NamespaceAdmin needs *"],
  ["a bucket that there is not", [{ bucket: "none", role: "Editor" }], "bucket none does not exist"],
  [
    "a role that there is not",
    JSON.parse('[{"bucket":"builds","role":"toString"}]'),
    "buckets_role is no list of buckets and roles",
  ],
  ["roles that are no list", JSON.parse('{"bucket":"builds"}'), "buckets_role is no list of buckets and roles"],
  ["a role that is nothing", JSON.parse("[null]"), "buckets_role is no list of buckets and roles"],
])("%s is refused", async (_what, bucketsRole, message) => {
  const { error } = await createAccessKey("made", { bucketsRole, ...configOf(tigris) });
  expect(error?.message).toBe(message);
});

test("roles are set as a whole list, by whoever edits the same buckets", async () => {
  const { accessKeyId: id } = await makeKey(tigris, "one", builds("ReadOnly"), EDITOR);
  const set = async (caller: Pair, roles: BucketRole[]) => {
    const Req = JSON.stringify({ id, buckets_role: roles });
    return (await sendForm(tigris, { Action: "UpdateAccessKeyWithBucketsRole", Req }, caller)).status;
  };
  const rolesNow = () => tigris.keys().at(-1)?.bucketsRole;
  expect(await set(EDITOR, builds("Editor"))).toBe(200);
  expect(rolesNow()).toEqual(builds("Editor"));
  for (const roles of [
    [{ bucket: "logs", role: "ReadOnly" as const }],
    [{ bucket: "*", role: "NamespaceAdmin" as const }],
  ])
    expect(await set(EDITOR, roles)).toBe(403);
  expect([await set(READER, builds("ReadOnly")), await set(READER, [])]).toEqual([403, 403]);
  expect(rolesNow()).toEqual(builds("Editor"));
  expect(await set(EDITOR, [])).toBe(200);
  expect(rolesNow()).toEqual([]);
  expect(await set(ROOT, [{ bucket: "logs", role: "ReadOnly" }])).toBe(200);
});

test("an editor of all buckets hands out each of them and all, but makes no admin's key", async () => {
  const caller = await makeKey(tigris, "all", [{ bucket: "*", role: "Editor" }]);
  const refusal = async (bucketsRole: BucketRole[]) =>
    (await createAccessKey("made", { bucketsRole, ...configOf(tigris, caller) })).error?.message;
  expect(await refusal([...builds("Editor"), { bucket: "logs", role: "ReadOnly" }])).toBeUndefined();
  expect(await refusal([{ bucket: "*", role: "Editor" }])).toBeUndefined();
  expect(await refusal([{ bucket: "*", role: "NamespaceAdmin" }])).toBe(DENIED);
});

test("a key needs a name", async () => {
  const { error } = await createAccessKey("", { bucketsRole: builds("Editor"), ...configOf(tigris) });
  expect(error?.message).toBe("name is required");
});

test("who made a key may rotate and delete it, and so may an admin, but nobody else", async () => {
  const { accessKeyId } = await makeKey(tigris, "one", builds("ReadOnly"), EDITOR);
  const other = await makeKey(tigris, "other", builds("Editor"));
  for (const change of [rotateAccessKey, removeAccessKey]) {
    for (const caller of [READER, other])
      expect((await change(accessKeyId, configOf(tigris, caller))).error?.message).toBe(DENIED);
    expect((await change(ROOT.accessKeyId, configOf(tigris, EDITOR))).error?.message).toBe(DENIED);
    expect((await change(accessKeyId, configOf(tigris, EDITOR))).error).toBeUndefined();
  }
  expect((await removeAccessKey(other.accessKeyId, configOf(tigris))).error).toBeUndefined();
});

test("a key that may only read lists keys, but makes and changes none; without roles it does not list them", async () => {
  const { accessKeyId } = await makeKey(tigris, "one", builds("ReadOnly"), EDITOR);
  expect((await listAccessKeys(configOf(tigris, EDITOR))).error).toBeUndefined();
  tigris.controls.setKeyRoles(EDITOR.accessKeyId, builds("ReadOnly"));
  const tried = [
    await createAccessKey("two", { bucketsRole: builds("ReadOnly"), ...configOf(tigris, EDITOR) }),
    await rotateAccessKey(accessKeyId, configOf(tigris, EDITOR)),
    await removeAccessKey(accessKeyId, configOf(tigris, EDITOR)),
  ];
  expect(tried.map(({ error }) => error?.message)).toEqual([DENIED, DENIED, DENIED]);
  expect((await listAccessKeys(configOf(tigris, EDITOR))).error).toBeUndefined();
  tigris.controls.setKeyRoles(EDITOR.accessKeyId, []);
  expect((await listAccessKeys(configOf(tigris, EDITOR))).error?.message).toBe(DENIED);
});
