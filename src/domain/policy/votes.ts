import { type People, peopleOfAll } from "../person";
import type { DecidedRule } from "./judge";

/**
 * One person's yes, at a moment in milliseconds since 1970, UTC. `rules`: the names of those that it counted for when it was
 * given. That is shown, and decides nothing: who may decide is looked at afresh whenever it matters.
 */
export type Vote = { approverId: string; at: number; rules: readonly string[] };

/** What a fresh look says of somebody: every id of theirs, and whom they are among. */
export type Looked = { ids: readonly string[]; isAmong: (people: People) => boolean };

/** What a rule needs, and who may give it now. */
export type Need = { rule: DecidedRule; deciders: People };

/** How far a request is by one of its rules: the votes that count for it, of the `count` that it needs. */
export type Tally = { need: Need; votes: readonly Vote[] };

/** What rules need of a request that has waited for so long, in milliseconds: after a while others may decide too. */
export function needsOf(rules: readonly DecidedRule[], waitedMs: number): Need[] {
  return rules.map((rule) => ({ rule, deciders: decidersOf(rule, waitedMs) }));
}

/** Whoever may decide by a rule. */
export function decidersOf(rule: DecidedRule, waitedMs: number): People {
  const { decide, escalate } = rule;
  return isEscalated(rule, waitedMs) && escalate !== null ? peopleOfAll([decide.people, escalate.to]) : decide.people;
}

/** Whoever may decide by a rule at some time: from the beginning, or after a while. */
export function everDecidersOf(rule: DecidedRule): People {
  return decidersOf(rule, Number.POSITIVE_INFINITY);
}

/** Whether a request has waited for so long that others may decide it too. */
export function isEscalated({ escalate }: DecidedRule, waitedMs: number): boolean {
  return escalate !== null && waitedMs >= escalate.afterMs;
}

/**
 * Counts votes: one counts for each rule that names its giver, and each person once, whatever they are called. Nobody counts on
 * a request of their own.
 * @param seen the ids of whoever asked, and the fresh look at each voter: who was not looked at does not count
 */
export function tally(
  needs: readonly Need[],
  votes: readonly Vote[],
  seen: { requesterIds: readonly string[]; voters: ReadonlyMap<string, Looked> },
): Tally[] {
  return needs.map((need) => {
    const counted = new Set(seen.requesterIds);
    const counting = votes.filter(({ approverId }) => {
      const voter = seen.voters.get(approverId);
      if (!voter?.isAmong(need.deciders) || voter.ids.some((id) => counted.has(id))) return false;
      for (const id of voter.ids) counted.add(id);
      return true;
    });
    return { need, votes: counting };
  });
}

/** Whether each rule has as many votes as it needs. */
export function isDecided(tallies: readonly Tally[]): boolean {
  return tallies.every(({ need, votes }) => votes.length >= need.rule.decide.count);
}

/** The votes that count for some rule. */
export function countingVotes(tallies: readonly Tally[], votes: readonly Vote[]): Vote[] {
  return votes.filter((vote) => tallies.some((one) => one.votes.includes(vote)));
}

/** The names of the rules for which somebody's vote counts. */
export function rulesNaming(needs: readonly Need[], { isAmong }: Looked): string[] {
  return needs.filter(({ deciders }) => isAmong(deciders)).map(({ rule }) => rule.name);
}
