import { type RawBuilder, sql } from "kysely";
import Libsql from "libsql";
import { VERSION } from "../../version";
import type { Db } from "../database";
import { refuseUnknown } from "../migrate";
import { type MovedRow, type MovedTable, OWN_KINDS } from "../moved-tables";
import type { StoreClock } from "../store-clock";
import { openSqlite } from "./database";
import { MIGRATIONS } from "./migrations";

/** What a move reads, as it is at one moment. */
export type Reading = {
  /** The id of this store, which it has from its first move on, also if that broke off. */
  storeId: string;
  /** Every row of a table, in the order of the bytes of its key. */
  rows(table: MovedTable): AsyncIterable<MovedRow>;
  /** Requests with the keys that they are about. */
  requestsAboutKeys(): AsyncIterable<{ id: string; accessKeyId: string }>;
  /** The last number that a table gave to a row: none is given twice. */
  lastNumber(table: MovedTable): Promise<number>;
};

/** A store that is to be moved. */
export type MoveSource = {
  /**
   * Runs `work` while nothing else can write the store, and marks it as moved once `work` has resolved.
   * @param to where it is then, in words that hold no secret
   */
  giveAway<Result>(to: string, work: (reading: Reading) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

const nobody = (): void => {};

/**
 * Opens a store to be moved, up to date. Whoever calls it holds the lock of the file.
 * @param unique makes the id that the store gets where it has none yet
 * @throws NewerDatabase where a newer version changed or added anything, StoreMoved where it was moved already; the
 *   database's own error where it can't be opened, written or migrated
 */
export async function openMoveSource(file: string, clock: StoreClock, unique: () => string): Promise<MoveSource> {
  const database = await openSqlite(file, clock, { onStatement: nobody, onDoubtfulDisk: nobody, onWake: nobody });
  try {
    const storeId = await database.step(async (db, at) => {
      await refuseUnknown(db, MIGRATIONS);
      return idOf(db, unique(), at);
    });
    return {
      // One transaction that writes: a bot of an older version, which knows no lock, can add nothing that would be lost.
      giveAway: (to, work) =>
        database.step(async (db, at) => {
          const result = await work(readingOf(db, storeId));
          await mark(db, to, at);
          return result;
        }),
      close: database.close,
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function idOf(db: Db, fresh: string, at: number): Promise<string> {
  await db
    .insertInto("installation")
    .values({ kind: "store_id", value: fresh, remembered_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom("installation")
    .select("value")
    .where("kind", "=", "store_id")
    .executeTakeFirstOrThrow();
  return row.value;
}

function readingOf(db: Db, storeId: string): Reading {
  return {
    storeId,
    rows: (table) => rowsOf(db, table),
    requestsAboutKeys: () =>
      db
        .selectFrom("requests")
        .select(["id", sql<string>`access_key_id`.as("accessKeyId")])
        .where("access_key_id", "is not", null)
        .stream(),
    lastNumber: async ({ name }) => {
      const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = ${name}`.execute(db);
      return rows[0]?.seq ?? 0;
    },
  };
}

async function* rowsOf(db: Db, table: MovedTable): AsyncIterable<MovedRow> {
  const keys = table.columns.slice(0, table.keyLength);
  const query = db
    .selectFrom(table.name)
    // As bytes: what is no UTF-8 must not be mended unseen. Numbers become their decimals.
    .select(table.columns.map(({ name }) => bytesOf(name).as(name)))
    .$if(table.name === "installation", (some) => some.where("kind", "not in", OWN_KINDS))
    .orderBy(sql`${sql.join(keys.map(({ name }) => sql.ref(`${table.name}.${name}`)))}`);
  for await (const row of query.stream())
    yield table.columns.map(({ name }) => {
      const value = row[name];
      return value === null || value === undefined ? null : Buffer.from(value);
    });
}

function bytesOf(column: string): RawBuilder<ArrayBuffer | null> {
  return sql<ArrayBuffer | null>`cast(cast(${sql.ref(column)} as text) as blob)`;
}

/** A migration that no version knows: so versions from before there were moves refuse the database too. */
const MOVED_AWAY = "moved-to-postgresql";

async function mark(db: Db, to: string, at: number): Promise<void> {
  const remembered = [
    { kind: "moved_to", value: to },
    { kind: "written_by", value: `${VERSION} (which moved it to PostgreSQL, to ${to})` },
    { kind: "oldest_usable", value: MOVED_AWAY },
  ];
  for (const { kind, value } of remembered)
    await db
      .insertInto("installation")
      .values({ kind, value, remembered_at: at })
      .onConflict((conflict) => conflict.column("kind").doUpdateSet({ value }))
      .execute();
  await sql`insert into kysely_migration (name, timestamp) values (${MOVED_AWAY}, ${new Date(at).toISOString()})`.execute(
    db,
  );
}

/**
 * Takes the mark of a move away, so that a bot can start on the file again. Whoever calls it holds the lock of the file.
 * @returns whether there was one. @throws the database's own error
 */
export function unmarkMoved(file: string): boolean {
  const database = new Libsql(file);
  try {
    database.exec("begin immediate");
    const { changes } = database.prepare("delete from kysely_migration where name = ?").run(MOVED_AWAY);
    // The next start writes the other two anew.
    database.exec("delete from installation where kind in ('moved_to', 'written_by', 'oldest_usable'); commit");
    return changes > 0;
  } finally {
    if (database.inTransaction) database.exec("rollback");
    database.close();
  }
}
