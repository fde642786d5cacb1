import {
  type Approved,
  type Asked,
  approversOf,
  brokenGlassLasts,
  type Request,
  type RevealFailure,
} from "../../domain/request";
import { askedTitleFor, referenceOf } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import type { Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { durationWords } from "../words/duration";
import { BUTTONS, USES } from "../words/labels";
import { lifeWords, rulingWords } from "../words/ruling";
import { bold, code, type Sentence, time, usersNamed } from "../words/sentence";
import { pressAgain, whyTigris } from "../words/tigris-said";

const SHOWN_ONCE = "The secret is shown once, here, only to you: have your secret manager open.";

const MEANS: Record<Asked["kind"], string> = {
  key: SHOWN_ONCE,
  secret: `${SHOWN_ONCE} The old one stops working then.`,
  resume: "Programs that use the key work again once you resume it.",
  extend: "It lasts longer once you press the button.",
  takeover: "It is yours once you press the button. Whoever left still knows its secret.",
  access: "The key has this access once you press the button. Its secret stays.",
};

/**
 * The card of what is approved and not used yet: why the last try gave nothing, and the way to the next one.
 * @param less what they get instead of what they asked for, where it is to be said
 */
export function approvedCard(request: Request<Approved>, less: string | null): Section {
  const { asked, state } = request;
  const { failure, approval } = state;
  const label = USES[asked.kind];
  const isOfSecret = label === BUTTONS.reveal;
  const spoken = isOfSecret ? `${label} of ${asked.keyName}` : `${label} ${asked.keyName}`;
  const approvers = approversOf(approval);
  const by: Sentence =
    approvers.length === 0 ? [] : ["approved by ", ...usersNamed(approvers), " ", time(approval.at), " · "];
  const ruled = rulingWords(approval.ruling).flatMap((words) => [...words, " · "]);
  return {
    lines: [
      [
        failure ? "" : approval.by.kind === "break_glass" ? "🚨 " : "✅ ",
        bold("Ready"),
        " · ",
        ...askedTitleFor(request),
      ],
      ...lifeLine(request),
      ...rotatesLine(request),
      ...(less === null ? [] : [[`You get less than you asked for: ${less}.`]]),
      ...(failure ? [failureOf(request, failure, label)] : []),
      [isOldLost(request) ? SHOWN_ONCE : MEANS[asked.kind]],
    ],
    small: [[...by, ...ruled, "lapses ", time(state.lapsesAt), ...referenceOf(request)]],
    buttons: [
      { label, actionId: ACTIONS.reveal, value: request.id, style: "primary", spoken },
      cancelButton(request, BUTTONS.cancel),
    ],
  };
}

function lifeOf({ asked }: Request): Sentence[] {
  if (asked.kind !== "key") return [];
  const words = lifeWords(asked.life);
  return words === null
    ? []
    : [["It works ", ...words, asked.life.kind === "lasts" ? " from when you switch it on" : ""]];
}

/** What becomes of the key whose place another one takes. */
export function rotatesLine({ asked }: Request): Sentence[] {
  if (asked.kind !== "key" || asked.rotates === null) return [];
  const { accessKeyId, overlapMs } = asked.rotates;
  return [
    [
      "It takes the place of ",
      code(accessKeyId),
      `, which goes on working for ${durationWords(overlapMs)} once you switch this one on.`,
    ],
  ];
}

/** How long a key works that is made now, where it has an end. */
export function lifeLine(request: Request): Sentence[] {
  const lastsMs = brokenGlassLasts(request);
  if (lastsMs === null) return lifeOf(request).map((words) => [...words, "."]);
  return [[`Break glass: it works for ${durationWords(lastsMs)} from when you switch it on, and can't be extended.`]];
}

function failureOf({ asked, reference }: Request, failure: RevealFailure, label: string): Sentence {
  if (asked.kind === "secret") return secretFailure(failure);
  return asked.kind === "access"
    ? accessFailure(failure, label, reference)
    : failureSentence(failure, label, reference);
}

/** Why the last try gave no wider access, as far as anybody can tell. */
function accessFailure({ why, detail, at }: RevealFailure, label: string, reference: string): Sentence {
  if (why === "refused")
    return ["⚠️ Tigris refused it ", time(at), `${whyTigris(detail)}. `, ...pressAgain(label, detail, reference)];
  return [
    "⚠️ Tigris gave no clear answer ",
    time(at),
    ", so the key may have it already. You can press ",
    bold(label),
    " again.",
  ];
}

/** Why the last try gave no new secret: whether the old one still works depends on what Tigris did. */
function secretFailure({ why, detail, at }: RevealFailure): Sentence {
  if (why === "refused")
    return ["⚠️ Tigris refused to make it ", time(at), `${whyTigris(detail)}. The old secret is unchanged.`];
  return [
    "⚠️ The new secret got lost ",
    time(at),
    ". The old one has probably stopped working. ",
    bold(BUTTONS.reveal),
    " makes another one.",
  ];
}

/** What the old secret does is said with the failure. */
function isOldLost({ asked, state: { failure } }: Request<Approved>): boolean {
  return asked.kind === "secret" && failure !== null && failure.why !== "refused";
}

function failureSentence({ why, detail, at }: RevealFailure, label: string, reference: string): Sentence {
  switch (why) {
    case "refused":
      return [
        "⚠️ Tigris refused to make it ",
        time(at),
        `${whyTigris(detail)}. `,
        ...pressAgain(label, detail, reference),
      ];
    case "lost":
      return [
        "⚠️ Tigris gave no clear answer ",
        time(at),
        ". If a key was made, it opens nothing, and I delete it. You can press ",
        bold(label),
        " again.",
      ];
    case "not_delivered":
      return ["⚠️ The secret could not be shown ", time(at), ". Its key was never on, and goes."];
    case "ambiguous":
      return [
        "⚠️ Making it was interrupted ",
        time(at),
        ", and I can't tell which key was made. I deleted none and asked the approvers to look. You can press ",
        bold(label),
        " again.",
      ];
    case "interrupted":
      return ["⚠️ Making it was interrupted ", time(at), ". If a key was made, it opens nothing, and I delete it."];
  }
}

/** The button that ends an open request. */
export function cancelButton(request: Request, label: string): ButtonSpec {
  return { label, actionId: ACTIONS.cancel, value: request.id, spoken: `${label}: ${request.asked.keyName}` };
}
