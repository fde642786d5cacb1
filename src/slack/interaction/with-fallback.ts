import { errorCode } from "../../workflow/error-code";
import { StoreUnavailable } from "../../workflow/store-errors";
import type { Sentence } from "../words/sentence";
import type { ListenerContext } from "./listener-context";

export const WENT_WRONG: Sentence = [
  "Something went wrong on my side. The card in our DM shows what holds; please try again in a moment.",
];

/** True wherever it fails: what was asked of Tigris before is on record. */
export const STORE_AWAY: Sentence = [
  "I can't reach my database just now, so I make nothing new. Please try again in a minute; the card in our DM shows then what holds.",
];

/**
 * Runs what leads to a reply. Where it throws, that is logged, and the reply is `fallback`, with words for what went wrong.
 * @param what names the work in the log
 */
export async function withFallback<Result>(
  { ports }: ListenerContext,
  what: string,
  work: () => Promise<Result>,
  fallback: (words: Sentence) => Result,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    ports.log.error({ event: "listener.failed", what, code: errorCode(error) });
    return fallback(error instanceof StoreUnavailable ? STORE_AWAY : WENT_WRONG);
  }
}
