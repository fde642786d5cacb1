import { explain } from "../../../src/domain/policy/explain";
import { adminKey, by, editor, groups, ruleOf, users } from "./rules";

const DANA = { ids: ["U0DANA", "W0DANA"], groups: ["S0PLATFORM"] };

const PROD = ruleOf("prod", {
  when: { buckets: ["prod-*"] },
  ask: groups("S0PLATFORM"),
  ...by(groups("S0STORAGE"), 2),
  lasts: { defaultMs: 7, longestMs: 30 },
});
const REST = ruleOf("rest", { ask: users("U0BEN") });
const rules = [PROD, REST];

test("says which rules count, for which buckets, and whether somebody is named to ask by each", () => {
  expect(explain({ rules }, { person: DANA, access: editor("prod-a", "dev", "prod-b") })).toEqual({
    kind: "rules",
    isTaken: false,
    rules: [
      { rule: PROD, buckets: ["prod-a", "prod-b"], mayAsk: true, isShort: false },
      { rule: REST, buckets: ["dev"], mayAsk: false, isShort: false },
    ],
    lasts: { defaultMs: 7, longestMs: 30 },
  });
  expect(explain({ rules }, { person: DANA, access: editor("prod-a") })).toMatchObject({ isTaken: true });
});

test("somebody is named to ask by each of their ids", () => {
  const asking = (id: string) =>
    explain({ rules: [ruleOf("one", { ask: users(id) })] }, { person: DANA, access: editor("x") });
  expect(["U0DANA", "W0DANA", "U0BEN"].map(asking)).toMatchObject([
    { isTaken: true },
    { isTaken: true },
    { isTaken: false },
  ]);
});

test("a request for all buckets is for none by name", () => {
  const all = ruleOf("all", { when: { allBuckets: true } });
  expect(explain({ rules: [all] }, { person: DANA, access: editor() })).toMatchObject({
    rules: [{ rule: all, buckets: [] }],
  });
});

test("what no rule fits is refused, with what could be asked for instead", () => {
  expect(explain({ rules: [PROD] }, { person: DANA, access: editor("prod-a", "dev") })).toEqual({
    kind: "no_rule",
    permission: "Editor",
    buckets: ["dev"],
    instead: { buckets: ["prod-*"], permissions: [], lower: null },
  });
  expect(explain({ rules }, { person: DANA, access: adminKey })).toMatchObject({ kind: "no_rule", buckets: "all" });
});

const members = new Map([
  ["S0ANN", ["U0ANN"]],
  ["S0BOTH", ["U0ANN", "W0DANA"]],
  ["S0DANA", ["W0DANA"]],
]);
const NOBODY = { decide: null };

test.each([
  ["a requester who is the only member", by(groups("S0DANA")), true],
  ["a requester who is named under another id", by(users("W0DANA")), true],
  ["a requester beside one other", by(groups("S0BOTH")), false],
  ["a requester beside one other where two are needed", by(groups("S0BOTH"), 2), true],
  ["one person in two groups counts once", by(groups("S0ANN", "S0BOTH"), 2), true],
  ["one person named by id and in a group", by({ users: ["U0ANN"], groups: ["S0ANN"] }, 2), true],
  ["two others", by({ users: ["U0BEN"], groups: ["S0ANN"] }, 2), false],
  ["a group that nobody looked up", by(groups("S0DANA", "S0OTHERS"), 2), false],
  ["others after a while", { ...by(groups("S0DANA")), escalate: { afterMs: 1, to: users("U0BEN") } }, false],
  ["no approval", NOBODY, false],
])("nobody else could decide with %s: %s", (_, deciding, isShort) => {
  const explained = explain({ rules: [ruleOf("one", deciding)] }, { person: DANA, access: editor("x"), members });
  expect(explained).toMatchObject({ isTaken: !isShort, rules: [{ isShort }] });
});
