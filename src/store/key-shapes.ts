import { z } from "zod";
import type { KeyState, Pause } from "../domain/key";
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
  ]),
});
const secretUnknown = z.object({ kind: z.literal("secret_unknown"), at, cover });
/** Versions before 3 did not say why: they deleted what somebody asked for, or found that it was gone. */
const deleted = z
  .object({
    kind: z.literal("deleted"),
    byId: maybe,
    why: z.enum(["asked", "never_on", "gone"]).optional(),
    at,
  })
  .transform(({ why, ...rest }) => ({ ...rest, why: why ?? (rest.byId === null ? "gone" : "asked") }));

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
  z.object({ kind: z.literal("deleting"), byId: maybe, at }),
  deleted,
]);

const pause: z.ZodType<Pause> = z.object({
  holds: z.array(z.object({ kind: z.enum(["owner", "approver", "bot", "end"]), byId: text, at })),
  stands: z.enum(["none", "pausing", "paused", "resuming"]),
  areRolesTaken: z.boolean(),
  unansweredAt: at.nullable(),
});

/** @throws UnknownShape */
export const keyStateOf = (json: string, row: string): KeyState => fromJson(keyState, json, row);
/** @throws UnknownShape */
export const pauseOf = (json: string, row: string): Pause => fromJson(pause, json, row);
