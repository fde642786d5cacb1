import fc from "fast-check";
import type { AccessChange } from "../../src/domain/access-change";
import type { Deleted, Hold, Key, KeyState, Live, Pause, SecretUnknown } from "../../src/domain/key";
import type { KeyAge } from "../../src/domain/key-age";
import { END_REMINDERS_MS, type KeyEnd } from "../../src/domain/key-end";
import { OVERLAPS_MS, type Rotation } from "../../src/domain/rotation";
import { access, at, endpoint, hostile, id, kind, slackId, votes } from "./hostile";

const cover = fc.option(fc.record({ votes, askedAt: at, until: at }));
const live: fc.Arbitrary<Live> = fc.record({
  kind: kind("live"),
  secret: fc.oneof(fc.record({ kind: kind("unconfirmed"), cover }), fc.record({ kind: kind("confirmed"), at })),
});
const secretUnknown: fc.Arbitrary<SecretUnknown> = fc.record({ kind: kind("secret_unknown"), at, cover });
export const deleted: fc.Arbitrary<Deleted> = fc.record({
  kind: kind("deleted"),
  byId: fc.option(slackId),
  why: fc.constantFrom("asked" as const, "never_on" as const, "ended" as const, "replaced" as const, "gone" as const),
  at,
});

const keyState: fc.Arbitrary<KeyState> = fc.oneof(
  live,
  secretUnknown,
  deleted,
  fc.record({ kind: kind("rotating"), before: fc.oneof(live, secretUnknown) }),
  fc.record({
    kind: kind("deleting"),
    byId: fc.option(slackId),
    why: fc.constantFrom("asked" as const, "never_on" as const, "ended" as const, "replaced" as const),
    at,
  }),
  fc.record({ kind: kind("off"), shownAt: fc.option(at) }),
  fc.record({ kind: kind("switching_on"), at, until: at, shownAt: fc.option(at), isUnanswered: fc.boolean() }),
);

export const hold: fc.Arbitrary<Hold> = fc.oneof(
  fc.record({ kind: fc.constantFrom("owner" as const, "approver" as const), byId: slackId, at }),
  fc.record({ kind: fc.constantFrom("bot" as const, "end" as const, "overlap" as const), byId: kind("bot"), at }),
);
const pause: fc.Arbitrary<Pause> = fc.record({
  holds: fc.array(hold, { maxLength: 30 }),
  stands: fc.constantFrom("none" as const, "pausing" as const, "paused" as const, "resuming" as const),
  areRolesTaken: fc.boolean(),
  unansweredAt: fc.option(at),
});

const end: fc.Arbitrary<KeyEnd> = fc.record({
  at,
  since: at,
  remindedMs: fc.option(fc.constantFrom(...END_REMINDERS_MS)),
  deletesAt: fc.option(at),
  isFinal: fc.boolean(),
});

const rotation: fc.Arbitrary<Rotation> = fc.oneof(
  fc.record({
    kind: fc.constant("follows" as const),
    accessKeyId: id,
    overlapMs: fc.constantFrom(...OVERLAPS_MS),
    isBegun: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("followed" as const), by: id, pausesAt: at, deletesAt: fc.option(at) }),
  fc.record({ kind: fc.constant("called_off" as const), by: id }),
);
const age: fc.Arbitrary<KeyAge> = fc.record({
  begunAt: at,
  rotatedAt: fc.option(at),
  kept: fc.option(fc.record({ at, reason: fc.option(hostile()) })),
  asked: fc.nat({ max: 4 }),
  firstAt: fc.option(at),
  lastAt: fc.option(at),
  isOwed: fc.boolean(),
  notBefore: fc.option(at),
  isRaised: fc.boolean(),
  message: fc.option(fc.record({ channelId: slackId, ts: fc.constant("1.2") })),
});

const accessChange: fc.Arbitrary<AccessChange> = fc.oneof(
  fc.record({ kind: kind("narrowing"), to: access, attemptId: id, at, isBeside: fc.boolean() }),
  fc.record({
    kind: kind("widening"),
    from: access,
    to: access,
    attemptId: id,
    at,
    isUnanswered: fc.boolean(),
    endBefore: fc.option(end),
  }),
);

export const anyKey: fc.Arbitrary<Key> = fc.record({
  accessKeyId: id,
  requestId: id,
  reference: fc.constant("K7QM2XAB"),
  ownerId: slackId,
  keyName: hostile(),
  tigrisName: hostile(),
  access,
  endpoint,
  madeAt: at,
  deliveryId: id,
  pause,
  end: fc.option(end),
  rotation: fc.option(rotation),
  age,
  accessChange: fc.option(accessChange),
  state: keyState,
  version: fc.nat(),
});
