import type { Cover } from "./key";
import type { Access, Endpoint } from "./permission";

/** A key, as somebody asks for it. */
type Terms = { keyName: string; access: Access; endpoint: Endpoint };

/** A new key. */
export type KeyAsked = { kind: "key" } & Terms;

/** A new secret of a key that is there. */
export type SecretAsked = { kind: "secret"; accessKeyId: string } & Terms;

/**
 * What is asked for. Whatever else needs somebody's yes is one more kind here: it walks the same path, on the same card.
 * It never changes after it was asked for.
 */
export type Asked = KeyAsked | SecretAsked;

export type Approval = { by: { kind: "policy" } | { kind: "person"; approverId: string }; at: number };

/**
 * Why the last reveal gave no key. `ambiguous`: a key may be left, which nobody deleted, and people were asked to look.
 * `detail` is a code of Slack's or Tigris's, or null.
 */
export type RevealFailure = {
  why: "refused" | "lost" | "not_delivered" | "interrupted" | "ambiguous";
  detail: string | null;
  at: number;
};

export type Pending = { kind: "pending"; lapsesAt: number };
export type Approved = { kind: "approved"; approval: Approval; lapsesAt: number; failure: RevealFailure | null };
/** An attempt is under way: its record says how far it got. With a `failure`, its key is being deleted. */
export type Making = { kind: "making"; approval: Approval; lapsesAt: number; failure: RevealFailure | null };
export type Made = { kind: "made"; approval: Approval; accessKeyId: string; at: number };
export type Denied = { kind: "denied"; approverId: string; at: number; reason: string };
export type Cancelled = { kind: "cancelled"; at: number };
export type Withdrawn = { kind: "withdrawn"; approval: Approval; approverId: string; at: number };
/** Why an approval no longer holds: its approver may no longer approve, or policy alone may not. */
export type VoidReason = "approver_lost" | "policy_changed";
/**
 * Nobody decided in time, it was not used in time, the approval no longer holds, or the key that a new secret was asked of is
 * gone.
 */
export type Lapsed = {
  kind: "lapsed";
  why: "undecided" | "unused" | "key_gone" | VoidReason;
  approval: Approval | null;
  at: number;
};
/** Its requester may no longer ask for keys. */
export type RequesterGone = { kind: "requester_gone"; approval: Approval | null; at: number };

export type RequestState = Pending | Approved | Making | Made | Denied | Cancelled | Withdrawn | Lapsed | RequesterGone;
export type RequestKind = RequestState["kind"];

/** Somebody's request. Moments are milliseconds since 1970, UTC. */
export type Request<State extends RequestState = RequestState> = {
  id: string;
  /** 8 base32 characters: what people read and what the key's name in Tigris carries. */
  reference: string;
  requesterId: string;
  asked: Asked;
  /** As typed, or null where none was given. */
  reason: string | null;
  /** Whether a person had to decide, by the policy of the day on which it was asked. */
  needsApproval: boolean;
  askedAt: number;
  state: State;
  /** How many attempts to carry it out there were. */
  attempts: number;
  /** Counts the writes: a change holds only against the version that it was decided on. */
  version: number;
};

/** The states in which a request still takes a place in its requester's quota. */
export const OPEN_STATES = ["pending", "approved", "making"] as const satisfies readonly RequestKind[];

/** When a request ended without ever having a key; null while it is open, and where it has one. */
export function endedWithoutKeyAt({ state }: Request): number | null {
  switch (state.kind) {
    case "pending":
    case "approved":
    case "making":
    case "made":
      return null;
    case "denied":
    case "cancelled":
    case "withdrawn":
    case "lapsed":
    case "requester_gone":
      return state.at;
  }
}

/** Narrows a request to one of its states. */
export function isIn<Kind extends RequestKind>(
  request: Request,
  kind: Kind,
): request is Request<Extract<RequestState, { kind: Kind }>> {
  return request.state.kind === kind;
}

/** What the approval of a request that is being carried out covers, should its delivery get lost. */
export function coverFrom({ state }: Request<Making>): Cover | null {
  const approverId = approverOf(state.approval);
  return approverId === null ? null : { approverId, until: state.lapsesAt };
}

/** The approver of an approval, or null where policy approved. */
export function approverOf(approval: Approval): string | null {
  return approval.by.kind === "person" ? approval.by.approverId : null;
}
