import type { People, Standing } from "../person";
import type { ChannelProblem } from "../refusal";
import { candidatesOf, type Memberships } from "./candidates";
import { type DecidedRule, decidedRules } from "./judge";
import { type AllButNotEach, findAllButNotEach, findLessForStronger, type LessForStronger } from "./less-for-stronger";
import { namedIn, type Place } from "./named";
import { findNeverFirst, findOverlaps, type NeverFirst, type Overlap } from "./never-first";
import type { Policy } from "./rule";

/** What Slack said of whom a policy names. What it did not say is in neither. */
export type SlackFacts = {
  members: Memberships;
  /** Groups that Slack refuses to tell the members of, with its code. */
  refusedGroups: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, Standing | "unknown">;
  /** Why the channel that is told of broken glasses can't be posted to; null where it can, or nobody can say. */
  unfitChannel: ChannelProblem | null;
};

/** Slack was asked nothing. */
export const NOTHING_ASKED: SlackFacts = {
  members: new Map(),
  refusedGroups: new Map(),
  people: new Map(),
  unfitChannel: null,
};

export type Finding =
  | NeverFirst
  | Overlap
  | LessForStronger
  | AllButNotEach
  /** Fewer people could say yes than have to. */
  | { code: "nobody_decides"; rule: string; count: number; known: number }
  /** No more could than have to, so that none of them may ask. */
  | { code: "only_these_decide"; rule: string; ids: readonly string[] }
  | { code: "one_for_admin"; rule: string }
  /** Nobody is named for the break glass but by a group, which Slack has to name first. */
  | { code: "glass_by_group" }
  | { code: "channel_unfit"; problem: ChannelProblem }
  | { code: "group_refused"; id: string; slackCode: string; places: readonly Place[] }
  | { code: "person_unfit"; id: string; standing: Exclude<Standing, "member"> | "unknown"; places: readonly Place[] };

/** What keeps a policy from doing what it says; the others are worth a look. */
const MISTAKES: readonly Finding["code"][] = [
  "never_first",
  "nobody_decides",
  "group_refused",
  "person_unfit",
  "channel_unfit",
];

export function isMistake({ code }: Finding): boolean {
  return MISTAKES.includes(code);
}

/** Looks through a policy for what its authors can't have meant. What is found is so; not everything is found. */
export function checkPolicy(policy: Policy, facts: SlackFacts = NOTHING_ASKED): Finding[] {
  const neverFirst = findNeverFirst(policy.rules);
  const isTaken = (name: string) => neverFirst.some(({ rule }) => rule === name);
  return [
    ...neverFirst,
    ...unfit(policy, facts),
    ...(facts.unfitChannel === null ? [] : [{ code: "channel_unfit" as const, problem: facts.unfitChannel }]),
    ...decidedRules(policy.rules).flatMap((rule) => tooFew(rule, facts)),
    ...findOverlaps(policy.rules).filter(({ second }) => !isTaken(second)),
    ...findLessForStronger(policy),
    ...findAllButNotEach(policy),
    ...adminByOne(policy),
    ...(policy.breakGlass?.who.users.length === 0 ? [{ code: "glass_by_group" as const }] : []),
  ];
}

/** Admin keys open everything, so a second pair of eyes is worth its time. */
function adminByOne({ rules }: Policy): Finding[] {
  const [first] = decidedRules(rules.filter(({ when }) => when.permissions.includes("Admin")));
  return first?.decide.count === 1 ? [{ code: "one_for_admin", rule: first.name }] : [];
}

function tooFew(rule: DecidedRule, facts: SlackFacts): Finding[] {
  const { count } = rule.decide;
  const candidates = candidatesOf(rule, facts.members);
  const ids = [...candidates.ids].filter((id) => (facts.people.get(id) ?? "member") === "member");
  if (!candidates.isWhole || ids.length > count) return [];
  if (ids.length < count) return [{ code: "nobody_decides", rule: rule.name, count, known: ids.length }];
  const asking = ids.filter((id) => rule.ask === null || isKnownAmong(rule.ask, id, facts.members));
  return asking.length === 0 ? [] : [{ code: "only_these_decide", rule: rule.name, ids: asking }];
}

function isKnownAmong({ users, groups }: People, id: string, members: Memberships): boolean {
  return users.includes(id) || groups.some((group) => members.get(group)?.includes(id) ?? false);
}

function unfit(policy: Policy, { refusedGroups, people }: SlackFacts): Finding[] {
  const found: Finding[] = [];
  for (const [id, slackCode] of refusedGroups)
    found.push({ code: "group_refused", id, slackCode, places: placesOf(id, policy) });
  for (const [id, standing] of people)
    if (standing !== "member") found.push({ code: "person_unfit", id, standing, places: placesOf(id, policy) });
  return found;
}

/** Each place that names an id, once: a rule may name it several times. */
function placesOf(id: string, policy: Policy): Place[] {
  const naming = namedIn(policy).filter(({ people }) => people.users.includes(id) || people.groups.includes(id));
  const keys = naming.map(({ place }) => JSON.stringify(place));
  return naming.map(({ place }) => place).filter((_place, index) => keys.indexOf(keys[index] ?? "") === index);
}
