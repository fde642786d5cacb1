import type { PlainTextOption } from "@slack/types";
import type { Key } from "../../domain/key";
import { accessText } from "../blocks/access";
import { MAX_OPTIONS, option } from "../blocks/option";
import { keyStanding } from "../words/key-standing";

/** Keys to choose from, those of others marked as such. */
export function keyOptions(keys: readonly Key[], viewerId: string): PlainTextOption[] {
  return keys.slice(0, MAX_OPTIONS).map((key) => keyOption(key, viewerId));
}

export function keyOption(key: Key, viewerId: string): PlainTextOption {
  const whose = key.ownerId === viewerId ? "" : "somebody else's · ";
  return option({
    value: key.accessKeyId,
    label: `${key.keyName} (${key.reference})`,
    description: `${keyStanding(key)} · ${whose}${accessText(key.access)}`,
  });
}
