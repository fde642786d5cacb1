import { z } from "zod";
import type { Work } from "../domain/attempt";
import type { KeyState } from "../domain/key";
import { type Access, type BucketScope, ENDPOINTS } from "../domain/permission";
import type { Asked, RequestState } from "../domain/request";
import type { OutboxMessage } from "../workflow/outbox-message";

/**
 * The shapes of what is stored as JSON, with those of older versions. `v` is the version of a shape, 1 where it is not
 * said; a newer one than this version knows is an error like any other that does not fit.
 */
const SHAPE_VERSION = 2;
const v = z.number().int().min(1).max(SHAPE_VERSION).optional();

const at = z.number().int();
const text = z.string();
const maybe = z.string().nullable();

const approval = z.object({
  by: z.union([z.object({ kind: z.literal("policy") }), z.object({ kind: z.literal("person"), approverId: text })]),
  at,
});
const failure = z
  .object({
    why: z.enum(["refused", "lost", "not_delivered", "interrupted", "ambiguous"]),
    detail: maybe,
    at,
  })
  .nullable()
  .default(null);

const requestState: z.ZodType<RequestState> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pending"), lapsesAt: at }),
  z.object({ kind: z.literal("approved"), approval, lapsesAt: at, failure }),
  z.object({ kind: z.literal("making"), approval, lapsesAt: at, failure }),
  z.object({ kind: z.literal("made"), approval, accessKeyId: text, at }),
  z.object({ kind: z.literal("denied"), approverId: text, at, reason: text }),
  z.object({ kind: z.literal("cancelled"), at }),
  z.object({ kind: z.literal("withdrawn"), approval, approverId: text, at }),
  z.object({
    kind: z.literal("lapsed"),
    why: z.enum(["undecided", "unused", "approver_lost", "policy_changed", "key_gone"]),
    approval: approval.nullable(),
    at,
  }),
  z.object({ kind: z.literal("requester_gone"), approval: approval.nullable(), at }),
]);

/** A version that knew no cover left none: another secret has to be asked for. */
const cover = z.object({ approverId: text, until: at }).nullable().default(null);
const live = z.object({
  kind: z.literal("live"),
  secret: z.union([
    z.object({ kind: z.literal("unconfirmed"), cover }),
    z.object({ kind: z.literal("confirmed"), at }),
  ]),
});
const secretUnknown = z.object({ kind: z.literal("secret_unknown"), at, cover });
const keyState: z.ZodType<KeyState> = z.discriminatedUnion("kind", [
  live,
  secretUnknown,
  z.object({ kind: z.literal("rotating"), before: z.discriminatedUnion("kind", [live, secretUnknown]) }),
  z.object({
    kind: z.literal("deletion_held"),
    before: z.discriminatedUnion("kind", [live, secretUnknown]),
    byId: text,
    at,
  }),
  z.object({ kind: z.literal("deleting"), byId: text, at }),
  z.object({ kind: z.literal("deleted"), byId: maybe, at }),
]);

const names = z.array(text);
const scope: z.ZodType<BucketScope> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("named"), names }),
]);
const access: z.ZodType<Access> = z.union([
  z.object({ permission: z.literal("Admin"), buckets: z.object({ kind: z.literal("all") }) }),
  z.object({ permission: z.enum(["ReadOnly", "Editor"]), buckets: scope }),
]);
const terms = { keyName: text, access, endpoint: z.enum(ENDPOINTS) };
const asked: z.ZodType<Asked> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("key"), ...terms }),
  z.object({ kind: z.literal("secret"), accessKeyId: text, ...terms }),
]);

const work: z.ZodType<Work> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("create"),
    number: z.number().int(),
    tigrisName: text,
    phase: z.enum([
      "calling",
      "delivering",
      "discarding",
      "searching",
      "posted",
      "discarded",
      "not_found",
      "refused",
      "ambiguous",
    ]),
  }),
  z.object({
    kind: z.literal("rotate"),
    phase: z.enum(["calling", "delivering", "posted", "secret_unknown", "refused", "gone", "overtaken"]),
  }),
  z.object({ kind: z.literal("delete"), phase: z.enum(["calling", "deleted"]) }),
]);

/** Something stored that no version up to this one writes. It names the row, and holds nothing of what is in it. */
export class UnknownShape extends Error {
  readonly code = "unknown_shape";
  readonly retry = "never";
  /** The table and the id of the row. */
  readonly row: string;

  constructor(row: string) {
    super(`the row ${row} has a shape that this version does not know`);
    this.name = "UnknownShape";
    this.row = row;
  }
}

/** Reads a row; null where it has an unknown shape, which somebody is told of. */
export function orUnreadable<Read>(read: () => Read, onUnreadable: (row: string) => void): Read | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnknownShape)) throw error;
    onUnreadable(error.row);
    return null;
  }
}

/** Reads what is stored of `row`. @throws UnknownShape where it does not fit */
function stored<Shape>(shape: z.ZodType<Shape>, json: unknown, row: string): Shape {
  const { data, success } = shape.safeParse(json);
  if (!success) throw new UnknownShape(row);
  return data;
}

function fromJson<Shape>(shape: z.ZodType<Shape>, json: string, row: string): Shape {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UnknownShape(row);
  }
  stored(z.object({ v }), value, row);
  return stored(shape, value, row);
}

/** As JSON, with the version of its shape. */
export function toJson(value: object): string {
  return JSON.stringify({ v: SHAPE_VERSION, ...value });
}

export const requestStateOf = (json: string, row: string): RequestState => fromJson(requestState, json, row);
export const keyStateOf = (json: string, row: string): KeyState => fromJson(keyState, json, row);
export const askedOf = (json: string, row: string): Asked => fromJson(asked, json, row);
export const workOf = (columns: object, row: string): Work => stored(work, columns, row);

/** A key's access and endpoint, from its columns. */
export function accessOf(
  columns: { permission: string; buckets: string | null; endpoint: string },
  row: string,
): { access: Access; endpoint: (typeof ENDPOINTS)[number] } {
  const { permission, buckets, endpoint } = columns;
  const list = buckets === null ? null : fromList(buckets, row);
  const whole = { permission, buckets: list === null ? { kind: "all" } : { kind: "named", names: list } };
  return stored(z.object({ access, endpoint: z.enum(ENDPOINTS) }), { access: whole, endpoint }, row);
}

function fromList(json: string, row: string): string[] {
  try {
    return stored(names, JSON.parse(json), row);
  } catch {
    throw new UnknownShape(row);
  }
}

const place = z.object({ channelId: text, ts: text });
const card = z.enum(["requester", "approvals"]);
const sentence = z.array(z.unknown());
const code = <Code extends string, Shape extends z.ZodRawShape>(name: Code, about: Shape) =>
  z.object({ code: z.literal(name), about: z.object(about) });
const named = { keyName: text };
const referred = { keyName: text, reference: text };

const notice = z.discriminatedUnion("code", [
  code("approved", { ...referred, approverId: text }),
  code("denied", { ...referred, approverId: text, reason: text }),
  code("withdrawn", { ...referred, approverId: text }),
  code("lapsed", { ...named, why: z.enum(["undecided", "unused"]) }),
  code("requester_gone", { ...named, requesterId: text }),
  code("not_delivered", referred),
  code("ambiguous", referred),
  code("rotation_lost", { ...named, isAskedFor: z.boolean().default(false) }),
  code("not_posted", { ...referred, channelId: text, slackCode: text }),
  code("deleted_by_other", { ...named, accessKeyId: text, byId: text }),
  code("written", { sentence }),
]);
const note = z.discriminatedUnion("code", [
  code("new_secret", { ...named, ownerId: text, isLast: z.boolean() }),
  code("written", { sentence }),
]);
const alert = z.discriminatedUnion("code", [
  code("deletion_failing", { tigrisName: maybe, accessKeyId: maybe }),
  code("made_too_late", { accessKeyId: text }),
  code("search_unanswered", { tigrisName: text }),
  code("search_unproven", { tigrisName: text }),
  code("search_ambiguous", { keys: z.array(z.object({ name: text, accessKeyId: text })) }),
  code("left_to_people", { tigrisName: text, accessKeyId: maybe }),
  code("written", { sentence }),
]);

/** Version 1 kept sentences where there are codes now. */
const written = (words: readonly unknown[]) => ({ code: "written" as const, about: { sentence: words } });
const outboxMessage: z.ZodType<OutboxMessage> = z.union([
  z.object({ kind: z.literal("requester_card"), requestId: text }),
  z.object({ kind: z.literal("approvals_card"), requestId: text }),
  z.object({ kind: z.literal("card_copy"), card, requestId: text, place }),
  z.object({ kind: z.literal("notice"), userId: text, notice }),
  z.object({ kind: z.literal("approvals_note"), requestId: text, note }),
  z.object({ kind: z.literal("alert"), alert }),
  z.object({ kind: z.literal("deletions"), byId: text, since: at }),
  z.object({ kind: z.literal("held_deletions"), byId: text }),
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

export const messageOf = (json: string, row: string): OutboxMessage => fromJson(outboxMessage, json, row);
