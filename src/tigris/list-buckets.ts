import { ListBucketsCommand, type S3Client } from "@aws-sdk/client-s3";
import type { ReadFailure } from "../workflow/tigris-port";
import { bucketName, errorCode } from "./field";

const PAGE_SIZE = 1000;
/** More pages than this are no list that anybody means. */
const MAX_PAGES = 50;

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
    // The error ends here: the SDK hangs the whole exchange on it.
    return { kind: "unavailable", reason: deadline.aborted ? "timeout" : reasonOf(error) };
  }
}

async function walk(client: S3Client, abortSignal: AbortSignal): Promise<Buckets> {
  const names = new Set<string>();
  const seen = new Set<string>();
  let next: { ContinuationToken?: string } = {};
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await client.send(new ListBucketsCommand({ MaxBuckets: PAGE_SIZE, ...next }), { abortSignal });
    for (const { Name } of page.Buckets ?? []) {
      if (!bucketName.safeParse(Name).success || Name === undefined) return malformed("malformed");
      names.add(Name);
    }
    const token = page.ContinuationToken;
    if (!token) return { kind: "listed", names: [...names].sort() };
    if (seen.has(token)) return malformed("repeated_marker");
    seen.add(token);
    next = { ContinuationToken: token };
  }
  return malformed("too_many_pages");
}

function malformed(reason: string): ReadFailure {
  return { kind: "unavailable", reason };
}

/** The code of S3's error, which the SDK makes the error's name. */
function reasonOf(error: unknown): string {
  return (error instanceof Error && errorCode.safeParse(error.name).data) || "no_answer";
}
