import fc from "fast-check";
import { APPROVAL_CLASSES, policyFromSettings } from "../../src/domain/policy/from-settings";
import { readPolicyFile } from "../../src/policy-file/read";
import { writePolicyFile } from "../../src/policy-file/write";
import { policy } from "../domain/policy/random";

test("whatever policy is written reads back as the same", () => {
  fc.assert(
    fc.property(policy, (one) => {
      expect(readPolicyFile(writePolicyFile(one))).toMatchObject({ ok: true, policy: one, tests: [] });
    }),
    { seed: 14, numRuns: 300 },
  );
});

test.each(["none", "7", "a: b", "'", '"', "#", "*", "- x", "{", "é 🔑"])("a rule may be called %s", (name) => {
  const [rule] = policyFromSettings(SETTINGS).rules;
  if (!rule) throw new Error("there is no rule");
  const one = { rules: [{ ...rule, name }], maxKeysPerUser: 1, breakGlass: null };
  expect(readPolicyFile(writePolicyFile(one))).toMatchObject({ ok: true, policy: one, tests: [] });
});

const SETTINGS = {
  approvalFor: ["admin"] as const,
  approvers: { users: ["U0ANN"], groups: ["S0APPROVERS"] },
  requesters: null,
  maxKeysPerUser: 20,
};

test.each(Array.from({ length: 2 ** APPROVAL_CLASSES.length }, (_, bits) => bits))(
  "what the variables amount to reads back as the same (%i)",
  (bits) => {
    const approvalFor = APPROVAL_CLASSES.filter((_, place) => bits & (1 << place));
    const requesters = bits % 2 === 0 ? null : { users: ["W0DANA"], groups: [] };
    const one = policyFromSettings({ ...SETTINGS, approvalFor, requesters });
    expect(readPolicyFile(writePolicyFile(one))).toMatchObject({ ok: true, policy: one, tests: [] });
  },
);

test("a rule is written on few lines", () => {
  expect(writePolicyFile(policyFromSettings(SETTINGS))).toBe(`rules:
  - name: admin
    when: { permission: [ Admin ] }
    decide: { users: [ U0ANN ], groups: [ S0APPROVERS ], count: 1 }
  - name: everything else
    when: { permission: [ Editor, ReadOnly ], buckets: [ "*" ], allBuckets: true }
    decide: none
maxKeysPerUser: 20
`);
});
