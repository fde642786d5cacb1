import type { PlainTextOption } from "@slack/types";
import type { Key } from "../../domain/key";
import { plain } from "./button";

/** The longest value of an option, and the most options of a select (Slack, option object and `external_select`). */
const MAX_VALUE = 150;
const MAX_OPTIONS = 100;

/** Buckets to choose from. A name that no option can hold is left out. */
export function bucketOptions(names: readonly string[]): PlainTextOption[] {
  return names
    .filter((name) => name.length > 0 && name.length <= MAX_VALUE)
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
