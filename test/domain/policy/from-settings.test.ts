import type { Access } from "../../../src/domain/permission";
import { APPROVAL_CLASSES, type ApprovalClass, policyFromSettings } from "../../../src/domain/policy/from-settings";
import { decidedRules, judge } from "../../../src/domain/policy/judge";

const APPROVERS = { users: ["U0ANN"], groups: ["S0APPROVERS"] };
const REQUESTERS = { users: [], groups: ["S0TEAM"] };
const settings = { approvers: APPROVERS, requesters: null, maxKeysPerUser: 20 };

/** Every set that `APPROVAL_FOR` can name, Admin among them or not: it always needs an approval. */
const SETS = Array.from({ length: 2 ** APPROVAL_CLASSES.length }, (_, bits) =>
  APPROVAL_CLASSES.filter((_class, place) => bits & (1 << place)),
);
const named = (...names: string[]) => ({ kind: "named", names }) as const;
const ACCESSES: Access[] = [
  { permission: "Admin", buckets: { kind: "all" } },
  ...(["Editor", "ReadOnly"] as const).flatMap((permission) => [
    { permission, buckets: { kind: "all" } } as const,
    { permission, buckets: named("b1") },
    { permission, buckets: named("b1", "Old_Bucket.x") },
  ]),
];

/** What the variables mean: `editor` and `readonly` cover their `-all` too, and an Admin key always needs an approval. */
function needsApproval({ permission, buckets }: Access, approvalFor: readonly ApprovalClass[]): boolean {
  if (permission === "Admin") return true;
  const whole = permission === "Editor" ? "editor" : "readonly";
  return approvalFor.includes(whole) || (buckets.kind === "all" && approvalFor.includes(`${whole}-all`));
}

test.each(SETS)("APPROVAL_FOR %j: each access is judged as that says", (...approvalFor) => {
  const policy = policyFromSettings({ ...settings, approvalFor });
  for (const access of ACCESSES) {
    const judged = judge(access, policy);
    if (judged.kind !== "fits") throw new Error(`no rule fits ${JSON.stringify(access)}`);
    const deciders = decidedRules(judged.rules).map(({ decide }) => decide);
    expect([access, deciders]).toEqual([
      access,
      needsApproval(access, approvalFor) ? [{ people: APPROVERS, count: 1 }] : [],
    ]);
  }
});

test.each(SETS)(
  "APPROVAL_FOR %j: no two rules are called the same, and REQUESTERS may ask by each of them",
  (...approvalFor) => {
    const { rules } = policyFromSettings({ ...settings, approvalFor, requesters: REQUESTERS });
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    expect(rules.map(({ ask }) => ask)).toEqual(rules.map(() => REQUESTERS));
  },
);

test("every member may ask where nobody is named; the rest is as it is set", () => {
  const { rules, ...others } = policyFromSettings({ ...settings, approvalFor: ["admin"] });
  expect(rules.map(({ ask }) => ask)).toEqual(rules.map(() => null));
  expect(others).toEqual({ maxKeysPerUser: 20, breakGlass: null });
});
