import { type Answer, jsonAnswer } from "../answer";
import { s3ErrorAnswer, xml, xmlAnswer } from "./errors";
import type { Organization, StoredKey } from "./organization";
import { objectsOf } from "./s3-objects";

/** The most buckets on one page (S3, ListBuckets). */
const MAX_BUCKETS = 10_000;
/** S3's rules for names of buckets, without those that hardly anybody meets. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** What the stand-in says of each bucket: nobody asks for more than its name. */
const CREATION_DATE = "2026-01-01T00:00:00.000Z";

/**
 * Any key may list the names of all buckets, which come in order and by pages.
 * @param isJson as Tigris's own clients ask for it, and take XML for a list without buckets (`@tigrisdata/storage`)
 */
export function listBuckets({ buckets, namespaceId }: Organization, query: URLSearchParams, isJson: boolean): Answer {
  const after = query.get("continuation-token");
  const rest = buckets.filter((name) => after === null || name > after).sort();
  const page = rest.slice(0, sizeOf(query.get("max-buckets")));
  const last = page.at(-1);
  const token = last && rest.length > page.length ? last : null;
  if (isJson)
    return jsonAnswer(200, {
      Owner: { ID: namespaceId, DisplayName: namespaceId },
      Buckets: { Bucket: page.map((name) => ({ Name: name, CreationDate: CREATION_DATE })) },
      ...(token === null ? {} : { ContinuationToken: token }),
    });
  const entries = page.map(
    (name) => `<Bucket><Name>${xml(name)}</Name><CreationDate>${CREATION_DATE}</CreationDate></Bucket>`,
  );
  const more = token === null ? "" : `<ContinuationToken>${xml(token)}</ContinuationToken>`;
  return xmlAnswer(
    200,
    `<ListAllMyBucketsResult><Owner><ID>${xml(namespaceId)}</ID></Owner><Buckets>${entries.join("")}</Buckets>${more}</ListAllMyBucketsResult>`,
  );
}

/** Any key may make a bucket, which is then its own. */
export function createBucket(organization: Organization, { accessKeyId }: StoredKey, bucket: string): Answer {
  if (!BUCKET_NAME.test(bucket)) return s3ErrorAnswer(400, "InvalidBucketName");
  if (organization.buckets.includes(bucket)) return s3ErrorAnswer(409, "BucketAlreadyOwnedByYou");
  organization.buckets.push(bucket);
  organization.bucketMakers.set(bucket, accessKeyId);
  return { status: 200, headers: { location: `/${bucket}` }, body: "" };
}

export function deleteBucket(organization: Organization, bucket: string): Answer {
  if (objectsOf(organization, bucket).length > 0) return s3ErrorAnswer(409, "BucketNotEmpty");
  organization.buckets = organization.buckets.filter((name) => name !== bucket);
  organization.bucketMakers.delete(bucket);
  return { status: 204, body: "" };
}

function sizeOf(asked: string | null): number {
  const size = Number(asked ?? MAX_BUCKETS);
  return Number.isInteger(size) && size > 0 ? Math.min(size, MAX_BUCKETS) : MAX_BUCKETS;
}
