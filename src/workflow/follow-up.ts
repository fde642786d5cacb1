import { type Hold, hasEnded, isPaused, type Key, leaverHold } from "../domain/key";
import { isAskedAbout } from "../domain/key-age";
import { approversOf, type Request, type RequestKind } from "../domain/request";
import { isReplaced } from "../domain/rotation";
import type { OutboxMessage, Ring } from "./outbox-message";
import type { Recorded } from "./step";

/**
 * What follows from a change, as one table over what was before and what is after: the cards that are drawn again, which of
 * them rings, and who else is told what. It says nothing of what people who clicked read at once.
 */
export function followUps(before: Recorded, after: Recorded): OutboxMessage[] {
  return [
    ...cardsOf(before, after),
    ...requesterGone(before, after),
    ...toldToApprovers(before, after),
    ...questionsAnswered(before, after),
    ...ofLeaver(before, after),
  ];
}

/**
 * A card shows its request and its key: it is drawn again when one of them has changed. Of a key that is there already, the card of
 * what is asked about it shows whether it is paused.
 */
function cardsOf(before: Recorded, after: Recorded): OutboxMessage[] {
  const { asking } = after;
  const isChanged = before.asking?.version !== asking?.version || isHeld(before) !== isHeld(after);
  return [...ownCards(before, after), ...(asking && isChanged ? cardsFor(asking, null) : [])];
}

function isHeld({ key }: Recorded): boolean {
  return key !== null && isPaused(key);
}

function cardsFor({ id, needsApproval, review }: Request, ring: Ring | null): OutboxMessage[] {
  return [
    requesterCard(id, ring),
    ...(needsApproval ? [{ kind: "approvals_card", requestId: id } as const] : []),
    ...(review === null ? [] : [{ kind: "review_card", requestId: id } as const]),
  ];
}

function requesterCard(requestId: string, ring: Ring | null): OutboxMessage {
  return { kind: "requester_card", requestId, ...(ring ? { ring } : {}) };
}

function ownCards(before: Recorded, after: Recorded): OutboxMessage[] {
  const { request, key } = after;
  const isKeyChanged = before.key?.version !== key?.version && !isOnlyAsked(before.key, key);
  if (request === null || (before.request?.version === request.version && !isKeyChanged)) return [];
  const [ofRequest, ofKey] = [requestRing(before, after), keyRing(before, after)];
  // A key that changed for another request than the one that made it has a card there too.
  const origin = key?.requestId;
  const isElsewhere = origin !== undefined && origin !== request.id && isKeyChanged;
  if (!isElsewhere) return cardsFor(request, ofRequest ?? ofKey);
  return [...cardsFor(request, ofRequest), requesterCard(origin, ofKey), { kind: "approvals_card", requestId: origin }];
}

/** Whether a change is about questions alone, which no card shows. */
function isOnlyAsked(before: Key | null, after: Key | null): boolean {
  if (before === null || after === null || before.age === after.age) return false;
  const { state, pause, end, deliveryId, rotation } = before;
  const isAsBefore = state === after.state && pause === after.pause && end === after.end;
  return isAsBefore && deliveryId === after.deliveryId && rotation === after.rotation;
}

/** The message that asked about a key is drawn again once it is answered, wherever it was, or asked in another one. */
function questionsAnswered(before: Recorded, { key }: Recorded): OutboxMessage[] {
  const place = before.key?.age.message ?? null;
  if (before.key === null || key === null || place === null) return [];
  const isElsewhere = key.age.message?.ts !== place.ts;
  const isChanged = isElsewhere || isAskedAbout(before.key) !== isAskedAbout(key);
  return isChanged ? [{ kind: "old_keys_redraw", userId: before.key.ownerId, place }] : [];
}

/** On which way of a request from one state to another its card rings; whoever clicked has read it already. */
const REQUEST_RINGS: Partial<Record<`${RequestKind} → ${RequestKind}`, (after: Request) => Ring | null>> = {
  "pending → approved": approved,
  "pending → delivered": approved,
  "approved → pending": waitsAgain,
  "delivered → pending": waitsAgain,
  "pending → denied": ({ state, asked: { keyName } }) => {
    if (state.kind !== "denied") return null;
    const { approverId, reason } = state;
    return { code: "denied", about: { keyName, approverId, reason } };
  },
  "pending → lapsed": lapsed,
  "approved → lapsed": lapsed,
  "delivered → lapsed": lapsed,
};

function approved({ state, asked: { keyName, kind } }: Request): Ring | null {
  if (state.kind !== "approved" && state.kind !== "delivered") return null;
  const approverIds = approversOf(state.approval);
  if (approverIds.length === 0) return null;
  return { code: "approved", about: { keyName, approverIds, kind, isBack: state.kind === "delivered" } };
}

function waitsAgain({ state, asked: { keyName } }: Request): Ring | null {
  if (state.kind !== "pending" || state.back === null) return null;
  const { why, held } = state.back;
  return { code: "waits_again", about: { keyName, why, hasKey: held !== null } };
}

function lapsed({ state, asked: { keyName } }: Request): Ring | null {
  // Whose approval is void learns it from the click that found out.
  if (state.kind !== "lapsed" || (state.why !== "undecided" && state.why !== "unused")) return null;
  return { code: "lapsed", about: { keyName, why: state.why } };
}

function requestRing(before: Recorded, { request }: Recorded): Ring | null {
  if (before.request === null || request === null || before.request.version === request.version) return null;
  return REQUEST_RINGS[`${before.request.state.kind} → ${request.state.kind}`]?.(request) ?? null;
}

/** The card of a key rings when somebody else has paused or deleted it. */
function keyRing(before: Recorded, { key }: Recorded): Ring | null {
  if (before.key === null || key === null || before.key.version === key.version) return null;
  const { ownerId, keyName, state } = key;
  const hold = newHold(before.key, key);
  if (hold?.kind === "approver") return { code: "paused_by_other", about: { keyName, byId: hold.byId } };
  if (isPausedAtEnd(before.key, key)) return { code: "ended", about: { keyName } };
  if (isPausedAsReplaced(before.key, key)) return { code: "replaced", about: { keyName } };
  if (before.key.state.kind !== "deleting" || state.kind !== "deleted") return null;
  const { byId } = state;
  return byId === null || byId === ownerId ? null : { code: "deleted_by_other", about: { keyName, byId } };
}

/** Whether what has ended is paused for certain since a change: only then its owner is told, and its grace counts. */
function isPausedAtEnd(before: Key, key: Key): boolean {
  if (!hasEnded(key) || key.pause.stands === "pausing") return false;
  return !hasEnded(before) || before.pause.stands === "pausing";
}

/** The same of what another key has taken the place of. */
function isPausedAsReplaced(before: Key, key: Key): boolean {
  if (!isReplaced(key) || key.pause.stands === "pausing") return false;
  return !isReplaced(before) || before.pause.stands === "pausing";
}

/** A key that somebody left behind is paused for certain: only once that was told its grace counts. */
function ofLeaver(before: Recorded, { key }: Recorded): OutboxMessage[] {
  if (before.key === null || key === null || leaverHold(key) === null || key.pause.stands === "pausing") return [];
  const isNews = leaverHold(before.key) === null || before.key.pause.stands === "pausing";
  return isNews ? [{ kind: "leaver_card", ownerId: key.ownerId, isNews }] : [];
}

/** Those who said yes to what ended with its requester have no card of it in their DM. */
function requesterGone(before: Recorded, { request }: Recorded): OutboxMessage[] {
  const was = before.request?.state.kind;
  if (request?.state.kind !== "requester_gone" || (was !== "approved" && was !== "delivered")) return [];
  const { state, requesterId, asked } = request;
  const about = { keyName: asked.keyName, requesterId };
  return (state.approval ? approversOf(state.approval) : []).map((userId) => ({
    kind: "notice",
    userId,
    notice: { code: "requester_gone", about },
  }));
}

/** The hold that a change has added; null where it added none. */
function newHold(before: Key, { pause }: Key): Hold | null {
  return pause.holds.length > before.pause.holds.length ? (pause.holds.at(-1) ?? null) : null;
}

/** One approver's session must not delete or pause keys without the others reading of it. */
function toldToApprovers(before: Recorded, { key }: Recorded): OutboxMessage[] {
  if (before.key === null || key === null || before.key.version === key.version) return [];
  const { state, ownerId } = key;
  const hold = newHold(before.key, key);
  if (hold?.kind === "approver") return [{ kind: "pauses", byId: hold.byId, since: hold.at }];
  if (before.key.state.kind === state.kind || state.kind !== "deleting") return [];
  const { byId } = state;
  return byId !== null && byId !== ownerId ? [{ kind: "deletions", byId, since: state.at }] : [];
}
