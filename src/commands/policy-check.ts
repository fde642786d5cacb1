import { systemClock } from "../clock";
import { formatProblems } from "../config";
import { readSlackAccess } from "../config-parts";
import { peopleOfAll } from "../domain/person";
import { checkPolicy, type Finding, isMistake, NOTHING_ASKED } from "../domain/policy/check";
import { namedIn } from "../domain/policy/named";
import { EXIT } from "../start-error";
import type { Clock } from "../workflow/clock";
import { askSlack } from "./ask-slack";
import { parsed, type Run } from "./command";
import { findingInWords } from "./finding-words";
import { onlyFile, type PolicyFile, policyIn } from "./policy-file";
import { counted } from "./policy-words";

/** Looks through a policy's file, by a clock. Slack is asked about whom it names where there is a token for that. */
export function policyCheckBy(clock: Clock): Run {
  return async ({ args, env, stopping, say, complain }) => {
    const { positionals } = parsed({ args: [...args], allowPositionals: true });
    const file = onlyFile(positionals, "policy check");
    const slack = readSlackAccess(env);
    if (!slack.ok) {
      complain(formatProblems(slack.problems));
      return EXIT.config;
    }
    const read = policyIn(file, { complain });
    if (read === null) return 1;
    const { access } = slack;
    const named = peopleOfAll(namedIn(read.policy).map(({ people }) => people));
    const asked =
      access && (await askSlack(named, read.policy.breakGlass?.tellChannelId ?? null, { access, clock, stopping }));
    const findings = checkPolicy(read.policy, asked ?? NOTHING_ASKED);
    for (const finding of findings)
      say(`${placeOf(finding, file, read)}: ${kindOf(finding)}: ${findingInWords(finding)}\n`);
    if (asked === null) say("Slack was not asked whom the policy names, since SLACK_BOT_TOKEN is not set.\n");
    else if (asked.unanswered.length > 0)
      say(`Slack did not answer about ${asked.unanswered.join(", ")}: check again later.\n`);
    const mistakes = findings.filter(isMistake).length;
    const [rules, notes] = [counted(read.policy.rules.length, "rule"), counted(findings.length - mistakes, "note")];
    say(`${rules}, ${counted(mistakes, "mistake")}, ${notes}.\n`);
    return mistakes === 0 ? 0 : 1;
  };
}

export const policyCheck: Run = policyCheckBy(systemClock);

function kindOf(finding: Finding): string {
  return isMistake(finding) ? "mistake" : "note";
}

/** Where a finding is about: the rule that its author would change. */
function placeOf(finding: Finding, file: string, { placeOfRule }: PolicyFile): string {
  switch (finding.code) {
    case "never_first":
    case "nobody_decides":
    case "only_these_decide":
    case "one_for_admin":
      return placeOfRule(finding.rule);
    case "overlap":
      return placeOfRule(finding.second);
    case "group_refused":
    case "person_unfit": {
      const [place] = finding.places;
      return place?.kind === "rule" ? placeOfRule(place.name) : file;
    }
    case "less_for_stronger":
    case "all_but_not_each":
    case "glass_by_group":
    case "channel_unfit":
      return file;
  }
}
