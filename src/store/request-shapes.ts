import { z } from "zod";
import type { Life } from "../domain/key-end";
import { FORMATS } from "../domain/permission";
import type { Asked, RequestState } from "../domain/request";
import type { Review } from "../domain/review";
import { access, accessFields, lessAccess } from "./access-shapes";
import { at, fromJson, maybe, text } from "./shapes";
import { approval, backReason, ruling, votes } from "./vote-shapes";

const failure = z
  .object({
    why: z.enum(["refused", "lost", "not_delivered", "interrupted", "ambiguous"]),
    detail: maybe,
    at,
  })
  .nullable()
  .default(null);
const refusal = z.object({ tigrisCode: text, at }).nullable();
/** No version before 3 extends the time of an approval. */
const usable = { approval, lapsesAt: at, isExtended: z.boolean().default(false) };

const requestState: z.ZodType<RequestState> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("pending"),
    lapsesAt: at,
    reminded: z.enum(["not_yet", "first", "last"]).default("not_yet"),
    askedAgainAt: at.nullable().default(null),
    // No version before 0.6.0 counts votes, or has what was approved wait again.
    votes: votes.default([]),
    narrowed: lessAccess.nullable().default(null),
    ruling,
    back: z
      .object({
        why: backReason,
        at,
        held: z.object({ accessKeyId: text, at, refusal }).nullable(),
      })
      .nullable()
      .default(null),
    escalatesAt: at.nullable().default(null),
    escalated: z.array(text).default([]),
  }),
  z.object({ kind: z.literal("approved"), ...usable, failure }),
  z.object({ kind: z.literal("making"), ...usable }),
  z.object({
    kind: z.literal("delivered"),
    ...usable,
    accessKeyId: text,
    at,
    refusal,
    named: z.enum(["not_yet", "first", "last"]),
  }),
  z.object({ kind: z.literal("made"), approval, accessKeyId: text, at }),
  z.object({ kind: z.literal("denied"), approverId: text, at, reason: text }),
  z.object({ kind: z.literal("cancelled"), at }),
  z.object({ kind: z.literal("withdrawn"), approval, approverId: text, at }),
  z.object({
    kind: z.literal("lapsed"),
    why: z.enum([
      "undecided",
      "unused",
      "key_gone",
      "approver_lost",
      "policy_changed",
      "no_rule",
      "all_buckets_refused",
      "may_not_break_glass",
    ]),
    approval: approval.nullable(),
    at,
  }),
  z.object({ kind: z.literal("requester_gone"), approval: approval.nullable(), at }),
]);

/** No version before 0.7.0 asks how long a key is to live: it gets what is usual for its kind. */
const life: z.ZodType<Life> = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("lasts"), ms: z.number().int().positive() }),
    z.object({ kind: z.literal("until"), at }),
    z.object({ kind: z.literal("open") }),
  ])
  .default({ kind: "open" });
/** No version before 0.7.0 rotates with overlap. */
const rotates = z.object({ accessKeyId: text, overlapMs: z.number().int().positive() }).nullable().default(null);
const terms = { keyName: text, ...accessFields };
const asked: z.ZodType<Asked> = z.discriminatedUnion("kind", [
  // No version before 0.5.0 shows anything but the lines for a shell.
  z.object({ kind: z.literal("key"), format: z.enum(FORMATS).default("shell"), life, rotates, ...terms }),
  z.object({ kind: z.literal("secret"), accessKeyId: text, ...terms }),
  z.object({ kind: z.literal("resume"), accessKeyId: text, ...terms }),
  z.object({ kind: z.literal("extend"), accessKeyId: text, ...terms }),
  z.object({ kind: z.literal("takeover"), accessKeyId: text, ...terms }),
  z.object({ kind: z.literal("access"), accessKeyId: text, from: access, ...terms }),
]);

const review: z.ZodType<Review> = z.object({
  channelId: text,
  by: z.array(z.object({ reviewerId: text, at })),
  dueAt: at,
  asksAt: at.nullable(),
  asked: z.number().int().nonnegative(),
});

/** @throws UnknownShape */
export const reviewOf = (json: string, row: string): Review => fromJson(review, json, row);
/** @throws UnknownShape */
export const requestStateOf = (json: string, row: string): RequestState => fromJson(requestState, json, row);
/** @throws UnknownShape */
export const askedOf = (json: string, row: string): Asked => fromJson(asked, json, row);
