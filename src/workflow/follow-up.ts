import type { Key, KeyKind } from "../domain/key";
import { approverOf, type Request, type RequestKind } from "../domain/request";
import type { Notice, OutboxMessage } from "./outbox-message";
import type { Recorded } from "./step";

/**
 * What follows from a change, as one table over what was before and what is after: the cards that are drawn again, and
 * who is told what. It says nothing of what people who clicked read at once.
 */
export function followUps(before: Recorded, after: Recorded): OutboxMessage[] {
  return [
    ...cardsOf(before, after),
    ...requestNotices(before, after),
    ...keyNotices(before, after),
    ...toldToApprovers(before, after),
  ];
}

/** A card shows its request and its key: it is drawn again when one of them has changed. */
function cardsOf(before: Recorded, after: Recorded): OutboxMessage[] {
  const { asking } = after;
  const asked = asking && before.asking?.version !== asking.version ? cardsFor(asking) : [];
  return [...ownCards(before, after), ...asked];
}

function cardsFor({ id, needsApproval }: Request): OutboxMessage[] {
  const own: OutboxMessage = { kind: "requester_card", requestId: id };
  return needsApproval ? [own, { kind: "approvals_card", requestId: id }] : [own];
}

function ownCards(before: Recorded, after: Recorded): OutboxMessage[] {
  const { request } = after;
  const isChanged = before.request?.version !== request?.version || before.key?.version !== after.key?.version;
  if (request === null || !isChanged) return [];
  const cards = cardsFor(request);
  // A key that changed for another request than the one that made it has a card there too.
  const origin = after.key?.requestId;
  const isElsewhere = origin !== undefined && origin !== request.id && before.key?.version !== after.key?.version;
  if (!isElsewhere) return cards;
  return [...cards, { kind: "requester_card", requestId: origin }, { kind: "approvals_card", requestId: origin }];
}

type Told = { userId: string; notice: Notice } | null;

/** Who is told of a request's way from one state to another; whoever clicked has read it already. */
const REQUEST_NOTICES: Partial<Record<`${RequestKind} → ${RequestKind}`, (after: Request) => Told>> = {
  "pending → approved": ({ state, requesterId, reference, asked: { keyName } }) => {
    const approverId = state.kind === "approved" ? approverOf(state.approval) : null;
    if (approverId === null) return null;
    return { userId: requesterId, notice: { code: "approved", about: { keyName, reference, approverId } } };
  },
  "pending → denied": ({ state, requesterId, reference, asked: { keyName } }) => {
    if (state.kind !== "denied") return null;
    const { approverId, reason } = state;
    return { userId: requesterId, notice: { code: "denied", about: { keyName, reference, approverId, reason } } };
  },
  "approved → withdrawn": withdrawn,
  "making → withdrawn": withdrawn,
  "pending → lapsed": lapsed,
  "approved → lapsed": lapsed,
  "approved → requester_gone": ({ state, requesterId, asked: { keyName } }) => {
    const approverId = "approval" in state && state.approval ? approverOf(state.approval) : null;
    if (approverId === null) return null;
    return { userId: approverId, notice: { code: "requester_gone", about: { keyName, requesterId } } };
  },
};

function withdrawn({ state, requesterId, reference, asked: { keyName } }: Request): Told {
  if (state.kind !== "withdrawn") return null;
  const { approverId } = state;
  return { userId: requesterId, notice: { code: "withdrawn", about: { keyName, reference, approverId } } };
}

function lapsed({ state, requesterId, asked: { keyName } }: Request): Told {
  // Whose approval is void learns it from the click that found out.
  if (state.kind !== "lapsed" || (state.why !== "undecided" && state.why !== "unused")) return null;
  return { userId: requesterId, notice: { code: "lapsed", about: { keyName, why: state.why } } };
}

function requestNotices(before: Recorded, { request }: Recorded): OutboxMessage[] {
  if (before.request === null || request === null || before.request.version === request.version) return [];
  const told = REQUEST_NOTICES[`${before.request.state.kind} → ${request.state.kind}`]?.(request) ?? null;
  return told ? [{ kind: "notice", ...told }] : [];
}

/** Who is told of a key's way from one state to another. */
const KEY_NOTICES: Partial<Record<`${KeyKind} → ${KeyKind}`, (after: Key) => Told>> = {
  "deleting → deleted": ({ state, ownerId, keyName, accessKeyId }) => {
    const byId = state.kind === "deleted" ? state.byId : null;
    if (byId === null || byId === ownerId) return null;
    return { userId: ownerId, notice: { code: "deleted_by_other", about: { keyName, accessKeyId, byId } } };
  },
};

function keyNotices(before: Recorded, { key }: Recorded): OutboxMessage[] {
  if (before.key === null || key === null || before.key.version === key.version) return [];
  const told = KEY_NOTICES[`${before.key.state.kind} → ${key.state.kind}`]?.(key) ?? null;
  return told ? [{ kind: "notice", ...told }] : [];
}

/** One approver's session must not delete keys without the others reading of it. */
function toldToApprovers(before: Recorded, { key }: Recorded): OutboxMessage[] {
  if (before.key === null || key === null || before.key.version === key.version) return [];
  const { state, ownerId } = key;
  if (before.key.state.kind === state.kind) return [];
  if (state.kind === "deletion_held") return [{ kind: "held_deletions", byId: state.byId }];
  const isOthers = state.kind === "deleting" && state.byId !== ownerId;
  return isOthers ? [{ kind: "deletions", byId: state.byId, since: state.at }] : [];
}
