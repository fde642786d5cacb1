import fc from "fast-check";
import type { People } from "../../../src/domain/person";
import { decidedRules } from "../../../src/domain/policy/judge";
import { isDecided, type Looked, needsOf, tally } from "../../../src/domain/policy/votes";
import { GROUPS, PEOPLE, people, policy } from "./random";

const RUNS = { seed: 14, numRuns: 500 };

/** Everybody with the groups that they are in, and a second id as on Enterprise Grid. */
const world = fc.record(Object.fromEntries(PEOPLE.map((id) => [id, fc.subarray(GROUPS)])));

function idsOf(id: string): string[] {
  return [id, id.replace("U", "W")];
}

function looked(id: string, groups: readonly string[]): Looked {
  const isAmong = (named: People) =>
    named.users.some((one) => idsOf(id).includes(one)) || named.groups.some((one) => groups.includes(one));
  return { ids: idsOf(id), isAmong };
}

const voters = (groups: Record<string, string[]>) =>
  new Map(PEOPLE.flatMap((id) => idsOf(id).map((one) => [one, looked(id, groups[id] ?? [])] as const)));
const votesOf = (ids: readonly string[]) => ids.map((approverId, at) => ({ approverId, at, rules: [] }));
const giving = fc.shuffledSubarray(PEOPLE.flatMap(idsOf));
const waited = fc.constantFrom(0, 90_000_000, 200_000_000);

test("nobody decides about their own, in any policy, under any of their ids", () => {
  fc.assert(
    fc.property(
      policy,
      world,
      fc.constantFrom(...PEOPLE),
      giving,
      waited,
      ({ rules }, groups, requester, ids, waitedMs) => {
        const seen = { requesterIds: idsOf(requester), voters: voters(groups) };
        const needs = needsOf(decidedRules(rules), waitedMs);
        const tallies = tally(needs, votesOf(ids), seen);
        for (const { votes } of tallies)
          for (const { approverId } of votes) expect(idsOf(requester)).not.toContain(approverId);
        const others = votesOf(ids.filter((id) => !idsOf(requester).includes(id)));
        expect(isDecided(tallies)).toBe(isDecided(tally(needs, others, seen)));
      },
    ),
    RUNS,
  );
});

test("each person counts once for a rule, whatever they are called and however they are named", () => {
  fc.assert(
    fc.property(policy, world, giving, ({ rules }, groups, ids) => {
      for (const { votes } of tally(needsOf(decidedRules(rules), 0), votesOf(ids), {
        requesterIds: [],
        voters: voters(groups),
      })) {
        const people = votes.map(({ approverId }) => approverId.replace("W", "U"));
        expect(new Set(people).size).toBe(people.length);
      }
    }),
    RUNS,
  );
});

test("more names among those who decide take nobody's vote away", () => {
  fc.assert(
    fc.property(policy, world, giving, people, ({ rules }, groups, ids, added) => {
      const decided = decidedRules(rules);
      const longer = decided.map((rule) => {
        const users = [...rule.decide.people.users, ...added.users];
        return {
          ...rule,
          decide: { ...rule.decide, people: { users, groups: [...rule.decide.people.groups, ...added.groups] } },
        };
      });
      const seen = { requesterIds: [], voters: voters(groups) };
      const [before, after] = [decided, longer].map((each) => isDecided(tally(needsOf(each, 0), votesOf(ids), seen)));
      if (before) expect(after).toBe(true);
    }),
    RUNS,
  );
});
