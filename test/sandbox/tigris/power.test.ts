import { listAccessKeys } from "@tigrisdata/iam";
import type { BucketRole, TigrisStandIn } from "../../../sandbox/tigris";
import { configOf, makeKey, type Pair, startAcme } from "./acme";
import { send } from "./signed";

let tigris: TigrisStandIn;
beforeEach(async () => {
  tigris = await startAcme();
});
afterEach(() => tigris.stop());

const NOTHING = { get: false, put: false, list: false, createKey: false, listBuckets: false };
const POWERLESS = { ...NOTHING, listBuckets: true };
const READING = { ...POWERLESS, get: true, list: true };
const EVERYTHING = { ...READING, put: true, createKey: true };

const power = ({ accessKeyId, secretAccessKey }: Pair, buckets?: string[]) =>
  tigris.tryAll(accessKeyId, secretAccessKey, buckets);

async function ask(path: string, body: unknown): Promise<[number, unknown]> {
  const response = await fetch(`${tigris.url}/sandbox${path}`, { method: "POST", body: JSON.stringify(body) });
  return [response.status, await response.json()];
}

test.each<[string, BucketRole[], object]>([
  ["without roles", [], POWERLESS],
  ["that reads a bucket", [{ bucket: "logs", role: "ReadOnly" }], READING],
  ["that edits a bucket", [{ bucket: "logs", role: "Editor" }], EVERYTHING],
  ["that edits all buckets", [{ bucket: "*", role: "Editor" }], EVERYTHING],
  ["of an admin", [{ bucket: "*", role: "NamespaceAdmin" }], EVERYTHING],
])("what a key %s can do", async (_what, roles, expected) => {
  const pair = await makeKey(tigris, "one", roles);
  expect(await power(pair)).toEqual(expected);
  expect(await ask("/try", pair)).toEqual([200, expected]);
});

test("power comes with roles and goes with them, while the pair stays right", async () => {
  const pair = await makeKey(tigris, "one", []);
  expect(await tigris.use(pair.accessKeyId, pair.secretAccessKey)).toEqual({
    ok: true,
    may: ["list buckets"],
    error: null,
  });
  tigris.controls.setKeyRoles(pair.accessKeyId, [{ bucket: "logs", role: "Editor" }]);
  expect((await tigris.use(pair.accessKeyId, pair.secretAccessKey)).may).toEqual([
    "list buckets",
    "read logs",
    "write logs",
    "list keys",
    "make keys",
  ]);
  expect(await power(pair)).toEqual(EVERYTHING);
  expect(await power(pair, ["builds", "media"])).toEqual({ ...POWERLESS, createKey: true });
  tigris.controls.setKeyStatus(pair.accessKeyId, "inactive");
  expect(await power(pair)).toEqual(NOTHING);
  tigris.controls.setKeyStatus(pair.accessKeyId, "active");
  tigris.controls.setKeyRoles(pair.accessKeyId, []);
  expect(await power(pair)).toEqual(POWERLESS);
  expect(await power({ ...pair, secretAccessKey: "tsec_wrong" })).toEqual(NOTHING);
});

test("trying leaves nothing behind, also in a list that lags", async () => {
  await tigris.stop();
  const start = Date.now();
  let [now, step] = [start, 1];
  tigris = await startAcme({
    now: () => {
      now += step;
      return now;
    },
  });
  const pair = await makeKey(tigris, "one", [{ bucket: "*", role: "NamespaceAdmin" }]);
  await power(pair);
  expect((await tigris.use(pair.accessKeyId, pair.secretAccessKey)).may).toContain("make keys");
  step = 0;
  for (let listLagMs = 0; listLagMs < now - start; listLagMs++) {
    tigris.controls.behave({ listLagMs });
    const { data } = await listAccessKeys(configOf(tigris));
    expect(data?.accessKeys.filter(({ name }) => name.startsWith("tried"))).toEqual([]);
  }
  expect((await send(tigris, { path: "/builds" })).body).toContain("<KeyCount>0</KeyCount>");
  expect(tigris.keys().map(({ name }) => name)).toEqual(["root", "editor", "reader", "one"]);
  expect((await tigris.use(pair.accessKeyId, pair.secretAccessKey)).may).toContain("read builds");
});

test("somebody at the control API changes a key as the Dashboard does: no call is in the record", async () => {
  const { accessKeyId } = await makeKey(tigris, "one", []);
  const before = tigris.calls.length;
  const roles = [{ bucket: "logs", role: "Editor" }];
  expect(await ask("/keys", { accessKeyId, roles, status: "inactive", attachPolicy: "some-policy" })).toEqual([
    200,
    tigris.keys().at(-1),
  ]);
  expect(tigris.keys().at(-1)).toMatchObject({ bucketsRole: roles, status: "inactive", policies: ["some-policy"] });
  await ask("/keys", { accessKeyId, detachPolicy: "some-policy" });
  expect(tigris.keys().at(-1)).toMatchObject({ bucketsRole: roles, status: "inactive", policies: [] });
  expect(tigris.calls).toHaveLength(before);
  for (const wrong of [{ roles: "all" }, { status: "paused" }, { accessKeyId: "tid_nobody" }, { power: 1 }])
    expect(await ask("/keys", { accessKeyId, ...wrong })).toEqual([
      400,
      { error: "there is no such change, or no such key" },
    ]);
});
