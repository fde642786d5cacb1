import type { Permission } from "../../domain/permission";
import type { RefusalData } from "../../domain/refusal";
import type { WordsByCode } from "./by-code";
import { CREATE, NOTHING_CHANGED } from "./command";
import { BUTTONS } from "./labels";
import { ruleNames, whyAgain } from "./ruling";
import { bold, joined, OPERATOR, people, type Sentence, user, usersNamed } from "./sentence";

type PolicyCode =
  | "not_requester"
  | "not_decider"
  | "nobody_decides"
  | "already_voted"
  | "no_other_approver"
  | "no_rule"
  | "less_not_theirs"
  | "waits_again"
  | "no_break_glass"
  | "may_not_break_glass"
  | "glass_never_admin"
  | "glass_is_broken"
  | "already_reviewed"
  | "reviewed_by_you";

/** What a policy refuses: by which rule, and whom to ask. */
export const POLICY_REFUSALS: WordsByCode<Pick<RefusalData, PolicyCode>> = {
  not_requester: ({ requesters, rule }) => [
    "Only ",
    ...people(requesters),
    rule === null ? " can ask for keys here" : ` can ask for this (${ruleNames([rule])})`,
    ": ask them to do it for you.",
  ],
  not_decider: ({ deciders }) => [
    "Only ",
    ...joined(
      deciders.map(({ rule, people: who }) => [...people(who), ` (${ruleNames([rule])})`]),
      " or ",
    ),
    " can decide this.",
    NOTHING_CHANGED,
  ],
  nobody_decides: () => [
    "No rule has anybody decide this any more, so nobody can approve it. It can be denied, and asked for again.",
    NOTHING_CHANGED,
  ],
  already_voted: ({ request }) => [
    "You have approved ",
    bold(request.asked.keyName),
    " already. Somebody else has to approve it too.",
    NOTHING_CHANGED,
  ],
  no_other_approver: (short) => [
    ...whoIsMissing(short),
    ` (${ruleNames([short.rule])}). Ask `,
    OPERATOR,
    " to name more people, or choose less access.",
  ],
  no_rule: ({ permission, buckets, instead }) => [
    `No rule lets anybody ask for ${permission}`,
    ...onBuckets(permission, buckets),
    ".",
    ...insteadWords(permission, instead),
  ],
  less_not_theirs: ({ requesterId, rule }) => [
    user(requesterId),
    ` may not ask for that (${ruleNames([rule])}). Choose something else, or press `,
    bold(BUTTONS.deny),
    " on the card.",
    NOTHING_CHANGED,
  ],
  waits_again: ({ keyName, why }) => [
    ...whyAgain(why),
    ", so ",
    bold(keyName),
    " waits for approval again. Its card tells you as soon as somebody decides.",
  ],
  no_break_glass: () => ["The policy of this workspace has no break glass. Ask for a key with ", CREATE, "."],
  may_not_break_glass: ({ who }) => [
    "Only ",
    ...people(who),
    " can break the glass. Ask one of them, or ask for a key with ",
    CREATE,
    ".",
  ],
  glass_never_admin: () => [
    "Nobody gets an Admin key by breaking the glass. Choose Editor or ReadOnly, or ask for one with ",
    CREATE,
    ".",
  ],
  glass_is_broken: ({ keyName }) => [
    "You have broken the glass already: switch ",
    bold(keyName),
    " on, or cancel it, in our DM first.",
    NOTHING_CHANGED,
  ],
  already_reviewed: ({ by }) => ["This was reviewed by ", ...usersNamed(by), ".", NOTHING_CHANGED],
  reviewed_by_you: ({ left }) => [
    `You have reviewed this already; ${left === 1 ? "one more person has" : `${left} more people have`} to.`,
    NOTHING_CHANGED,
  ],
};

function whoIsMissing({ people: who, count, others }: RefusalData["no_other_approver"]): Sentence {
  if (others === 0) return ["Nobody but you could approve this: it takes ", ...people(who)];
  return [
    `${count} of `,
    ...people(who),
    ` have to approve this, and only ${others} of them ${others === 1 ? "is" : "are"} not you`,
  ];
}

function onBuckets(permission: Permission, buckets: readonly string[] | "all"): Sentence {
  if (permission === "Admin") return [];
  if (buckets === "all") return [" on all buckets"];
  return buckets.length === 0 ? [] : [" on ", ...names(buckets)];
}

const MOST_NAMED = 5;

function names(all: readonly string[]): Sentence {
  const named = all.slice(0, MOST_NAMED).map((name) => [bold(name)]);
  const left = all.length - named.length;
  return [...joined(named, ", "), ...(left > 0 ? [` and ${left} more`] : [])];
}

/** What could be asked for in its place, or whom to ask. */
function insteadWords(
  permission: Permission,
  { buckets, permissions, lower }: RefusalData["no_rule"]["instead"],
): Sentence {
  const same = permission === "Admin" ? "all buckets" : "the same";
  const ways: Sentence[] = [
    ...onOthers(permission, buckets),
    ...permissions.map((one) => [`${one} on ${same}`]),
    ...(lower === null ? [] : onOthers(lower.permission, lower.buckets)),
  ];
  if (ways.length === 0) return [" If you need it, ask ", OPERATOR, "."];
  return [" You could ask for ", ...joined(ways, ", or for "), "."];
}

function onOthers(permission: Permission, buckets: readonly string[] | "any"): Sentence[] {
  if (buckets === "any") return [[`${permission} on buckets that you name`]];
  return buckets.length === 0 ? [] : [[`${permission} on `, ...names(buckets)]];
}
