import type { Cover } from "./key";
import type { Life } from "./key-end";
import type { LessAccess } from "./narrow";
import type { Access, Endpoint, Format } from "./permission";
import type { Ruling } from "./policy/judge";
import type { Vote } from "./policy/votes";
import type { Review } from "./review";
import type { Rotates } from "./rotation";

/** A key, as somebody asks for it. */
type Terms = { keyName: string; access: Access; endpoint: Endpoint };

/**
 * A new key. `format`: how its secrets are shown. `life`: how long it is to live. `rotates`: the key whose place it takes; null where
 * there is none.
 */
export type KeyAsked = { kind: "key"; format: Format; life: Life; rotates: Rotates | null } & Terms;

/** A new secret of a key that is there. */
export type SecretAsked = { kind: "secret"; accessKeyId: string } & Terms;

/** That a paused key works again, where its kind needs somebody's yes by now. */
export type ResumeAsked = { kind: "resume"; accessKeyId: string } & Terms;

/** That a key lives on beyond its end, where its kind needs somebody's yes. */
export type ExtendAsked = { kind: "extend"; accessKeyId: string } & Terms;

/** That the key of somebody who has left becomes one's own, where its kind needs somebody's yes. */
export type TakeoverAsked = { kind: "takeover"; accessKeyId: string } & Terms;

/** Another access of a key that is there, with something that it has not: `access`. `from`: what it had as that was asked for. */
export type AccessAsked = { kind: "access"; accessKeyId: string; from: Access } & Terms;

/**
 * What is asked for. Whatever else needs somebody's yes is one more kind here: it walks the same path, on the same card.
 * It never changes after it was asked for.
 */
export type Asked = KeyAsked | SecretAsked | ResumeAsked | ExtendAsked | TakeoverAsked | AccessAsked;

/** Whether something is asked about a key that is there. */
export function isAboutKey(asked: Asked): asked is Exclude<Asked, KeyAsked> {
  return asked.kind !== "key";
}

/** The key that a request is about, or whose place the asked one takes; null where there is none. */
export function aboutKeyId(asked: Asked): string | null {
  return asked.kind === "key" ? (asked.rotates?.accessKeyId ?? null) : asked.accessKeyId;
}

/**
 * Who said yes, and to what: `access` is given in place of the one asked for; null where that is given. A version that does not
 * know votes can't read the request, so that it makes no key with more. Who breaks the glass asks nobody: their key works for
 * `lastsMs` from when it is switched on.
 */
export type Approval = {
  by:
    | { kind: "policy" }
    | { kind: "people"; votes: readonly Vote[]; access: LessAccess | null }
    | { kind: "break_glass"; lastsMs: number };
  at: number;
  /** What the policy said when it was given. */
  ruling: Ruling;
  /** Whether the request had gone back to waiting before: it does that once. */
  isAnew: boolean;
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

/** A key that is there and off while its request waits again. Until that is decided it is neither switched on nor deleted. */
export type HeldKey = Pick<Delivered, "accessKeyId" | "at" | "refusal">;

/** Why a request that was approved waits again: a vote was lost, or the policy asks for more by now; and since when. */
export type Back = { why: BackReason; at: number; held: HeldKey | null };
export type BackReason = { kind: "approver_lost"; approverId: string } | { kind: "policy_changed" };

export type Pending = {
  kind: "pending";
  lapsesAt: number;
  /** How often those who decide were reminded of it. */
  reminded: "not_yet" | "first" | "last";
  /** When its requester last had them reminded, or null. */
  askedAgainAt: number | null;
  /** Who has said yes so far. Each says yes to what it is narrowed to, or to more. */
  votes: readonly Vote[];
  /** The less to which somebody has narrowed it; null where what was asked for may still be given. */
  narrowed: LessAccess | null;
  /** What the policy said when it began to wait. */
  ruling: Ruling;
  /** Null where it waits for the first time. */
  back: Back | null;
  /** When others are told that they may decide too, and the rules of which they were; null where nobody is. */
  escalatesAt: number | null;
  escalated: readonly string[];
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
/**
 * Why an approval no longer holds: it has too few votes that count, the policy asks for more, no rule fits it by now, Tigris
 * can't do it, or whoever broke the glass may no longer.
 */
export type VoidReason = "approver_lost" | "policy_changed" | "no_rule" | "all_buckets_refused" | "may_not_break_glass";
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
  /** Whether a person had to decide, by the policy of the day on which it was asked; or looks at it afterwards. */
  needsApproval: boolean;
  askedAt: number;
  state: State;
  /** What others look at afterwards; null where the glass was not broken. */
  review: Review | null;
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
export function coverFrom({ askedAt, state }: Request<Making>): Cover | null {
  const votes = votesOf(state.approval);
  return votes.length === 0 ? null : { votes, askedAt, until: state.lapsesAt };
}

/** Whether people said yes to a request, and it was used. */
export function wasApprovedByPeople({ state }: Request): boolean {
  return state.kind === "made" && votesOf(state.approval).length > 0;
}

/** The votes of an approval: none where policy approved, or the glass was broken. */
export function votesOf({ by }: Approval): readonly Vote[] {
  return by.kind === "people" ? by.votes : [];
}

/** How long the key of a broken glass works from when it is switched on, in milliseconds; null for every other request. */
export function brokenGlassLasts({ state }: Pick<Request, "state">): number | null {
  const approval = "approval" in state ? state.approval : null;
  return approval?.by.kind === "break_glass" ? approval.by.lastsMs : null;
}

/** Who said yes, in the order in which they did: nobody where policy approved, or the glass was broken. */
export function approversOf(approval: Approval): string[] {
  return votesOf(approval).map(({ approverId }) => approverId);
}

/** What an approver gave in place of what was asked for; null where nobody did. */
export function lessAccessOf({ state }: Pick<Request, "state">): LessAccess | null {
  if (state.kind === "pending") return state.narrowed;
  const approval = "approval" in state ? state.approval : null;
  return approval?.by.kind === "people" ? approval.by.access : null;
}

/** The key that an open request owns: it is off, and whatever ends the request ends it. Null where it has none. */
export function ownedKeyId({ state }: Pick<Request, "state">): string | null {
  if (state.kind === "pending") return state.back?.held?.accessKeyId ?? null;
  return state.kind === "delivered" ? state.accessKeyId : null;
}

/** Since when a request waits for people: since it was asked, or since it went back to waiting. */
export function waitsSince({ askedAt, state }: Request<Pending>): number {
  return state.back?.at ?? askedAt;
}

/** The access that a request gives: what was asked for, or the less that was approved. */
export function grantedAccess(request: Pick<Request, "asked" | "state">): Access {
  return lessAccessOf(request) ?? request.asked.access;
}

/** How the secrets of the key that a request made are shown. */
export function formatOf(request: Pick<Request, "asked"> | null): Format {
  return request?.asked.kind === "key" ? request.asked.format : "shell";
}
