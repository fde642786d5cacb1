import { ListBucketsCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { z } from "zod";
import { MAX_LISTED_BUCKETS } from "../domain/service-limits";
import type { ReadFailure } from "../workflow/tigris-port";
import { TooLong } from "./body";
import { bucketName, plainId, tigrisErrorCode } from "./schemas";

const PAGE_SIZE = 1000;

type Buckets = { kind: "listed"; names: string[]; leftOut: number } | ReadFailure;

/**
 * Every bucket of the organization, by name, in order. As with keys, a list with a gap is none; but a bucket whose name is not
 * one that a key may name is left out, and the others stay.
 * @param timeoutMs for all pages and attempts together
 */
export async function listBuckets(client: S3Client, timeoutMs: number): Promise<Buckets> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await walk(client, deadline);
  } catch (error) {
    // The error ends here: the SDK hangs request and response on it.
    return unavailable(deadline.aborted ? "timeout" : reasonOf(error));
  }
}

/** The id of whom the buckets belong to; null where S3 does not say. */
export async function bucketOwner(client: S3Client, abortSignal: AbortSignal): Promise<string | null> {
  try {
    const { Owner } = await client.send(new ListBucketsCommand({ MaxBuckets: 1 }), { abortSignal });
    return plainId.safeParse(Owner?.ID).data ?? null;
  } catch {
    // The error would hold request and response; where the owner is needed, its absence says enough.
    return null;
  }
}

async function walk(client: S3Client, abortSignal: AbortSignal): Promise<Buckets> {
  const names = new Set<string>();
  const odd = new Set<string | undefined>();
  const seen = new Set<string>();
  let size = PAGE_SIZE;
  let next: { ContinuationToken?: string } = {};
  for (let asked = 0; asked < MAX_LISTED_BUCKETS; asked += size) {
    const page = await pageOf(client, { MaxBuckets: size, ...next }, abortSignal);
    if (page === null) {
      if (size === 1) return unavailable("too_large");
      size = Math.floor(size / 2);
      continue;
    }
    // Each list names its owner, also where there is no bucket: without either it is another page's XML.
    if (!page.Buckets && !page.Owner) return unavailable("malformed");
    for (const { Name } of page.Buckets ?? []) {
      const name = bucketName.safeParse(Name).data;
      if (name === undefined) odd.add(Name);
      else names.add(name);
    }
    const token = page.ContinuationToken;
    if (!token) return { kind: "listed", names: [...names].sort(), leftOut: odd.size };
    if (seen.has(token)) return unavailable("repeated_marker");
    seen.add(token);
    next = { ContinuationToken: token };
  }
  return unavailable("too_many_pages");
}

/** @returns null where the page is too large */
async function pageOf(
  client: S3Client,
  input: { MaxBuckets: number; ContinuationToken?: string },
  abortSignal: AbortSignal,
) {
  try {
    return await client.send(new ListBucketsCommand(input), { abortSignal });
  } catch (error) {
    if (error instanceof TooLong) return null;
    throw error;
  }
}

function unavailable(reason: string): ReadFailure {
  return { kind: "unavailable", reason };
}

/** What the SDK notes on its errors where there was a response at all. */
const withStatus = z.object({ $metadata: z.object({ httpStatusCode: z.number().int() }) });

/** S3's code where it answered with one, else what the status of its response says. Of the error nothing else is kept. */
export function reasonOf(error: unknown): string {
  const code = error instanceof S3ServiceException ? tigrisErrorCode.safeParse(error.name).data : undefined;
  // `Unknown` is what the SDK calls an error without a code.
  if (code !== undefined && code !== "Unknown") return code;
  const status = withStatus.safeParse(error).data?.$metadata.httpStatusCode;
  if (status === undefined) return "connection";
  return status === 200 ? "malformed" : `http_${status}`;
}
