import type { Insertable, Selectable, Transaction } from "kysely";
import type { Access, BucketScope, Endpoint, Permission } from "../domain/permission";
import type { Request, RequestState } from "../domain/request";
import type { CardPlace } from "../workflow/outbox-message";
import type { CardKind, CardPlaces, NewRequest, Tx } from "../workflow/store-port";
import { lapsesAtOf, requestStateOf } from "./state-json";
import type { Tables } from "./tables";

type Db = Transaction<Tables>;

export function requestsIn(db: Db): Tx["requests"] {
  return {
    find: async (id) => toRequest(await db.selectFrom("requests").selectAll().where("id", "=", id).executeTakeFirst()),
    findByView: async (viewId) =>
      toRequest(await db.selectFrom("requests").selectAll().where("view_id", "=", viewId).executeTakeFirst()),
    isReferenceTaken: async (reference) =>
      (await db.selectFrom("requests").select("id").where("reference", "=", reference).executeTakeFirst()) !==
      undefined,
    insert: async (request) => {
      await db.insertInto("requests").values(toRow(request)).execute();
    },
    move: (request, to, at) => move(db, request, to, at),
    countAttempt: async (request) => {
      await db
        .updateTable("requests")
        .set((eb) => ({ attempts: eb("attempts", "+", 1) }))
        .where("id", "=", request.id)
        .execute();
    },
    overdue: async (at, limit) => {
      const rows = await db
        .selectFrom("requests")
        .select("id")
        .where("state", "in", ["pending", "approved"])
        .where("lapses_at", "<=", at)
        .orderBy("lapses_at")
        .limit(limit)
        .execute();
      return rows.map((row) => row.id);
    },
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
        .where("needs_approval", "=", 1)
        .where("asked_at", ">", since)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    cards: (id) => cards(db, id),
    isCard: (place) => isCard(db, place),
    setCard: (id, card, place) => setCard(db, id, card, place),
  };
}

/** The one conditional write by which a request changes: against its version, its state, and its time limit. */
async function move(db: Db, request: Request, to: RequestState, at: number): Promise<boolean> {
  const { kind } = request.state;
  let update = db
    .updateTable("requests")
    .set({
      state: to.kind,
      state_json: JSON.stringify(to),
      lapses_at: lapsesAtOf(to),
      version: request.version + 1,
    })
    .where("id", "=", request.id)
    .where("version", "=", request.version)
    .where("state", "=", kind);
  if (kind === "pending" || kind === "approved") {
    const isLapse = to.kind === "lapsed" && (to.why === "undecided" || to.why === "unused");
    if (to.kind !== "ended") update = update.where("lapses_at", isLapse ? "<=" : ">", at);
  }
  return (await update.executeTakeFirst()).numUpdatedRows === 1n;
}

async function cards(db: Db, id: string): Promise<CardPlaces> {
  const row = await db.selectFrom("requests").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  return {
    dmChannelId: row.dm_channel_id,
    requester: toPlace(row.requester_card_channel_id, row.requester_card_ts),
    approvals: toPlace(row.approvals_card_channel_id, row.approvals_card_ts),
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
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

async function setCard(db: Db, id: string, card: CardKind, place: CardPlace): Promise<void> {
  const columns =
    card === "requester"
      ? { requester_card_channel_id: place.channelId, requester_card_ts: place.ts }
      : { approvals_card_channel_id: place.channelId, approvals_card_ts: place.ts };
  await db.updateTable("requests").set(columns).where("id", "=", id).execute();
}

function toPlace(channelId: string | null, ts: string | null): CardPlace | null {
  return channelId === null || ts === null ? null : { channelId, ts };
}

/** What was asked for, from columns that `requests` and joins on it have in common. */
export function accessOf(row: { permission: string; buckets: string | null }): Access {
  const buckets: BucketScope =
    row.buckets === null ? { kind: "all" } : { kind: "named", names: JSON.parse(row.buckets) };
  const permission = row.permission as Permission;
  return permission === "Admin" ? { permission, buckets: { kind: "all" } } : { permission, buckets };
}

function toRequest(row: Selectable<Tables["requests"]> | undefined): Request | null {
  if (row === undefined) return null;
  return {
    id: row.id,
    reference: row.reference,
    requesterId: row.requester_id,
    keyName: row.key_name,
    access: accessOf(row),
    endpoint: row.endpoint as Endpoint,
    reason: row.reason,
    needsApproval: row.needs_approval === 1,
    askedAt: row.asked_at,
    state: requestStateOf(row.state_json),
    attempts: row.attempts,
    version: row.version,
  };
}

function toRow(request: NewRequest): Insertable<Tables["requests"]> {
  const { buckets } = request.access;
  return {
    id: request.id,
    reference: request.reference,
    requester_id: request.requesterId,
    key_name: request.keyName,
    permission: request.access.permission,
    buckets: buckets.kind === "all" ? null : JSON.stringify(buckets.names),
    endpoint: request.endpoint,
    reason: request.reason,
    needs_approval: request.needsApproval ? 1 : 0,
    asked_at: request.askedAt,
    state: request.state.kind,
    state_json: JSON.stringify(request.state),
    lapses_at: lapsesAtOf(request.state),
    attempts: 0,
    version: 1,
    view_id: request.viewId,
    dm_channel_id: request.dmChannelId,
  };
}
