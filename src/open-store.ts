import { hostname } from "node:os";
import { isTrouble } from "./domain/event";
import type { PostgresLocation, StoreLocation } from "./domain/store-location";
import type { EventLog } from "./log";
import { isWrongForGood, serverAdvice } from "./postgres-trouble";
import { EXIT, InUse, StartError } from "./start-error";
import { NewerDatabase, openStore, type StoreListeners, StoreMoved } from "./store";
import { lockFileOf, StoreHeld, takeLock } from "./store/sqlite/lock";
import type { StoreClock } from "./store/store-clock";
import { startAdvice, storeTrouble } from "./store-trouble";
import { VERSION } from "./version";
import { errorCode } from "./workflow/error-code";
import { Conflict, StoreUnavailable } from "./workflow/store-errors";
import type { StorePort } from "./workflow/store-port";

export type SqliteLocation = Extract<StoreLocation, { kind: "sqlite" }>;

const DOUBTFUL_DISK =
  "The database file is not on an ordinary disk. It is safe where this machine alone has these files; else keep it on a local " +
  "disk, or use PostgreSQL.";

/** Every event that is recorded is logged too, once it is written; so is every row that can't be read, and a disk that may be none. */
export function listenersOf(log: EventLog): StoreListeners {
  return {
    onEvent: (event) => {
      const { name, actorId: actor, requestId, accessKeyId, references, outcome } = event;
      log[isTrouble(event) ? "warn" : "info"]({ event: name, actor, requestId, accessKeyId, references, outcome });
    },
    onUnreadable: (row) => log.error({ event: "store.unreadable_row", row }),
    onDoubtfulDisk: (fileSystem) => log.warn({ event: "store.doubtful_disk", fileSystem, warning: DOUBTFUL_DISK }),
  };
}

/**
 * Opens the database, and sees that it can be written: one that a crash left behind opens on a full disk too.
 * @throws InUse where another process writes the file, or the server is away; StartError where it can't be used
 */
export async function openStoreOrFail(
  location: StoreLocation,
  clock: StoreClock,
  listeners: StoreListeners,
): Promise<StorePort> {
  const lock = location.kind === "sqlite" ? lockOrFail(location, clock.now()) : null;
  try {
    const store = await openStore(location, clock, listeners);
    try {
      await store.check();
    } catch (error) {
      await store.close();
      throw error;
    }
    return { ...store, close: () => store.close().finally(() => lock?.release()) };
  } catch (error) {
    lock?.release();
    throw unusable(location, error);
  }
}

/** What SQLite says of a file that is none of its databases. */
const NO_DATABASE = /^(SQLITE_NOTADB|SQLITE_CORRUPT.*)$/;

/**
 * Takes the right to write a database file.
 * @param at now, which whoever is refused meanwhile reads
 * @throws InUse where another process has it, StartError where its lock can't be used
 */
export function lockOrFail(location: SqliteLocation, at: number): ReturnType<typeof takeLock> {
  const { file } = location;
  try {
    return takeLock(file, { host: hostname(), pid: process.pid, startedAt: at });
  } catch (error) {
    if (error instanceof StoreHeld) throw heldBy(file, error);
    if (!NO_DATABASE.test(errorCode(error))) throw unusable(location, error);
    const lockFile = lockFileOf(file);
    throw new StartError(
      "lock_unusable",
      `The lock of the database, ${lockFile}, can't be read (${errorCode(error)}). Where no bot runs on this database, ` +
        `delete it with ${lockFile}-wal and ${lockFile}-shm; then start the bot again.`,
      EXIT.config,
    );
  }
}

function heldBy(file: string, { holder }: StoreHeld): InUse {
  const who = holder ? `the process ${holder.pid} on ${holder.host}` : "another process";
  const since = holder ? ` since ${new Date(holder.startedAt).toISOString()}` : "";
  return new InUse(
    "store_held",
    `${who}, which holds the database ${file}`,
    `The database ${file} is held by ${who}${since}, and one bot at a time works on it. Stop that one first.`,
  );
}

/** What may pass without a change of the configuration: a full or failing disk. */
const MAY_PASS = /^(ENOSPC|EDQUOT|EIO|SQLITE_FULL|SQLITE_BUSY.*|SQLITE_IOERR.*)$/;

/** The name of a store, in words that hold no secret. */
export function nameOf(location: StoreLocation): string {
  return location.kind === "sqlite" ? location.file : `${location.database} on ${location.host}`;
}

/** Why a store can't be used, for the operator. */
export function unusable(location: StoreLocation, error: unknown): StartError {
  const name = nameOf(location);
  if (error instanceof NewerDatabase)
    return new StartError(
      "newer_database",
      `The database ${name} was written by version ${error.writtenBy} of the bot, and this is version ${VERSION}, which ` +
        "can't read it. Start that version or a later one, or put back a copy of the database from before the update.",
      EXIT.data,
    );
  if (error instanceof StoreMoved)
    return new StartError(
      "store_moved",
      `What the database ${name} held was moved to the PostgreSQL database ${error.to}: set DATABASE_URL to that one. ` +
        "To go back to the file as it was before the move, without anything that happened since, run " +
        "`migrate-store --undo --from` with its URL.",
      EXIT.config,
    );
  const code = errorCode(error instanceof StoreUnavailable || error instanceof Conflict ? error.cause : error);
  if (location.kind === "postgres") return unreachable(location, code);
  return new StartError(
    "store_unusable",
    `The database ${name} can't be opened and written (${code}). ${startAdvice(code)}`,
    storeTrouble(code) !== "network" && MAY_PASS.test(code) ? 1 : EXIT.config,
  );
}

/** A lock was waited for in vain (`lock_not_available`). */
const LOCKED = "55P03";

function unreachable(location: PostgresLocation, code: string): StartError {
  const name = nameOf(location);
  if (code === LOCKED)
    return new InUse(
      "store_locked",
      `the PostgreSQL database ${name}, which is locked`,
      `The PostgreSQL database ${name} is locked by something that takes its time, such as a store that is being moved ` +
        "into it. Try again when that has ended.",
    );
  const sentence = `The PostgreSQL database ${name} can't be used (${code}). ${serverAdvice(code, location.tls.kind !== "off")}`;
  return isWrongForGood(code)
    ? new StartError("store_unusable", sentence, EXIT.config)
    : new InUse("store_away", `the PostgreSQL database ${name}, which does not answer (${code})`, sentence);
}
