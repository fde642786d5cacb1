import { ListBucketsCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { z } from "zod";
import { MAX_BUCKET_PAGES } from "../domain/limits";
import type { ReadFailure } from "../workflow/tigris-port";
import { bucketName, tigrisErrorCode } from "./schemas";

const PAGE_SIZE = 1000;

type Buckets = { kind: "listed"; names: string[] } | ReadFailure;

/**
 * Every bucket of the organisation, by name, in order. As with keys, a list with a gap is none.
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

async function walk(client: S3Client, abortSignal: AbortSignal): Promise<Buckets> {
  const names = new Set<string>();
  const seen = new Set<string>();
  let next: { ContinuationToken?: string } = {};
  for (let pages = 0; pages < MAX_BUCKET_PAGES; pages++) {
    const page = await client.send(new ListBucketsCommand({ MaxBuckets: PAGE_SIZE, ...next }), { abortSignal });
    // Each list names its owner, also where there is no bucket: without either it is another page's XML.
    if (!page.Buckets && !page.Owner) return unavailable("malformed");
    for (const bucket of page.Buckets ?? []) {
      const name = bucketName.safeParse(bucket.Name).data;
      if (name === undefined) return unavailable("malformed");
      names.add(name);
    }
    const token = page.ContinuationToken;
    if (!token) return { kind: "listed", names: [...names].sort() };
    if (seen.has(token)) return unavailable("repeated_marker");
    seen.add(token);
    next = { ContinuationToken: token };
  }
  return unavailable("too_many_pages");
}

function unavailable(reason: string): ReadFailure {
  return { kind: "unavailable", reason };
}

/** What the SDK notes on its errors where there was a response at all. */
const withStatus = z.object({ $metadata: z.object({ httpStatusCode: z.number().int() }) });

/** S3's code where it answered with one, else what the status of its response says. */
function reasonOf(error: unknown): string {
  const code = error instanceof S3ServiceException ? tigrisErrorCode.safeParse(error.name).data : undefined;
  // `Unknown` is what the SDK calls an error without a code.
  if (code !== undefined && code !== "Unknown") return code;
  const status = withStatus.safeParse(error).data?.$metadata.httpStatusCode;
  if (status === undefined) return "connection";
  return status === 200 ? "malformed" : `http_${status}`;
}
