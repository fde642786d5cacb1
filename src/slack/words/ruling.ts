import type { Life } from "../../domain/key-end";
import type { Ruling } from "../../domain/policy/judge";
import type { BackReason } from "../../domain/request";
import { durationWords } from "./duration";
import { type Sentence, time, user } from "./sentence";

/** By which rules something was or is decided, and how long its key may live: a few words each. */
export function rulingWords({ rules, lasts }: Ruling): Sentence[] {
  return [
    ...(rules.length === 0 ? [] : [[ruleNames(rules)]]),
    ...(lasts.longestMs === null ? [] : [[`${durationWords(lasts.longestMs)} at most`]]),
  ];
}

/** `rule "admin"`, `rules "admin" and "production data"`. */
export function ruleNames(rules: readonly string[]): string {
  const named = rules.map((name) => `"${name}"`);
  const last = named.pop() ?? "";
  return named.length === 0 ? `rule ${last}` : `rules ${named.join(", ")} and ${last}`;
}

/** "for 7 days", "until Dec 1"; null where a key has no end. */
export function lifeWords(life: Life): Sentence | null {
  switch (life.kind) {
    case "lasts":
      return [`for ${durationWords(life.ms)}`];
    case "until":
      return ["until ", time(life.at)];
    case "open":
      return null;
  }
}

/** Why what was approved waits again. */
export function whyAgain(why: BackReason): Sentence {
  return why.kind === "approver_lost"
    ? [user(why.approverId), " is no longer an approver"]
    : ["Such keys need more approval by now"];
}
