import { ListBucketsCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { Opened } from "../workflow/tigris-port";
import { type Account, createClients, type TigrisTimeouts, type Times } from "./clients";
import { reasonOf } from "./list-buckets";

/** Codes that say of a well-signed call that its key may not do it (S3, "Error responses"). */
const DENIALS = ["AccessDenied", "AllAccessDisabled", "InactiveAccessKey", "InvalidAccessKeyId"];

/**
 * Signs calls with a key, to find out what it opens. It reads names alone, and keeps none of them.
 * @param options the key, and how long a call may take
 */
export function createKeyTrial(options: Account & Times & { timeouts: TigrisTimeouts }): {
  opens(bucket: string | null): Promise<Opened>;
  close(): void;
} {
  const { timeouts } = options;
  const clients = createClients(options, timeouts, options);
  return {
    opens: (bucket) => opens(clients.s3, bucket, AbortSignal.timeout(timeouts.readMs)),
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** @param bucket whose objects are listed; null for the list of buckets */
async function opens(client: S3Client, bucket: string | null, abortSignal: AbortSignal): Promise<Opened> {
  try {
    if (bucket === null) await client.send(new ListBucketsCommand({ MaxBuckets: 1 }), { abortSignal });
    else await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }), { abortSignal });
    return { kind: "opened" };
  } catch (error) {
    // The error ends here: the SDK hangs request and response on it.
    const reason = abortSignal.aborted ? "timeout" : reasonOf(error);
    return DENIALS.includes(reason) ? { kind: "denied", code: reason } : { kind: "unavailable", reason };
  }
}
