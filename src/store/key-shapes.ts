import { z } from "zod";
import type { AccessChange } from "../domain/access-change";
import type { KeyState, Pause } from "../domain/key";
import type { KeyAge } from "../domain/key-age";
import type { KeyEnd } from "../domain/key-end";
import type { Rotation } from "../domain/rotation";
import { access } from "./access-shapes";
import { at, fromJson, maybe, text } from "./shapes";
import { oldVote, votes } from "./vote-shapes";

const byVotes = z.object({ votes, askedAt: at, until: at });
/** Versions before 0.6.0 kept one approver, and not when it was asked for: so that nobody else counts who may decide later on. */
const byOne = z
  .object({ approverId: text, until: at })
  .transform(({ approverId, until }) => ({ votes: [oldVote(approverId, until)], askedAt: until, until }));
/** A version that knew no cover left none: another secret has to be asked for. */
const cover = z.union([byVotes, byOne]).nullable().default(null);
const live = z.object({
  kind: z.literal("live"),
  secret: z.union([
    z.object({ kind: z.literal("unconfirmed"), cover }),
    z.object({ kind: z.literal("confirmed"), at }),
    z.object({ kind: z.literal("left_behind"), byId: text, at }),
  ]),
});
const secretUnknown = z.object({ kind: z.literal("secret_unknown"), at, cover });
/** Versions before 3 did not say why: they deleted what somebody asked for, or found that it was gone. */
const deleted = z
  .object({
    kind: z.literal("deleted"),
    byId: maybe,
    why: z.enum(["asked", "never_on", "ended", "replaced", "left", "gone"]).optional(),
    at,
  })
  .transform(({ why, ...rest }) => ({ ...rest, why: why ?? (rest.byId === null ? "gone" : "asked") }));

/** Versions before 0.7.0 did not say why: by itself only what was never on went. */
const deleting = z
  .object({
    kind: z.literal("deleting"),
    byId: maybe,
    why: z.enum(["asked", "never_on", "ended", "replaced", "left"]).optional(),
    at,
  })
  .transform(({ why, ...rest }) => ({ ...rest, why: why ?? (rest.byId === null ? "never_on" : "asked") }));

const keyState: z.ZodType<KeyState> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("off"), shownAt: at.nullable() }),
  z.object({
    kind: z.literal("switching_on"),
    at,
    until: at,
    shownAt: at.nullable(),
    isUnanswered: z.boolean(),
  }),
  live,
  secretUnknown,
  z.object({ kind: z.literal("rotating"), before: z.discriminatedUnion("kind", [live, secretUnknown]) }),
  deleting,
  deleted,
]);

const pause: z.ZodType<Pause> = z.object({
  holds: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.enum(["owner", "approver", "bot", "end", "overlap"]), byId: text, at }),
      z.object({ kind: z.literal("leaver"), byId: z.literal("bot"), at, deletesAt: at.nullable() }),
    ]),
  ),
  stands: z.enum(["none", "pausing", "paused", "resuming"]),
  areRolesTaken: z.boolean(),
  unansweredAt: at.nullable(),
});

const end: z.ZodType<KeyEnd> = z.object({
  at,
  since: at,
  remindedMs: z.number().int().positive().nullable(),
  deletesAt: at.nullable(),
  isFinal: z.boolean(),
});

const rotation: z.ZodType<Rotation> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("follows"),
    accessKeyId: text,
    overlapMs: z.number().int().positive(),
    isBegun: z.boolean(),
  }),
  z.object({ kind: z.literal("followed"), by: text, pausesAt: at, deletesAt: at.nullable() }),
  z.object({ kind: z.literal("called_off"), by: text }),
]);

/** @throws UnknownShape */
export const rotationOf = (json: string, row: string): Rotation => fromJson(rotation, json, row);

const age: z.ZodType<KeyAge> = z.object({
  begunAt: at,
  rotatedAt: at.nullable(),
  kept: z.object({ at, reason: maybe }).nullable(),
  asked: z.number().int().min(0),
  firstAt: at.nullable(),
  lastAt: at.nullable(),
  isOwed: z.boolean(),
  notBefore: at.nullable(),
  isRaised: z.boolean(),
  message: z.object({ channelId: text, ts: text }).nullable(),
});

/** @throws UnknownShape */
export const keyAgeOf = (json: string, row: string): KeyAge => fromJson(age, json, row);

const accessChange: z.ZodType<AccessChange> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("narrowing"), to: access, attemptId: text, at, isBeside: z.boolean() }),
  z.object({
    kind: z.literal("widening"),
    from: access,
    to: access,
    attemptId: text,
    at,
    isUnanswered: z.boolean(),
    endBefore: end.nullable(),
  }),
]);

/** @throws UnknownShape */
export const accessChangeOf = (json: string, row: string): AccessChange => fromJson(accessChange, json, row);
/** @throws UnknownShape */
export const keyEndOf = (json: string, row: string): KeyEnd => fromJson(end, json, row);
/** @throws UnknownShape */
export const keyStateOf = (json: string, row: string): KeyState => fromJson(keyState, json, row);
/** @throws UnknownShape */
export const pauseOf = (json: string, row: string): Pause => fromJson(pause, json, row);
