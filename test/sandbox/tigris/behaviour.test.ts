import { assignBucketRoles, createAccessKey, removeAccessKey, rotateAccessKey } from "@tigrisdata/iam";
import type { BucketRole, TigrisStandIn } from "../../../sandbox/tigris";
import { configOf, makeKey, type Pair, ROOT, startAcme } from "./acme";
import { listedKey, sendForm } from "./signed";

/** Tigris's own client signs by the machine's clock. */
const START = Date.now();
const LAG_MS = 40_000;

let tigris: TigrisStandIn;
let now: number;
beforeEach(async () => {
  now = START;
  tigris = await startAcme({ now: () => now });
});
afterEach(() => tigris.stop());

const status = async (pair: Pair) => (await listedKey(tigris, pair.accessKeyId))?.status;
const works = async (pair: Pair) => (await tigris.use(pair.accessKeyId, pair.secretAccessKey)).ok;
const setStatus = (pair: Pair, to: "Active" | "Inactive") =>
  sendForm(tigris, { Action: "UpdateAccessKey", AccessKeyId: pair.accessKeyId, Status: to });

test("a list that lags shows roles, a status, a new key and a deletion only after that time", async () => {
  const old = await makeKey(tigris, "old");
  const gone = await makeKey(tigris, "gone");
  now += 120_000;
  tigris.controls.behave({ listLagMs: LAG_MS });
  await assignBucketRoles(old.accessKeyId, [{ bucket: "logs", role: "Editor" }], configOf(tigris));
  await setStatus(old, "Inactive");
  await removeAccessKey(gone.accessKeyId, configOf(tigris));
  const fresh = await makeKey(tigris, "fresh", []);
  const before = { status: "active", buckets_role: [{ bucket: "builds", role: "ReadOnly" }] };

  now += LAG_MS - 1;
  expect(await listedKey(tigris, old.accessKeyId)).toMatchObject(before);
  expect(await listedKey(tigris, gone.accessKeyId)).toBeDefined();
  expect(await listedKey(tigris, fresh.accessKeyId)).toBeUndefined();
  expect([await works(old), await works(gone), await works(fresh)]).toEqual([false, false, true]);

  now += 1;
  expect(await listedKey(tigris, old.accessKeyId)).toMatchObject({
    status: "inactive",
    buckets_role: [...before.buckets_role, { bucket: "logs", role: "Editor" }],
  });
  expect(await listedKey(tigris, gone.accessKeyId)).toBeUndefined();
  expect(await listedKey(tigris, fresh.accessKeyId)).toMatchObject({ buckets_role: [] });
});

test("a frozen list shows no change of roles", async () => {
  const { accessKeyId } = await makeKey(tigris, "one");
  const frozen = tigris.controls.freezeListing();
  tigris.controls.setKeyRoles(accessKeyId, []);
  expect(await listedKey(tigris, accessKeyId)).toMatchObject({ buckets_role: [{ bucket: "builds" }] });
  frozen.release();
  expect(await listedKey(tigris, accessKeyId)).toMatchObject({ buckets_role: [] });
});

test("an inactive key is refused for everything until it is active again", async () => {
  const pair = await makeKey(tigris, "one", [{ bucket: "*", role: "NamespaceAdmin" }]);
  const asked = { Action: "ListAccessKeys" };
  expect((await setStatus(pair, "Inactive")).status).toBe(200);
  expect(await status(pair)).toBe("inactive");
  expect([await works(pair), (await sendForm(tigris, asked, pair)).status]).toEqual([false, 403]);
  expect((await setStatus(pair, "Active")).status).toBe(200);
  expect([await works(pair), (await sendForm(tigris, asked, pair)).status]).toEqual([true, 200]);
  tigris.controls.setKeyStatus(pair.accessKeyId, "inactive");
  expect([await status(pair), await works(pair)]).toEqual(["inactive", false]);
});

test("Inactive can be refused, while Active is not", async () => {
  const pair = await makeKey(tigris, "one");
  tigris.controls.behave({ refuseInactive: "NotImplemented" });
  const refused = await setStatus(pair, "Inactive");
  expect([refused.status, JSON.parse(refused.body).Code]).toEqual([400, "NotImplemented"]);
  expect([await status(pair), await works(pair)]).toEqual(["active", true]);
  expect((await setStatus(pair, "Active")).status).toBe(200);
});

test("Inactive can be taken without an effect", async () => {
  const pair = await makeKey(tigris, "one");
  tigris.controls.behave({ ignoreInactive: true });
  expect((await setStatus(pair, "Inactive")).status).toBe(200);
  expect([await status(pair), await works(pair)]).toEqual(["active", true]);
});

test("all buckets can be refused for everything but an admin's role, when a key is made and afterwards", async () => {
  const { accessKeyId } = await makeKey(tigris, "off", []);
  tigris.controls.behave({ refuseAllBuckets: "InvalidArgument" });
  const made = async (role: BucketRole["role"], bucket = "*") =>
    (await createAccessKey("one", { bucketsRole: [{ bucket, role }], ...configOf(tigris) })).error?.message;
  const given = (role: BucketRole["role"]) =>
    sendForm(tigris, {
      Action: "UpdateAccessKeyWithBucketsRole",
      Req: JSON.stringify({ id: accessKeyId, buckets_role: [{ bucket: "*", role }] }),
    });
  for (const role of ["Editor", "ReadOnly"] as const) {
    expect(await made(role)).toBe("* is only taken for NamespaceAdmin.");
    const { status: refused, body } = await given(role);
    expect([refused, JSON.parse(body).Code]).toEqual([400, "InvalidArgument"]);
  }
  expect(await listedKey(tigris, accessKeyId)).toMatchObject({ buckets_role: [] });
  expect(await made("Editor", "builds")).toBeUndefined();
  expect(await made("NamespaceAdmin")).toBeUndefined();
  expect((await given("NamespaceAdmin")).status).toBe(200);
});

test("ids of 54 characters, and secrets with + and /, for new keys and new secrets", async () => {
  tigris.controls.behave({ pairs: "long" });
  const pair = await makeKey(tigris, "one");
  expect(pair.accessKeyId).toMatch(/^tid_.{50}$/);
  const { data } = await rotateAccessKey(pair.accessKeyId, configOf(tigris));
  for (const secret of [pair.secretAccessKey, data?.newSecret]) expect(secret).toMatch(/^tsec_.*\+.*\//);
  expect(await works({ ...pair, secretAccessKey: data?.newSecret ?? "" })).toBe(true);

  tigris.controls.behave({ pairs: "alternating" });
  const lengths = [await makeKey(tigris, "two"), await makeKey(tigris, "three")].map((one) => one.accessKeyId.length);
  expect(lengths.sort()).toEqual([28, 54]);
});

test("lists name who made a key: the key that signed, a person, or nobody", async () => {
  const { accessKeyId } = await makeKey(tigris, "one");
  const creator = async () => (await listedKey(tigris, accessKeyId))?.creator;
  expect(await creator()).toBe(ROOT.accessKeyId);
  tigris.controls.behave({ creator: { kind: "person", name: "dana@acme.example" } });
  expect(await creator()).toBe("dana@acme.example");
  tigris.controls.behave({ creator: { kind: "nobody" } });
  expect(await creator()).toBeUndefined();
  expect(tigris.keys().at(-1)).toMatchObject({ creator: ROOT.accessKeyId });
});

test("a key is made without a req_uuid", async () => {
  const request = { Action: "CreateAccessKeyWithBucketsRole", Req: JSON.stringify({ name: "one", buckets_role: [] }) };
  expect((await sendForm(tigris, request)).status).toBe(200);
  expect(tigris.keys().at(-1)).toMatchObject({ name: "one", bucketsRole: [] });
});

test("how it behaves is said and changed over the control API", async () => {
  const url = `${tigris.url}/sandbox/behaviour`;
  const change = async (body: unknown) => {
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    return [response.status, await response.json()];
  };
  const usual = Object(await (await fetch(url)).json());
  expect(usual).toMatchObject({ listLagMs: 0, refuseInactive: null, pairs: "short", creator: { kind: "key" } });
  const changed = { listLagMs: LAG_MS, refuseAllBuckets: "InvalidArgument" };
  expect(await change(changed)).toEqual([200, { ...usual, ...changed }]);
  expect(await change({ refuseAllBuckets: null })).toEqual([200, { ...usual, listLagMs: LAG_MS }]);
  for (const wrong of [{ listLagMs: -1 }, { refuseInactive: "a b" }, { pairs: "longest" }, { lag: 1 }])
    expect(await change(wrong)).toEqual([400, { error: "there is no such behaviour" }]);
});
