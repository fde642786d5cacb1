import type { Standing } from "../../../src/domain/person";
import { checkPolicy, type Finding, isMistake, NOTHING_ASKED } from "../../../src/domain/policy/check";
import { namedIn } from "../../../src/domain/policy/named";
import type { BreakGlass, Rule } from "../../../src/domain/policy/rule";
import { ADMIN, by, groups, ruleOf, users } from "./rules";

const policyOf = (rules: Rule[], breakGlass: BreakGlass | null = null) => ({ rules, maxKeysPerUser: 20, breakGlass });
const check = (rules: Rule[], facts: Partial<typeof NOTHING_ASKED> = {}) =>
  checkPolicy(policyOf(rules), { ...NOTHING_ASKED, ...facts });

const on = (...buckets: string[]) => ({ when: { buckets } });
const neverFirst = (rule: string, by: string[], countsForAll = false): Finding => {
  return { code: "never_first", rule, by, countsForAll };
};
const named = ruleOf("named");
const any = ruleOf("any", { when: { buckets: ["*"], allBuckets: true } });
const all = ruleOf("all", { when: { allBuckets: true } });
const each = ["ReadOnly", "Editor"].map((permission) => ({ code: "all_but_not_each", permission, bucket: "x" }));
const admin = ruleOf("admin", { when: ADMIN, ...by(groups("S0SEC"), 2) });

describe("a rule that earlier ones leave nothing", () => {
  const prod = ruleOf("prod", on("prod-*", "live"));
  const editors = ruleOf("editors", { when: { permissions: ["Editor"], buckets: ["prod-*"] } });
  test.each([
    ["by one without buckets", [named, prod], [neverFirst("prod", ["named"])]],
    ["in the other order it is none", [prod, named], []],
    ["by a wider pattern", [prod, ruleOf("data", on("prod-data", "prod-x*"))], [neverFirst("data", ["prod"])]],
    [
      "by several together",
      [
        editors,
        ruleOf("live", on("live")),
        ruleOf("both", { when: { permissions: ["Editor"], buckets: ["live", "prod-1"] } }),
      ],
      [neverFirst("both", ["live", "editors"])],
    ],
    [
      "not where a pattern is left",
      [prod, ruleOf("data", on("prod-data", "dev"))],
      [{ code: "overlap", first: "prod", second: "data", patterns: ["prod-*", "prod-data"] }],
    ],
    [
      "not where a permission is left",
      [editors, ruleOf("data", on("prod-data"))],
      [{ code: "overlap", first: "editors", second: "data", patterns: ["prod-*", "prod-data"] }],
    ],
    ["but requests for all buckets need it", [any, prod], [neverFirst("prod", ["any"], true)]],
    [
      "one for all buckets, by an earlier one",
      [all, ruleOf("second", { when: { allBuckets: true } })],
      [neverFirst("second", ["all"]), ...each],
    ],
    ["not by one for named buckets", [named, all], []],
    ["not one for any bucket by one for named ones", [named, any], []],
    ["not one for named buckets by one for all", [all, named], []],
    ["not one for named buckets without patterns by patterns", [prod, named], []],
    ["of Admin", [admin, ruleOf("other", { when: ADMIN, ...by(groups("S0A"), 2) })], [neverFirst("other", ["admin"])]],
    ["not of Admin by one for others", [named, admin], []],
  ])("%s", (_, rules, found) => {
    expect(check(rules)).toEqual(found);
  });
});

describe("rules that meet", () => {
  const overlap = (first: string, second: string, ...patterns: [string, string]): Finding => {
    return { code: "overlap", first, second, patterns };
  };
  const prod = ruleOf("prod", on("prod-*"));
  const logs = ruleOf("logs", on("x", "*-logs"));
  test.each([
    ["in one order", [prod, logs], [overlap("prod", "logs", "prod-*", "*-logs")]],
    ["in the other order", [logs, prod], [overlap("logs", "prod", "*-logs", "prod-*")]],
    ["not a part before the whole", [ruleOf("part", on("prod-x")), prod], []],
    ["not where no bucket fits both", [prod, ruleOf("dev", on("dev-*"))], []],
    [
      "not for different permissions",
      [
        ruleOf("r", { when: { permissions: ["ReadOnly"], buckets: ["a*"] } }),
        ruleOf("e", { when: { permissions: ["Editor"], buckets: ["*a"] } }),
      ],
      [],
    ],
    ["not with whatever is left", [prod, named], []],
  ])("%s", (_, rules, found) => {
    expect(check(rules)).toEqual(found);
  });
});

describe("who could decide", () => {
  const members = new Map([
    ["S0ONE", ["U0ANN"]],
    ["S0TWO", ["U0ANN", "U0BEN"]],
    ["S0NONE", []],
  ]);
  const nobody = (count: number, known: number): Finding => ({ code: "nobody_decides", rule: "one", count, known });
  const only = (...ids: string[]): Finding => ({ code: "only_these_decide", rule: "one", ids });
  const people = new Map<string, Standing>([["U0BEN", "guest"]]);
  test.each<[string, Partial<Rule>, Finding[]]>([
    ["a group without members", by(groups("S0NONE")), [nobody(1, 0)]],
    ["fewer than have to", by(users("U0ANN"), 2), [nobody(2, 1)]],
    ["one person in two groups", by(groups("S0ONE", "S0TWO"), 3), [nobody(3, 2)]],
    ["exactly as many", by(groups("S0ONE", "S0TWO"), 2), [only("U0ANN", "U0BEN")]],
    ["only one, who may ask by id", { ...by(users("U0ANN")), ask: users("U0ANN", "U0DANA") }, [only("U0ANN")]],
    ["only one, who may ask by group", { ...by(users("U0ANN")), ask: groups("S0ONE") }, [only("U0ANN")]],
    ["only one, who may not ask", { ...by(users("U0ANN")), ask: users("U0DANA") }, []],
    ["more than have to", by(groups("S0TWO")), []],
    ["others after a while", { ...by(users("U0ANN")), escalate: { afterMs: 1, to: users("U0CLEO") } }, []],
    ["a group that nobody looked up", by(groups("S0ONE", "S0OTHER"), 3), []],
    ["no approval", {}, []],
  ])("%s", (_, rule, found) => {
    expect(check([ruleOf("one", rule)], { members })).toEqual(found);
  });

  test("whoever is no full member does not count", () => {
    expect(check([ruleOf("one", by(groups("S0TWO")))], { members, people })).toEqual([
      { code: "person_unfit", id: "U0BEN", standing: "guest", places: [] },
      only("U0ANN"),
    ]);
  });
});

describe("a stronger permission that needs less", () => {
  const readers = (count: number, buckets: string[] | null) =>
    ruleOf("readers", { when: { permissions: ["ReadOnly"], buckets }, ...by(groups("S0A"), count) });
  const editors = (count: number) =>
    ruleOf("editors", { when: { permissions: ["Editor"] }, ...by(groups("S0A"), count) });
  const less = (bucket: string | null, stronger: number, weaker: number): Finding => {
    return { code: "less_for_stronger", stronger: "Editor", weaker: "ReadOnly", bucket, counts: { stronger, weaker } };
  };
  test.each([
    ["whatever the bucket", [readers(2, null), editors(1)], [less("x", 1, 2)]],
    [
      "nothing where the weaker one needs somebody",
      [readers(1, null), ruleOf("open", { when: { permissions: ["Editor"] } })],
      [less("x", 0, 1)],
    ],
    ["for some buckets", [readers(2, ["prod-*"]), editors(1)], [less("prod-x", 1, 2)]],
    ["once where it is for several buckets", [readers(2, ["a-*", "b-*"]), editors(1)], [less("a-x", 1, 2)]],
    [
      "for buckets that two patterns fit alone",
      [
        readers(2, ["prod-*"]),
        ruleOf("logs", { when: { permissions: ["Editor"], buckets: ["*-logs"] }, ...by(groups("S0A")) }),
        editors(2),
      ],
      [less("prod--logs", 1, 2)],
    ],
    ["not as much", [readers(2, null), editors(2)], []],
    ["not where the weaker one is refused", [editors(1)], []],
  ])("%s", (_, rules, found) => {
    expect(check(rules)).toEqual(found);
  });

  test("Admin is held against all buckets", () => {
    const open = ruleOf("open", { when: { buckets: ["*"], allBuckets: true }, ...by(groups("S0A"), 3) });
    expect(check([open, admin])).toEqual(
      ["ReadOnly", "Editor"].map((weaker) => {
        return {
          code: "less_for_stronger",
          stronger: "Admin",
          weaker,
          bucket: null,
          counts: { stronger: 2, weaker: 3 },
        };
      }),
    );
  });
});

test("all buckets that can be had where one of them can't are worth a look", () => {
  const found: Finding = { code: "all_but_not_each", permission: "Editor", bucket: "x" };
  const editors = { permissions: ["Editor"] } as const;
  const forAll = ruleOf("all", { when: { ...editors, allBuckets: true } });
  const prod = ruleOf("prod", { when: { ...editors, buckets: ["prod-*"] } });
  expect([check([prod, forAll]), check([prod, forAll, named]), check([prod])]).toEqual([[found], [], []]);
});

test("for Admin two are recommended where one is enough", () => {
  expect(check([ruleOf("admin", { when: ADMIN, ...by(groups("S0SEC")) })])).toEqual([
    { code: "one_for_admin", rule: "admin" },
  ]);
});

test("whom Slack does not know, or not as a full member, is named with each place once", () => {
  const rule = ruleOf("one", {
    ...by({ users: ["U0ANN"], groups: ["S0GONE"] }),
    ask: groups("S0GONE"),
    escalate: { afterMs: 1, to: users("U0BEN") },
  });
  const glass = { who: { users: ["U0ANN"], groups: ["S0GONE"] }, lastsMs: 1, tellChannelId: "C0SEC" };
  const facts = {
    members: new Map(),
    refusedGroups: new Map([["S0GONE", "no_such_subteam"]]),
    unfitChannel: { code: "not_member", channelId: "C0SEC" } as const,
    people: new Map<string, Standing | "unknown">([
      ["U0ANN", "unknown"],
      ["U0BEN", "member"],
    ]),
  };
  const places = [{ kind: "rule", name: "one" }, { kind: "break_glass" }];
  expect(checkPolicy(policyOf([rule], glass), facts)).toEqual([
    { code: "group_refused", id: "S0GONE", slackCode: "no_such_subteam", places },
    { code: "person_unfit", id: "U0ANN", standing: "unknown", places },
    { code: "channel_unfit", problem: { code: "not_member", channelId: "C0SEC" } },
  ]);
  expect(namedIn(policyOf([rule], glass)).map(({ place }) => place.kind)).toEqual([
    ...Array(3).fill("rule"),
    "break_glass",
  ]);
});

test("what keeps a policy from doing what it says is a mistake, the rest is worth a look", () => {
  const of = (code: string) =>
    check([named, ruleOf("x", on("a"))])
      .concat(check([ruleOf("admin", { when: ADMIN, ...by(users("U0A")) })]))
      .find((one) => one.code === code);
  const found = ["never_first", "one_for_admin", "only_these_decide"].map(of);
  expect(found.map((one) => one && isMistake(one))).toEqual([true, false, false]);
});

test("a break glass that names groups alone is worth a look, and one that names somebody is not", () => {
  const glass = (users: string[]) => ({ who: { users, groups: ["S0ONCALL"] }, lastsMs: 1, tellChannelId: "C0SEC" });
  const codes = (users: string[]) => checkPolicy(policyOf([], glass(users))).map(({ code }) => code);
  expect(codes([])).toEqual(["glass_by_group"]);
  expect(codes(["U0ANN"])).toEqual([]);
});
