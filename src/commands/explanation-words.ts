import type { Access, Permission } from "../domain/permission";
import type { CountingRule, Explained } from "../domain/policy/explain";
import type { Rule } from "../domain/policy/rule";
import { writtenTime } from "../policy-file/write";
import type { Asked } from "./ask-slack";
import { accessInWords, counted, listed, peopleInWords } from "./policy-words";

type About = { person: string; access: Access; facts: Asked | null };

/** What a policy says to a request, for the terminal. */
export function explanationInWords(explained: Explained, about: About): string {
  const { person, access } = about;
  const lines = [`${person} asks for ${accessInWords(access)}.`];
  const standing = about.facts?.people.get(person);
  if (standing !== undefined && standing !== "member")
    lines.push(`Slack says that ${person} is no full member (${standing}): every request of theirs is refused.`);
  lines.push(...(explained.kind === "no_rule" ? noRule(explained) : rules(explained, about)));
  if (about.facts === null && namesGroups(explained))
    lines.push("Slack was not asked who is in which group, since SLACK_BOT_TOKEN is not set.");
  if (about.facts !== null && about.facts.unanswered.length > 0)
    lines.push(`Slack did not answer about ${listed(about.facts.unanswered)}: ask again later.`);
  return `${lines.join("\n")}\n`;
}

function namesGroups(explained: Explained): boolean {
  if (explained.kind === "no_rule") return false;
  const lists = explained.rules.flatMap(({ rule }) => [rule.ask, rule.decide?.people, rule.escalate?.to]);
  return lists.some((people) => (people?.groups.length ?? 0) > 0);
}

function noRule({ permission, buckets, instead }: Extract<Explained, { kind: "no_rule" }>): string[] {
  const what = buckets === "all" ? (permission === "Admin" ? "Admin" : "all buckets") : listed(buckets);
  const same = permission === "Admin" ? "all buckets" : "the same";
  const others = [
    ...forOthers(permission, instead.buckets),
    ...instead.permissions.map((one) => `${one} for ${same}`),
    ...(instead.lower === null ? [] : forOthers(instead.lower.permission, instead.lower.buckets)),
  ];
  return [
    `Refused: no rule fits ${what}.`,
    others.length === 0
      ? "Nothing else could be asked for instead."
      : `Could be asked for instead: ${others.join("; ")}.`,
  ];
}

function forOthers(permission: Permission, buckets: readonly string[] | "any"): string[] {
  if (buckets === "any") return [`${permission} for buckets by name`];
  return buckets.length === 0 ? [] : [`${permission} for ${listed(buckets)}`];
}

function rules({ isTaken, rules: counting, lasts }: Extract<Explained, { kind: "rules" }>, about: About): string[] {
  const times = lastsInWords(lasts);
  const isUnsure = counting.some((one) => !one.mayAsk && !isSure(one.rule, about));
  const end = isTaken
    ? "The request is taken."
    : isUnsure
      ? "Whether the request is taken depends on what Slack says."
      : "The request is refused.";
  return [...counting.flatMap((one) => ruleInWords(one, about)), ...(times ? [times] : []), end];
}

function ruleInWords(one: CountingRule, about: About): string[] {
  const { rule, buckets, isShort } = one;
  const { decide, escalate } = rule;
  const where = buckets.length === 0 ? "" : `, for ${listed(buckets)}`;
  const few = isShort ? " Fewer than that could, since nobody decides about their own." : "";
  return [
    `Rule "${rule.name}"${where}:`,
    `  ${askInWords(one, about)}`,
    decide === null
      ? "  Nobody has to approve."
      : `  ${counted(decide.count, "approval")} by ${peopleInWords(decide.people)}, never by ${about.person}.${few}`,
    ...(escalate ? [`  After ${writtenTime(escalate.afterMs)} also by ${peopleInWords(escalate.to)}.`] : []),
  ];
}

function askInWords({ rule, mayAsk }: CountingRule, about: About): string {
  if (rule.ask === null) return "Every full member may ask.";
  const those = peopleInWords(rule.ask);
  if (mayAsk) return `${about.person} is among those who may ask (${those}).`;
  if (isSure(rule, about)) return `${about.person} is not among those who may ask: ${those}.`;
  return `Whether ${about.person} is among those who may ask (${those}) is for Slack to say.`;
}

/** Whether it is known who is in the groups that may ask. */
function isSure({ ask }: Rule, { facts }: About): boolean {
  return ask === null || ask.groups.every((group) => facts?.members.has(group) ?? false);
}

function lastsInWords({ defaultMs, longestMs }: { defaultMs: number | null; longestMs: number | null }): string | null {
  if (defaultMs === null) return null;
  if (defaultMs === longestMs) return `A key lasts ${writtenTime(defaultMs)} at the longest.`;
  const longest = longestMs === null ? "as long as it is wanted" : writtenTime(longestMs);
  return `A key lasts ${writtenTime(defaultMs)} unless it is asked for longer, at the longest ${longest}.`;
}
