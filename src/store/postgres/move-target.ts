import { CompiledQuery, Kysely, PostgresDialect, type RawBuilder, sql } from "kysely";
import { DatabaseError, Pool } from "pg";
import { MOVE_FETCH_ROWS, MOVE_LIMITS } from "../../domain/service-limits";
import type { PostgresLocation } from "../../domain/store-location";
import type { Db } from "../database";
import { migrate, refuseUnknown } from "../migrate";
import { MoveRefused } from "../move-refused";
import {
  createTableDigest,
  MOVED_TABLES,
  type MovedRow,
  type MovedTable,
  OWN_KINDS,
  type TableDigest,
} from "../moved-tables";
import type { Tables } from "../tables";
import { clientConfig } from "./connection";
import { MIGRATIONS } from "./migrations";

/** What a target holds: nothing, what a move has brought (with what that left about its source), or something else. */
export type TargetContent = { kind: "nothing" } | { kind: "moved"; from: string } | { kind: "other"; table: string };

/** What a move writes, all of it or nothing. */
export type Writing = {
  content(): Promise<TargetContent>;
  /** Keys that requests are about are left out. */
  insert(table: MovedTable, rows: readonly MovedRow[]): Promise<void>;
  setKeysOfRequests(requests: readonly { id: string; accessKeyId: string }[]): Promise<void>;
  setLastNumber(table: MovedTable, last: number): Promise<void>;
  /** Reads a table again, in the order of the bytes of its key. */
  digest(table: MovedTable): Promise<TableDigest>;
  /** Leaves a word about the source. */
  setSource(from: string): Promise<void>;
};

/** A database into which a store is to be moved. */
export type MoveTarget = {
  /** Runs `work` while no bot can start on the database. @throws what `work` throws, and nothing is written then */
  receive<Result>(work: (writing: Writing) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/**
 * Opens a database into which a store is to be moved, with its tables up to date.
 * @throws NewerDatabase where a newer version changed or added anything; the database's own error where it can't be reached
 *   or migrated
 */
export async function openMoveTarget(location: PostgresLocation): Promise<MoveTarget> {
  const pool = new Pool({ ...clientConfig(location), max: 1, query_timeout: MOVE_LIMITS.answerMs });
  // Whoever uses a connection that breaks gets the error.
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => void (await connection.executeQuery(CompiledQuery.raw(SESSION))),
    }),
  });
  try {
    await migrate(kysely, MIGRATIONS);
    await refuseUnknown(kysely, MIGRATIONS);
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  return {
    receive: (work) =>
      kysely
        .transaction()
        .setIsolationLevel("read committed")
        .execute(async (db) => {
          // Each start writes into this table: none gets past it, and none that came before is overlooked.
          await sql`lock table installation in access exclusive mode`.execute(db);
          return work(writingOn(db));
        }),
    close: () => kysely.destroy(),
  };
}

const SESSION = [
  `set statement_timeout = ${MOVE_LIMITS.statementMs}`,
  `set lock_timeout = ${MOVE_LIMITS.lockMs}`,
  `set idle_in_transaction_session_timeout = ${MOVE_LIMITS.idleInTransactionMs}`,
].join("; ");

function writingOn(db: Db): Writing {
  return {
    content: () => contentOf(db),
    insert: (table, rows) => insert(db, table, rows),
    setKeysOfRequests: async (requests) => {
      const [ids, keys] = [requests.map(({ id }) => id), requests.map(({ accessKeyId }) => accessKeyId)];
      await sql`update requests set access_key_id = about.access_key_id
        from unnest(${ids}::text[], ${keys}::text[]) as about (id, access_key_id) where requests.id = about.id`.execute(
        db,
      );
    },
    setLastNumber: async ({ name }, last) => {
      await sql`select setval(pg_get_serial_sequence(${name}, 'id'), ${Math.max(last, 1)}, ${last > 0})`.execute(db);
    },
    digest: (table) => digestOf(db, table),
    setSource: async (value) => {
      await db.insertInto("installation").values({ kind: "moved_from", value, remembered_at: 0 }).execute();
    },
  };
}

async function contentOf(db: Db): Promise<TargetContent> {
  const moved = await db.selectFrom("installation").select("value").where("kind", "=", "moved_from").executeTakeFirst();
  if (moved) return { kind: "moved", from: moved.value };
  for (const table of MOVED_TABLES) {
    const { rows } = await sql`select 1 from ${sql.table(table.name)} ${whereOf(table)} limit 1`.execute(db);
    if (rows.length > 0) return { kind: "other", table: table.name };
  }
  return { kind: "nothing" };
}

function whereOf({ name }: MovedTable): RawBuilder<unknown> {
  return name === "installation" ? sql`where kind not in (${sql.join(OWN_KINDS.map((kind) => sql.lit(kind)))})` : sql``;
}

/** One array for each column: so a statement has as many parameters as the table has columns, however many rows. */
async function insert(db: Db, { name, columns }: MovedTable, rows: readonly MovedRow[]): Promise<void> {
  const arrays = columns.map((column, index) => {
    const isLater = name === "requests" && column.name === "access_key_id";
    const values = rows.map((row) => (isLater ? null : (row[index]?.toString("utf8") ?? null)));
    return sql`${values}::${sql.raw(column.kind === "text" ? "text" : "bigint")}[]`;
  });
  const names = sql.join(columns.map((column) => sql.ref(column.name)));
  try {
    await sql`insert into ${sql.table(name)} (${names}) select * from unnest(${sql.join(arrays)})`.execute(db);
  } catch (error) {
    if (!(error instanceof DatabaseError) || !NOT_TAKEN.test(error.code ?? "")) throw error;
    throw new MoveRefused({ kind: "row_not_taken", table: name, code: error.code ?? "" });
  }
}

/** The row itself is wrong: its data, a constraint, a trigger (PostgreSQL, appendix A: classes 22 and 23, P0001). */
const NOT_TAKEN = /^(22|23|P0001)/;

/** Through a cursor, so that the table never has to fit into memory. */
async function digestOf(db: Db, table: MovedTable): Promise<TableDigest> {
  const digest = createTableDigest(table.name);
  const columns = sql.join(table.columns.map(({ name }) => sql`${sql.ref(name)}::text`));
  const keys = table.columns
    .slice(0, table.keyLength)
    .map(({ name, kind }) => (kind === "text" ? sql`${sql.ref(name)} collate "C"` : sql.ref(name)));
  const query = sql`select array[${columns}] as row from ${sql.table(table.name)} ${whereOf(table)}
    order by ${sql.join(keys)}`;
  await sql`declare moved no scroll cursor for ${query}`.execute(db);
  const fetch = sql<{ row: (string | null)[] }>`fetch ${sql.lit(MOVE_FETCH_ROWS)} from moved`;
  for (;;) {
    const { rows } = await fetch.execute(db);
    for (const { row } of rows) digest.add(row.map((value) => (value === null ? null : Buffer.from(value))));
    if (rows.length < MOVE_FETCH_ROWS) break;
  }
  await sql`close moved`.execute(db);
  return digest.end();
}
