import { chmodSync, closeSync, existsSync, mkdirSync, openSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "libsql";
import { z } from "zod";
import { MAX_LOCK_TRIES } from "../../domain/service-limits";

/** Which process holds a database file, and since when, in milliseconds since 1970. */
export type Holder = { host: string; pid: number; startedAt: number };

/** The right to write a database file. */
export type Lock = {
  /** Lets go of it. May be called again. */
  release(): void;
};

/** Another process has the right to write the file; trying again later is safe. */
export class StoreHeld extends Error {
  readonly code = "store_held";
  readonly retry = "safe";

  /** @param holder null where the process that holds it can't be told */
  constructor(readonly holder: Holder | null) {
    super(holder ? `the process ${holder.pid} on ${holder.host} holds the store` : "another process holds the store");
    this.name = "StoreHeld";
  }
}

/**
 * Takes the right to write a database file, for the life of this process: the kernel takes it back at its death.
 *
 * It is the write lock of a side database, `<file>.lock`, under an open transaction. That database is in WAL, where readers
 * pass a writer: so whoever is refused reads in it who was faster. Two writers of the file itself could lose rows that are
 * committed (SQLite up to 3.51.2, the WAL-reset fault), which no lock inside the file keeps apart.
 *
 * Returns at once, whether it gets the lock or not.
 * @param file the path of the database, which need not be there yet; its folder is made
 * @param own what others read while this process holds it
 * @throws StoreHeld where another process has it; the database's own error where its lock can't be read or written
 */
export function takeLock(file: string, own: Holder): Lock {
  for (let tries = 1; ; tries++) {
    try {
      return tryLock(lockFileOf(file), own);
    } catch (error) {
      // Nobody is named where two processes take it in this moment: each may have kept the other from it.
      const isCollision = error instanceof StoreHeld && error.holder === null;
      if (!isCollision || tries === MAX_LOCK_TRIES) throw error;
    }
  }
}

function tryLock(lockFile: string, own: Holder): Lock {
  const database = openLock(lockFile);
  try {
    hold(database, own);
    return { release: () => letGo(database) };
  } catch (error) {
    const refusal = isBusy(error) ? new StoreHeld(otherHolder(database, own)) : error;
    letGo(database);
    throw refusal;
  }
}

/** The file of the lock, beside the database that a link leads to: each way to one database has one lock. */
export function lockFileOf(file: string): string {
  return `${realPath(file)}.lock`;
}

/** All that the lock consists of: who takes one of them away can make another one beside it. */
export function filesOfLock(file: string): string[] {
  const lockFile = lockFileOf(file);
  return [lockFile, `${lockFile}-wal`, `${lockFile}-shm`];
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return join(realpathSync(dirname(file)), basename(file));
  }
}

function openLock(file: string): Database.Database {
  makeForOwner(file);
  return new Database(file, { timeout: 0 });
}

/** Opens it only where it is missing: to close a file drops all locks that this process has on it (POSIX, `fcntl`). */
function makeForOwner(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  else if (statSync(file).uid === process.getuid?.()) chmodSync(file, 0o600);
}

/**
 * Others read only what is committed, and a commit ends the lock. So the row is written first, and read again under the
 * lock: another process may have written its own in between.
 */
function hold(database: Database.Database, own: Holder): void {
  database.pragma("journal_mode = wal");
  writeHolder(database, own);
  database.exec("begin exclusive");
  const written = readHolder(database);
  if (!written || !isSame(written, own)) throw new StoreHeld(null);
}

function writeHolder(database: Database.Database, { host, pid, startedAt }: Holder): void {
  database.exec("begin immediate");
  database.exec(
    "create table if not exists holder (one integer primary key check (one = 1), host text, pid integer, started_at integer)",
  );
  database
    .prepare("insert or replace into holder (one, host, pid, started_at) values (1, ?, ?, ?)")
    .run(host, pid, startedAt);
  database.exec("commit");
}

/** The last moment that a date can be (ECMAScript, time values). */
const LAST_MS = 8.64e15;

const row = z
  .object({ host: z.string(), pid: z.int(), started_at: z.int().min(0).max(LAST_MS) })
  .transform(({ host, pid, started_at }): Holder => ({ host, pid, startedAt: started_at }));

/** Null where there is no row yet, or none that can be read: the lock decides, the row only tells. */
function readHolder(database: Database.Database): Holder | null {
  try {
    return row.safeParse(database.prepare("select host, pid, started_at from holder").get()).data ?? null;
  } catch {
    return null;
  }
}

/** Null also where its row is not written yet: the one that stands there may be this process's own. */
function otherHolder(database: Database.Database, own: Holder): Holder | null {
  const holder = readHolder(database);
  return holder && !isSame(holder, own) ? holder : null;
}

function isSame(one: Holder, other: Holder): boolean {
  return one.pid === other.pid && one.host === other.host && one.startedAt === other.startedAt;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^SQLITE_BUSY/.test(String(error.code));
}

function letGo(database: Database.Database): void {
  if (!database.open) return;
  // Closing is not enough: libsql keeps a connection until its statements are collected.
  if (database.inTransaction) database.exec("rollback");
  database.close();
}
