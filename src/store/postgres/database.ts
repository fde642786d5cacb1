import { randomUUID } from "node:crypto";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { Kysely, type RawBuilder, sql } from "kysely";
import type { ClientBase } from "pg";
import { CLOSE_DATABASE_MS, COMMITS_KEPT_MS, MAX_STEP_TRIES, POOL_SIZE } from "../../domain/service-limits";
import type { PostgresLocation } from "../../domain/store-location";
import { CommitUnknown, Conflict, StoreUnavailable } from "../../workflow/store-errors";
import { type Database, type Db, type Opening, writeProbe } from "../database";
import { migrate } from "../migrate";
import type { StoreClock } from "../store-clock";
import type { Tables } from "../tables";
import { signCommit, wasCommitted } from "./commits";
import { createPool } from "./connection";
import { SharedDialect } from "./dialect";
import { POSTGRES } from "./differences";
import { SessionOver } from "./errors";
import { listen } from "./listen";
import { MIGRATIONS } from "./migrations";

/**
 * Opens a PostgreSQL database, and brings its tables up to date; several processes may do so at once.
 * @param clock waits and remembers; it gives the time only where it stands in for the server's, as in tests
 * @throws NewerDatabase where a newer version wrote it; the database's own error where it can't be reached or migrated
 */
export async function openPostgres(
  location: PostgresLocation,
  clock: StoreClock,
  { onStatement, onWake }: Opening,
): Promise<Database> {
  const time = createTime(clock);
  const kysely = new Kysely<Tables>({
    dialect: new SharedDialect(createPool(location, time.hear)),
    log: ({ query: { sql: text, parameters } }) => onStatement({ sql: text, parameters }),
  });
  try {
    await migrate(kysely, MIGRATIONS);
    time.heard(await nowIn(kysely, time.expression()));
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  const others = listen(location, onWake);
  return {
    differences: POSTGRES,
    isShared: true,
    read: (work) =>
      inLivingSession(() =>
        kysely
          .transaction()
          .setIsolationLevel("repeatable read")
          .setAccessMode("read only")
          .execute((db) => work(db, time.now())),
      ),
    transact: (work, names) =>
      transact({ kysely, clock }, async (db, id) => {
        await takeNames(db, await names(db, time.now()));
        return work(db, time.heard(await signCommit(db, id, time.expression())));
      }),
    step: (work) =>
      steadily(() =>
        kysely
          .transaction()
          .setIsolationLevel("read committed")
          .execute(async (db) => work(db, time.heard(await nowIn(db, time.expression())))),
      ),
    now: time.now,
    wakeOthers: () => others.wake(kysely),
    check: () => inLivingSession(() => kysely.transaction().execute(writeProbe)),
    close: () => inTime(Promise.all([others.close(), kysely.destroy()])),
  };
}

/** A server that has fallen silent says no goodbye: what is open to it then ends with the process. */
async function inTime(closing: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const late = pause(CLOSE_DATABASE_MS, undefined, { signal: over.signal }).catch(() => {});
  await Promise.race([closing, late]);
  over.abort();
}

/**
 * One transaction, each statement of which sees what was committed before it. Where its commit gets no answer, its own row
 * tells whether it took effect.
 * @param work gets the id that it signs with
 */
async function transact<Result>(
  { kysely, clock }: { kysely: Kysely<Tables>; clock: Pick<StoreClock, "monotonicMs"> },
  work: (db: Db, id: string) => Promise<Result>,
): Promise<Result> {
  const id = randomUUID();
  const beganMs = clock.monotonicMs();
  let done: { result: Result } | null = null;
  try {
    return await inLivingSession(() =>
      kysely
        .transaction()
        .setIsolationLevel("read committed")
        .execute(async (db) => {
          done = { result: await work(db, id) };
          return done.result;
        }),
    );
  } catch (error) {
    const committing = done as { result: Result } | null;
    // The server says no, or nothing: only then may it have taken effect.
    if (committing === null || !(error instanceof StoreUnavailable)) throw error;
    const isCommitted = await wasCommitted(kysely, id);
    // A process that stood still for long looks for a row that may be dropped by now.
    const isKept = clock.monotonicMs() - beganMs < COMMITS_KEPT_MS;
    if (isCommitted === null || (!isCommitted && !isKept)) throw new CommitUnknown(error);
    if (!isCommitted) throw error;
    return committing.result;
  }
}

/** Each session of a pool may be over, and be met once more before that is known. */
const MOST_SESSIONS_OVER = 2 * POOL_SIZE;

/**
 * Runs a transaction in a session that is there. After a restart of the server all that were open are over: whoever clicks then has
 * not to press again for that.
 */
async function inLivingSession<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let over = 1; ; over++) {
    try {
      return await transaction();
    } catch (error) {
      if (!(error instanceof SessionOver) || over === MOST_SESSIONS_OVER) throw error;
      // The pool hears of the end of others meanwhile.
      await turn();
    }
  }
}

/** Waits for its turn with each name, in the same order as everybody (PostgreSQL, advisory locks). */
async function takeNames(db: Db, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const hashed = sql`select hashtextextended(name, 0) as hash from unnest(${names}::text[]) as name order by 1`;
  await sql`select pg_advisory_xact_lock(hash) from (${hashed}) as hashed`.execute(db);
}

/** A step holds by its own conditions, so it is tried again as often as another one is in its way. */
async function steadily<Result>(step: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await inLivingSession(step);
    } catch (error) {
      if (tries === MAX_STEP_TRIES || !(error instanceof Conflict)) throw error;
    }
  }
}

/**
 * The server's time: no clock of a process decides anything. A superuser can move it, for tests:
 * `alter database … set tigris_key_bot.ahead_ms = '60000'`.
 */
const SERVER_TIME = `(floor(extract(epoch from clock_timestamp()) * 1000)::bigint
  + coalesce(nullif(current_setting('tigris_key_bot.ahead_ms', true), '')::bigint, 0))`;

type Time = {
  expression: () => RawBuilder<number>;
  heard: (at: number) => number;
  /** Asks the server of a new session, which may be another one since the last: one that took over has a clock of its own. */
  hear: (session: Pick<ClientBase, "query">) => Promise<void>;
  now: () => number;
};

function createTime(clock: StoreClock): Time {
  let last = { at: 0, atMs: 0 };

  function heard(at: number): number {
    last = { at, atMs: clock.monotonicMs() };
    return at;
  }

  return {
    expression: () => (clock.standsIn ? sql<number>`${clock.now()}::bigint` : sql.raw<number>(SERVER_TIME)),
    heard,
    hear: async (session) => {
      if (clock.standsIn) return;
      const { rows } = await session.query<{ at: number }>(`select ${SERVER_TIME} as at`);
      for (const { at } of rows) heard(at);
    },
    // Since then only as much has passed as a clock says that nobody sets.
    now: () => (clock.standsIn ? clock.now() : last.at + Math.round(clock.monotonicMs() - last.atMs)),
  };
}

async function nowIn(db: Kysely<Tables>, expression: RawBuilder<number>): Promise<number> {
  const { rows } = await sql<{ at: number }>`select ${expression} as at`.execute(db);
  return rows[0]?.at ?? 0;
}
