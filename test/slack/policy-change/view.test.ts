import type { Policy, Rule } from "../../../src/domain/policy/rule";
import { policyChangedMessage } from "../../../src/slack/policy-change/view";
import { rowsOf, smallOf } from "../reading";

const LOADED = {
  digest: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  text: "",
  loadedBy: "start",
  loader: "keybot-1/7",
  loadedAt: 1_800_000_000_000,
  replacedAt: null,
} as const;
const PEOPLE = { users: ["UANN00001"], groups: ["SAPPROVE1"] };
const DAY = 86_400_000;

function rule(changes: Partial<Rule> = {}): Rule {
  const when = { permissions: ["Editor", "ReadOnly"] as const, buckets: ["prod-*"], allBuckets: false };
  return { name: "production", when, ask: null, decide: null, lasts: null, escalate: null, ...changes };
}
const policyOf = (...rules: Rule[]): Policy => ({ rules, maxKeysPerUser: 20, breakGlass: null });

/** What is said of a change, without the line above it. */
const said = (before: Policy | null, after: Policy, isFirst = false) =>
  rowsOf(policyChangedMessage(LOADED, { before, after, isFirst }).blocks).slice(1);

test.each<[string, Partial<Rule>, string]>([
  [
    "what it is for",
    { when: { permissions: ["Editor"], buckets: ["a", "b"], allBuckets: true } },
    "Editor on a, b, also all buckets",
  ],
  [
    "what it is for, all buckets alone",
    { when: { permissions: ["Editor"], buckets: null, allBuckets: true } },
    "Editor on all buckets",
  ],
  [
    "what it is for, any bucket",
    { when: { permissions: ["Editor"], buckets: null, allBuckets: false } },
    "Editor on any bucket that is named",
  ],
])("a changed rule says %s", (_what, changes, expected) => {
  expect(said(policyOf(rule()), policyOf(rule(changes)))).toEqual([
    `• Rule production: ${expected} (before: Editor and ReadOnly on prod-*).`,
  ]);
});

test.each<[string, Partial<Rule>, string, string]>([
  ["who may ask", { ask: PEOPLE }, "@SAPPROVE1, @UANN00001 may ask", "every full member may ask"],
  [
    "who decides",
    { decide: { people: PEOPLE, count: 2 } },
    "2 of @SAPPROVE1, @UANN00001 have to approve",
    "nobody has to approve",
  ],
  [
    "how long keys last",
    { lasts: { defaultMs: DAY, longestMs: 90 * 60_000 } },
    "keys last 90 minutes at most, 1 day as proposed",
    "how long keys last is left open",
  ],
  [
    "that keys may last",
    { lasts: { defaultMs: null, longestMs: null } },
    "keys last as long as wanted",
    "how long keys last is left open",
  ],
  [
    "whom a wait widens it to",
    { escalate: { afterMs: 2 * DAY, to: PEOPLE } },
    "after 2 days @SAPPROVE1, @UANN00001 may approve too",
    "nobody else is asked after a while",
  ],
])("a changed rule says %s, and what it said before", (_what, changes, now, before) => {
  expect(said(policyOf(rule()), policyOf(rule(changes)))).toEqual([`• Rule production: ${now} (before: ${before}).`]);
  expect(said(policyOf(rule(changes)), policyOf(rule()))).toEqual([`• Rule production: ${before} (before: ${now}).`]);
});

test("a list is not longer than people read", () => {
  const users = Array.from({ length: 9 }, (_, index) => `U0000000${index}`);
  const [line] = said(policyOf(rule()), policyOf(rule({ ask: { users, groups: [] } })));
  expect(line).toContain("@U00000005 and 3 more may ask");
});

test("more changes than people read are counted", () => {
  const rules = Array.from({ length: 20 }, (_, index) => rule({ name: `rule ${index}` }));
  const lines = said(policyOf(rule()), policyOf(rule(), ...rules));
  expect(lines).toHaveLength(16);
  expect(lines.at(-1)).toBe("And 5 more: its file has them all.");
});

test("a message never is longer than Slack takes, whatever the rules name", () => {
  const buckets = Array.from({ length: 9 }, (_, index) => `${"b".repeat(250)}${index}*`);
  const when = { permissions: ["Editor"] as const, buckets, allBuckets: false };
  const rules = Array.from({ length: 20 }, (_, index) => rule({ name: `rule ${index}`, when }));
  const lines = said(policyOf(rule()), policyOf(rule(), ...rules));
  expect(lines.join("").length).toBeLessThan(3_100);
  expect(lines[0]).toContain(`${"b".repeat(62)}… and 3 more`);
  expect(lines.at(-1)).toMatch(/^And \d+ more/);
});

test("what somebody has named a rule has no effect", () => {
  const { text } = policyChangedMessage(LOADED, {
    before: null,
    after: policyOf(rule({ name: "<!channel> *x*" })),
    isFirst: true,
  });
  expect(text).not.toContain("<!channel>");
});

test("it says where the policy came from, and by which digest it is known", () => {
  const { blocks } = policyChangedMessage(LOADED, { before: null, after: policyOf(rule()), isFirst: true });
  expect(smallOf(blocks)).toEqual(["loaded by keybot-1/7 when it started [1800000000] · 0123456789ab"]);
});

test("nothing that counts, and what can't be read, is said", () => {
  expect(said(policyOf(rule()), policyOf(rule()))).toEqual(["Its file differs in nothing that counts."]);
  expect(said(null, policyOf(rule()))).toEqual([expect.stringContaining("can't read both files")]);
});
