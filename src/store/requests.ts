import { type Insertable, type Selectable, sql } from "kysely";
import { isOpenTimeOver } from "../domain/due";
import { aboutKeyId, type Request, type RequestState } from "../domain/request";
import type { Review } from "../domain/review";
import type { CardKind, CardPlace } from "../workflow/outbox-message";
import type { CardPlaces, NewRequest, Reads, Tx } from "../workflow/store-port";
import type { Db, Differences } from "./database";
import { askedOf, requestStateOf, reviewOf } from "./request-shapes";
import type { AboutReads } from "./requests-about";
import { orUnreadable, toJson } from "./shapes";
import type { Tables } from "./tables";

export function requestReads(
  db: Db,
  { jsonText }: Differences,
  onUnreadable: (row: string) => void,
): Omit<Reads["requests"], "toDecide" | "waitingAfter" | "openOf" | keyof AboutReads> {
  return {
    find: async (id) => toRequest(await db.selectFrom("requests").selectAll().where("id", "=", id).executeTakeFirst()),
    findReadable: async (id) => {
      const row = await db.selectFrom("requests").selectAll().where("id", "=", id).executeTakeFirst();
      return orUnreadable(() => toRequest(row), onUnreadable);
    },
    findByView: async (viewId) =>
      toRequest(await db.selectFrom("requests").selectAll().where("view_id", "=", viewId).executeTakeFirst()),
    isReferenceTaken: (reference) => isReferenceTaken(db, reference),
    countWaiting: async (requesterId) => {
      const row = await db
        .selectFrom("requests")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("requester_id", "=", requesterId)
        .where("state", "=", "pending")
        .executeTakeFirstOrThrow();
      return row.count;
    },
    countAskedSince: async (requesterId, since) => {
      const row = await db
        .selectFrom("requests")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("requester_id", "=", requesterId)
        // A bound value would keep SQLite from its partial index.
        .where((eb) => eb("needs_approval", "=", eb.lit(1)))
        .where("asked_at", ">", since)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    newestAskedBy: async (requesterId) => {
      const row = await db
        .selectFrom("requests")
        .selectAll()
        .where("requester_id", "=", requesterId)
        .where("kind", "=", "key")
        .orderBy("asked_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return orUnreadable(() => toRequest(row), onUnreadable);
    },
    countDeniedSince: async (requesterId, since) => {
      const row = await db
        .selectFrom("requests")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("requester_id", "=", requesterId)
        .where("state", "=", "denied")
        .where(sql`cast(${jsonText("state_json", "at")} as bigint)`, ">", since)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    cards: (id) => cards(db, id),
    isCard: (place) => isCard(db, place),
  };
}

export function requestWrites(db: Db): Pick<Tx["requests"], "insert" | "move"> {
  return {
    insert: async (request) => {
      await db.insertInto("requests").values(toRow(request)).execute();
    },
    move: (request, to, change) => move(db, request, to, change),
  };
}

/** By a request, or by the name of an attempt whose request was forgotten. */
async function isReferenceTaken(db: Db, reference: string): Promise<boolean> {
  const request = db.selectFrom("requests").select("id").where("reference", "=", reference);
  if ((await request.executeTakeFirst()) !== undefined) return true;
  const name = db.selectFrom("used_names").select("tigris_name").where("reference", "=", reference);
  return (await name.executeTakeFirst()) !== undefined;
}

/** The one conditional write by which a request changes: against its version, its state, and its time limit. */
async function move(
  db: Db,
  request: Request,
  to: RequestState,
  { at, attempts = request.attempts, review }: { at: number; attempts?: number; review?: Review },
): Promise<boolean> {
  if (to !== request.state && !isInTime(request.state, to, at)) return false;
  const result = await db
    .updateTable("requests")
    .set({
      state: to.kind,
      state_json: toJson(to),
      attempts,
      version: request.version + 1,
      ...(review === undefined ? {} : { review_json: toJson(review) }),
      // What waits for people is theirs to see from then on.
      ...(to.kind === "pending" ? { needs_approval: 1 } : {}),
    })
    .where("id", "=", request.id)
    .where("version", "=", request.version)
    .where("state", "=", request.state.kind)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * What is open changes before its time is over; it lapses by itself only after that, and ends with its requester, or with the
 * key that it is about, always.
 */
function isInTime(from: RequestState, to: RequestState, at: number): boolean {
  const isTimed = from.kind === "pending" || from.kind === "approved" || from.kind === "delivered";
  if (!isTimed || to.kind === "requester_gone") return true;
  if (to.kind === "lapsed" && to.why === "key_gone") return true;
  const isLapse = to.kind === "lapsed" && (to.why === "undecided" || to.why === "unused");
  return isLapse === isOpenTimeOver(from.lapsesAt, at);
}

async function cards(db: Db, id: string): Promise<CardPlaces> {
  const row = await db.selectFrom("requests").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  return placesOf(row);
}

/** Where the cards of a request are, from its row. */
export function placesOf(row: Selectable<Tables["requests"]>): CardPlaces {
  return {
    dmChannelId: row.dm_channel_id,
    requester: toPlace(row.requester_card_channel_id, row.requester_card_ts),
    approvals: toPlace(row.approvals_card_channel_id, row.approvals_card_ts),
    review: toPlace(row.review_card_channel_id, row.review_card_ts),
  };
}

async function isCard(db: Db, { channelId, ts }: CardPlace): Promise<boolean> {
  const row = await db
    .selectFrom("requests")
    .select("id")
    .where((eb) =>
      eb.or([
        eb.and({ requester_card_ts: ts, requester_card_channel_id: channelId }),
        eb.and({ approvals_card_ts: ts, approvals_card_channel_id: channelId }),
        eb.and({ review_card_ts: ts, review_card_channel_id: channelId }),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Remembers where a card stands in Slack. @returns whose request it is of */
export async function setCard(
  db: Db,
  { id, card, place }: { id: string; card: CardKind; place: CardPlace },
): Promise<string[]> {
  const rows = await db
    .updateTable("requests")
    .set({ [`${card}_card_channel_id`]: place.channelId, [`${card}_card_ts`]: place.ts })
    .where("id", "=", id)
    .returning("requester_id as requesterId")
    .execute();
  return rows.map(({ requesterId }) => requesterId);
}

/** Remembers the DM that the requester's card belongs in. */
export async function setDm(db: Db, id: string, channelId: string): Promise<void> {
  await db.updateTable("requests").set({ dm_channel_id: channelId }).where("id", "=", id).execute();
}

function toPlace(channelId: string | null, ts: string | null): CardPlace | null {
  return channelId === null || ts === null ? null : { channelId, ts };
}

/** A request out of its row. @throws UnknownShape */
export function toRequest(row: Selectable<Tables["requests"]> | undefined): Request | null {
  if (row === undefined) return null;
  const named = `requests ${row.id}`;
  return {
    id: row.id,
    reference: row.reference,
    requesterId: row.requester_id,
    asked: askedOf(row.asked_json, named),
    reason: row.reason,
    needsApproval: row.needs_approval === 1,
    askedAt: row.asked_at,
    state: requestStateOf(row.state_json, named),
    review: row.review_json === null ? null : reviewOf(row.review_json, named),
    attempts: row.attempts,
    version: row.version,
  };
}

function toRow(request: NewRequest): Insertable<Tables["requests"]> {
  return {
    id: request.id,
    reference: request.reference,
    requester_id: request.requesterId,
    kind: request.asked.kind,
    asked_json: toJson(request.asked),
    access_key_id: aboutKeyId(request.asked),
    reason: request.reason,
    needs_approval: request.needsApproval ? 1 : 0,
    asked_at: request.askedAt,
    state: request.state.kind,
    state_json: toJson(request.state),
    review_json: request.review && toJson(request.review),
    attempts: 0,
    version: 1,
    view_id: request.viewId,
    dm_channel_id: request.dmChannelId,
  };
}
