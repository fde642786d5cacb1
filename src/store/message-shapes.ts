import { z } from "zod";
import type { Alert, LeakMessage, Notice, OutboxMessage, Ring } from "../workflow/outbox-message";
import { at, fromJson, maybe, text } from "./shapes";
import { backReason } from "./vote-shapes";

const place = z.object({ channelId: text, ts: text });
const card = z.enum(["requester", "approvals", "review"]);
const sentence = z.array(z.unknown());
const code = <Code extends string, Shape extends z.ZodRawShape>(name: Code, about: Shape) =>
  z.object({ code: z.literal(name), about: z.object(about) });
const named = { keyName: text };
const referred = { keyName: text, reference: text };
const leak = { byId: text, messageUrl: maybe, holdsSecret: z.boolean() };
const written = (words: readonly unknown[]) => ({ code: "written" as const, about: { sentence: words } });

const rings = [
  // Versions before 5 kept references and ids beside it, and knew of no kinds.
  code("approved", {
    ...named,
    // Versions before 0.6.0 took one person's yes.
    approverId: text.optional(),
    approverIds: z.array(text).optional(),
    kind: z.enum(["key", "secret", "resume", "extend", "takeover", "access"]).default("key"),
    isBack: z.boolean().default(false),
  }).transform(({ about: { approverId, approverIds, ...about }, ...rest }) => ({
    ...rest,
    about: { ...about, approverIds: approverIds ?? (approverId === undefined ? [] : [approverId]) },
  })),
  code("waits_again", { ...named, why: backReason, hasKey: z.boolean() }),
  code("denied", { ...named, approverId: text, reason: text }),
  code("lapsed", { ...named, why: z.enum(["undecided", "unused"]) }),
  code("still_off", { ...named, lapsesAt: at, isLast: z.boolean() }),
  code("switch_expired", named),
  code("paused_by_other", { ...named, byId: text }),
  code("ended", named),
  code("ends_soon", { ...named, at, isFinal: z.boolean() }),
  code("end_set", { ...named, at, isSooner: z.boolean() }),
  code("followed", { ...named, by: text, at }),
  code("replaced", named),
  code("overlap_off", { ...named, isPaused: z.boolean() }),
  code("resumed_by_other", { ...named, byId: text }),
  code("not_delivered", named),
  code("not_confirmed", named),
  code("rotation_lost", { ...named, isAskedFor: z.boolean().default(false) }),
  code("deleted_by_other", { ...named, byId: text }),
  code("taken_over", { ...named, fromId: text, isPaused: z.boolean() }),
  code("paused_as_guest", named),
] as const;
const ring: z.ZodType<Ring> = z.discriminatedUnion("code", rings);

const leakNotice = code("leak_reported", { ...named, accessKeyId: text, ...leak });

const notice: z.ZodType<Notice> = z.discriminatedUnion("code", [
  ...rings,
  code("withdrawn", { ...named, approverId: text }),
  code("requester_gone", { ...named, requesterId: text }),
  // Versions before 3: what it says is true of what they did alone.
  code("ambiguous", referred).transform(({ about: { keyName, reference } }) =>
    written([
      `I was interrupted while making ${keyName}, and asked the approvers to look what became of its key. `,
      `Its card shows how to go on (ref ${reference}).`,
    ]),
  ),
  leakNotice,
  code("not_posted", { ...referred, channelId: text, slackCode: text }),
  code("written", { sentence }),
]);
const note = z.discriminatedUnion("code", [
  code("new_secret", { ...named, ownerId: text, isLast: z.boolean() }),
  code("written", { sentence }),
]);

/** Versions before 3 told their reasons for asking people about a key apart. */
const leftBehind = (keys: { name: string; accessKeyId: string | null }[]) => ({
  code: "left_behind" as const,
  about: { keys },
});
const alert: z.ZodType<Alert> = z.discriminatedUnion("code", [
  code("deletion_failing", { tigrisName: maybe, accessKeyId: maybe }),
  code("pause_failing", { tigrisName: text, accessKeyId: text }),
  code("narrowing_failing", { tigrisName: text, accessKeyId: text }),
  code("left_behind", { keys: z.array(z.object({ name: text, accessKeyId: maybe })) }),
  code("not_deleted", {
    tigrisName: text,
    accessKeyId: text,
    why: z.enum(["has_power", "other_name", "other_creator"]),
  }),
  code("switch_expired", { tigrisName: text, accessKeyId: text, ownerId: text }),
  // Nobody knew its name.
  code("made_too_late", { accessKeyId: text }).transform(({ about: { accessKeyId } }) =>
    leftBehind([{ name: accessKeyId, accessKeyId }]),
  ),
  code("search_unanswered", { tigrisName: text }).transform(({ about }) =>
    leftBehind([{ name: about.tigrisName, accessKeyId: null }]),
  ),
  code("search_unproven", { tigrisName: text }).transform(({ about }) =>
    leftBehind([{ name: about.tigrisName, accessKeyId: null }]),
  ),
  code("search_ambiguous", { keys: z.array(z.object({ name: text, accessKeyId: text })) }).transform(({ about }) =>
    leftBehind(about.keys),
  ),
  code("left_to_people", { tigrisName: text, accessKeyId: maybe }).transform(({ about }) =>
    leftBehind([{ name: about.tigrisName, accessKeyId: about.accessKeyId }]),
  ),
  code("written", { sentence }),
]);

const leakReport = z.object({ kind: z.literal("leak_report"), accessKeyIds: z.array(text), ...leak });
const leakMessage: z.ZodType<LeakMessage> = z.union([
  leakReport,
  z.object({ kind: z.literal("notice"), userId: text, notice: leakNotice }),
]);

const outboxMessage: z.ZodType<OutboxMessage> = z.union([
  z.object({ kind: z.literal("requester_card"), requestId: text, ring: ring.optional() }),
  z.object({ kind: z.literal("approvals_card"), requestId: text }),
  z.object({ kind: z.literal("review_card"), requestId: text }),
  z.object({ kind: z.literal("review_question"), requestId: text, userId: text, isLate: z.boolean() }),
  z.object({ kind: z.literal("card_copy"), card, requestId: text, place }),
  z.object({ kind: z.literal("notice"), userId: text, notice }),
  z.object({ kind: z.literal("approvals_note"), requestId: text, note }),
  z.object({ kind: z.literal("alert"), alert }),
  z.object({
    kind: z.literal("reminder"),
    requestId: text,
    byId: maybe,
    why: z.enum(["waits", "waits_again"]).default("waits"),
  }),
  z.object({ kind: z.literal("escalation"), requestId: text, rules: z.array(text) }),
  z.object({ kind: z.literal("deletions"), byId: text, since: at }),
  z.object({
    kind: z.literal("made_keys"),
    requestId: text,
    by: z.object({ keyName: text, accessKeyId: text }),
    keys: z.array(z.object({ name: text, accessKeyId: text })),
  }),
  z.object({ kind: z.literal("pauses"), byId: text, since: at }),
  z.object({ kind: z.literal("policy_changed"), before: maybe, after: text }),
  z.object({ kind: z.literal("app_home"), userId: text }),
  z.object({ kind: z.literal("leaver_card"), ownerId: text, isNews: z.boolean() }),
  z.object({ kind: z.literal("leaver_moved"), ownerId: text, place }),
  z.object({ kind: z.literal("leavers_held_back") }),
  z.object({ kind: z.literal("old_keys"), userId: text, owedAt: at }),
  z.object({ kind: z.literal("old_keys_redraw"), userId: text, place }),
  z.object({ kind: z.literal("unanswered"), since: at }),
  leakReport,
  z.object({ kind: z.literal("leak_redraw"), place }),
  // Version 1 kept sentences where there are codes now.
  z
    .object({ kind: z.literal("notice"), userId: text, sentence })
    .transform(({ sentence: words, ...rest }) => ({ ...rest, notice: written(words) })),
  z
    .object({ kind: z.literal("approvals_note"), requestId: text, sentence })
    .transform(({ sentence: words, ...rest }) => ({ ...rest, note: written(words) })),
  z
    .object({ kind: z.literal("alert"), sentence })
    .transform(({ kind, sentence: words }) => ({ kind, alert: written(words) })),
]);

/** @throws UnknownShape */
export const messageOf = (json: string, row: string): OutboxMessage => fromJson(outboxMessage, json, row);

/** @throws UnknownShape */
export const leakMessageOf = (json: string, row: string): LeakMessage => fromJson(leakMessage, json, row);
