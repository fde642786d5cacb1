import { isPaused, type Key } from "../../domain/key";
import type { People } from "../../domain/person";
import { endedWithoutKeyAt, isIn, lessAccessOf, type Request } from "../../domain/request";
import type { Ring } from "../../workflow/outbox-message";
import { askedTitle, askedTitleFor, insteadOf, referenceOf } from "../blocks/access";
import { type Message, message, type Section, sentenceMessage } from "../blocks/message";
import { BUTTONS } from "../words/labels";
import { noticeWords } from "../words/notices";
import { rulingWords } from "../words/ruling";
import { bold, type Sentence, time, user } from "../words/sentence";
import { approvedCard, cancelButton, rotatesLine } from "./approved-card";
import { endedCard } from "./ended-card";
import { keyCard } from "./key-card";
import { offCard } from "./off-card";
import { peopleNamed } from "./people-named";
import { remindButton } from "./remind-button";

/** What is on a requester's card. The key is null as long as there is none. */
/** `approvers`: who looks after all keys. `waited`: who has to decide still. */
export type ShownRequest = { request: Request; key: Key | null; approvers: People; waited: People };

/**
 * The card in the requester's DM, drawn from the record: what is, what it means, what to do.
 * @param ring why it rings: the notification says that first
 */
export function requesterCard(shown: ShownRequest, ring?: Ring): Message {
  const less = insteadOf(shown.request);
  const drawn = message(sectionOf(shown, less));
  if (ring === undefined) return drawn;
  // With less than was asked for, the notification says so itself: what is read out says it once.
  const isLessSaid = ring.code === "approved" && less !== null;
  const section = sectionOf(shown, isLessSaid ? null : less);
  const words: Sentence = [...noticeWords(ring), ...(isLessSaid ? [` You get ${less}.`] : [])];
  return { ...drawn, text: message({ ...section, lines: [words, ...section.lines] }).text };
}

/** What is left where a card stood before it rang. */
export function movedCard({ asked: { keyName } }: Request): Message {
  return sentenceMessage([bold(keyName), " · see its card below"]);
}

/** What is left in the DM of whoever owned a key before somebody took it over. */
export function takenCard({ asked: { keyName } }: Request, ownerId: string): Message {
  return sentenceMessage([bold(keyName), " · ", user(ownerId), " has taken it over"]);
}

/** @param less what they get instead of what they asked for; null where they don't, or it is said beside it */
function sectionOf(shown: ShownRequest, less: string | null): Section {
  const { request, key, approvers } = shown;
  if (request.asked.kind === "key" && key !== null) {
    if (isIn(request, "delivered") && key.state.kind === "off" && !isPaused(key))
      return offCard(request, { ...key, state: key.state }, less);
    const isOfKey = request.state.kind === "made" || request.state.kind === "delivered";
    // What was raised is on; a request that is open shows what can be done with it.
    if (isOfKey || (isOn(key) && endedWithoutKeyAt(request) !== null)) return keyCard(key, approvers);
  }
  return cardOf(shown, less);
}

const USED = {
  key: "made ",
  secret: "made ",
  resume: "resumed ",
  extend: "extended ",
  takeover: "taken over ",
  access: "switched on ",
} as const;

const DONE = { resume: "Resumed", extend: "Extended", takeover: "Taken over", access: "Wider access on" } as const;

/** Nobody is named where no rule has anybody decide it any more. */
function waitedWords(waited: People): Sentence {
  const named = peopleNamed(waited);
  return named.length === 0 ? [" · "] : [" for ", ...named, " · "];
}

function isOn({ state }: Key): boolean {
  return state.kind === "live" || state.kind === "rotating" || state.kind === "secret_unknown";
}

function cardOf({ request, key, waited }: ShownRequest, less: string | null): Section {
  const { state, asked } = request;
  switch (state.kind) {
    case "pending":
      return {
        lines: [
          [
            "⏳ ",
            bold(state.back === null ? "Waiting" : "Waiting again"),
            ...waitedWords(waited),
            ...askedTitleFor(request),
          ],
          ...(lessAccessOf(request) === null
            ? []
            : [[`It may become less than you asked for: ${insteadOf(request)}.`]]),
          ...(state.back?.held
            ? [["Its key is there, and stays off until then. Keep the secret that you saved."]]
            : []),
          ...rotatesLine(request),
          ...(request.reason === null ? [] : [{ quote: request.reason }]),
        ],
        small: [
          [
            "asked ",
            time(request.askedAt),
            ...(state.askedAgainAt === null ? [] : [", reminded ", time(state.askedAgainAt)]),
            " · lapses ",
            time(state.lapsesAt),
            ...rulingWords(state.ruling).flatMap((words) => [" · ", ...words]),
            ...referenceOf(request),
          ],
        ],
        buttons: [remindButton(request), cancelButton(request, BUTTONS.cancelRequest)],
      };
    case "approved":
      return approvedCard({ ...request, state }, less);
    case "making":
      return {
        lines: [
          ["⏳ ", bold(asked.kind === "access" ? "Being switched on" : "Being made"), " · ", ...askedTitleFor(request)],
          [asked.kind === "access" ? "Tigris is being asked for it." : "Its secret appears here in a moment."],
        ],
        small: [["approved ", time(state.approval.at), ...referenceOf(request)]],
        buttons: [],
      };
    case "delivered":
    case "made":
      return {
        lines: [
          asked.kind === "key" || asked.kind === "secret"
            ? ["🔑 ", bold("Made"), " · ", ...askedTitle(request)]
            : ["🔑 ", bold(DONE[asked.kind]), ` · ${asked.access.permission} key `, bold(asked.keyName)],
        ],
        small: [[USED[asked.kind], time(state.at), ...referenceOf(request)]],
        buttons: [],
      };
    case "denied":
    case "cancelled":
    case "withdrawn":
    case "lapsed":
    case "requester_gone":
      return endedCard(request, state, key);
  }
}
