import type { Answer } from "../answer";
import { s3ErrorAnswer, xml, xmlAnswer } from "./errors";
import { type Organisation, reaches, type StoredKey } from "./organisation";

/** The most buckets on one page (S3, ListBuckets). */
const MAX_BUCKETS = 10_000;

/** Answers a call of S3: the list of buckets, and reading and writing objects by their keys. */
export function answerS3(
  organisation: Organisation,
  caller: StoredKey,
  request: { method: string; url: URL; body: string },
): Answer {
  const [bucket = "", ...rest] = decodeURIComponent(request.url.pathname).slice(1).split("/");
  if (bucket === "") return listBuckets(organisation, request.url.searchParams);
  if (!organisation.buckets.includes(bucket)) return s3ErrorAnswer(404, "NoSuchBucket");
  const isWrite = request.method === "PUT" || request.method === "DELETE";
  if (!reaches(caller, bucket, isWrite ? "Editor" : "ReadOnly")) return s3ErrorAnswer(403, "AccessDenied");
  const name = rest.join("/");
  const path = `${bucket}/${name}`;
  if (name === "") return listObjects(organisation, bucket);
  switch (request.method) {
    case "PUT":
      organisation.objects.set(path, request.body);
      return { status: 200, headers: { etag: '"stand-in"' }, body: "" };
    case "DELETE":
      organisation.objects.delete(path);
      return { status: 204, body: "" };
    default: {
      const content = organisation.objects.get(path);
      return content === undefined ? s3ErrorAnswer(404, "NoSuchKey") : { status: 200, body: content };
    }
  }
}

function listBuckets({ buckets, namespaceId }: Organisation, query: URLSearchParams): Answer {
  const all = [...buckets].sort();
  const size = Math.min(Number(query.get("max-buckets") ?? MAX_BUCKETS), MAX_BUCKETS);
  const after = query.get("continuation-token");
  const start = after === null ? 0 : all.findIndex((name) => name > after);
  const names = start < 0 ? [] : all.slice(start, start + size);
  const last = names.at(-1);
  const more =
    last !== undefined && start + size < all.length ? `<ContinuationToken>${xml(last)}</ContinuationToken>` : "";
  const entries = names.map(
    (name) => `<Bucket><Name>${xml(name)}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>`,
  );
  return xmlAnswer(
    200,
    `<ListAllMyBucketsResult><Owner><ID>${xml(namespaceId)}</ID></Owner><Buckets>${entries.join("")}</Buckets>${more}</ListAllMyBucketsResult>`,
  );
}

function listObjects({ objects }: Organisation, bucket: string): Answer {
  const names = [...objects.keys()].filter((path) => path.startsWith(`${bucket}/`));
  const entries = names.map((path) => `<Contents><Key>${xml(path.slice(bucket.length + 1))}</Key></Contents>`);
  return xmlAnswer(
    200,
    `<ListBucketResult><Name>${xml(bucket)}</Name><IsTruncated>false</IsTruncated>${entries.join("")}</ListBucketResult>`,
  );
}
