import type { HomeView, KnownBlock } from "@slack/types";
import { isNarrowed } from "../../domain/app-home";
import type { Permission } from "../../domain/permission";
import { needOfChoice } from "../../domain/policy/choice-needs";
import type { Policy } from "../../domain/policy/rule";
import type { Refusal } from "../../domain/refusal";
import { type HomeContents, isUnknown } from "../../workflow/app-home";
import { context } from "../blocks/message";
import { line, richText } from "../blocks/rich";
import { row } from "../blocks/row";
import { bold, type Sentence } from "../words/sentence";
import { keysBlocks } from "./keys";
import { type Links, waitingBlocks } from "./waiting";

/** What a Home is drawn from, beside the record. */
export type Drawing = {
  contents: HomeContents;
  /** Why it shows less than was asked for. */
  whyOwn: Refusal | null;
  /** What came of the last click in it. */
  said: Sentence | null;
  /** Whether its person has never seen it. */
  isFirst: boolean;
  policy: Pick<Policy, "rules">;
  links: Links;
};

/** Somebody's place with the bot: what waits for them first, then their keys. It never holds a secret. */
export function appHomeView({ contents, whyOwn, said, isFirst, policy, links }: Drawing): HomeView {
  return home(
    ...(said === null ? [] : [richText(line(...said)), DIVIDER]),
    ...(isFirst || hasNothing(contents) ? [...introduction(policy), DIVIDER] : []),
    ...(whyOwn === null ? [] : [context(whyOwnWords(whyOwn))]),
    ...waitingBlocks(contents, links),
    ...keysBlocks(contents),
  );
}

/** What whoever may not use the bot reads, and nothing else. */
export function closedHomeView(refusal: Refusal): HomeView {
  return home(row(closedWords(refusal), { menu: [] }).block);
}

function closedWords(refusal: Refusal): Sentence {
  return isUnknown(refusal)
    ? ["I couldn't check with Slack who you are, so I show nothing. Please open this again in a moment."]
    : [bold("Tigris Keys"), " is for full members of this workspace. Ask one of them if you need a key."];
}

const DIVIDER = { type: "divider" } as const;

function whyOwnWords(refusal: Refusal): Sentence {
  return [
    isUnknown(refusal)
      ? "I couldn't check with Slack whether you are an approver, so this shows only what is yours."
      : "Only approvers see everybody's keys, so this shows only what is yours.",
  ];
}

function home(...blocks: KnownBlock[]): HomeView {
  return { type: "home", blocks };
}

function hasNothing({ look, keys, open, toDecide }: HomeContents): boolean {
  return look.whose === "own" && !isNarrowed(look) && keys.count + open.length + toDecide.count === 0;
}

/** What this is, in two lines. */
function introduction(policy: Pick<Policy, "rules">): KnownBlock[] {
  return [
    row([bold("Tigris Keys"), " gives you access keys for Tigris buckets.\n", approvalWords(policy)], { menu: [] })
      .block,
  ];
}

/** Which kinds of keys need an approval: what one needs for its buckets it needs for all of them. */
function approvalWords(policy: Pick<Policy, "rules">): string {
  const kinds = (["Admin", "Editor", "ReadOnly"] as const).flatMap((permission) => kindsOf(permission, policy));
  const last = kinds.pop();
  if (last === undefined) return "";
  return `${kinds.length > 0 ? `${kinds.join(", ")} and ${last}` : last} need somebody's approval.`;
}

function kindsOf(permission: Permission, policy: Pick<Policy, "rules">): string[] {
  const named = needOfChoice(permission, "named", policy);
  const keys = `${permission} keys`;
  if (named.kind === "always") return [keys];
  const all = needOfChoice(permission, "all", policy).kind === "always";
  if (named.kind === "some") return [`${keys} for some buckets${all ? " or all" : ""}`];
  return all ? [`${keys} for all buckets`] : [];
}
