import type { Key } from "../../domain/key";
import {
  type Approved,
  approverOf,
  type Lapsed,
  type Making,
  type Request,
  type RevealFailure,
} from "../../domain/request";
import { askedTitle, referenceOf } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { type Line, type Message, message, type Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, code, type Sentence, time, user } from "../words/sentence";
import { keyCard } from "./key-card";

/**
 * The card in the requester's DM, drawn from the record: what happened, what it means, what to do.
 * @param shown the key is null as long as there is none
 */
export function requesterCard({ request, key }: { request: Request; key: Key | null }): Message {
  const showsKey = request.asked.kind === "key" && request.state.kind === "made" && key !== null;
  return message(showsKey ? keyCard(key) : cardOf(request, key));
}

/** What did not happen, where a request ended without it. */
function nothingMade({ asked }: Request): string {
  return asked.kind === "secret" ? "The secret stays as it is." : "No key was made.";
}

function cardOf(request: Request, key: Key | null): Section {
  const { state } = request;
  const title = askedTitle(request);
  switch (state.kind) {
    case "pending":
      return {
        lines: [
          ["⏳ ", ...title, " is waiting for approval"],
          ["Asked ", time(request.askedAt), " · lapses ", time(state.lapsesAt), ...referenceOf(request)],
        ],
        buttons: [cancelButton(request, BUTTONS.cancelRequest)],
      };
    case "approved":
      return approvedCard(request, state);
    case "making":
      return {
        lines: [
          ["⏳ ", ...title, ...progressOf(state)],
          ["Approved ", time(state.approval.at), ...referenceOf(request)],
        ],
        buttons: state.failure === null ? [] : [cancelButton(request, BUTTONS.cancel)],
      };
    case "made":
      return { lines: [["🔑 ", ...title, " was made ", time(state.at), ...referenceOf(request)]], buttons: [] };
    case "denied":
      return ended(
        request,
        [...title, " was denied by ", user(state.approverId), " ", time(state.at), `. ${nothingMade(request)}`],
        { quote: state.reason },
      );
    case "cancelled":
      return ended(request, [
        "You cancelled the request for ",
        ...title,
        " ",
        time(state.at),
        `. ${nothingMade(request)}`,
      ]);
    case "withdrawn":
      return ended(request, [
        "The approval of ",
        ...title,
        " was withdrawn by ",
        user(state.approverId),
        " ",
        time(state.at),
        `. ${nothingMade(request)}`,
      ]);
    case "lapsed":
      return state.why === "key_gone"
        ? { lines: [[...lapsedBecause(request, state, key), ...referenceOf(request)]], buttons: [] }
        : ended(request, [...lapsedBecause(request, state, key), ` ${nothingMade(request)}`]);
    case "requester_gone":
      return {
        lines: [["The request for ", ...title, " ended ", time(state.at), ": you can no longer ask for keys."]],
        buttons: [],
      };
  }
}

function approvedCard(request: Request, state: Approved): Section {
  const approverId = approverOf(state.approval);
  const by: Sentence =
    approverId === null ? [" is approved"] : [" was approved by ", user(approverId), " ", time(state.approval.at)];
  const { failure } = state;
  return {
    lines: [
      [failure ? "" : "✅ ", ...askedTitle(request), ...by],
      ...(failure ? [request.asked.kind === "secret" ? secretFailure(failure) : failureSentence(failure)] : []),
      ["Press ", bold(BUTTONS.reveal), " when you can save it at once: it is shown one time, here, only to you."],
      ["Lapses ", time(state.lapsesAt), ...referenceOf(request)],
    ],
    buttons: [
      {
        label: BUTTONS.reveal,
        actionId: ACTIONS.reveal,
        value: request.id,
        style: "primary",
        spoken: `${BUTTONS.reveal} of ${request.asked.keyName}`,
      },
      cancelButton(request, BUTTONS.cancel),
    ],
  };
}

/** Why the last try gave no new secret: whether the old one still works depends on what Tigris did. */
function secretFailure({ why, detail, at }: RevealFailure): Sentence {
  const said: Sentence = detail === null ? ["."] : [" (", code(detail), ")."];
  if (why === "refused") return ["⚠️ Tigris refused to make it ", time(at), ...said, " The old secret is unchanged."];
  return [
    "⚠️ The new secret got lost ",
    time(at),
    ". The old one has probably stopped working. You can reveal another one.",
  ];
}

function failureSentence({ why, detail, at }: RevealFailure): Sentence {
  const said: Sentence = detail === null ? ["."] : [" (", code(detail), ")."];
  switch (why) {
    case "refused":
      return ["⚠️ Tigris refused to make it ", time(at), ...said, " Tell whoever runs this bot if that goes on."];
    case "lost":
      return [
        "⚠️ Tigris gave no clear answer ",
        time(at),
        ...said,
        " If a key was made, it is deleted. You can reveal again.",
      ];
    case "not_delivered":
      return [
        "⚠️ The secret could not be shown ",
        time(at),
        ...said,
        " Its key was deleted; if a secret did appear, it does not work.",
      ];
    case "ambiguous":
      return [
        "⚠️ Making it was interrupted ",
        time(at),
        ", and I can't tell which key was made. I deleted none and asked the approvers to look. You can reveal again.",
      ];
    case "interrupted":
      return [
        "⚠️ Making it was interrupted ",
        time(at),
        ". Whatever was made is deleted; if a secret did appear, it does not work.",
      ];
  }
}

function progressOf({ failure }: Making): Sentence {
  switch (failure?.why) {
    case undefined:
      return [" is being made. Its secret appears here in a moment."];
    case "lost":
      return [": Tigris gave no clear answer. I'm looking whether a key was made, to delete it."];
    default:
      return [": the secret could not be shown, so its key is being deleted. If a secret did appear, don't use it."];
  }
}

/** Why no new secret of a key is to be had: whoever deletes it needs nobody's yes. */
function keyGone(request: Request, key: Key | null): Sentence {
  const { state } = key ?? {};
  const byId = state?.kind === "deleting" || state?.kind === "deleted" ? state.byId : null;
  const gone: Sentence = byId === null ? [" no longer exists in Tigris."] : [" was deleted by ", user(byId), "."];
  return [...askedTitle(request), " was not made: the key", ...gone];
}

function lapsedBecause(request: Request, { why, at, approval }: Lapsed, key: Key | null): Sentence {
  const title = askedTitle(request);
  const approverId = approval && approverOf(approval);
  switch (why) {
    case "key_gone":
      return keyGone(request, key);
    case "undecided":
      return ["Nobody decided about ", ...title, " until ", time(at), ", so the request has lapsed."];
    case "unused":
      return ["The approval of ", ...title, " was not used until ", time(at), " and has lapsed."];
    case "approver_lost":
      return [
        "The approval of ",
        ...title,
        " lapsed ",
        time(at),
        ": ",
        approverId ? user(approverId) : "its approver",
        " is no longer an approver.",
      ];
    case "policy_changed":
      return ["The approval of ", ...title, " lapsed ", time(at), ": such keys need a person's approval by now."];
  }
}

function ended(request: Request, sentence: Sentence, ...more: Line[]): Section {
  return {
    lines: [[...sentence, ...referenceOf(request)], ...more],
    buttons: [
      {
        label: BUTTONS.askAgain,
        actionId: ACTIONS.askAgain,
        value: request.id,
        spoken: `${BUTTONS.askAgain} for ${request.asked.keyName}`,
      },
    ],
  };
}

function cancelButton(request: Request, label: string): ButtonSpec {
  return { label, actionId: ACTIONS.cancel, value: request.id, spoken: `${label}: ${request.asked.keyName}` };
}
