import type { Answer } from "../answer";
import { s3ErrorAnswer, xml, xmlAnswer } from "./errors";
import type { Organisation, StoredKey } from "./organisation";
import { may } from "./roles";

/** The most buckets on one page (S3, ListBuckets). */
const MAX_BUCKETS = 10_000;
/** The most objects on one page (S3, ListObjectsV2). */
const MAX_OBJECTS = 1_000;

/** A call of S3 by what its method and path ask for; `action` is null where there is no such thing here. */
export type S3Call = { action: S3Action | null; bucket: string; name: string; query: URLSearchParams; body: string };

type S3Action = "ListBuckets" | "ListObjectsV2" | "HeadBucket" | ObjectAction;
type ObjectAction = "GetObject" | "HeadObject" | "PutObject" | "DeleteObject";

const BUCKET_ACTIONS = new Map<string, S3Action>([
  ["GET", "ListObjectsV2"],
  ["HEAD", "HeadBucket"],
]);
const OBJECT_ACTIONS = new Map<string, ObjectAction>([
  ["GET", "GetObject"],
  ["HEAD", "HeadObject"],
  ["PUT", "PutObject"],
  ["DELETE", "DeleteObject"],
]);

export function readS3({ method, url, body }: { method: string; url: URL; body: string }): S3Call {
  const [bucket = "", ...rest] = decoded(url.pathname).slice(1).split("/");
  const name = rest.join("/");
  const given = { bucket, name, query: url.searchParams, body };
  if (bucket === "") return { ...given, action: method === "GET" ? "ListBuckets" : null };
  return { ...given, action: (name === "" ? BUCKET_ACTIONS : OBJECT_ACTIONS).get(method) ?? null };
}

/** Answers a call of S3: the list of buckets, and text objects by their keys. */
export function answerS3(organisation: Organisation, caller: StoredKey, call: S3Call): Answer {
  const { action, bucket } = call;
  if (action === null) return s3ErrorAnswer(405, "MethodNotAllowed");
  if (action === "ListBuckets") return listBuckets(organisation, call.query);
  if (!organisation.buckets.includes(bucket)) return s3ErrorAnswer(404, "NoSuchBucket");
  const isWrite = action === "PutObject" || action === "DeleteObject";
  if (!may(caller, isWrite ? "write" : "read", bucket)) return s3ErrorAnswer(403, "AccessDenied");
  if (action === "HeadBucket") return { status: 200, body: "" };
  if (action === "ListObjectsV2") return listObjects(organisation, call);
  return answerObject(organisation, action, call);
}

function answerObject({ objects }: Organisation, action: ObjectAction, { bucket, name, body }: S3Call): Answer {
  const path = `${bucket}/${name}`;
  switch (action) {
    case "PutObject":
      objects.set(path, body);
      return { status: 200, headers: { etag: '"sandbox"' }, body: "" };
    case "DeleteObject":
      objects.delete(path);
      return { status: 204, body: "" };
    case "GetObject":
    case "HeadObject": {
      const content = objects.get(path);
      return content === undefined ? s3ErrorAnswer(404, "NoSuchKey") : { status: 200, body: content };
    }
  }
}

/** Any key may list the names of all buckets. */
function listBuckets({ buckets, namespaceId }: Organisation, query: URLSearchParams): Answer {
  const page = pageOf(buckets, sizeOf(query.get("max-buckets"), MAX_BUCKETS), query.get("continuation-token"));
  const entries = page.names.map(
    (name) => `<Bucket><Name>${xml(name)}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>`,
  );
  const more = page.next === null ? "" : `<ContinuationToken>${xml(page.next)}</ContinuationToken>`;
  return xmlAnswer(
    200,
    `<ListAllMyBucketsResult><Owner><ID>${xml(namespaceId)}</ID></Owner><Buckets>${entries.join("")}</Buckets>${more}</ListAllMyBucketsResult>`,
  );
}

function listObjects({ objects }: Organisation, { bucket, query }: S3Call): Answer {
  const prefix = `${bucket}/`;
  const names = [...objects.keys()]
    .filter((path) => path.startsWith(prefix + (query.get("prefix") ?? "")))
    .map((path) => path.slice(prefix.length));
  const page = pageOf(names, sizeOf(query.get("max-keys"), MAX_OBJECTS), query.get("continuation-token"));
  const entries = page.names.map((name) => `<Contents><Key>${xml(name)}</Key></Contents>`);
  const more =
    page.next === null
      ? "<IsTruncated>false</IsTruncated>"
      : `<IsTruncated>true</IsTruncated><NextContinuationToken>${xml(page.next)}</NextContinuationToken>`;
  return xmlAnswer(
    200,
    `<ListBucketResult><Name>${xml(bucket)}</Name><KeyCount>${page.names.length}</KeyCount>${more}${entries.join("")}</ListBucketResult>`,
  );
}

/** The names after `after`, in order. */
function pageOf(
  names: readonly string[],
  size: number,
  after: string | null,
): { names: string[]; next: string | null } {
  const rest = names.filter((name) => after === null || name > after).sort();
  const page = rest.slice(0, size);
  return { names: page, next: rest.length > size ? (page.at(-1) ?? null) : null };
}

function sizeOf(asked: string | null, most: number): number {
  const size = Number(asked ?? most);
  return Number.isInteger(size) && size > 0 ? Math.min(size, most) : most;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A path that is no encoding of anything names no bucket that there is.
    return path;
  }
}
