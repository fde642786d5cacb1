import type { Answer } from "../answer";
import { s3ErrorAnswer, xml, xmlAnswer } from "./errors";
import type { Organisation, StoredKey } from "./organisation";
import { may } from "./roles";

/** The most buckets on one page (S3, ListBuckets). */
const MAX_BUCKETS = 10_000;

/** A call of S3 by what its method and path ask for; `action` is null where there is no such thing here. */
export type S3Call = { action: S3Action | null; bucket: string; name: string; query: URLSearchParams; body: string };

type S3Action = "ListBuckets" | "ListObjectsV2" | ObjectAction;
type ObjectAction = "GetObject" | "PutObject" | "DeleteObject";

const OBJECT_ACTIONS = new Map<string, ObjectAction>([
  ["GET", "GetObject"],
  ["PUT", "PutObject"],
  ["DELETE", "DeleteObject"],
]);

export function readS3({ method, url, body }: { method: string; url: URL; body: string }): S3Call {
  const [bucket = "", ...rest] = decoded(url.pathname).slice(1).split("/");
  const name = rest.join("/");
  const given = { bucket, name, query: url.searchParams, body };
  if (name !== "") return { ...given, action: OBJECT_ACTIONS.get(method) ?? null };
  if (method !== "GET") return { ...given, action: null };
  return { ...given, action: bucket === "" ? "ListBuckets" : "ListObjectsV2" };
}

/** Answers a call of S3: the list of buckets, and text objects by their keys. */
export function answerS3(organisation: Organisation, caller: StoredKey, call: S3Call): Answer {
  const { action, bucket } = call;
  if (action === null) return s3ErrorAnswer(405, "MethodNotAllowed");
  if (action === "ListBuckets") return listBuckets(organisation, call.query);
  if (!organisation.buckets.includes(bucket)) return s3ErrorAnswer(404, "NoSuchBucket");
  const isWrite = action === "PutObject" || action === "DeleteObject";
  if (!may(caller, isWrite ? "write" : "read", bucket)) return s3ErrorAnswer(403, "AccessDenied");
  if (action === "ListObjectsV2") return listObjects(organisation, bucket);
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
    case "GetObject": {
      const content = objects.get(path);
      return content === undefined ? s3ErrorAnswer(404, "NoSuchKey") : { status: 200, body: content };
    }
  }
}

/** Any key may list the names of all buckets, which come in order and by pages. */
function listBuckets({ buckets, namespaceId }: Organisation, query: URLSearchParams): Answer {
  const after = query.get("continuation-token");
  const rest = buckets.filter((name) => after === null || name > after).sort();
  const page = rest.slice(0, sizeOf(query.get("max-buckets")));
  const last = page.at(-1);
  const entries = page.map(
    (name) => `<Bucket><Name>${xml(name)}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>`,
  );
  const more = last && rest.length > page.length ? `<ContinuationToken>${xml(last)}</ContinuationToken>` : "";
  return xmlAnswer(
    200,
    `<ListAllMyBucketsResult><Owner><ID>${xml(namespaceId)}</ID></Owner><Buckets>${entries.join("")}</Buckets>${more}</ListAllMyBucketsResult>`,
  );
}

function sizeOf(asked: string | null): number {
  const size = Number(asked ?? MAX_BUCKETS);
  return Number.isInteger(size) && size > 0 ? Math.min(size, MAX_BUCKETS) : MAX_BUCKETS;
}

function listObjects({ objects }: Organisation, bucket: string): Answer {
  const prefix = `${bucket}/`;
  const names = [...objects.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const entries = names.sort().map((name) => `<Contents><Key>${xml(name)}</Key></Contents>`);
  return xmlAnswer(
    200,
    `<ListBucketResult><Name>${xml(bucket)}</Name><KeyCount>${names.length}</KeyCount><IsTruncated>false</IsTruncated>${entries.join("")}</ListBucketResult>`,
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A path that is no encoding of anything names no bucket that there is.
    return path;
  }
}
