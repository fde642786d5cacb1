import type { IncomingHttpHeaders } from "node:http";
import type { Answer } from "../answer";
import { s3ErrorAnswer } from "./errors";
import type { Organization, StoredKey } from "./organization";
import { isDenied } from "./policy";
import { may } from "./roles";
import { createBucket, deleteBucket, listBuckets } from "./s3-buckets";
import { copyObject, listObjects, type ObjectPlace, putObject, readObject } from "./s3-objects";

/** A call of S3 by what its method and path ask for; `action` is null where there is no such thing here. */
export type S3Call = ObjectPlace & {
  action: S3Action | null;
  /** What `CopyObject` copies. */
  from: ObjectPlace;
  query: URLSearchParams;
  body: string;
  /** Whether the answer is to be JSON. */
  isJson: boolean;
};

type S3Action = "ListBuckets" | BucketAction | ObjectAction;
type BucketAction = "ListObjectsV2" | "HeadBucket" | "CreateBucket" | "DeleteBucket";
type ObjectAction = "GetObject" | "HeadObject" | "PutObject" | "CopyObject" | "DeleteObject";

const BUCKET_ACTIONS = new Map<string, BucketAction>([
  ["GET", "ListObjectsV2"],
  ["HEAD", "HeadBucket"],
  ["PUT", "CreateBucket"],
  ["DELETE", "DeleteBucket"],
]);
const OBJECT_ACTIONS = new Map<string, ObjectAction>([
  ["GET", "GetObject"],
  ["HEAD", "HeadObject"],
  ["PUT", "PutObject"],
  ["DELETE", "DeleteObject"],
]);
/** What an Editor may do and a ReadOnly may not (documented, `iam/`). */
const WRITES: readonly (S3Action | null)[] = ["PutObject", "CopyObject", "DeleteObject", "DeleteBucket"];

/** What policies call an action that has no permission of its own name (AWS, "Actions for S3"). */
const PERMISSIONS = new Map<S3Action | null, string>([
  ["CopyObject", "PutObject"],
  ["HeadObject", "GetObject"],
  ["HeadBucket", "ListBucket"],
  ["ListObjectsV2", "ListBucket"],
]);

type Received = { method: string; url: URL; headers: IncomingHttpHeaders; body: string };

export function readS3({ method, url, headers, body }: Received): S3Call {
  const source = headers["x-amz-copy-source"];
  const place = placeIn(url.pathname);
  const from = placeIn(`/${String(source ?? "").replace(/^\//, "")}`);
  const action = actionOf(method, place, source !== undefined);
  const isJson = headers.accept === "application/json";
  return { ...place, from, query: url.searchParams, body, action, isJson };
}

function actionOf(method: string, { bucket, name }: ObjectPlace, isCopy: boolean): S3Action | null {
  if (name !== "") return isCopy && method === "PUT" ? "CopyObject" : (OBJECT_ACTIONS.get(method) ?? null);
  if (bucket !== "") return BUCKET_ACTIONS.get(method) ?? null;
  return method === "GET" ? "ListBuckets" : null;
}

/** Answers a call of S3: buckets, and text objects by their keys. */
export function answerS3(organization: Organization, caller: StoredKey, call: S3Call): Answer {
  const { action, bucket, query, isJson } = call;
  if (action === null) return s3ErrorAnswer(405, "MethodNotAllowed");
  if (action === "ListBuckets") return listBuckets(organization, query, isJson);
  if (action === "CreateBucket") return createBucket(organization, caller, bucket);
  if (!organization.buckets.includes(bucket)) return refused(call, 404, "NoSuchBucket");
  if (!mayAct(organization, caller, call)) return refused(call, 403, "AccessDenied");
  switch (action) {
    case "HeadBucket":
      return { status: 200, body: "" };
    case "DeleteBucket":
      return deleteBucket(organization, bucket);
    case "ListObjectsV2":
      return listObjects(organization, bucket, query.get("prefix") ?? "");
    default:
      return answerObject(organization, action, call);
  }
}

/** By roles, and for whoever made the bucket; a policy can take it away. */
function mayAct(organization: Organization, caller: StoredKey, { action, from, ...place }: S3Call): boolean {
  const mayIn = (right: "read" | "write", name: string, { bucket, name: key }: ObjectPlace) =>
    (may(caller, right, bucket) || organization.bucketMakers.get(bucket) === caller.accessKeyId) &&
    !isDenied(organization, caller, `s3:${name}`, `arn:aws:s3:::${key === "" ? bucket : `${bucket}/${key}`}`);
  if (action === "CopyObject" && !mayIn("read", "GetObject", from)) return false;
  return mayIn(WRITES.includes(action) ? "write" : "read", PERMISSIONS.get(action) ?? String(action), place);
}

function answerObject(organization: Organization, action: ObjectAction, call: S3Call): Answer {
  switch (action) {
    case "PutObject":
      return { status: 200, headers: { etag: putObject(organization, call, call.body).etag }, body: "" };
    case "CopyObject":
      return copyObject(organization, call, call.from);
    case "DeleteObject":
      organization.objects.delete(`${call.bucket}/${call.name}`);
      return { status: 204, body: "" };
    case "GetObject":
    case "HeadObject":
      return readObject(organization, action, call);
  }
}

/** An answer to HEAD has no body. */
function refused({ action }: S3Call, status: number, code: string): Answer {
  return action === "HeadBucket" || action === "HeadObject" ? { status, body: "" } : s3ErrorAnswer(status, code);
}

function placeIn(path: string): ObjectPlace {
  const [bucket = "", ...rest] = decoded(path).slice(1).split("/");
  return { bucket, name: rest.join("/") };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A path that is no encoding of anything names no bucket that there is.
    return path;
  }
}
