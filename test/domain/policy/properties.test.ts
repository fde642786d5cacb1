import fc from "fast-check";
import type { Access } from "../../../src/domain/permission";
import { checkPolicy } from "../../../src/domain/policy/check";
import { explain } from "../../../src/domain/policy/explain";
import { judge, rulesFor } from "../../../src/domain/policy/judge";
import type { Policy, Rule } from "../../../src/domain/policy/rule";
import { access, BUCKETS, GROUPS, PEOPLE, person, policy, rule } from "./random";

const RUNS = { seed: 14, numRuns: 500 };

const members = fc
  .record(Object.fromEntries(GROUPS.map((id) => [id, fc.option(fc.subarray(PEOPLE))])))
  .map((lists) => new Map(Object.entries(lists).flatMap(([id, list]) => (list === null ? [] : [[id, list] as const]))));

const name = fc.constantFrom(
  ...PEOPLE.map((id) => ({ list: "users", id }) as const),
  ...GROUPS.map((id) => ({ list: "groups", id }) as const),
);

/** Each rule with a name more in one of the lists that it has. */
function withName(
  one: Rule,
  where: "ask" | "decide" | "escalate",
  { list, id }: { list: "users" | "groups"; id: string },
): Rule {
  const longer = <People extends Record<"users" | "groups", readonly string[]>>(people: People): People => {
    return { ...people, [list]: [...people[list], id] };
  };
  switch (where) {
    case "ask":
      return { ...one, ask: one.ask && longer(one.ask) };
    case "decide":
      return { ...one, decide: one.decide && { ...one.decide, people: longer(one.decide.people) } };
    case "escalate":
      return { ...one, escalate: one.escalate && { ...one.escalate, to: longer(one.escalate.to) } };
  }
}

test("a name more in a list that is there never refuses what was allowed", () => {
  const where = fc.constantFrom("ask", "decide", "escalate");
  const parts = fc.tuple(policy, person, access, members, fc.nat(4), where, name);
  fc.assert(
    fc.property(parts, ([{ rules }, who, what, known, at, list, added]) => {
      const asked = { person: who, access: what, members: known };
      const before = explain({ rules }, asked);
      fc.pre(before.kind === "rules" && before.isTaken);
      const longer = rules.map((one, index) => (index === at % rules.length ? withName(one, list, added) : one));
      expect(explain({ rules: longer }, asked)).toMatchObject({ kind: "rules", isTaken: true });
    }),
    RUNS,
  );
});

/** The rules that count; null where it is refused. */
function needs(what: Access, { rules }: Pick<Policy, "rules">): string[] | null {
  const judged = judge(what, { rules });
  return judged.kind === "fits" ? judged.rules.map((one) => one.name) : null;
}

test("for one permission, more buckets never need less, all of them included", () => {
  const permission = fc.constantFrom("Editor", "ReadOnly");
  fc.assert(
    fc.property(policy, permission, fc.shuffledSubarray(BUCKETS, { minLength: 2 }), (one, chosen, names) => {
      const asked = (buckets: Access["buckets"]) => needs({ permission: chosen, buckets }, one);
      const few = asked({ kind: "named", names: names.slice(1) });
      const more = asked({ kind: "named", names });
      if (few === null) expect(more).toBeNull();
      for (const each of [more, asked({ kind: "all" })])
        if (each !== null) expect(each).toEqual(expect.arrayContaining(few ?? []));
    }),
    RUNS,
  );
});

test("a rule at the end changes only what all buckets need, and what no rule fitted", () => {
  fc.assert(
    fc.property(policy, rule, access, ({ rules }, added, what) => {
      const before = needs(what, { rules });
      fc.pre(before !== null && (what.permission === "Admin" || what.buckets.kind === "named"));
      expect(needs(what, { rules: [...rules, { ...added, name: "last" }] })).toEqual(before);
    }),
    RUNS,
  );
});

test("Admin is never without somebody's yes", () => {
  fc.assert(
    fc.property(policy, ({ rules }) => {
      const open = rules.map((one) => ({ ...one, decide: null }));
      const asked: Access = { permission: "Admin", buckets: { kind: "all" } };
      expect(rulesFor(asked, { rules: open })).toEqual([]);
      for (const one of rulesFor(asked, { rules })) expect(one.decide).not.toBeNull();
    }),
    RUNS,
  );
});

test("without a rule that is never the first nothing changes, but for all buckets where that is said", () => {
  fc.assert(
    fc.property(policy, access, (one, what) => {
      for (const found of checkPolicy(one)) {
        if (found.code !== "never_first" || (what.buckets.kind === "all" && found.countsForAll)) continue;
        const rules = one.rules.filter((each) => each.name !== found.rule);
        expect(needs(what, { rules })).toEqual(needs(what, one));
      }
    }),
    RUNS,
  );
});
