import { decidedRules, judge, lastsBy } from "../../../src/domain/policy/judge";
import { ADMIN, adminKey, by, editor, ruleOf, users } from "./rules";

const PROD = ruleOf("prod", { when: { buckets: ["prod-*"] }, ...by(users("U0ANN"), 2) });
const LOGS = ruleOf("logs", { when: { buckets: ["*-logs"] }, ...by(users("U0BEN")) });
const REST = ruleOf("rest");
const ALL = ruleOf("all", { when: { buckets: null, allBuckets: true }, ...by(users("U0CLEO")) });
const LATER_ALL = ruleOf("later all", { when: { allBuckets: true } });
const SECURE = ruleOf("admin", { when: ADMIN, ...by(users("U0ANN")) });

/** The names of the rules that count, or what no rule fits. */
function judged(access: Parameters<typeof judge>[0], rules: Parameters<typeof judge>[1]["rules"]) {
  const result = judge(access, { rules });
  return result.kind === "fits" ? result.rules.map(({ name }) => name) : { without: result.buckets };
}

test.each([
  ["the first rule that fits a bucket counts", editor("prod-logs"), [PROD, LOGS, REST], ["prod"]],
  ["in the other order the other one does", editor("prod-logs"), [LOGS, PROD, REST], ["logs"]],
  ["each bucket is matched by itself", editor("dev-logs", "prod-data"), [PROD, LOGS, REST], ["prod", "logs"]],
  ["a rule counts once", editor("prod-a", "prod-b"), [PROD, REST], ["prod"]],
  ["a rule without buckets fits each that is named", editor("x"), [PROD, REST, LOGS], ["rest"]],
  ["a bucket without a rule refuses all of it", editor("prod-a", "x", "y"), [PROD, LOGS], { without: ["x", "y"] }],
  ["a rule for all buckets fits none that is named", editor("x"), [ALL], { without: ["x"] }],
  ["all buckets need a rule for them", editor(), [PROD, REST], { without: "all" }],
  ["and besides what every rule for named buckets needs", editor(), [PROD, ALL, REST], ["prod", "all", "rest"]],
  ["but of the rules for all buckets only the first", editor(), [ALL, LATER_ALL, PROD], ["all", "prod"]],
  [
    "a rule for other permissions fits nothing",
    editor("x"),
    [ruleOf("one", { when: { permissions: ["ReadOnly"] } })],
    { without: ["x"] },
  ],
  ["Admin is matched by the permission alone", adminKey, [REST, ALL, SECURE], ["admin"]],
  ["Admin without a rule is refused", adminKey, [REST, ALL], { without: "all" }],
  [
    "Admin that nobody has to approve is refused",
    adminKey,
    [ruleOf("open", { when: ADMIN }), SECURE],
    { without: "all" },
  ],
])("%s", (_, access, rules, expected) => {
  expect(judged(access, rules)).toEqual(expected);
});

test("those that need somebody's yes are told from the others", () => {
  expect(decidedRules([REST, PROD, LATER_ALL, LOGS])).toEqual([PROD, LOGS]);
});

const lasting = (defaultMs: number | null, longestMs: number | null) => ruleOf("", { lasts: { defaultMs, longestMs } });

test.each([
  [[REST], null, null],
  [[lasting(null, null)], null, null],
  [[lasting(3, 9), REST, lasting(5, 7)], 3, 7],
  [[lasting(8, 9), lasting(null, 7)], 7, 7],
  [[lasting(8, null), lasting(9, null)], 8, null],
])("the shortest of each holds (%#)", (rules, defaultMs, longestMs) => {
  expect(lastsBy(rules)).toEqual({ defaultMs, longestMs });
});
