import {
  assignBucketRoles,
  createAccessKey,
  getAccessKey,
  listAccessKeys,
  removeAccessKey,
  revokeAllBucketRoles,
  rotateAccessKey,
} from "@tigrisdata/iam";
import type { BucketRole, TigrisStandIn } from "../../../sandbox/tigris";
import { BUCKETS, configOf, EDITOR, makeKey, ROOT, startAcme } from "./acme";

let tigris: TigrisStandIn;
beforeEach(async () => {
  tigris = await startAcme();
});
afterEach(() => tigris.stop());

const uses = async (accessKeyId: string, secret: string) => (await tigris.use(accessKeyId, secret)).ok;

test("a key is made with its roles, and looked up", async () => {
  const bucketsRole: BucketRole[] = [{ bucket: "logs", role: "Editor" }];
  const before = Date.now();
  const { data, error } = await createAccessKey("ci-K7QM2XAB", { bucketsRole, ...configOf(tigris) });
  expect(error).toBeUndefined();
  expect(data).toEqual({
    id: expect.stringMatching(/^tid_/),
    secret: expect.stringMatching(/^tsec_/),
    name: "ci-K7QM2XAB",
    createdAt: expect.any(Date),
    status: "active",
    roles: bucketsRole,
  });
  const found = await getAccessKey(data?.id ?? "", configOf(tigris));
  expect(found.data).toEqual({
    id: data?.id,
    name: "ci-K7QM2XAB",
    createdAt: data?.createdAt,
    status: "active",
    organizationId: "acme",
    roles: bucketsRole,
  });
  expect(found.data?.createdAt.getTime()).toBeGreaterThanOrEqual(before);
  expect(tigris.keys().find(({ accessKeyId }) => accessKeyId === data?.id)).toMatchObject({
    creator: ROOT.accessKeyId,
    lastUsedAt: null,
  });
});

test("a key that does not exist is not found", async () => {
  const found = await getAccessKey("tid_nobody", configOf(tigris));
  expect(found.error?.message).toBe("Access key not found");
});

test("after a rotation the old secret stops at once, and the new one works", async () => {
  const { accessKeyId, secretAccessKey } = await makeKey(tigris, "ci");
  expect(await uses(accessKeyId, secretAccessKey)).toBe(true);
  const { data } = await rotateAccessKey(accessKeyId, configOf(tigris));
  expect(data).toEqual({ id: accessKeyId, newSecret: expect.stringMatching(/^tsec_/) });
  expect(await tigris.use(accessKeyId, secretAccessKey)).toEqual({
    ok: false,
    may: [],
    error: "SignatureDoesNotMatch",
  });
  expect(await uses(accessKeyId, data?.newSecret ?? "")).toBe(true);
});

test("a key tells when it was last used, which refused calls do not count as", async () => {
  const { accessKeyId, secretAccessKey } = await makeKey(tigris, "ci");
  const lastUsedAt = () => tigris.keys().find((key) => key.accessKeyId === accessKeyId)?.lastUsedAt;
  await tigris.use(accessKeyId, "tsec_wrong");
  expect(lastUsedAt()).toBeNull();
  await tigris.use(accessKeyId, secretAccessKey);
  expect(lastUsedAt()).toEqual(expect.any(Number));
});

test("a removed key stops at once, and cannot be removed again", async () => {
  const { accessKeyId, secretAccessKey } = await makeKey(tigris, "ci");
  expect(await removeAccessKey(accessKeyId, configOf(tigris))).toEqual({ data: undefined });
  expect(await tigris.use(accessKeyId, secretAccessKey)).toEqual({ ok: false, may: [], error: "InvalidAccessKeyId" });
  for (const again of [removeAccessKey, rotateAccessKey])
    expect((await again(accessKeyId, configOf(tigris))).error?.message).toBe("The access key does not exist.");
});

test("roles are added, made those of an admin, and revoked", async () => {
  const key = await makeKey(tigris, "ci");
  const may = async () => (await tigris.use(key.accessKeyId, key.secretAccessKey)).may;
  expect(await may()).toEqual(["list buckets", "read builds", "list keys"]);
  await assignBucketRoles(key.accessKeyId, [{ bucket: "logs", role: "ReadWrite" }], configOf(tigris));
  expect(await may()).toEqual(["list buckets", "read builds", "read logs", "write logs", "list keys"]);
  expect(await revokeAllBucketRoles(key.accessKeyId, configOf(tigris))).toEqual({ data: undefined });
  expect(await may()).toEqual(["list buckets"]);
  await assignBucketRoles(key.accessKeyId, [{ bucket: "*", role: "NamespaceAdmin" }], configOf(tigris));
  expect(await may()).toEqual([
    "list buckets",
    ...BUCKETS.flatMap((bucket) => [`read ${bucket}`, `write ${bucket}`]),
    "list keys",
    "make keys",
  ]);
});

test("a list is paged, with every key once", async () => {
  await tigris.stop();
  tigris = await startAcme({ pageSize: 2 });
  for (const name of ["a", "b", "c"]) await makeKey(tigris, name);
  const names: string[] = [];
  let paginationToken: string | undefined;
  let pages = 0;
  do {
    const { data } = await listAccessKeys({
      ...configOf(tigris),
      ...(paginationToken === undefined ? {} : { paginationToken }),
    });
    names.push(...(data?.accessKeys ?? []).map(({ name }) => name));
    paginationToken = data?.paginationToken;
    pages += 1;
  } while (paginationToken !== undefined);
  expect(pages).toBe(3);
  expect(names.sort()).toEqual(["a", "b", "c", "editor", "reader", "root"]);
});

test("what this client is refused, it can read", async () => {
  const admin = await createAccessKey("boss", {
    bucketsRole: [{ bucket: "*", role: "NamespaceAdmin" }],
    ...configOf(tigris, EDITOR),
  });
  expect(admin.error?.message).toBe("Access Denied.");
  const wrong = await rotateAccessKey("tid_any", configOf(tigris, { ...ROOT, accessKeyId: "tid_nobody" }));
  expect(wrong.error?.message).toBe("InvalidAccessKeyId");
});
