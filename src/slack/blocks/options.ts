import type { PlainTextOption } from "@slack/types";
import type { Key } from "../../domain/key";
import { plain } from "./plain";

/** The longest value of an option, and the most options of a select (Slack, option object and `external_select`). */
const MAX_VALUE = 150;
const MAX_OPTIONS = 100;

/** S3's names, with the capitals and underscores of old buckets: never `*`, which Tigris reads as all buckets. */
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Whether a bucket can be offered in a select, and so be chosen. */
export function isBucketName(name: string): boolean {
  return name.length <= MAX_VALUE && BUCKET_NAME.test(name);
}

/** Buckets to choose from. */
export function bucketOptions(names: readonly string[]): PlainTextOption[] {
  return names
    .filter(isBucketName)
    .slice(0, MAX_OPTIONS)
    .map((name) => ({ text: plain(name, 75), value: name }));
}

/** Keys to choose from, those of others marked as such. */
export function keyOptions(keys: readonly Key[], viewerId: string): PlainTextOption[] {
  return keys.slice(0, MAX_OPTIONS).map((key) => keyOption(key, viewerId));
}

export function keyOption(key: Key, viewerId: string): PlainTextOption {
  const whose = key.ownerId === viewerId ? "yours" : "somebody else's";
  return {
    text: plain(`${key.keyName} (${key.reference})`, 75),
    description: plain(`${key.access.permission}, ${whose}, ${key.accessKeyId}`, 75),
    value: key.accessKeyId,
  };
}
