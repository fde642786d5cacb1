import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  type IAMClient,
  ListAccessKeysCommand,
  paginateListAccessKeys,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListBuckets,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { TigrisStandIn } from "../../../sandbox/tigris";
import { BUCKETS, EDITOR, iamClient, makeKey, READER, ROOT, s3Client, startAcme } from "./acme";

let tigris: TigrisStandIn;
let iam: IAMClient;
let s3: S3Client;
beforeEach(async () => {
  tigris = await startAcme({ errorFormat: "xml", pageSize: 2 });
  iam = iamClient(tigris);
  s3 = s3Client(tigris);
});
afterEach(async () => {
  iam.destroy();
  s3.destroy();
  await tigris.stop();
});

test("keys are switched off, on, and deleted, as AWS's client asks for it", async () => {
  const pair = await makeKey(tigris, "plain");
  await iam.send(new UpdateAccessKeyCommand({ AccessKeyId: pair.accessKeyId, Status: "Inactive" }));
  expect(await tigris.use(pair.accessKeyId, pair.secretAccessKey)).toMatchObject({ error: "InvalidAccessKeyId" });
  await iam.send(new UpdateAccessKeyCommand({ AccessKeyId: pair.accessKeyId, Status: "Active" }));
  expect(await tigris.use(pair.accessKeyId, pair.secretAccessKey)).toMatchObject({ ok: true });

  await iam.send(new DeleteAccessKeyCommand({ AccessKeyId: pair.accessKeyId }));
  expect(await tigris.use(pair.accessKeyId, pair.secretAccessKey)).toMatchObject({ error: "InvalidAccessKeyId" });
  await expect(iam.send(new DeleteAccessKeyCommand({ AccessKeyId: pair.accessKeyId }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
    $metadata: { httpStatusCode: 404 },
  });
});

test("keys are made without roles, and listed, as AWS's client asks for it", async () => {
  const { AccessKey: made } = await iam.send(new CreateAccessKeyCommand({ UserName: "plain & simple" }));
  expect(made).toMatchObject({ UserName: "plain & simple", Status: "Active", CreateDate: expect.any(Date) });
  const pair = { accessKeyId: made?.AccessKeyId ?? "", secretAccessKey: made?.SecretAccessKey ?? "" };
  expect(await tigris.use(pair.accessKeyId, pair.secretAccessKey)).toMatchObject({ may: ["list buckets"] });
  expect(tigris.keys().at(-1)).toMatchObject({ bucketsRole: [], creator: ROOT.accessKeyId });

  const listed: (string | undefined)[] = [];
  for await (const { AccessKeyMetadata: keys } of paginateListAccessKeys({ client: iam, pageSize: 2 }, {}))
    listed.push(...(keys ?? []).map(({ UserName: name }) => name));
  expect(listed.sort()).toEqual(["editor", "plain & simple", "reader", "root"]);
  const { AccessKeyMetadata: one } = await iam.send(new ListAccessKeysCommand({ UserName: pair.accessKeyId }));
  expect(one).toMatchObject([{ AccessKeyId: pair.accessKeyId, Status: "Active" }]);

  const powerless = iamClient(tigris, pair);
  for (const command of [new CreateAccessKeyCommand({}), new ListAccessKeysCommand({})])
    await expect(powerless.send(command as ListAccessKeysCommand)).rejects.toMatchObject({ name: "AccessDenied" });
  powerless.destroy();
});

test("an action that there is not is refused as not implemented", async () => {
  await expect(iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: "tid_a" }))).rejects.toMatchObject({
    name: "NotImplemented",
    $metadata: { httpStatusCode: 501 },
  });
});

test.each([0, 3, 2_500])("%i buckets are listed, in order", async (count) => {
  const names = Array.from({ length: count }, (_, index) => `bucket-${String(index).padStart(4, "0")}`);
  tigris.controls.setBuckets([...names].reverse());
  const listed: (string | undefined)[] = [];
  for await (const { Buckets: buckets } of paginateListBuckets({ client: s3, pageSize: 1_000 }, {}))
    listed.push(...(buckets ?? []).map(({ Name: name }) => name));
  expect(listed).toEqual(names);
  expect(tigris.calls).toHaveLength(Math.max(1, Math.ceil(count / 1_000)));
});

test("objects are written, listed, read and deleted", async () => {
  const at = { Bucket: "builds", Key: "a b/(ü) 1+2.txt" };
  await s3.send(new PutObjectCommand({ ...at, Body: "content & more" }));
  const { Body: body } = await s3.send(new GetObjectCommand(at));
  expect(await body?.transformToString()).toBe("content & more");
  const list = async (Bucket: string) =>
    (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key: key }) => key);
  expect(await list("builds")).toEqual([at.Key]);
  expect(await list("logs")).toBeUndefined();
  await s3.send(new DeleteObjectCommand(at));
  await expect(s3.send(new GetObjectCommand(at))).rejects.toMatchObject({ name: "NoSuchKey" });
});

test("each pair reaches what its roles say", async () => {
  const mayOf = async ({ accessKeyId, secretAccessKey }: typeof ROOT) =>
    (await tigris.use(accessKeyId, secretAccessKey)).may;
  expect(await mayOf(READER)).toEqual(["list buckets", "read builds", "list keys"]);
  expect(await mayOf(EDITOR)).toEqual(["list buckets", "read builds", "write builds", "list keys", "make keys"]);
  expect(await mayOf(ROOT)).toHaveLength(3 + 2 * BUCKETS.length);
  const { Contents: left } = await s3.send(new ListObjectsV2Command({ Bucket: "builds" }));
  expect(left).toBeUndefined();
});

test("a bucket that there is not, and one that a key does not reach", async () => {
  const reader = s3Client(tigris, READER);
  await expect(s3.send(new ListObjectsV2Command({ Bucket: "none" }))).rejects.toMatchObject({ name: "NoSuchBucket" });
  await expect(reader.send(new ListObjectsV2Command({ Bucket: "logs" }))).rejects.toMatchObject({
    name: "AccessDenied",
  });
  await expect(reader.send(new ListObjectsV2Command({ Bucket: "builds" }))).resolves.toBeDefined();
  const put = new PutObjectCommand({ Bucket: "builds", Key: "a", Body: "a" });
  await expect(reader.send(put)).rejects.toMatchObject({ name: "AccessDenied" });
  reader.destroy();
});
