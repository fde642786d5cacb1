import { startTigris, type TigrisStandIn } from "../../sandbox/tigris";
import type { Access } from "../../src/domain/permission";
import { Secret } from "../../src/domain/secret";
import { createTigris } from "../../src/tigris";
import { findSecrets } from "../kit/secret-search";
import { timesOfTigris } from "../kit/times";

const ROOT = { accessKeyId: "tid_root_key", secretAccessKey: "tsec_root_secret_for_tests" };
const EDITOR = { accessKeyId: "tid_editor_key", secretAccessKey: "tsec_editor_secret_for_tests" };
const BUCKETS = ["builds", "logs", "media"];

let standIn: TigrisStandIn;
let tigris: ReturnType<typeof createTigris>;
afterEach(async () => {
  tigris.close();
  await standIn.stop();
});

const ACME = { kind: "named", namespace: { id: "acme", source: "own_key" }, owner: "acme" };

async function start(options: { pageSize?: number; errorFormat?: "json" | "xml" } = {}, pair = ROOT) {
  const otherKeys = [{ ...EDITOR, name: "editor", bucketsRole: [{ bucket: "builds", role: "Editor" as const }] }];
  standIn = await startTigris({ organization: "acme", rootKey: ROOT, otherKeys, buckets: BUCKETS, ...options });
  tigris = gateway(pair);
}

function gateway(pair: { accessKeyId: string; secretAccessKey: string }, mutateMs = 5_000) {
  return createTigris({
    accessKeyId: pair.accessKeyId,
    secretAccessKey: new Secret(pair.secretAccessKey),
    iamEndpoint: standIn.iamUrl,
    s3Endpoint: standIn.s3Url,
    region: "auto",
    timeouts: { mutateMs, readMs: 15_000 },
    ...timesOfTigris(),
    log: { warn: () => {} },
  });
}

const ADMIN: Access = { permission: "Admin", buckets: { kind: "all" } };

async function make(name: string, access: Access | null = ADMIN) {
  const answer = await tigris.createKey({ name });
  if (answer.kind !== "made") throw new Error(`not made: ${JSON.stringify(answer)}`);
  if (access) expect(await tigris.setRoles(answer.accessKeyId, access)).toEqual({ kind: "changed" });
  return answer;
}

const on = (permission: "ReadOnly" | "Editor", ...names: string[]): Access => ({
  permission,
  buckets: { kind: "named", names },
});

test.each<[Access, string[]]>([
  [on("ReadOnly", "builds", "logs"), ["list buckets", "read builds", "read logs", "list keys"]],
  [on("Editor", "media"), ["list buckets", "read media", "write media", "list keys", "make keys"]],
])("a key with %j may do that and no more", async (access, may) => {
  await start();
  const { accessKeyId, secret } = await make("ci-K7QM2XAB", access);
  const use = await standIn.use(accessKeyId, secret.expose());
  expect([...use.may].sort()).toEqual([...may].sort());
});

test("a key's life: made, found, rotated, deleted, gone", async () => {
  await start({ pageSize: 2 });
  for (const n of [1, 2, 3, 4]) standIn.controls.addKey(`deploy-${n}`, []);
  const before = Date.now();
  const { accessKeyId, secret } = await make("deploy-K7QM2XAB");
  expect(await standIn.use(accessKeyId, secret.expose())).toMatchObject({ ok: true });

  const found = await tigris.findKeysByName("deploy-K7QM2XAB");
  expect(found).toEqual({
    kind: "found",
    keys: [{ accessKeyId, name: "deploy-K7QM2XAB", createdAtMs: expect.any(Number), creator: ROOT.accessKeyId }],
  });
  expect(found.kind === "found" && found.keys[0]?.createdAtMs).toBeGreaterThanOrEqual(before);

  const rotated = await tigris.rotateKey(accessKeyId);
  const newSecret = rotated.kind === "rotated" ? rotated.secret.expose() : "";
  expect(await standIn.use(accessKeyId, secret.expose())).toMatchObject({ ok: false });
  expect(await standIn.use(accessKeyId, newSecret)).toMatchObject({ ok: true });

  expect(await tigris.deleteKey(accessKeyId)).toEqual({ kind: "deleted" });
  expect(await standIn.use(accessKeyId, newSecret)).toMatchObject({ ok: false });
  expect(await tigris.deleteKey(accessKeyId)).toEqual({ kind: "gone" });
  expect(await tigris.rotateKey(accessKeyId)).toEqual({ kind: "gone" });
  expect(await tigris.findKeysByName("deploy-K7QM2XAB")).toMatchObject({ kind: "found", keys: [] });
});

test("a key's power: made without any, given, switched off and on, taken away; and the keys that it made", async () => {
  await start();
  const { accessKeyId, secret } = await make("deploy-K7QM2XAB", null);
  const power = async () => {
    const read = await tigris.readKey(accessKeyId);
    const { ok, may } = await standIn.use(accessKeyId, secret.expose());
    return read.kind === "there" ? [read.key.roles, read.key.status, ok && may.includes("write media")] : read;
  };
  const roles = [{ bucket: "media", role: "Editor" }];
  expect(await power()).toEqual([[], "active", false]);
  expect(await tigris.setRoles(accessKeyId, on("Editor", "media"))).toEqual({ kind: "changed" });
  expect(await power()).toEqual([roles, "active", true]);
  expect(await tigris.setStatus(accessKeyId, "Inactive")).toEqual({ kind: "changed" });
  expect(await power()).toEqual([roles, "inactive", false]);
  expect(await tigris.setStatus(accessKeyId, "Active")).toEqual({ kind: "changed" });
  expect(await power()).toEqual([roles, "active", true]);
  expect(await tigris.setRoles(accessKeyId, null)).toEqual({ kind: "changed" });
  expect(await power()).toEqual([[], "active", false]);
  const made = {
    kind: "found",
    keys: [{ accessKeyId, name: "deploy-K7QM2XAB", creator: ROOT.accessKeyId }],
    namesKeys: true,
  };
  expect(await tigris.keysMadeBy(ROOT.accessKeyId)).toMatchObject(made);
  expect(await tigris.keysMadeBy(accessKeyId)).toEqual({ kind: "found", keys: [], namesKeys: true });
  await tigris.deleteKey(accessKeyId);
  expect(await tigris.readKey(accessKeyId)).toEqual({ kind: "absent" });
  expect(await tigris.setRoles(accessKeyId, null)).toEqual({ kind: "gone" });
  expect(await tigris.setStatus(accessKeyId, "Active")).toEqual({ kind: "gone" });
});

test("ids of 54 characters, and secrets with + and /, are taken, made and rotated", async () => {
  await start();
  standIn.controls.behave({ pairs: "long" });
  const { accessKeyId, secret } = await make("deploy-K7QM2XAB", null);
  expect([accessKeyId.length, secret.expose()]).toEqual([54, expect.stringMatching(/\+.*\//)]);
  const rotated = await tigris.rotateKey(accessKeyId);
  const newSecret = rotated.kind === "rotated" ? rotated.secret.expose() : "";
  expect(newSecret).toMatch(/\+.*\//);
  tigris.close();
  tigris = gateway({ accessKeyId, secretAccessKey: newSecret });
  expect(await tigris.listBuckets()).toEqual({ kind: "listed", names: BUCKETS });
});

test("buckets and organization", async () => {
  await start();
  expect(await tigris.listBuckets()).toEqual({ kind: "listed", names: BUCKETS });
  expect(await tigris.organization()).toEqual(ACME);
  standIn.controls.setBuckets([]);
  expect(await tigris.listBuckets()).toEqual({ kind: "listed", names: [] });
  const many = Array.from({ length: 2500 }, (_, n) => `bucket-${String(n).padStart(4, "0")}`);
  standIn.controls.setBuckets(many);
  expect(await tigris.listBuckets()).toEqual({ kind: "listed", names: many });
});

test.each(["json", "xml"] as const)("a caller that may not is refused with Tigris's code (%s)", async (errorFormat) => {
  await start({ errorFormat }, EDITOR);
  const denied = { kind: "refused", status: 403, code: "AccessDenied" };
  // Tigris lets it make keys without power, and give none what it has not itself.
  const { accessKeyId } = await make("a", null);
  expect(await tigris.setRoles(accessKeyId, ADMIN)).toEqual(denied);
  expect(await tigris.deleteKey(ROOT.accessKeyId)).toEqual(denied);
  expect(await tigris.rotateKey("tid_none")).toEqual({ kind: "gone" });
  tigris.close();
  tigris = gateway({ ...ROOT, secretAccessKey: "tsec_a_wrong_secret" });
  expect(await tigris.rotateKey("tid_none")).toEqual({ ...denied, code: "SignatureDoesNotMatch" });
  expect(await tigris.organization()).toEqual({ kind: "unavailable", reason: "SignatureDoesNotMatch" });
  expect(await tigris.listBuckets()).toEqual({ kind: "unavailable", reason: "SignatureDoesNotMatch" });
});

test.each(["CreateAccessKeyWithBucketsRole", "RotateAccessKey", "DeleteAccessKey"])(
  "an answer to %s that is lost after it took effect is asked for once, and lost",
  async (call) => {
    await start();
    const { accessKeyId } = await make("first");
    const ask = () => {
      if (call === "RotateAccessKey") return tigris.rotateKey(accessKeyId);
      if (call === "DeleteAccessKey") return tigris.deleteKey(accessKeyId);
      return tigris.createKey({ name: "second" });
    };
    const asked = () => standIn.calls.filter(({ action }) => action === call).length;
    const before = asked();
    standIn.faults.arm({ call }, { kind: "lose", when: "after" });
    const answer = await ask();
    expect(answer).toEqual({ kind: "lost", cause: "connection", requestId: null });
    expect(asked()).toBe(before + 1);
    expect(findSecrets(standIn.secrets(), [{ name: "answer", content: answer }])).toEqual([]);
  },
);

test("a key whose answer was held past the deadline is found by its name", async () => {
  await start();
  tigris.close();
  tigris = gateway(ROOT, 200);
  const held = standIn.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "hold", when: "after" });
  const answer = await tigris.createKey({ name: "lost-K7QM2XAB" });
  expect(answer).toEqual({ kind: "lost", cause: "timeout", requestId: null });
  const found = await tigris.findKeysByName("lost-K7QM2XAB");
  expect(found).toMatchObject({ kind: "found", keys: [{ creator: ROOT.accessKeyId }] });
  held.release();
});

test("reads are tried again over lost and refused answers", async () => {
  await start();
  standIn.faults.arm({ call: "ListAccessKeys", times: 2 }, { kind: "refuse", status: 503, body: { Code: "SlowDown" } });
  expect(await tigris.organization()).toEqual(ACME);
  standIn.faults.arm({ call: "ListBuckets", times: 2 }, { kind: "lose", when: "after" });
  expect(await tigris.listBuckets()).toEqual({ kind: "listed", names: BUCKETS });
});

test("pages that are too large are asked for again smaller: a thousand keys with sixty roles each", async () => {
  await start();
  const roles = Array.from({ length: 60 }, (_, n) => ({
    bucket: `bucket-with-a-rather-long-name-${n}`,
    role: "Editor" as const,
  }));
  for (let n = 0; n < 1_000; n++) standIn.controls.addKey(`service-${n}`, roles);
  const { accessKeyId } = standIn.controls.addKey("lost-K7QM2XAB", []);
  const found = await tigris.findKeysByName("lost-K7QM2XAB");
  expect(found).toMatchObject({ kind: "found", keys: [{ accessKeyId }] });
  const sizes = standIn.calls.filter(({ action }) => action === "ListAccessKeys").map(({ params }) => params.MaxItems);
  expect(sizes[0]).toBe("1000");
  expect(sizes.length).toBeLessThanOrEqual(6);
});

test("a list without the bot's own key: another key's namespace names the organization, else the owner of the buckets", async () => {
  await start();
  standIn.controls.leaveOut([ROOT.accessKeyId]);
  expect(await tigris.organization()).toEqual({ ...ACME, namespace: { id: "acme", source: "other_key" } });
  expect(await tigris.readKey(ROOT.accessKeyId)).toEqual({ kind: "absent" });
  expect(await tigris.readKey(EDITOR.accessKeyId)).toMatchObject({ kind: "there" });
  standIn.controls.emptyListing(true);
  expect(await tigris.organization()).toEqual({ ...ACME, namespace: null });
});

test("odd names of buckets are left out, the others stay", async () => {
  await start();
  standIn.controls.setBuckets(["_internal", "team:assets", ...BUCKETS, "*"]);
  expect(await tigris.listBuckets()).toEqual({ kind: "listed", names: BUCKETS });
});

test.each([-20, 20])(
  "a Tigris whose clock is %d minutes off is served, and knows when keys were made by our clock",
  async (minutes) => {
    await start();
    standIn.controls.setClockAhead(minutes * 60_000);
    expect(await tigris.organization()).toEqual(ACME);
    const before = Date.now();
    const { accessKeyId } = await make("deploy-K7QM2XAB");
    expect(await tigris.listBuckets()).toEqual({ kind: "listed", names: BUCKETS });
    const found = await tigris.findKeysByName("deploy-K7QM2XAB");
    const createdAtMs = found.kind === "found" ? (found.keys[0]?.createdAtMs ?? 0) : 0;
    expect(Math.abs(createdAtMs - before)).toBeLessThan(10_000);
    expect(await tigris.deleteKey(accessKeyId)).toEqual({ kind: "deleted" });
  },
);
