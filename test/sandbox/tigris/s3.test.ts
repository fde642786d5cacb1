import { createHash } from "node:crypto";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { TigrisStandIn } from "../../../sandbox/tigris";
import { makeKey, type Pair, READER, ROOT, s3Client, startAcme } from "./acme";
import { send } from "./signed";

let tigris: TigrisStandIn;
let clients: S3Client[];
beforeEach(async () => {
  tigris = await startAcme();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await tigris.stop();
});

function clientOf(pair: Pair): S3Client {
  const client = s3Client(tigris, pair);
  clients.push(client);
  return client;
}

const AT = { Bucket: "builds", Key: "a.txt" };
const BODY = "grün & gelb";
const ETAG = `"${createHash("md5").update(BODY).digest("hex")}"`;
const FACTS = { LastModified: expect.any(Date), ETag: ETAG };
const SIZE = Buffer.byteLength(BODY);

/** How each call ended: its status where it was refused, 200 where it was not. */
const statusOf = (sent: Promise<object>) =>
  sent.then(
    () => 200,
    ({ $metadata }) => $metadata.httpStatusCode,
  );

test("objects have a date, a size, an ETag and a length, in lists, when they are read, and in their heads", async () => {
  const s3 = clientOf(ROOT);
  const before = Date.now() - 1_000;
  expect((await s3.send(new PutObjectCommand({ ...AT, Body: BODY }))).ETag).toBe(ETAG);
  await s3.send(new PutObjectCommand({ ...AT, Key: "b.txt", Body: BODY }));
  const read = await s3.send(new GetObjectCommand(AT));
  expect(read).toMatchObject({ ...FACTS, ContentLength: SIZE });
  expect(await read.Body?.transformToString()).toBe(BODY);
  expect(read.LastModified?.getTime()).toBeGreaterThanOrEqual(before);
  expect(await s3.send(new HeadObjectCommand(AT))).toMatchObject({ ...FACTS, ContentLength: SIZE });
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: "builds", Prefix: "a" }));
  expect(Contents).toEqual([{ ...FACTS, Key: "a.txt", Size: SIZE, StorageClass: "STANDARD" }]);
  const { status, headers } = await send(tigris, { path: "/builds/a.txt" });
  expect([status, headers.get("content-length")]).toEqual([200, String(SIZE)]);
});

test("objects are copied by whoever reads the one bucket and writes the other", async () => {
  const s3 = clientOf(ROOT);
  await s3.send(new PutObjectCommand({ ...AT, Body: BODY }));
  const copy = (CopySource: string) => new CopyObjectCommand({ Bucket: "logs", Key: "copy.txt", CopySource });
  expect((await s3.send(copy("builds/a.txt"))).CopyObjectResult).toMatchObject(FACTS);
  expect(await s3.send(new HeadObjectCommand({ Bucket: "logs", Key: "copy.txt" }))).toMatchObject({ ETag: ETAG });
  expect(await statusOf(s3.send(copy("builds/none.txt")))).toBe(404);
  const only = clientOf(await makeKey(tigris, "logs", [{ bucket: "logs", role: "Editor" }]));
  expect(await statusOf(only.send(copy("builds/a.txt")))).toBe(403);
  const both = [...["builds", "logs"].map((bucket) => ({ bucket, role: "ReadOnly" as const }))];
  expect(await statusOf(clientOf(await makeKey(tigris, "both", both)).send(copy("builds/a.txt")))).toBe(403);
});

test("a key without roles lists and makes buckets, and has no access to one that was there", async () => {
  const s3 = clientOf(await makeKey(tigris, "none", []));
  await clientOf(ROOT).send(new PutObjectCommand({ ...AT, Body: BODY }));
  const tries = (Bucket: string) => {
    const at = { ...AT, Bucket };
    const sent: Promise<object>[] = [
      s3.send(new PutObjectCommand({ ...at, Body: "mine" })),
      s3.send(new GetObjectCommand(at)),
      s3.send(new HeadObjectCommand(at)),
      s3.send(new ListObjectsV2Command({ Bucket })),
      s3.send(new HeadBucketCommand({ Bucket })),
    ];
    return Promise.all(sent.map(statusOf));
  };
  expect(await tries("builds")).toEqual([403, 403, 403, 403, 403]);
  expect(await statusOf(s3.send(new DeleteBucketCommand({ Bucket: "media" })))).toBe(403);
  await s3.send(new CreateBucketCommand({ Bucket: "my-own" }));
  expect((await s3.send(new ListBucketsCommand({}))).Buckets).toHaveLength(4);
  await s3.send(new PutObjectCommand({ Bucket: "my-own", Key: AT.Key, Body: "mine" }));
  expect(await tries("my-own")).toEqual([200, 200, 200, 200, 200]);
  const { Contents } = await clientOf(ROOT).send(new ListObjectsV2Command({ Bucket: "builds" }));
  expect(Contents).toMatchObject([{ Key: AT.Key, Size: SIZE }]);
});

test("buckets are made once, and deleted by whoever edits them, once they are empty", async () => {
  const s3 = clientOf(ROOT);
  const editor = clientOf(await makeKey(tigris, "editor", [{ bucket: "logs", role: "Editor" }]));
  const remove = (client: S3Client, Bucket: string) => statusOf(client.send(new DeleteBucketCommand({ Bucket })));
  expect(await statusOf(s3.send(new CreateBucketCommand({ Bucket: "builds" })))).toBe(409);
  expect(await statusOf(s3.send(new CreateBucketCommand({ Bucket: "No_Name" })))).toBe(400);
  await s3.send(new PutObjectCommand({ ...AT, Bucket: "logs", Body: BODY }));
  expect(await remove(editor, "logs")).toBe(409);
  expect((await send(tigris, { method: "DELETE", path: "/logs/a.txt" })).status).toBe(204);
  expect(await remove(editor, "logs")).toBe(200);
  expect(await remove(clientOf(READER), "builds")).toBe(403);
  expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual(["builds", "media"]);
  expect(await statusOf(s3.send(new HeadBucketCommand({ Bucket: "logs" })))).toBe(404);
  expect((await send(tigris, { method: "PATCH", path: "/builds/a.txt" })).status).toBe(405);
});
