import type { Cover } from "./key";
import type { LessAccess } from "./narrow";
import type { Access, Endpoint, Format } from "./permission";

/** A key, as somebody asks for it. */
type Terms = { keyName: string; access: Access; endpoint: Endpoint };

/** A new key. `format`: how its secrets are shown. */
export type KeyAsked = { kind: "key"; format: Format } & Terms;

/** A new secret of a key that is there. */
export type SecretAsked = { kind: "secret"; accessKeyId: string } & Terms;

/** That a paused key works again, where its kind needs somebody's yes by now. */
export type ResumeAsked = { kind: "resume"; accessKeyId: string } & Terms;

/**
 * What is asked for. Whatever else needs somebody's yes is one more kind here: it walks the same path, on the same card.
 * It never changes after it was asked for.
 */
export type Asked = KeyAsked | SecretAsked | ResumeAsked;

/** Whether something is asked about a key that is there. */
export function isAboutKey(asked: Asked): asked is SecretAsked | ResumeAsked {
  return asked.kind !== "key";
}

/**
 * Who said yes, and to what: `person_for_less` gives this access in place of the one asked for. A version that does not know it
 * can't read the request, so that it makes no key with more.
 */
export type Approval = {
  by:
    | { kind: "policy" }
    | { kind: "person"; approverId: string }
    | { kind: "person_for_less"; approverId: string; access: LessAccess };
  at: number;
};

/**
 * Why the last reveal gave nothing to use. `ambiguous` is of older versions: a key may be left, and people were asked to look.
 * `detail` is a code of Slack's or Tigris's, or null.
 */
export type RevealFailure = {
  why: "refused" | "lost" | "not_delivered" | "interrupted" | "ambiguous";
  detail: string | null;
  at: number;
};

/** `reminded`: how often the approvers were reminded of it. `askedAgainAt`: when its requester last had them reminded, or null. */
export type Pending = {
  kind: "pending";
  lapsesAt: number;
  reminded: "not_yet" | "first" | "last";
  askedAgainAt: number | null;
};
/** An approval that can be used until then; a delivery in its last hour gave it another one, once (`isExtended`). */
type Usable = { approval: Approval; lapsesAt: number; isExtended: boolean };
export type Approved = { kind: "approved"; failure: RevealFailure | null } & Usable;
/** An attempt is under way: its record says how far it got. */
export type Making = { kind: "making" } & Usable;
/**
 * Its key is there, and off: whatever ends the request ends the key. `refusal`: why Tigris did not switch it on. `named`: how
 * often its requester was told that it is still off.
 */
export type Delivered = {
  kind: "delivered";
  accessKeyId: string;
  at: number;
  refusal: { tigrisCode: string; at: number } | null;
  named: "not_yet" | "first" | "last";
} & Usable;
export type Made = { kind: "made"; approval: Approval; accessKeyId: string; at: number };
export type Denied = { kind: "denied"; approverId: string; at: number; reason: string };
export type Cancelled = { kind: "cancelled"; at: number };
export type Withdrawn = { kind: "withdrawn"; approval: Approval; approverId: string; at: number };
/** Why an approval no longer holds: its approver may no longer approve, policy alone may not, or Tigris can't do it. */
export type VoidReason = "approver_lost" | "policy_changed" | "all_buckets_refused";
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

export type RequestState =
  | Pending
  | Approved
  | Making
  | Delivered
  | Made
  | Denied
  | Cancelled
  | Withdrawn
  | Lapsed
  | RequesterGone;
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
export const OPEN_STATES = ["pending", "approved", "making", "delivered"] as const satisfies readonly RequestKind[];

/** When a request ended without ever having a key; null while it is open, and where it has one. */
export function endedWithoutKeyAt({ state }: Request): number | null {
  switch (state.kind) {
    case "pending":
    case "approved":
    case "making":
    case "delivered":
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

/** Whether a person said yes to a request, and it was used. */
export function wasApprovedByPerson({ state }: Request): boolean {
  return state.kind === "made" && approverOf(state.approval) !== null;
}

/** The approver of an approval, or null where policy approved. */
export function approverOf(approval: Approval): string | null {
  return approval.by.kind === "policy" ? null : approval.by.approverId;
}

/** What an approver gave in place of what was asked for; null where nobody did. */
export function lessAccessOf({ state }: Pick<Request, "state">): LessAccess | null {
  const approval = "approval" in state ? state.approval : null;
  return approval?.by.kind === "person_for_less" ? approval.by.access : null;
}

/** The access that a request gives: what was asked for, or the less that was approved. */
export function grantedAccess(request: Pick<Request, "asked" | "state">): Access {
  return lessAccessOf(request) ?? request.asked.access;
}

/** How the secrets of the key that a request made are shown. */
export function formatOf(request: Pick<Request, "asked"> | null): Format {
  return request?.asked.kind === "key" ? request.asked.format : "shell";
}
