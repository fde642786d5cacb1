import type { DecidedRule } from "./judge";

/** One person's yes. A moment in milliseconds since 1970, UTC. */
export type Vote = { approverId: string; at: number };

/** How far a request is by one of its rules: the votes that count for it, of the `count` that it needs. */
export type Tally = { rule: DecidedRule; votes: readonly Vote[] };

/**
 * Counts votes: one counts for each rule that names its giver, and each person once.
 * @param isNamed whether a rule names somebody, by a fresh look at them. Nobody is named on their own request
 */
export function tally(
  rules: readonly DecidedRule[],
  votes: readonly Vote[],
  isNamed: (rule: DecidedRule, approverId: string) => boolean,
): Tally[] {
  return rules.map((rule) => {
    const counted = new Map(
      votes.filter(({ approverId }) => isNamed(rule, approverId)).map((vote) => [vote.approverId, vote]),
    );
    return { rule, votes: [...counted.values()] };
  });
}

/** Whether each rule has as many votes as it needs. */
export function isDecided(tallies: readonly Tally[]): boolean {
  return tallies.every(({ rule, votes }) => votes.length >= rule.decide.count);
}
