import type { Finding } from "../domain/policy/check";
import type { Place } from "../domain/policy/named";
import { counted, listed } from "./policy-words";

/** What was found in a policy, in sentences. */
export function findingInWords(finding: Finding): string {
  switch (finding.code) {
    case "never_first": {
      const all = finding.countsForAll ? " Requests for all buckets need it all the same." : "";
      return `The rule ${quoted(finding.rule)} is never the first that fits: ${named("rule", finding.by)} before it.${all}`;
    }
    case "overlap": {
      const [one, other] = finding.patterns;
      return (
        `For buckets that fit both ${one} and ${other}, the rule ${quoted(finding.first)} counts, not ` +
        `${quoted(finding.second)}, since it stands first.`
      );
    }
    case "less_for_stronger": {
      const { stronger, weaker, counts, bucket } = finding;
      const where = bucket === null ? "all buckets" : `a bucket such as ${bucket}`;
      return `${stronger} needs ${counted(counts.stronger, "approval")} and ${weaker} ${counts.weaker} for ${where}.`;
    }
    case "all_but_not_each":
      return `${finding.permission} can be asked for all buckets, but not for one such as ${finding.bucket} alone.`;
    case "nobody_decides": {
      const few = finding.known === 0 ? "nobody can" : `only ${finding.known} can`;
      return `By the rule ${quoted(finding.rule)} ${finding.count} have to approve, and ${few}.`;
    }
    case "only_these_decide":
      return (
        `By the rule ${quoted(finding.rule)} nobody but those who have to could approve: requests of ` +
        `${listed(finding.ids)} are refused. Name somebody else, too.`
      );
    case "one_for_admin":
      return `One approval is enough for an Admin key (${quoted(finding.rule)}): count: 2 is recommended.`;
    case "glass_by_group":
      return (
        "breakGlass names only groups: who is in them has to be asked of Slack first, which takes time, and may fail. " +
        "Name those on call by id, too."
      );
    case "channel_unfit": {
      const { channelId, code } = finding.problem;
      return `Nobody would read of a broken glass in ${channelId}, named in breakGlass: ${CHANNELS[code]}.`;
    }
    case "group_refused":
      return `Slack doesn't say who is in the user group ${finding.id} (${finding.slackCode}), named in ${places(finding)}.`;
    case "person_unfit":
      return `${finding.id}, named in ${places(finding)}, ${STANDINGS[finding.standing]}.`;
  }
}

const CHANNELS = {
  not_member: "the bot is not in it, so invite it there",
  not_found: "the bot is not in it or there is no such channel, so invite it there",
  archived: "it is archived",
  shared: "it is shared with another organization",
} as const;

const STANDINGS = {
  guest: "is a guest, and only full members deal with keys",
  bot: "is a bot, and only people deal with keys",
  deactivated: "is deactivated or has not joined yet",
  outsider: "is not of this workspace",
  unknown: "is nobody whom Slack knows",
} as const;

function places({ places: all }: { places: readonly Place[] }): string {
  return listed(all.map((place) => (place.kind === "rule" ? `the rule ${quoted(place.name)}` : "breakGlass")));
}

function named(what: string, names: readonly string[]): string {
  const many = names.length > 1;
  return `the ${what}${many ? "s" : ""} ${listed(names.map(quoted))} ${many ? "fit" : "fits"} all that it does and stand${many ? "" : "s"}`;
}

function quoted(name: string): string {
  return `"${name}"`;
}
