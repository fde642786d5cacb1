import { type People, peopleOfAll } from "./person";
import type { Policy } from "./policy/rule";
import { isIn, type Request } from "./request";
import { needsFor } from "./vote-steps";

/**
 * How far a waiting request is by one of its rules: who may decide, how many have to, and who has said yes. For showing alone:
 * whose yes counts is looked at afresh when it matters.
 */
export type Progress = { rule: string; deciders: People; count: number; voterIds: readonly string[] };

/** The same by each rule; none where nobody has to decide, or no rule fits it any more. */
export function progressOf(request: Request, policy: Pick<Policy, "rules">, at: number): Progress[] {
  if (!isIn(request, "pending")) return [];
  const { votes } = request.state;
  return needsFor(request, policy, at).map(({ rule, deciders }) => ({
    rule: rule.name,
    deciders,
    count: rule.decide.count,
    voterIds: votes.filter(({ rules }) => rules.includes(rule.name)).map(({ approverId }) => approverId),
  }));
}

/** Those who are waited for: whoever decides by a rule that has too few yet. */
export function waitedFor(progress: readonly Progress[]): People {
  return peopleOfAll(progress.filter(isShort).map(({ deciders }) => deciders));
}

function isShort({ voterIds, count }: Progress): boolean {
  return voterIds.length < count;
}
