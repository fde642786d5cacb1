import { z } from "zod";
import {
  KEYS_PER_USER,
  MAX_COUNT,
  MAX_KEYS_SETTING,
  MAX_PATTERNS,
  MAX_POLICY_TESTS,
  MAX_RULES,
} from "../domain/policy/limits";
import type { PolicyTest } from "../domain/policy/policy-test";
import type { BreakGlass, Deciders, Escalation, Lasts, Policy, Rule, When } from "../domain/policy/rule";
import { policyTest } from "./test-schema";
import {
  bucketPattern,
  channelId,
  expected,
  listOf,
  NAMES_NOBODY,
  NONE,
  namedPeople,
  namesSomebody,
  people,
  permission,
  ruleName,
  time,
  toPeople,
  upTo,
  yesOrNo,
} from "./values";

const LIFE = { min: "5m", max: "3650d" };

const when = z
  .strictObject(
    {
      permission: listOf(permission, { what: "permissions", most: 3 }),
      buckets: listOf(bucketPattern, { what: "patterns", most: MAX_PATTERNS })
        .optional()
        .describe("Patterns of bucket names, in which * stands for any characters. Left out: any bucket."),
      allBuckets: yesOrNo
        .optional()
        .describe("true: also requests for all buckets, or, without buckets, these alone. Left out: false."),
    },
    expected("which requests the rule fits: permission, buckets, allBuckets"),
  )
  .refine(({ permission, buckets }) => buckets === undefined || !permission.includes("Admin"), {
    path: ["buckets"],
    error: "stands beside Admin, and an Admin key has no buckets: give Admin a rule of its own",
  });

function toWhen({ permission, buckets, allBuckets }: z.output<typeof when>): When {
  return { permissions: permission, buckets: buckets ?? null, allBuckets: allBuckets ?? false };
}

const deciders = z
  .strictObject(
    { ...namedPeople, count: upTo(MAX_COUNT).optional().describe("How many different people. Left out: 1.") },
    expected("who decides"),
  )
  .refine(namesSomebody, NAMES_NOBODY)
  .transform(({ count = 1, ...named }): Deciders => ({ people: toPeople(named), count }));

const decide = z
  .union([z.literal(NONE), deciders], expected("none, or who decides: users, groups, count"))
  .describe("Who has to approve, never the requester; none: nobody.")
  .transform((read) => (read === NONE ? null : read));

const longest = z
  .union([z.literal(NONE), time(LIFE)], expected("none, or a time such as 30m, 4h or 7d"))
  .describe("The longest that a key may live; none: as long as it is wanted.")
  .transform((read) => (read === NONE ? null : read));

const lasts = z
  .strictObject({ default: time(LIFE).optional(), longest }, expected("default and longest"))
  .refine((read) => read.longest === null || read.default === undefined || read.default <= read.longest, {
    path: ["default"],
    error: "is longer than longest",
  })
  .transform((read): Lasts => ({ defaultMs: read.default ?? read.longest, longestMs: read.longest }));

const escalate = z
  .strictObject({ after: time({ min: "1m", max: "30d" }), to: people }, expected("after and to"))
  .transform(({ after, to }): Escalation => ({ afterMs: after, to }));

/** `when` is transformed last: where a mistake is found in a part, its transform is left out, and what follows reads it as written. */
const rule = z
  .strictObject(
    {
      name: ruleName.describe("What people read as the name of the rule."),
      when,
      ask: people.optional().describe("Who may ask. Left out: every full member."),
      decide,
      lasts: lasts.optional().describe("How long a key lives."),
      escalate: escalate.optional().describe("Who else may decide once a request has waited for so long."),
    },
    expected("a rule: name, when, decide"),
  )
  .refine(({ when, decide }) => decide !== null || !when.permission.includes("Admin"), {
    path: ["decide"],
    error: "is none for Admin: an Admin key needs somebody else's approval in every policy",
  })
  .refine(({ decide, escalate }) => decide !== null || escalate === undefined, {
    path: ["escalate"],
    error: "stands in a rule that needs no approval: leave it out",
  })
  .transform((read): Rule => {
    const { name, when, ask = null, decide, lasts = null, escalate = null } = read;
    return { name, when: toWhen(when), ask, decide, lasts, escalate };
  });

const breakGlass = z
  .strictObject(
    {
      who: people,
      lasts: time({ min: "5m", max: "24h" }, "a time from 5m to 24h, such as 4h"),
      tell: channelId.describe("The channel that is told."),
    },
    expected("who, lasts and tell; leave it out where nobody may"),
  )
  .transform(({ who, lasts, tell }): BreakGlass => ({ who, lastsMs: lasts, tellChannelId: tell }));

/** What a policy's file holds. Its input side is the schema that editors get. */
export const policyFile = z
  .strictObject(
    {
      rules: z
        .array(rule, expected("a list of rules, each behind a -"))
        .min(1, { error: "is an empty list: nobody could ask for anything" })
        .max(MAX_RULES, { error: `has more than ${MAX_RULES} rules` })
        .describe("For each bucket, the first rule that fits it counts."),
      maxKeysPerUser: upTo(MAX_KEYS_SETTING)
        .optional()
        .describe(`Live keys and open requests of one person together. Left out: ${KEYS_PER_USER}.`),
      breakGlass: breakGlass.optional().describe("Who gets a short key at once where nobody can be asked."),
      tests: z
        .array(policyTest, expected("a list of cases"))
        .max(MAX_POLICY_TESTS, { error: `has more than ${MAX_POLICY_TESTS} cases` })
        .optional()
        .describe("Cases for policy test."),
    },
    expected("rules, each behind a -"),
  )
  .superRefine(({ rules, tests = [] }, context) => {
    const names = rules.map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index) context.addIssue(issue(["rules", index, "name"], "is another rule's name, too"));
    if (rules.flatMap(({ when }) => when.buckets ?? []).length > MAX_PATTERNS)
      context.addIssue(issue(["rules"], `has more than ${MAX_PATTERNS} patterns of buckets`));
    for (const [index, { expect }] of tests.entries())
      for (const name of expect.kind === "approvals" ? Object.keys(expect.counts) : [])
        if (!names.includes(name)) context.addIssue(issue(["tests", index, "expect", name], "is no rule of this file"));
  })
  .transform(({ rules, maxKeysPerUser = KEYS_PER_USER, breakGlass = null, tests = [] }): Read => {
    return { policy: { rules, maxKeysPerUser, breakGlass }, tests };
  });

type Read = { policy: Policy; tests: PolicyTest[] };

function issue(path: (string | number)[], message: string) {
  return { code: "custom" as const, path, message };
}
