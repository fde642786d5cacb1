import fc from "fast-check";
import type { Access } from "../../../src/domain/permission";
import { withoutRule } from "../../../src/domain/policy/alternatives";
import { judge } from "../../../src/domain/policy/judge";
import { access, BUCKETS, policy } from "./random";
import { ADMIN, adminKey, by, editor, ruleOf, users } from "./rules";

const EDITORS = ruleOf("editors", { when: { permissions: ["Editor"], buckets: ["dev-*", "logs"] } });
const READERS = ruleOf("readers", { when: { permissions: ["ReadOnly"] } });
const ALL_READERS = ruleOf("all readers", { when: { permissions: ["ReadOnly"], allBuckets: true } });
const NOTHING = { buckets: [], permissions: [], lower: null };

test.each([
  [
    "Admin: the strongest that there is",
    adminKey,
    [READERS, EDITORS],
    { lower: { permission: "Editor", buckets: ["dev-*", "logs"] } },
  ],
  ["Admin: of buckets by name", adminKey, [READERS], { lower: { permission: "ReadOnly", buckets: "any" } }],
  ["Admin: of all buckets", adminKey, [ALL_READERS, EDITORS], { permissions: ["ReadOnly"] }],
  ["Admin: nothing where there is nothing else", adminKey, [ruleOf("open", { when: ADMIN })], {}],
  ["the same on other buckets", editor("prod"), [EDITORS], { buckets: ["dev-*", "logs"] }],
  ["less on the same buckets", editor("prod"), [READERS], { permissions: ["ReadOnly"] }],
  [
    "less on other buckets",
    editor("prod"),
    [ruleOf("r", { when: { permissions: ["ReadOnly"], buckets: ["dev"] } })],
    { lower: { permission: "ReadOnly", buckets: ["dev"] } },
  ],
  ["all buckets: those by name", editor(), [EDITORS, READERS], { buckets: ["dev-*", "logs"] }],
  [
    "never more",
    { ...editor("x"), permission: "ReadOnly" as const },
    [EDITORS, ruleOf("admin", { when: ADMIN, ...by(users("U0ANN")) })],
    {},
  ],
])("in place of what no rule fits, %s", (_what, asked, rules, instead) => {
  expect(withoutRule(asked, { rules })?.instead).toEqual({ ...NOTHING, ...instead });
});

test("what is named could be asked for, in any policy", () => {
  fc.assert(
    fc.property(policy, access, (one, asked) => {
      const without = withoutRule(asked, one);
      fc.pre(without !== null);
      const { buckets, permissions, lower } = without?.instead ?? NOTHING;
      for (const permission of permissions)
        expect(judge({ permission, buckets: asked.buckets } as Access, one).kind).toBe("fits");
      const named = [
        ...(buckets.length > 0 ? [{ permission: asked.permission, buckets }] : []),
        ...(lower ? [lower] : []),
      ];
      for (const { permission, buckets: patterns } of named) {
        if (permission === "Admin") throw new Error("an Admin key has no buckets");
        const names = patterns === "any" ? BUCKETS : patterns.map((pattern) => pattern.replaceAll("*", "x"));
        for (const name of names)
          expect(judge({ permission, buckets: { kind: "named", names: [name] } }, one).kind).toBe("fits");
      }
    }),
    { seed: 14, numRuns: 500 },
  );
});
