import { type Key, type KeyState, NO_PAUSE } from "../../src/domain/key";
import { newEnd } from "../../src/domain/key-end";
import type { Policy } from "../../src/domain/policy/rule";
import { progressOf } from "../../src/domain/progress";
import type { Asked, Request, RequestKind } from "../../src/domain/request";
import { detailsView } from "../../src/slack/approvals-card/details";
import { approvalsCard } from "../../src/slack/approvals-card/view";
import type { Message } from "../../src/slack/blocks/message";
import { movedCard, requesterCard } from "../../src/slack/requester-card/view";
import type { RequestInFull } from "../../src/workflow/show-request";
import { type Entry, entriesOf, flat, mapped, type Seen, type States } from "./entry";
import {
  ANN,
  APPROVERS,
  ASKED,
  BY_POLICY,
  DANA,
  DEPLOY,
  EDITOR,
  EDITOR_ALL,
  EDITOR_MANY,
  inHours,
  key,
  minutesAgo,
  NOW,
  READ_ONLY,
  ROTATED,
  request,
  UNASKED,
  WITH_TEAM,
} from "./records";
import { KEY_STATES, PAUSES, REQUEST_STATES } from "./states";

type Recorded = { request: Request; key: Key | null };

/** Both cards of a request, in every state of it, of its key and of what holds that. */
export function cards(): Entry[] {
  const asked = flat(Object.fromEntries(Object.keys(ASKED).map((kind) => [kind, askedOf(kind as Asked["kind"])])));
  return [
    ...entriesOf("Requester's card: a request", { ...asked, ...APPROVED_BY_POLICY, ...ROTATED_REQUESTS }, inDm),
    ...entriesOf("Requester's card: a key", keysOf({}), inDm),
    ...entriesOf(
      "Requester's card: where it stood before it rang",
      { "": request(REQUEST_STATES.pending[""]) },
      (one) => inDmOf(movedCard(one)),
    ),
    ...entriesOf("Approvals card: a request", { ...asked, ...MANY_BUCKETS, ...OF_PAUSED, ...ROTATED_REQUESTS }, (one) =>
      inChannel(one),
    ),
    ...entriesOf("Approvals card: a request by a rule that is gone", MANY_BUCKETS, (one) =>
      inChannel(one, { rules: [] }),
    ),
    ...entriesOf("Approvals card: a key", keysOf(DEPLOY), (one) => inChannel(one)),
    ...entriesOf("Approvals card: all of it", { ...flat({ key: askedOf("key") }), ...MANY_BUCKETS }, inFull),
  ];
}

function inDm(record: Recorded): Seen {
  return inDmOf(requesterCard({ ...record, approvers: APPROVERS, waited: APPROVERS }));
}

function inDmOf(message: Message): Seen {
  return { kind: "message", place: "dm", isEphemeral: false, readerId: DANA, message };
}

function inChannel(record: Recorded, policy: Pick<Policy, "rules"> = WITH_TEAM): Seen {
  const message = approvalsCard(inFullOf(record, policy));
  return { kind: "message", place: "approvals", isEphemeral: false, readerId: ANN, message };
}

function inFull(record: Recorded): Seen {
  return { kind: "modal", readerId: ANN, view: detailsView(inFullOf(record, WITH_TEAM)) };
}

function inFullOf(record: Recorded, policy: Pick<Policy, "rules">): RequestInFull {
  return { ...record, asker: ASKER, progress: progressOf(record.request, policy, NOW) };
}

/** What Dana has already, and what was denied to her. */
const ASKER = { keys: { all: 2, admin: 1 }, denials: 1 };

/** What a request about a key that is there never comes to. */
const NEVER: { [Kind in Asked["kind"]]: readonly RequestKind[] } = {
  key: ["made"],
  secret: ["delivered"],
  resume: ["making", "delivered"],
  extend: ["making", "delivered"],
  takeover: ["making", "delivered"],
  access: ["delivered"],
};

/** A request of a kind in each state; one for a key that was made is drawn with the key. */
function askedOf(kind: Asked["kind"]): States<Recorded> {
  const states = Object.entries(REQUEST_STATES).filter(([state]) => !NEVER[kind].includes(state as RequestKind));
  const records = states.map(([state, shapes]): [string, States<Recorded>] => [
    state,
    Object.fromEntries(
      Object.entries(shapes).map(([shape, value]) => [
        shape,
        { request: request(value, { asked: ASKED[kind] }), key: keyBeside(kind, state as RequestKind) },
      ]),
    ),
  ]);
  return flat(Object.fromEntries(records));
}

function keyBeside(kind: Asked["kind"], state: RequestKind): Key | null {
  if (kind === "secret") return key(KEY_STATES.live[""], DEPLOY);
  if (kind === "access")
    return key(KEY_STATES.live[""], { ...DEPLOY, ...(state === "made" ? {} : { access: EDITOR }) });
  if (kind === "resume")
    return key(KEY_STATES.live[""], { ...DEPLOY, pause: state === "made" ? NO_PAUSE : PAUSES.paused.owner });
  return state === "delivered" ? key(KEY_STATES.off["secret shown"], DEPLOY) : null;
}

const APPROVED_BY_POLICY: States<Recorded> = {
  "key, approved, by policy": {
    request: request({ ...REQUEST_STATES.approved["by a person"], approval: BY_POLICY }, UNASKED),
    key: null,
  },
};

const MANY_BUCKETS: States<Recorded> = {
  "key, pending, many buckets and no reason": {
    request: request(REQUEST_STATES.pending[""], { asked: { ...ASKED.key, access: EDITOR_MANY }, reason: null }),
    key: null,
  },
};

const OF_PAUSED: States<Recorded> = {
  "new secret of a paused key, pending": {
    request: request(REQUEST_STATES.pending[""], { asked: ASKED.secret }),
    key: key(KEY_STATES.live[""], { ...DEPLOY, pause: PAUSES.paused.owner }),
  },
};

const END = newEnd(inHours(24), minutesAgo(8_640));

/** A key that has an end: before its owner is reminded, after that, and when it is over. */
const ENDS: States<Partial<Key>> = {
  "with an end": { end: newEnd(inHours(720), minutesAgo(5)) },
  "ends soon": { end: { ...END, remindedMs: 86_400_000 } },
  "has ended": { end: { ...END, at: minutesAgo(6), deletesAt: inHours(168) }, pause: PAUSES.paused.end },
};

const SECOND = "tid_aBcDeFgHiJkLmNoPqRsT";

/** A key that takes the place of another one, or whose place another one takes. */
const ROTATIONS: States<Partial<Key>> = {
  "takes the place of another": {
    rotation: { kind: "follows", accessKeyId: SECOND, overlapMs: 86_400_000, isBegun: true },
  },
  "followed by another": { rotation: { kind: "followed", by: SECOND, pausesAt: inHours(24), deletesAt: null } },
  "replaced by another": {
    rotation: { kind: "followed", by: SECOND, pausesAt: minutesAgo(6), deletesAt: inHours(24) },
    pause: PAUSES.paused.overlap,
  },
};

const ROTATED_REQUESTS: States<Recorded> = {
  "rotation, pending": { request: request(REQUEST_STATES.pending[""], { asked: ROTATED }), key: null },
  "rotation, approved": { request: request(REQUEST_STATES.approved["by a person"], { asked: ROTATED }), key: null },
  "rotation, delivered": {
    request: request(REQUEST_STATES.delivered[""], { asked: ROTATED }),
    key: key(KEY_STATES.off["secret shown"], DEPLOY),
  },
};

const CHANGE = { attemptId: "attempt-1", at: minutesAgo(1) };
const WIDENING = { kind: "widening" as const, from: READ_ONLY, to: EDITOR_ALL, endBefore: null, ...CHANGE };

/** A key whose access is being changed. */
const CHANGES: States<Partial<Key>> = {
  "less access, not confirmed": {
    access: EDITOR_ALL,
    accessChange: { kind: "narrowing", to: READ_ONLY, isBeside: false, ...CHANGE },
  },
  "more access, asked for": { access: EDITOR_ALL, accessChange: { ...WIDENING, isUnanswered: false } },
  "more access, unanswered": { access: EDITOR_ALL, accessChange: { ...WIDENING, isUnanswered: true } },
};

/** A key in each state, and in each way in which it is held. @param changes makes it another key */
function keysOf(changes: Partial<Key>): States<Recorded> {
  const { off, ...others } = KEY_STATES;
  const what: Partial<Request> = changes.keyName === undefined ? UNASKED : {};
  const made = request(REQUEST_STATES.made[""], what);
  const delivered = request(REQUEST_STATES.delivered[""], what);
  return {
    ...mapped(flat<KeyState>({ off }), (state) => ({ request: delivered, key: key(state, changes) })),
    ...mapped(flat<KeyState>(others), (state) => ({ request: made, key: key(state, changes) })),
    ...mapped(ENDS, (more) => ({ request: made, key: key(KEY_STATES.live[""], { ...changes, ...more }) })),
    ...mapped(ROTATIONS, (more) => ({ request: made, key: key(KEY_STATES.live[""], { ...changes, ...more }) })),
    ...mapped(CHANGES, (more) => ({ request: made, key: key(KEY_STATES.live[""], { ...changes, ...more }) })),
    ...mapped(flat(PAUSES), (pause) => ({ request: made, key: key(KEY_STATES.live[""], { ...changes, pause }) })),
  };
}
