import type { TigrisStandIn } from "../../../sandbox/tigris";
import { reached } from "../../kit/stand-ins";
import { type Pair, startAcme } from "./acme";
import { listedKey, sendForm } from "./signed";

const MINUTE_MS = 60_000;
const START = Date.now();

let tigris: TigrisStandIn;
let now: number;
let one: Pair;
beforeEach(async () => {
  now = START;
  tigris = await startAcme({ now: () => now });
  const { accessKeyId } = tigris.controls.addKey("one", []);
  one = { accessKeyId, secretAccessKey: tigris.secrets().at(-1) ?? "" };
});
afterEach(() => tigris.stop());

const create = (name: string, buckets_role: object[] = []) => ({
  Action: "CreateAccessKeyWithBucketsRole",
  Req: JSON.stringify({ name, buckets_role }),
});
const assign = (buckets_role: object[]) => ({
  Action: "UpdateAccessKeyWithBucketsRole",
  Req: JSON.stringify({ id: one.accessKeyId, buckets_role }),
});
const keyNamed = (name: string) => tigris.keys().find((key) => key.name === name);
const rolesOfOne = () => keyNamed("one")?.bucketsRole;
const BUILDS = [{ bucket: "builds", role: "Editor" }];

/** Sends a call whose answer is lost, and that takes effect a minute later. */
async function sendLate(form: Record<string, string>, pair?: Pair): Promise<void> {
  tigris.faults.arm({ call: form.Action ?? "" }, { kind: "late", ms: MINUTE_MS });
  await expect(sendForm(tigris, form, pair)).rejects.toThrow("fetch failed");
  expect(tigris.calls.at(-1)).toMatchObject({ action: form.Action, status: null, endedAt: null });
}

test("a call takes effect a minute after its answer was lost, for whoever looks and for whoever calls", async () => {
  await sendLate(assign(BUILDS));
  now += MINUTE_MS - 1;
  expect(rolesOfOne()).toEqual([]);
  expect(await listedKey(tigris, one.accessKeyId)).toMatchObject({ buckets_role: [] });
  now += 1;
  expect(await listedKey(tigris, one.accessKeyId)).toMatchObject({ buckets_role: BUILDS });

  await sendLate(create("two"));
  expect(keyNamed("two")).toBeUndefined();
  now += MINUTE_MS;
  expect(keyNamed("two")).toBeDefined();
});

test.each(["UpdateAccessKey", "DeleteAccessKey", "RotateAccessKey"])("%s can come late too", async (Action) => {
  const pair = one;
  const works = async () => (await tigris.use(pair.accessKeyId, pair.secretAccessKey)).ok;
  await sendLate({ Action, AccessKeyId: one.accessKeyId, Status: "Inactive" });
  expect(await works()).toBe(true);
  now += MINUTE_MS;
  expect(await works()).toBe(false);
});

test("what comes late is dated by when it took effect, not by when somebody looked", async () => {
  await sendLate(create("two"));
  now += 10 * MINUTE_MS;
  expect(keyNamed("two")?.createdAt).toBe(START + MINUTE_MS);
});

test("late calls take effect in their order, and before a call that comes after them", async () => {
  await sendLate(assign(BUILDS));
  now += 1;
  await sendLate(assign([]));
  now += MINUTE_MS;
  expect(rolesOfOne()).toEqual([]);

  await sendLate(assign(BUILDS));
  now += MINUTE_MS;
  await sendForm(tigris, assign([]));
  expect(rolesOfOne()).toEqual([]);
});

test("a late call comes before one that was held meanwhile", async () => {
  const held = tigris.faults.arm({ call: "UpdateAccessKeyWithBucketsRole" }, { kind: "hold", when: "before" });
  const sent = sendForm(tigris, assign([]));
  await reached(held);
  await sendLate(assign(BUILDS));
  now += MINUTE_MS;
  held.release();
  expect((await sent).status).toBe(200);
  expect(rolesOfOne()).toEqual([]);
});

test("a call that comes late finds the keys as they are by then", async () => {
  tigris.controls.setKeyRoles(one.accessKeyId, [{ bucket: "*", role: "NamespaceAdmin" }]);
  await sendLate(create("two"), one);
  tigris.controls.removeKey(one.accessKeyId);
  now += MINUTE_MS;
  expect(keyNamed("two")).toBeUndefined();
});

test("it comes also where every fault was disarmed meanwhile", async () => {
  await sendLate(create("two"));
  tigris.faults.clear();
  now += MINUTE_MS;
  expect(keyNamed("two")).toBeDefined();
});

test("it is armed over the control API, where somebody who looks at the keys lets it come", async () => {
  const at = `${tigris.url}/sandbox`;
  const arm = (fault: object) =>
    fetch(`${at}/faults`, { method: "POST", body: JSON.stringify({ call: "RotateAccessKey", fault }) });
  expect((await arm({ kind: "late" })).status).toBe(400);
  expect((await arm({ kind: "late", ms: MINUTE_MS })).status).toBe(200);
  const rotate = { Action: "RotateAccessKey", AccessKeyId: one.accessKeyId };
  await expect(sendForm(tigris, rotate)).rejects.toThrow("fetch failed");
  const secrets = tigris.secrets().length;
  await fetch(`${at}/keys`);
  expect(tigris.secrets()).toHaveLength(secrets);
  now += MINUTE_MS;
  await fetch(`${at}/keys`);
  expect(tigris.secrets()).toHaveLength(secrets + 1);
});
