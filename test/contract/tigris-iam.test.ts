import {
  assignBucketRoles,
  createAccessKey,
  getAccessKey,
  listAccessKeys,
  removeAccessKey,
  revokeAllBucketRoles,
  rotateAccessKey,
} from "@tigrisdata/iam";
import type { TigrisStandIn } from "../../sandbox/tigris";
import { ROOT, startAcme } from "./client";

let tigris: TigrisStandIn;
let asRoot: { config: { iamEndpoint: string; accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  tigris = await startAcme();
  asRoot = { config: { iamEndpoint: tigris.iamUrl, ...ROOT } };
});
afterAll(() => tigris.stop());

test("the whole way of a key: made without roles, given some, rotated, stripped of them, removed", async () => {
  const { data: made } = await createAccessKey("ci", { bucketsRole: [], ...asRoot });
  const id = made?.id ?? "";
  const uses = async (secret = "") => tigris.use(id, secret);
  const roles = async () => (await getAccessKey(id, asRoot)).data?.roles;

  expect(await uses(made?.secret)).toMatchObject({ ok: true, may: ["list buckets"] });
  expect(await roles()).toEqual([]);

  expect((await assignBucketRoles(id, [{ bucket: "logs", role: "Editor" }], asRoot)).error).toBeUndefined();
  const mayEditLogs = { ok: true, may: expect.arrayContaining(["read logs", "write logs"]) };
  expect(await uses(made?.secret)).toMatchObject(mayEditLogs);
  const listed = (await listAccessKeys(asRoot)).data?.accessKeys.find((key) => key.id === id);
  expect(listed).toMatchObject({ name: "ci", status: "active" });

  const { data: rotated } = await rotateAccessKey(id, asRoot);
  expect(await uses(made?.secret)).toMatchObject({ ok: false, error: "SignatureDoesNotMatch" });
  expect(await uses(rotated?.newSecret)).toMatchObject(mayEditLogs);

  expect((await revokeAllBucketRoles(id, asRoot)).error).toBeUndefined();
  expect(await roles()).toEqual([]);
  expect(await uses(rotated?.newSecret)).toMatchObject({ may: ["list buckets"] });

  expect((await removeAccessKey(id, asRoot)).error).toBeUndefined();
  expect(await uses(rotated?.newSecret)).toMatchObject({ ok: false, error: "InvalidAccessKeyId" });
  expect((await getAccessKey(id, asRoot)).error?.message).toBe("Access key not found");
});
