import { createHash } from "node:crypto";
import type { Answer } from "../answer";
import { s3ErrorAnswer, xml, xmlAnswer } from "./errors";
import type { Organization } from "./organization";

/** A text object as it was written. */
export type StoredObject = { body: string; etag: string; modifiedAt: number };

/** Where an object is: `name` is its whole key. */
export type ObjectPlace = { bucket: string; name: string };

export function putObject({ objects, now }: Organization, { bucket, name }: ObjectPlace, body: string): StoredObject {
  const etag = `"${createHash("md5").update(body).digest("hex")}"`;
  const object = { body, etag, modifiedAt: now() };
  objects.set(`${bucket}/${name}`, object);
  return object;
}

/** A copy of an object, with a date of its own. */
export function copyObject(organization: Organization, place: ObjectPlace, from: ObjectPlace): Answer {
  const original = organization.objects.get(`${from.bucket}/${from.name}`);
  if (!original) return s3ErrorAnswer(404, "NoSuchKey");
  return xmlAnswer(200, `<CopyObjectResult>${facts(putObject(organization, place, original.body))}</CopyObjectResult>`);
}

/** An object with what is known of it, or with `HeadObject` that alone. */
export function readObject(
  { objects }: Organization,
  action: "GetObject" | "HeadObject",
  { bucket, name }: ObjectPlace,
): Answer {
  const object = objects.get(`${bucket}/${name}`);
  if (!object) return action === "GetObject" ? s3ErrorAnswer(404, "NoSuchKey") : { status: 404, body: "" };
  const headers = {
    etag: object.etag,
    "last-modified": new Date(object.modifiedAt).toUTCString(),
    "content-length": String(Buffer.byteLength(object.body)),
    "content-type": "application/octet-stream",
  };
  return { status: 200, headers, body: action === "GetObject" ? object.body : "" };
}

/** All objects of a bucket whose keys begin with the prefix, in order, on one page. */
export function listObjects(organization: Organization, bucket: string, prefix: string): Answer {
  const entries = objectsOf(organization, bucket)
    .filter(([name]) => name.startsWith(prefix))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([name, object]) =>
        `<Contents><Key>${xml(name)}</Key>${facts(object)}<Size>${Buffer.byteLength(object.body)}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
    );
  return xmlAnswer(
    200,
    `<ListBucketResult><Name>${xml(bucket)}</Name><Prefix>${xml(prefix)}</Prefix><KeyCount>${entries.length}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${entries.join("")}</ListBucketResult>`,
  );
}

/** The objects of a bucket by their keys. */
export function objectsOf({ objects }: Organization, bucket: string): [string, StoredObject][] {
  const start = `${bucket}/`;
  const inside = [...objects].filter(([path]) => path.startsWith(start));
  return inside.map(([path, object]) => [path.slice(start.length), object]);
}

function facts({ etag, modifiedAt }: StoredObject): string {
  return `<LastModified>${new Date(modifiedAt).toISOString()}</LastModified><ETag>${xml(etag)}</ETag>`;
}
