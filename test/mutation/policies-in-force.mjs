import { of } from "./of.mjs";

/** Which policy is in force, and who may change that. */

const LOAD = "test/domain/policy/load";
const CHANGES = "test/domain/policy/changes";
const STORE = "test/store/(policies|load-policy)";
const PLAYED = "test/e2e/policy-in-force";

/** @type {import("./mutations.mjs").Mutation[]} */
export const POLICIES_IN_FORCE = [
  ...of("src/domain/policy/load.ts", LOAD, [
    ["what is in force is not loaded again", 'if (inForce === digest) return "in_force";'],
    ["of two policies at once the first one holds", 'if (inForce !== seen) return "overtaken";'],
    ["what was replaced does not come back at a start", 'by === "start" && wasReplaced', "false"],
    ["what was replaced comes back by the signal", 'by === "start" && wasReplaced', "wasReplaced"],
  ]),
  ...of("src/domain/policy/changes.ts", CHANGES, [
    ["a rule that is gone is told", "if (!names.has(rule.name))", "if (names.has(rule.name))"],
    ["another order is told", "if (!isInOrder(kept, [...old.keys()]))", "if (false)"],
    ["another break glass is told", "if (!isSame(glassBefore, after.breakGlass))", "if (false)"],
    ["another number of keys is told", "before !== null && before.maxKeysPerUser !== after.maxKeysPerUser", "false"],
  ]),
  ...of("src/store/policies.ts", STORE, [
    ["a policy replaces the one that was read", '.where("digest", "=", before)'],
    [
      "a policy that was replaced is not replaced again",
      '.where("digest", "=", before)\n    .where("replaced_at", "is", null)',
      '.where("digest", "=", before)',
    ],
    ["the first policy of all replaces none", "(await policyReads(db).digestInForce()) === null", "true"],
    [
      "two that load one policy at once load it once",
      '.where("policies.replaced_at", "is not", null)',
      "",
      undefined,
      "two at once are two processes, which PostgreSQL alone has: test/store/load-policy.test.ts notices there",
    ],
  ]),
  ...of("src/workflow/load-policy.ts", STORE, [
    ["a change of the policy is an event", 'events: [{ name: "policy.loaded"', 'ignored: [{ name: "policy.loaded"'],
    ["a change of the policy is told", 'tell: [{ kind: "policy_changed", before, after: digest }],'],
  ]),
  ...of("src/workflow/change.ts", STORE, [
    [
      "a policy that lost to another one changes nothing",
      "await must(tx.policies.replace(policy.before, policy.to));",
      "await tx.policies.replace(policy.before, policy.to);",
      undefined,
      "who decides reads the same row in the same transaction; on PostgreSQL test/store/load-policy.test.ts notices",
    ],
  ]),
  ...of("src/policy-in-force.ts", STORE, [
    [
      "no policy where there has to be one refuses",
      "if (digest === null) throw new PolicyUnreadable();",
      'if (digest === null) return { digest: "", policy: { rules: [], maxKeysPerUser: 1, breakGlass: null } };',
    ],
    [
      "another policy is not taken for the one that is remembered",
      "if (known?.digest === digest) return known;",
      "if (known) return known;",
    ],
    [
      "variables say nothing beside a policy in force",
      "if (digest === null && variables !== null)",
      "if (variables !== null)",
    ],
  ]),
  ...of("src/policy-loading.ts", PLAYED, [
    [
      "a bad file ends the first start",
      'if (atStart.source.kind === "bad" && atStart.seen === null) throw badFile(atStart.source);',
    ],
    [
      "a bad file leaves a good one in force",
      'atStart.source.kind === "bad" && atStart.seen === null',
      'atStart.source.kind === "bad"',
    ],
    ["no start without its file on a policy in force", "return refuseWithoutFile(await inForce());", "return;"],
    ["readiness says that the policy can't be read", "(await isReadable(policy)) ? [] : [UNREADABLE]", "[]"],
    [
      "readiness says that the file is another policy",
      "return [known === null ? OTHER_FILE : REPLACED_FILE];",
      "return [];",
    ],
    [
      "readiness says that the file has mistakes",
      'if (source.kind === "bad")\n      return',
      'if (source.kind === "bad")\n      return [] ??',
    ],
  ]),
  ...of("src/policy-source.ts", "test/e2e/policy-bad-files", [
    ["what is no text is refused", 'text.includes("\\0") ? null : text', "text"],
    ["what is not UTF-8 is refused", "{ fatal: true }", "{}"],
  ]),
  ...of("src/config-policy.ts", "test/config-policy", [
    ["APPROVAL_FOR is refused beside a policy's file", '  "APPROVAL_FOR",\n', ""],
    ["REQUESTERS is refused beside a policy's file", '  "REQUESTERS",\n', ""],
    ["MAX_KEYS_PER_USER is refused beside a policy's file", '  "MAX_KEYS_PER_USER",\n', ""],
  ]),
  ...of("src/config.ts", "test/config-policy", [
    [
      "a policy's file set to nothing is refused",
      '"APPROVAL_FOR", "POLICY_FILE"] satisfies',
      '"APPROVAL_FOR"] satisfies',
    ],
  ]),
];
