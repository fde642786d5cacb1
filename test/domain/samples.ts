import { type Key, type KeyState, NO_PAUSE } from "../../src/domain/key";
import type { Approval, Request, RequestKind, RequestState, SecretAsked } from "../../src/domain/request";

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
    },
    reason: "Nightly backups of the build server",
    needsApproval: true,
    askedAt: 1_000,
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
    version: 1,
    ...changes,
    state,
  };
}

export const BY_ANN: Approval = { by: { kind: "person", approverId: "UANN" }, at: 1_500 };

/** The same with less than was asked for. */
export const LESS_BY_ANN: Approval = {
  by: {
    kind: "person_for_less",
    approverId: "UANN",
    access: { permission: "Editor", buckets: { kind: "named", names: ["builds"] } },
  },
  at: 1_500,
};

const USABLE = { approval: BY_ANN, lapsesAt: 10_000, isExtended: false };

/** A request in each of its states; what is open lapses at 10,000. */
export const REQUESTS: { [Kind in RequestKind]: Request } = {
  pending: requestIn({ kind: "pending", lapsesAt: 10_000, reminded: "not_yet", askedAgainAt: null }),
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
