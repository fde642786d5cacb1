import type { PlainTextOption } from "@slack/types";
import { isBucketName } from "../../domain/bucket-name";
import { MAX_OPTION_VALUE, MAX_OPTIONS, option } from "./option";

/** Whether a bucket can be offered in a select, and so be chosen. */
export function canBeOffered(bucket: string): boolean {
  return bucket.length <= MAX_OPTION_VALUE && isBucketName(bucket);
}

export function bucketOptions(buckets: readonly string[]): PlainTextOption[] {
  return buckets
    .filter(canBeOffered)
    .slice(0, MAX_OPTIONS)
    .map((value) => option({ value }));
}
