import type { PolicyChange, RulePart } from "../../domain/policy/changes";
import type { BreakGlass, Rule } from "../../domain/policy/rule";
import { cut } from "../blocks/plain";
import { durationWords } from "./duration";
import { bold, channel, code, group, joined, type Sentence, user } from "./sentence";

/** How many people, groups, patterns or rules are named in a row: the others are counted. */
const NAMED_AT_MOST = 6;

/** So much of a pattern is shown: S3's longest name of a bucket. */
const PATTERN_SHOWN = 63;

/** What a policy changes, one thing in one sentence. */
export function changeWords(change: PolicyChange): Sentence {
  switch (change.kind) {
    case "rule_added":
      return ["New rule ", bold(change.rule.name), ": ", ...ruleWords(change.rule), "."];
    case "rule_removed":
      return ["Rule ", bold(change.rule.name), " is gone: ", ...ruleWords(change.rule), "."];
    case "rule_changed":
      return [
        "Rule ",
        bold(change.after.name),
        ": ",
        ...joined(
          change.parts.map((part) => partChange(change, part)),
          "; ",
        ),
        ".",
      ];
    case "rules_reordered":
      return [
        "The first rule that fits counts, and the order is another: ",
        ...few(change.names.map((name) => [bold(name)])),
        ".",
      ];
    case "max_keys_changed":
      return [`One person may have ${change.after} keys and open requests together (before: ${change.before}).`];
    case "break_glass_changed":
      return ["Break glass: ", ...breakGlassWords(change.after), " (before: ", ...breakGlassWords(change.before), ")."];
  }
}

/** What a rule says. What it leaves out is not said. */
function ruleWords(rule: Rule): Sentence {
  const parts: RulePart[] = ["when", "ask", "decide"];
  if (rule.lasts !== null) parts.push("lasts");
  if (rule.escalate !== null) parts.push("escalate");
  return joined(
    parts.map((part) => PART_WORDS[part](rule)),
    "; ",
  );
}

function partChange({ before, after }: { before: Rule; after: Rule }, part: RulePart): Sentence {
  return [...PART_WORDS[part](after), " (before: ", ...PART_WORDS[part](before), ")"];
}

const PART_WORDS: { readonly [Part in RulePart]: (rule: Rule) => Sentence } = {
  when: ({ when: { permissions, buckets, allBuckets } }) => {
    if (permissions.length === 1 && permissions[0] === "Admin") return ["Admin"];
    const patterns = (buckets ?? []).map((pattern): Sentence => [code(cut(pattern, PATTERN_SHOWN))]);
    const any = allBuckets ? "all buckets" : "any bucket that is named";
    const named = [...few(patterns), ...(allBuckets ? [", also all buckets"] : [])];
    return [permissions.join(" and "), " on ", ...(buckets === null ? [any] : named)];
  },
  ask: ({ ask }) => [...(ask === null ? ["every full member"] : names(ask)), " may ask"],
  decide: ({ decide }) => {
    if (decide === null) return ["nobody has to approve"];
    return [
      `${decide.count} of `,
      ...names(decide.people),
      decide.count === 1 ? " has to approve" : " have to approve",
    ];
  },
  lasts: ({ lasts }) => {
    if (lasts === null) return ["how long keys last is left open"];
    const { defaultMs, longestMs } = lasts;
    if (longestMs === null)
      return [defaultMs === null ? "keys last as long as wanted" : `keys last ${durationWords(defaultMs)}, or longer`];
    return [
      `keys last ${durationWords(longestMs)} at most${defaultMs === null || defaultMs === longestMs ? "" : `, ${durationWords(defaultMs)} as proposed`}`,
    ];
  },
  escalate: ({ escalate }) => {
    if (escalate === null) return ["nobody else is asked after a while"];
    return [`after ${durationWords(escalate.afterMs)} `, ...names(escalate.to), " may approve too"];
  },
};

function breakGlassWords(glass: BreakGlass | null): Sentence {
  if (glass === null) return ["nobody gets in without an approval"];
  return [...names(glass.who), ` for ${durationWords(glass.lastsMs)}, told in `, channel(glass.tellChannelId)];
}

function names({ groups, users }: { groups: readonly string[]; users: readonly string[] }): Sentence {
  return few([...groups.map((id): Sentence => [group(id)]), ...users.map((id): Sentence => [user(id)])]);
}

/** "a, b, c": the first of them, and how many more there are. */
function few(all: readonly Sentence[]): Sentence {
  const more = all.length - NAMED_AT_MOST;
  return [...joined(all.slice(0, NAMED_AT_MOST), ", "), ...(more > 0 ? [` and ${more} more`] : [])];
}
