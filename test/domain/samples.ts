import { type Cover, type Key, type KeyState, NO_PAUSE } from "../../src/domain/key";
import { newAge } from "../../src/domain/key-age";
import { type KeyEnd, newEnd } from "../../src/domain/key-end";
import type { LessAccess } from "../../src/domain/narrow";
import type { People } from "../../src/domain/person";
import { type ApprovalClass, policyFromSettings } from "../../src/domain/policy/from-settings";
import type { Ruling } from "../../src/domain/policy/judge";
import type { Policy } from "../../src/domain/policy/rule";
import type { Looked, Vote } from "../../src/domain/policy/votes";
import type { Approval, Pending, Request, RequestKind, RequestState, SecretAsked } from "../../src/domain/request";
import type { Ballot } from "../../src/domain/vote-steps";

/** A request in a state, with everything else as a quiet default. */
export function requestIn<State extends RequestState>(state: State, changes: Partial<Request> = {}): Request<State> {
  return {
    id: "request-1",
    reference: "K7QM2XAB",
    requesterId: "UDEV",
    asked: {
      kind: "key",
      keyName: "deploy",
      access: { permission: "Admin", buckets: { kind: "all" } },
      endpoint: "Default",
      format: "shell",
      life: { kind: "open" },
      rotates: null,
    },
    reason: "Nightly backups of the build server",
    needsApproval: true,
    askedAt: 1_000,
    review: null,
    attempts: 0,
    version: 1,
    ...changes,
    state,
  };
}

export function keyIn<State extends KeyState>(state: State, changes: Partial<Key> = {}): Key<State> {
  return {
    accessKeyId: "tid_one",
    requestId: "request-1",
    reference: "K7QM2XAB",
    ownerId: "UDEV",
    keyName: "deploy",
    tigrisName: "deploy-K7QM2XAB",
    access: { permission: "Admin", buckets: { kind: "all" } },
    endpoint: "Default",
    madeAt: 2_000,
    deliveryId: "delivery-1",
    pause: NO_PAUSE,
    end: null,
    rotation: null,
    age: newAge(2_000),
    accessChange: null,
    version: 1,
    ...changes,
    state,
  };
}

/** An end that nobody moves, as that of a broken glass. */
export const finalEnd = (at: number): KeyEnd => newEnd(at, 0, true);

export const APPROVERS = { users: ["UANN", "UBOB"], groups: [] };

/** What the variables amount to where these need an approval. */
export function policyOf(approvalFor: readonly ApprovalClass[], approvers: People = APPROVERS): Policy {
  return policyFromSettings({ approvalFor, approvers, requesters: null, maxKeysPerUser: 5 });
}

/** Admin keys alone do. */
export const POLICY = policyOf(["admin"]);

export const RULING: Ruling = { rules: ["admin"], lasts: { defaultMs: null, longestMs: null } };

export function voteOf(approverId: string, at = 1_500, rules: readonly string[] = ["admin"]): Vote {
  return { approverId, at, rules };
}

/** An approval by people, with less than was asked for where that is named. */
export function approvalBy(approverIds: readonly string[], access: LessAccess | null = null): Approval {
  const votes = approverIds.map((id) => voteOf(id));
  return { by: { kind: "people", votes, access }, at: 1_500, ruling: RULING, isAnew: false };
}

export const BY_ANN: Approval = approvalBy(["UANN"]);

/** The same with less than was asked for. */
export const LESS_BY_ANN: Approval = approvalBy(["UANN"], {
  permission: "Editor",
  buckets: { kind: "named", names: ["builds"] },
});

const USABLE = { approval: BY_ANN, lapsesAt: 10_000, isExtended: false };

export const BY_POLICY: Approval = { by: { kind: "policy" }, at: 1_500, ruling: RULING, isAnew: false };

/** A cover by Ann, for as long as it lasts. */
export function coverBy(approverId: string, until: number): Cover {
  return { votes: [voteOf(approverId)], askedAt: 1_000, until };
}

/** A look at somebody: they are among whoever names one of their ids. */
export function lookedAt(...ids: string[]): Looked {
  return { ids, isAmong: ({ users }) => users.some((id) => ids.includes(id)) };
}

/** Bob's yes to a request of Dev's. */
export const BALLOT: Omit<Ballot, "approverId" | "at"> = {
  actor: lookedAt("UBOB"),
  voters: new Map(),
  requesterIds: ["UDEV"],
  less: null,
  policy: POLICY,
  revealTtlMs: 700,
};

/** It waits for the first time, and nobody has said yes. */
export const PENDING: Pending = {
  kind: "pending",
  lapsesAt: 10_000,
  reminded: "not_yet",
  askedAgainAt: null,
  votes: [],
  narrowed: null,
  ruling: RULING,
  back: null,
  escalatesAt: null,
  escalated: [],
};

/** A request in each of its states; what is open lapses at 10,000. */
export const REQUESTS: { [Kind in RequestKind]: Request } = {
  pending: requestIn(PENDING),
  approved: requestIn({ kind: "approved", ...USABLE, failure: null }),
  making: requestIn({ kind: "making", ...USABLE }),
  delivered: requestIn({
    kind: "delivered",
    ...USABLE,
    accessKeyId: "tid_one",
    at: 2_000,
    refusal: null,
    named: "not_yet",
  }),
  made: requestIn({ kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: 2_000 }),
  denied: requestIn({ kind: "denied", approverId: "UANN", at: 2_000, reason: "Use Editor" }),
  cancelled: requestIn({ kind: "cancelled", at: 2_000 }),
  withdrawn: requestIn({ kind: "withdrawn", approval: BY_ANN, approverId: "UBOB", at: 2_000 }),
  lapsed: requestIn({ kind: "lapsed", why: "undecided", approval: null, at: 10_000 }),
  requester_gone: requestIn({ kind: "requester_gone", approval: null, at: 2_000 }),
};

/** A new secret of the key that `keyIn` gives. */
export const SECRET_ASKED: SecretAsked = {
  kind: "secret",
  accessKeyId: "tid_one",
  keyName: "deploy",
  access: { permission: "Admin", buckets: { kind: "all" } },
  endpoint: "Default",
};

/** A request for a new secret of a key, which another request made. */
export function secretIn<State extends RequestState>(state: State, changes: Partial<Request> = {}): Request<State> {
  return requestIn(state, { id: "request-2", reference: "SECRET22", asked: SECRET_ASKED, ...changes });
}

/** The same as `REQUESTS`, each for a new secret. */
export const SECRETS: { [Kind in RequestKind]: Request } = {
  pending: secretIn(REQUESTS.pending.state),
  approved: secretIn(REQUESTS.approved.state),
  making: secretIn(REQUESTS.making.state),
  delivered: secretIn(REQUESTS.delivered.state),
  made: secretIn(REQUESTS.made.state),
  denied: secretIn(REQUESTS.denied.state),
  cancelled: secretIn(REQUESTS.cancelled.state),
  withdrawn: secretIn(REQUESTS.withdrawn.state),
  lapsed: secretIn(REQUESTS.lapsed.state),
  requester_gone: secretIn(REQUESTS.requester_gone.state),
};
