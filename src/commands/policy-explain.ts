import { systemClock } from "../clock";
import { formatProblems } from "../config";
import { readPolicySettings, readSlackAccess } from "../config-parts";
import { isBucketName } from "../domain/bucket-name";
import { type Access, PERMISSIONS } from "../domain/permission";
import { peopleOfAll } from "../domain/person";
import type { PersonInGroups } from "../domain/policy/candidates";
import { explain } from "../domain/policy/explain";
import { policyFromSettings } from "../domain/policy/from-settings";
import { rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { EXIT, StartError } from "../start-error";
import type { Clock } from "../workflow/clock";
import { type Asked, askSlack } from "./ask-slack";
import { type Invocation, parsed, type Run, UsageError } from "./command";
import { explanationInWords } from "./explanation-words";
import { policyIn } from "./policy-file";

const EXAMPLE = "policy explain --person U0123456789 --permission Editor --buckets prod-data,prod-logs policy.yaml";

/** Says what a policy needs of somebody's request, by a clock. */
export function policyExplainBy(clock: Clock): Run {
  return async (invocation) => {
    const { person, access, file } = asked(invocation);
    const slack = readSlackAccess(invocation.env);
    if (!slack.ok) {
      invocation.complain(formatProblems(slack.problems));
      return EXIT.config;
    }
    const policy = policyOf(file, invocation);
    if (policy === null) return 1;
    const { stopping, say } = invocation;
    const rules = rulesFor(access, policy);
    const lists = rules.flatMap(({ ask, decide, escalate }) =>
      [ask ?? [], decide?.people ?? [], escalate?.to ?? []].flat(),
    );
    const named = { users: [person], groups: peopleOfAll(lists).groups };
    const facts = slack.access && (await askSlack(named, null, { access: slack.access, clock, stopping }));
    const who = personIn(person, facts);
    const explained = explain(policy, { person: who, access, ...(facts && { members: facts.members }) });
    say(explanationInWords(explained, { person, access, facts }));
    return 0;
  };
}

export const policyExplain: Run = policyExplainBy(systemClock);

type Question = { person: string; access: Access; file: string | undefined };

/** @throws UsageError */
function asked({ args, env }: Invocation): Question {
  const { values, positionals } = parsed({
    args: [...args],
    allowPositionals: true,
    options: {
      person: { type: "string" },
      permission: { type: "string" },
      buckets: { type: "string" },
      "all-buckets": { type: "boolean" },
    },
  });
  const { person = "", permission, buckets, "all-buckets": isAll = false } = values;
  const [file = env.POLICY_FILE?.trim() || undefined, ...more] = positionals;
  const access = accessOf(permission, buckets, isAll);
  const mistake = more.length > 0 ? "Name one file." : mistakeIn(person, permission);
  if (mistake !== null || access === null)
    throw new UsageError(
      `${mistake ?? "Name --buckets, as in a,b, or --all-buckets; Admin takes neither."} An example: ${EXAMPLE}`,
    );
  return { person, access, file };
}

function mistakeIn(person: string, permission: string | undefined): string | null {
  if (!/^[UW][A-Z0-9]{4,}$/.test(person)) return "--person takes the id of a person (U…, W…).";
  const isOne = PERMISSIONS.some((one) => one === permission);
  return isOne ? null : `--permission takes one of ${PERMISSIONS.join(", ")}.`;
}

function accessOf(named: string | undefined, list: string | undefined, isAll: boolean): Access | null {
  const permission = PERMISSIONS.find((one) => one === named);
  if (permission === undefined) return null;
  if (permission === "Admin") return list === undefined ? { permission, buckets: { kind: "all" } } : null;
  if ((list === undefined) !== isAll) return null;
  if (list === undefined) return { permission, buckets: { kind: "all" } };
  const names = [...new Set(list.split(",").map((name) => name.trim()))];
  return names.every(isBucketName) ? { permission, buckets: { kind: "named", names } } : null;
}

/** The policy of a file, or what the variables amount to. @returns null where the file has mistakes, which are told then */
function policyOf(file: string | undefined, invocation: Invocation): Policy | null {
  if (file !== undefined) return policyIn(file, invocation)?.policy ?? null;
  const reading = readPolicySettings(invocation.env);
  if (reading.ok) return policyFromSettings(reading.settings);
  throw new StartError(
    "no_policy",
    `Name a policy's file, or set POLICY_FILE, or the variables: ${formatProblems(reading.problems)}`.trimEnd(),
    EXIT.config,
  );
}

function personIn(id: string, facts: Asked | null): PersonInGroups {
  const ids = facts?.ids.get(id) ?? [id];
  const groups = [...(facts?.members ?? [])].filter(([, members]) => members.some((one) => ids.includes(one)));
  return { ids, groups: groups.map(([group]) => group) };
}
