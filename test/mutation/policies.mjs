import { of } from "./of.mjs";

/** Rules of `src/domain/policy` by which requests are judged, explained and tested. Those of its file are in `policy-files.mjs`. */

const PURE = "src/domain/policy";
const TESTS = "test/domain/policy";

/** @type {import("./mutations.mjs").Mutation[]} */
export const POLICIES = [
  ...of(`${PURE}/bucket-pattern.ts`, `${TESTS}/bucket-pattern`, [
    ["a pattern without a star is the whole name", "return bucket === first;", "return bucket.startsWith(first);"],
    ["a name begins as its pattern", "!bucket.startsWith(first) || "],
    ["the two ends of a pattern don't share letters", "bucket.length < first.length + last.length || "],
    ["a name ends as its pattern", " || !bucket.endsWith(last)"],
    ["each piece stands in the name", "found < 0 || "],
    ["a piece ends before the end begins", " || found + piece.length > end"],
    ["pieces don't share letters", "at = found + piece.length;", "at = found;"],
    ["the outer pattern holds the inner one", "isBucketMatch(outer, inner)", "isBucketMatch(inner, outer)"],
    [
      "one of two beginnings is the other's",
      "first.start.startsWith(second.start) || second.start.startsWith(first.start)",
      "true",
    ],
    ["one of two ends is the other's", "first.end.endsWith(second.end) || second.end.endsWith(first.end)", "true"],
  ]),
  ...of(`${PURE}/judge.ts`, `${TESTS}/judge`, [
    ["a rule is for its permissions", "when.permissions.includes(access.permission)", "when.permissions.length > 0"],
    [
      "Admin is never without somebody's yes",
      "counting(decidedRules(fitting.slice(0, 1)), ",
      "counting(fitting.slice(0, 1), ",
    ],
    ["of the rules for Admin the first counts", "fitting.slice(0, 1)", "fitting.slice(-1)"],
    ["all buckets need a rule for them", "fitting.find(({ when }) => when.allBuckets)", "fitting[0]"],
    ["all buckets need besides what those by name need", "rule === first || isForNamed(rule)", "rule === first"],
    ["of the rules for all buckets the first counts", "rule === first || isForNamed(rule)", "true"],
    [
      "a bucket without a rule refuses all of it",
      "return without.length > 0",
      "return without.length === firsts.length",
    ],
    ["for each bucket the first rule counts", "rule: fitting.find((", "rule: fitting.findLast(("],
    ["a rule for all buckets only fits none by name", "buckets === null ? isForNamed(rule)", "buckets === null ? true"],
    ["a pattern has to fit", "isBucketMatch(pattern, bucket)", "pattern.length + bucket.length > 0"],
    ["who decides by no rule is not asked", "rule.decide !== null", "rule.name !== null"],
    ["the shortest time holds", "Math.min(...known)", "Math.max(...known)"],
    ["no default is longer than the longest", "lasts.defaultMs), longestMs]", "lasts.defaultMs)]"],
  ]),
  ...of(`${PURE}/from-settings.ts`, `${TESTS}/from-settings`, [
    ["whoever may ask at all may ask by each rule", "ask: requesters,", "ask: null,"],
    ["an approval is asked for where it is set", "if (!approvalFor.includes(name)) return [];"],
    ["one for all buckets only asks for none by name", "buckets: isWhole ? ANY_BUCKET : null", "buckets: ANY_BUCKET"],
    ["one for any bucket is for those by name, too", "buckets: isWhole ? ANY_BUCKET : null", "buckets: null"],
    ["what needs an approval comes first", "...decided,\n"],
    ["an Admin key needs an approval", "allBuckets: false }, true)", "allBuckets: false }, false)"],
    ["an editor's key is not a reader's", '? "editor" : "readonly";', '? "readonly" : "editor";'],
  ]),
  ...of(`${PURE}/candidates.ts`, `${TESTS}/explain`, [
    ["people are named by each of their ids", "users.some((id) => ids.includes(id))", 'users.includes(ids[0] ?? "")'],
    ["people are named by their groups", " || groups.some((id) => theirs.includes(id))"],
    ["others may decide after a while", "everDecidersOf(rule)", "rule.decide.people"],
    ["members of groups decide", "...groups.flatMap((id) => members.get(id) ?? [])"],
    ["whoever is named twice is one", "ids: new Set(ids),", "ids: new Set(ids.map((id, at) => id + at)),"],
    ["a group that nobody looked up may have enough", "return isWhole && ", "return "],
    ["nobody decides about their own", "!requesterIds.includes(id)", 'id !== ""'],
    ["as many as have to are enough", "others.length < rule.decide.count", "others.length <= rule.decide.count"],
    ["fewer than have to are not enough", "others.length < rule.decide.count", "others.length < 1"],
  ]),
  ...of(`${PURE}/explain.ts`, `${TESTS}/explain`, [
    ["whoever is not named may not ask", "rule.ask === null || isNamedAmong(rule.ask, person)", "true"],
    ["every full member may ask where nobody is named", "rule.ask === null || ", "rule.ask !== null && "],
    [
      "each rule has to let somebody ask",
      "rules.every(({ mayAsk, isShort }) =>",
      "rules.some(({ mayAsk, isShort }) =>",
    ],
    ["what nobody else could decide is refused", "mayAsk && !isShort", "mayAsk"],
    ["what no rule fits is refused", 'if (without !== null) return { kind: "no_rule", ...without };'],
    [
      "a rule is told for the buckets that it is the first for",
      "rules.find((rule) => rule",
      "rules.findLast((rule) => rule",
    ],
  ]),
  ...of(`${PURE}/run-policy-tests.ts`, `${TESTS}/run-policy-tests`, [
    ["what is not taken is refused", " || !explained.isTaken"],
    ["a rule that needs approvals is expected", "return counts.length === 0 ?", "return counts.length >= 0 ?"],
    ["another kind fails", "return got.kind === expected.kind;", "return true;"],
    ["a rule that is not expected fails", "names.length === Object.keys(expected.counts).length &&"],
    ["another count fails", "expected.counts[name] === got.counts[name]", "name in expected.counts"],
    ["people are in the groups of their case", "ids: [person], groups }", "ids: [person], groups: [] }"],
  ]),
  ...of(`${PURE}/alternatives.ts`, `${TESTS}/alternatives`, [
    [
      "what is stronger is not named instead",
      "PERMISSIONS.slice(0, PERMISSIONS.indexOf(permission))",
      "PERMISSIONS.slice(0)",
    ],
    ["of what is lower the strongest is named", "others.findLast(", "others.find("],
    ["an Admin key has no buckets to name", 'if (permission === "Admin") return [];'],
    [
      "what is lower is named where there is nothing else",
      "{ ...same, lower: others.findLast",
      "{ ...same, lower: [].findLast",
    ],
  ]),
  ...of("src/slack/words/policy-refusals.ts", "test/slack/words/refusals", [
    [
      "where nothing can be asked for instead, whom to ask is said",
      "if (ways.length === 0) return",
      "if (ways.length < 0) return",
    ],
  ]),
  ...of("src/slack/words/duration.ts", "test/slack/words/duration", [
    ["a length of time is said to the second", "left -= count * unitMs;"],
    ["a hundred of a unit are read as several units", "ms / whole[0] < MOST_OF_A_UNIT", "ms > 0"],
  ]),
  ...of(`${PURE}/never-first.ts`, `${TESTS}/check`, [
    [
      "a rule for all buckets only leaves the others theirs",
      "isForNamed(rule) ? (rule.when.buckets ?? ANY) : []",
      "rule.when.buckets ?? ANY",
    ],
    ["every pattern has to be taken", " || found.length < takers.length"],
    ["a rule without an earlier one is not taken", "found.length === 0 || "],
    [
      "an earlier rule is for the same permission",
      "const before = earlier.filter(({ when }) => when.permissions.includes(permission));",
      "const before = earlier;",
    ],
    [
      "all buckets are taken by a rule for them",
      "...(rule.when.allBuckets ? [before.find(({ when }) => when.allBuckets)] : []),",
    ],
    ["Admin is taken by an earlier rule", "? before.slice(0, 1)", "? []"],
    ["only earlier rules take", "rules.slice(0, index));", "rules.filter((one) => one !== rule));"],
    [
      "all buckets need it only where they can be had",
      "rules.some((other) => other.when.allBuckets && sharePermission(rule, other))",
      "true",
    ],
    ["rules of different permissions don't meet", "sharePermission(first, second) ? meeting", "first ? meeting"],
    ["a part before the whole is no overlap", " && !isPatternWithin(one, other)"],
    ["patterns have to meet", "doPatternsMeet(one, other) && "],
  ]),
  ...of(`${PURE}/less-for-stronger.ts`, `${TESTS}/check`, [
    ["as much is not less", "less.count >= more.count", "less.count > more.count"],
    [
      "what is refused is not held against anything",
      'if (judged?.kind !== "fits") return null;',
      'if (judged?.kind !== "fits") return { rules: "", count: 9 };',
    ],
    ["it is said once for each pair of rules", "if (!found.has(key)) found.set(key,", "found.set(key + bucket,"],
    [
      "Admin is held against all buckets",
      'return buckets.kind === "all" ? { permission, buckets } : null;',
      "return null;",
    ],
    ["patterns are tried", 'pattern.replaceAll("*", "x")', '"x"'],
    ["patterns that meet are tried", "if (name !== null) names.add(name);"],
    ["all buckets are tried", "[...samples(policy), ALL]", "samples(policy)"],
    ["the most that one rule needs counts", "Math.max(0, ", "Math.min(9, "],
    ["all buckets that can't be had are no matter", "if (needOf(permission, ALL, policy) === null) return [];"],
  ]),
  ...of(`${PURE}/check.ts`, `${TESTS}/check`, [
    ["what is never first is not told twice", ".filter(({ second }) => !isTaken(second))"],
    ["two are recommended for Admin", "first?.decide.count === 1", "first?.decide.count === 0"],
    ["the first rule for Admin counts", 'when.permissions.includes("Admin")', "when.permissions.length > 0"],
    ["whoever is no member does not count", '(facts.people.get(id) ?? "member") === "member"', 'id !== ""'],
    ["a group that nobody looked up may have enough members", "!candidates.isWhole || "],
    ["fewer than have to are nobody", "if (ids.length < count) return", "if (ids.length < 1) return"],
    ["more than have to are enough", " || ids.length > count", ""],
    ["whoever may not ask is no matter", "rule.ask === null || isKnownAmong(rule.ask, id, facts.members)", "true"],
    ["whoever asks by a group is known", " || groups.some((group) => members.get(group)?.includes(id) ?? false)"],
    ["a member is no finding", 'if (standing !== "member") found.push', "found.push"],
    ["a place is named once", '.filter((_place, index) => keys.indexOf(keys[index] ?? "") === index)'],
    ["a rule that is never first is a mistake", "MISTAKES.includes(code)", 'code === "person_unfit"'],
  ]),
  ...of(`${PURE}/named.ts`, `${TESTS}/check`, [
    ["those who may decide later are named, too", "[ask, decide?.people, escalate?.to]", "[ask, decide?.people]"],
    [
      "whoever may break the glass is named, too",
      '...(breakGlass ? [{ people: breakGlass.who, place: { kind: "break_glass" } as const }] : []),',
    ],
  ]),
];
