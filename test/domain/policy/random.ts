import fc from "fast-check";
import type { Access, Permission } from "../../../src/domain/permission";
import type { People } from "../../../src/domain/person";
import type { Policy, Rule, When } from "../../../src/domain/policy/rule";

/** Random policies, small enough that their rules meet: a few names, patterns and people. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const PEOPLE = ["U0ANN", "U0BEN", "U0CLEO", "U0DANA"];
export const GROUPS = ["S0ONE", "S0TWO", "S0THREE"];
export const BUCKETS = ["prod-data", "prod-logs", "dev-logs", "Old_Bucket.x", "p"];
const PATTERNS = ["*", "prod-*", "*-logs", "prod-data", "p*d*a", "dev-*", "*o*"];

const someOf = <Item>(items: Item[], minLength = 0) => fc.subarray(items, { minLength });

export const people: fc.Arbitrary<People> = fc
  .record({ users: someOf(PEOPLE), groups: someOf(GROUPS) })
  .filter(({ users, groups }) => users.length + groups.length > 0);

const decide = fc.record({ people, count: fc.integer({ min: 1, max: 3 }) });

const lasts = fc
  .record({
    defaultMs: fc.constantFrom(5 * MINUTE, 90 * MINUTE, 24 * HOUR, 50 * HOUR),
    longestMs: fc.constantFrom(null, 50 * HOUR, 72 * HOUR),
  })
  .map(({ defaultMs, longestMs }) => ({ defaultMs, longestMs }));

const when: fc.Arbitrary<When> = fc.oneof(
  fc.constant<When>({ permissions: ["Admin"], buckets: null, allBuckets: false }),
  fc.record({
    permissions: someOf<Permission>(["Editor", "ReadOnly"], 1),
    buckets: fc.option(someOf(PATTERNS, 1)),
    allBuckets: fc.boolean(),
  }),
);

/** A rule for Admin always has somebody decide, as every policy that is read. */
export const rule: fc.Arbitrary<Omit<Rule, "name">> = fc
  .record({
    when,
    ask: fc.option(people),
    decide: fc.option(decide),
    lasts: fc.option(lasts),
    escalate: fc.option(fc.record({ afterMs: fc.constantFrom(MINUTE, 36 * HOUR), to: people })),
  })
  .filter(({ when, decide }) => decide !== null || !when.permissions.includes("Admin"))
  .map((one) => ({ ...one, escalate: one.decide === null ? null : one.escalate }));

export const policy: fc.Arbitrary<Policy> = fc.record({
  rules: fc
    .array(rule, { minLength: 1, maxLength: 5 })
    .map((rules) => rules.map((one, index) => ({ ...one, name: `rule ${index + 1}` }))),
  maxKeysPerUser: fc.integer({ min: 1, max: 1_000 }),
  breakGlass: fc.option(
    fc.record({
      who: people,
      lastsMs: fc.constantFrom(5 * MINUTE, 4 * HOUR, 24 * HOUR),
      tellChannelId: fc.constant("C0SECURITY"),
    }),
  ),
});

const named = someOf(BUCKETS, 1).map((names) => ({ kind: "named", names }) as const);

export const access: fc.Arbitrary<Access> = fc.oneof(
  fc.constant({ permission: "Admin", buckets: { kind: "all" } } as const),
  fc.record({
    permission: fc.constantFrom("Editor", "ReadOnly"),
    buckets: fc.oneof(fc.constant({ kind: "all" } as const), named),
  }),
);

export const person = fc.record({ ids: fc.constantFrom(...PEOPLE).map((id) => [id]), groups: someOf(GROUPS) });
