import { formatMistakes, readPolicyFile } from "../../src/policy-file/read";

/** Stands in a text where its mistake has to be found. */
const MARK = "¦";

/** The mistakes of a file, as `line:column says`. */
function mistakesOf(text: string): string[] {
  const reading = readPolicyFile(text.replaceAll(MARK, ""));
  return reading.ok ? [] : reading.mistakes.map(({ line, column, says }) => `${line}:${column} ${says}`);
}

/** Where the mark stands, as `line:column`. */
function markIn(text: string): string {
  const before = text.slice(0, text.indexOf(MARK)).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

const RULE = { name: "one", when: "{ permission: [Editor] }", decide: "{ users: [U0ANN] }" };
const written = (rule: object) =>
  `{ ${Object.entries(rule)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")} }`;
const withMore = (more: string) => `rules: [${written(RULE)}]\n${more}`;

const ID = "is not the id of a";
const COUNT = "is not a whole number from 1 to 10.";
const PATTERN = "is not a bucket's name in which * may stand for any characters.";
const TIME = "a time such as 30m, 4h or 7d.";
const DECIDERS = "none, or who decides: users, groups, count.";
const EITHER = 'Entry 1 of "tests" needs either buckets or allBuckets: true; Admin needs neither.';

const NAMES: [written: string, says: string][] = [
  ['¦""', "is empty."],
  ['¦" "', "is empty."],
  ['¦"one "', "begins or ends with a blank."],
  ["¦7", "is not text."],
  [`¦${"n".repeat(61)}`, "is longer than 60 characters."],
  ['¦"one\\ntwo"', "is more than one line, or holds characters that nobody sees."],
  ['¦"one\\u202Etwo"', "is more than one line, or holds characters that nobody sees."],
];
const WHENS: [written: string, says: string][] = [
  ["¦{ buckets: [a] }", '"permission" is missing; it should be a list of permissions, as in [a, b].'],
  ["{ permission: [¦Owner] }", 'Entry 1 of "permission" is not one of ReadOnly, Editor, Admin.'],
  ["{ permission: ¦Editor }", '"permission" is not a list of permissions, as in [a, b].'],
  ["{ permission: ¦[] }", '"permission" is an empty list; leave it out, or name something.'],
  ["{ permission: ¦[Editor, Editor] }", '"permission" names something twice.'],
  ['{ permission: [Editor], buckets: [ok, ¦"a/*"] }', `Entry 2 of "buckets" ${PATTERN}`],
  ['{ permission: [Editor], buckets: [¦"a?"] }', `Entry 1 of "buckets" ${PATTERN}`],
  ['{ permission: [Editor], buckets: [¦"-*"] }', `Entry 1 of "buckets" ${PATTERN}`],
  ["{ permission: [Editor], buckets: [¦2024] }", `Entry 1 of "buckets" ${PATTERN}`],
  [
    "{ permission: [Admin], buckets: ¦[a] }",
    '"buckets" stands beside Admin, and an Admin key has no buckets: give Admin a rule of its own.',
  ],
  ["{ permission: [Editor], allBuckets: ¦yes }", '"allBuckets" is not true or false.'],
];
const DECIDES: [written: string, says: string][] = [
  ["¦~", `"decide" is missing; it should be ${DECIDERS}`],
  ["¦nobody", `"decide" is not ${DECIDERS}`],
  ["¦{ count: 2 }", '"decide" names nobody: it needs users, groups or both.'],
  ["{ users: ¦[] }", '"users" is an empty list; leave it out, or name something.'],
  ["{ users: [U0ANN, ¦S0TEAM] }", `Entry 2 of "users" ${ID} person (U…, W…).`],
  ["{ users: [¦dana] }", `Entry 1 of "users" ${ID} person (U…, W…).`],
  ["{ groups: [¦U0ANN] }", `Entry 1 of "groups" ${ID} user group (S…).`],
  ["{ users: ¦[U0ANN, U0ANN] }", '"users" names something twice.'],
  ...["0", "11", "1.5", "two"].map((count): [string, string] => [
    `{ users: [U0ANN], count: ¦${count} }`,
    `"count" ${COUNT}`,
  ]),
];
const LASTS: [written: string, says: string][] = [
  ["{ longest: ¦4 }", `"longest" is not none, or ${TIME}`],
  ["{ default: ¦2w, longest: none }", `"default" is not ${TIME}`],
  ["{ longest: ¦10s }", '"longest" is not between 5m and 3650d.'],
  ["¦{ default: 2d }", `"longest" is missing; it should be none, or ${TIME}`],
  ["{ default: ¦2d, longest: 47h }", '"default" is longer than longest.'],
];
const RULES: [key: string, written: string, says: string][] = [
  ...NAMES.map(([text, says]): [string, string, string] => ["name", text, `"name" ${says}`]),
  ...WHENS.map(([text, says]): [string, string, string] => ["when", text, says]),
  ...DECIDES.map(([text, says]): [string, string, string] => ["decide", text, says]),
  ...LASTS.map(([text, says]): [string, string, string] => ["lasts", text, says]),
  ["ask", "{ users: [¦dana] }", `Entry 1 of "users" ${ID} person (U…, W…).`],
  ["escalate", "{ after: 30m, to: ¦{} }", '"to" names nobody: it needs users, groups or both.'],
];

test.each(RULES)("a rule with %s: %s", (key, text, says) => {
  const file = `rules:\n  - ${written({ ...RULE, [key]: text })}`;
  expect(mistakesOf(file)).toEqual([`${markIn(file)} ${says}`]);
});

test.each([
  [
    "{ when: { permission: [Editor, Admin] }, decide: ¦none }",
    '"decide" is none for Admin: an Admin key needs somebody else\'s approval in every policy.',
  ],
  [
    "{ decide: none, escalate: ¦{ after: 30m, to: { users: [U0BOSS] } } }",
    '"escalate" stands in a rule that needs no approval: leave it out.',
  ],
])("a rule with %s", (parts, says) => {
  const file = `rules: [${written({ name: "one", ...(parts.includes("when") ? {} : { when: RULE.when }) }).slice(0, -2)}, ${parts.slice(2)}]`;
  expect(mistakesOf(file)).toEqual([`${markIn(file)} ${says}`]);
});

test.each([
  ["a list", "¦- one", "The file is not rules, each behind a -."],
  ["no rules", "¦maxKeysPerUser: 3", '"rules" is missing; it should be a list of rules, each behind a -.'],
  ["an empty list", "rules: ¦[]", '"rules" is an empty list: nobody could ask for anything.'],
  ["a rule that is text", "rules: [¦one]", 'Entry 1 of "rules" is not a rule: name, when, decide.'],
  [
    "a rule without a name",
    "rules: [¦{ when: { permission: [Editor] }, decide: none }]",
    '"name" is missing; it should be text.',
  ],
  [
    "a rule without deciders",
    "rules: [¦{ name: one, when: { permission: [Editor] } }]",
    `"decide" is missing; it should be ${DECIDERS}`,
  ],
  [
    "a name twice",
    `rules: [${written(RULE)}, { name: ¦one, ${written(RULE).slice(13)}]`,
    '"name" is another rule\'s name, too.',
  ],
  [
    "101 rules",
    `rules: ¦[${Array.from({ length: 101 }, (_, at) => written({ ...RULE, name: `r${at}` })).join(",\n  ")}]`,
    '"rules" has more than 100 rules.',
  ],
  [
    "1001 patterns",
    `rules: ¦[${[501, 500].map((count) => written({ ...RULE, name: `r${count}`, when: `{ permission: [Editor], buckets: [${Array.from({ length: count }, (_, at) => `b${at}`)}] }` }))}]`,
    '"rules" has more than 1000 patterns of buckets.',
  ],
  ["an unknown key", withMore("¦xyzzy: 1"), 'There is no "xyzzy".'],
  ["a key with a slip", withMore("¦test: []"), 'There is no "test": is "tests" meant?'],
  ["a key in another case", withMore("¦Maxkeysperuser: 3"), 'There is no "Maxkeysperuser": is "maxKeysPerUser" meant?'],
  ["a key that belongs elsewhere", withMore("¦buckets: [a]"), '"buckets" does not belong here.'],
  ["a merge", withMore("¦<<: {}"), 'There is no "<<".'],
  ["a prototype", withMore("¦__proto__: { rules: 1 }"), 'There is no "__proto__".'],
  ["a key that would be two lines", withMore('¦"a\\nb\\u202Ec": 1'), 'There is no "a b\uFFFDc".'],
  ["too many keys", withMore("maxKeysPerUser: ¦1001"), '"maxKeysPerUser" is not a whole number from 1 to 1000.'],
  [
    "a break glass that says nothing of its time",
    withMore("breakGlass: ¦{ who: { users: [U0ANN] }, tell: C0SEC }"),
    '"lasts" is missing; it should be a time from 5m to 24h, such as 4h.',
  ],
  [
    "a long break glass",
    withMore("breakGlass: { who: { users: [U0ANN] }, lasts: ¦25h, tell: C0SEC }"),
    '"lasts" is not between 5m and 24h.',
  ],
  [
    "a channel's name",
    withMore('breakGlass: { who: { users: [U0ANN] }, lasts: 4h, tell: ¦"#sec" }'),
    `"tell" ${ID} channel (C…, G…).`,
  ],
])("%s", (_, text, says) => {
  expect(mistakesOf(text)).toEqual([`${markIn(text)} ${says}`]);
});

test("both mistakes of an Admin rule that names buckets and needs nobody", () => {
  const file = `rules: [{ name: one, when: { permission: [Admin], buckets: ["*"] }, decide: none }]`;
  expect(mistakesOf(file)).toEqual([
    '1:60 "buckets" stands beside Admin, and an Admin key has no buckets: give Admin a rule of its own.',
    '1:77 "decide" is none for Admin: an Admin key needs somebody else\'s approval in every policy.',
  ]);
});

test.each([
  ["¦{ person: U0DANA, permission: Editor, expect: none }", EITHER],
  ["¦{ person: U0DANA, permission: Editor, buckets: [a], allBuckets: true, expect: none }", EITHER],
  ["¦{ person: U0DANA, permission: Editor, allBuckets: false, expect: none }", EITHER],
  ["¦{ person: U0DANA, permission: Admin, buckets: [a], expect: none }", EITHER],
  [
    '{ person: U0DANA, permission: Editor, buckets: [¦"a*"], expect: none }',
    'Entry 1 of "buckets" is not a bucket\'s name.',
  ],
  [
    "{ person: U0DANA, permission: Admin, expect: ¦maybe }",
    '"expect" is not none, refused or the approvals of each rule, as in { admin: 1 }.',
  ],
  [
    "{ person: U0DANA, permission: Admin, expect: ¦{} }",
    '"expect" names no rule: write none where nobody has to approve.',
  ],
  ["{ person: U0DANA, permission: Admin, expect: { one: 1, two: ¦1 } }", '"two" is no rule of this file.'],
  ["{ person: U0DANA, permission: Admin, expect: { one: ¦0.5 } }", `"one" ${COUNT}`],
])("a test with %s", (test, says) => {
  const file = withMore(`tests: [${test}]`);
  expect(mistakesOf(file)).toEqual([`${markIn(file)} ${says}`]);
});

test("all mistakes are told at once, in the order in which they stand, as compilers write them", () => {
  const file = withMore("breakGlass: 1\nmaxKeysPerUser: 0\ntests: 3").replace("U0ANN", "ann");
  const reading = readPolicyFile(file);
  if (reading.ok) throw new Error("it was taken");
  expect(formatMistakes("policy.yaml", reading.mistakes).split("\n")).toEqual([
    'policy.yaml:1:72: Entry 1 of "users" is not the id of a person (U…, W…).',
    'policy.yaml:2:13: "breakGlass" is not who, lasts and tell; leave it out where nobody may.',
    'policy.yaml:3:17: "maxKeysPerUser" is not a whole number from 1 to 1000.',
    'policy.yaml:4:8: "tests" is not a list of cases.',
    "",
  ]);
});
