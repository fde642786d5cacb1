import { type Refusal, refused } from "../domain/refusal";
import type { Sentence } from "../domain/sentence";

/** A verb did what was asked: what its person reads. */
export type Done = { kind: "done"; sentence: Sentence };
export type Outcome = Done | Refusal;

export function done(...sentence: Sentence): Done {
  return { kind: "done", sentence };
}

export const notChecked = (): Refusal =>
  refused("not_checked", "I couldn't check with Slack whether this is allowed. Nothing was changed; please try again.");

export const unknownRequest = (): Refusal =>
  refused("unknown_request", "I don't know this request. Nothing was changed. Use ", LIST, " to see your keys.");

export const unknownKey = (): Refusal =>
  refused("unknown_key", "I don't know this key. Nothing was changed. Use ", LIST, " to see your keys.");

const LIST = { kind: "code", text: "/tigris-key list" } as const;
