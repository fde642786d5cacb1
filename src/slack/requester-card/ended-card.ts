import type { Key } from "../../domain/key";
import {
  approversOf,
  type Cancelled,
  type Denied,
  type Lapsed,
  type Request,
  type RequesterGone,
  type Withdrawn,
} from "../../domain/request";
import { askedTitle, referenceOf } from "../blocks/access";
import type { Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, type Sentence, time, user, youOr } from "../words/sentence";

/** How a request can have ended without what it asked for. */
type Ended = Denied | Cancelled | Withdrawn | Lapsed | RequesterGone;

/** The card of a request that gave nothing: who or what ended it, what is so by that, and the way to ask again. */
export function endedCard(request: Request, state: Ended, key: Key | null): Section {
  const isKeyGone = state.kind === "lapsed" && state.why === "key_gone";
  const isOver = isKeyGone || state.kind === "requester_gone";
  // Nobody can ask for a new secret of what is gone, but for another key like it.
  const label = isKeyGone ? BUTTONS.createAgain : BUTTONS.askAgain;
  const hasButton = isKeyGone ? request.asked.kind === "key" : !isOver;
  return {
    lines: [
      howOf(request, state, key),
      ...(state.kind === "denied" ? [{ quote: state.reason }] : []),
      ...(isOver ? [] : [[nothingMade(request, key)]]),
    ],
    small: [[...whenOf(request, state), ...referenceOf(request)]],
    buttons: hasButton
      ? [{ label, actionId: ACTIONS.askAgain, value: request.id, spoken: `${label}: ${request.asked.keyName}` }]
      : [],
  };
}

/** What its line has said is not said again. */
function whenOf({ askedAt, asked }: Request, state: Ended): Sentence {
  if (state.kind !== "lapsed") return [`${ENDED[state.kind]} `, time(state.at)];
  if (state.why === "undecided" || state.why === "unused") return ["asked ", time(askedAt)];
  return [state.why === "key_gone" && asked.kind === "key" ? "deleted " : "lapsed ", time(state.at)];
}

const ENDED: Record<Exclude<Ended["kind"], "lapsed">, string> = {
  denied: "denied",
  cancelled: "canceled",
  withdrawn: "withdrawn",
  requester_gone: "ended",
};

function howOf(request: Request, state: Ended, key: Key | null): Sentence {
  const title: Sentence = [" · ", ...askedTitle(request)];
  switch (state.kind) {
    case "denied":
      return [bold("Denied"), " by ", user(state.approverId), ...title];
    case "cancelled":
      return [bold("Canceled"), " by you", ...title];
    case "withdrawn":
      return [bold("Withdrawn"), " by ", user(state.approverId), ...title];
    case "lapsed":
      if (state.why === "key_gone") return keyGone(request, key);
      return [bold("Lapsed"), ...title, ...lapsedBecause(state.why, state)];
    case "requester_gone":
      return [bold("Ended"), ...title, ": you can no longer ask for keys."];
  }
}

/** What did not happen, where a request ended without it. */
function nothingMade({ asked }: Request, key: Key | null): string {
  if (asked.kind === "secret") return "The secret stays as it is.";
  if (asked.kind === "resume") return "The key stays paused.";
  if (asked.kind === "access")
    return key?.accessChange?.kind === "widening"
      ? "Tigris has not said whether the key has the wider access."
      : "The key keeps the access that it has.";
  if (asked.kind === "extend") return "The key keeps its end.";
  if (asked.kind === "takeover") return "The key stays as it is.";
  return key === null ? "No key was made." : "Its key was never on, and goes.";
}

function lapsedBecause(why: Exclude<Lapsed["why"], "key_gone">, { at, approval }: Lapsed): Sentence {
  const [approverId, ...others] = approval ? approversOf(approval) : [];
  // Which of several is no longer one, its record does not say.
  const who = approverId === undefined || others.length > 0 ? "its approver" : user(approverId);
  switch (why) {
    case "undecided":
      return [": nobody decided until ", time(at), "."];
    case "unused":
      return [": its approval was not used until ", time(at), "."];
    case "approver_lost":
      return [": ", who, " is no longer an approver."];
    case "all_buckets_refused":
      return [": Tigris doesn't take all buckets for this permission. Ask again, and choose buckets."];
    case "policy_changed":
      return [": such keys need a person's approval by now."];
    case "may_not_break_glass":
      return [": you may no longer break the glass. Ask for a key instead."];
    case "no_rule":
      return [": no rule lets anybody have such a key by now. Ask for another one."];
  }
}

/** The key is gone that was made, and never on, or that something was asked about. */
function keyGone(request: Request, key: Key | null): Sentence {
  const { asked, requesterId } = request;
  const { state } = key ?? {};
  const byId = state?.kind === "deleting" || state?.kind === "deleted" ? state.byId : null;
  const by: Sentence = byId === null ? [] : [" by ", youOr(byId, requesterId)];
  const title: Sentence = [" · ", ...askedTitle(request)];
  return asked.kind === "key"
    ? [bold("Deleted"), ...by, ...title, " was never on."]
    : [
        bold("Lapsed"),
        ...title,
        ...(byId === null ? [": the key no longer exists in Tigris."] : [": the key was deleted", ...by, "."]),
      ];
}
