import type { Progress } from "../../domain/progress";
import type { Request } from "../../domain/request";
import { rulingWords, whyAgain } from "../words/ruling";
import { type Sentence, usersNamed } from "../words/sentence";

/** How far a waiting request is, where more than one person has to say yes: a line for each rule. */
export function progressLines(progress: readonly Progress[]): Sentence[] {
  const isPlain = progress.length === 1 && progress[0]?.count === 1;
  if (isPlain) return [];
  return progress.map(({ rule, count, voterIds }) => [
    `Approved by ${Math.min(voterIds.length, count)} of ${count}`,
    ...(voterIds.length === 0 ? [] : [": ", ...usersNamed(voterIds)]),
    ...(progress.length > 1 ? [` · rule "${rule}"`] : []),
  ]);
}

/** Why a request that was approved waits again, and what of its key. */
export function backLine({ state }: Request): Sentence[] {
  if (state.kind !== "pending" || state.back === null) return [];
  const { why, held } = state.back;
  return [["Waits again: ", ...whyAgain(why), held === null ? "" : " · its key is there, and off"]];
}

/** By which rules it is decided, in small print; that none fits any more, where that is so. */
export function rulesLine({ state }: Request, progress: readonly Progress[]): Sentence[] {
  if (state.kind !== "pending") return [];
  if (progress.length === 0) return [["no rule has anybody decide this any more: it can be denied"]];
  return rulingWords({ rules: progress.map(({ rule }) => rule), lasts: state.ruling.lasts });
}
