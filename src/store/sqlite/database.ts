import { realpathSync } from "node:fs";
import { Kysely, type LogEvent, SqliteDialect } from "kysely";
import { type Database, type Opening, writeProbe } from "../database";
import { migrate } from "../migrate";
import type { StoreClock } from "../store-clock";
import type { Tables } from "../tables";
import { createCheckpoints, leaveWal } from "./checkpoint";
import { type Around, connectReader, connectWriter, makeForOwner, writingDialect } from "./connection";
import { SQLITE } from "./differences";
import { refuseNetwork } from "./file-system";
import { filesOfLock } from "./lock";
import { MIGRATIONS } from "./migrations";
import { rememberFiles, StoreFileGone, StoreLockGone } from "./same-file";

/**
 * Opens the database file, makes it where it is missing, and brings its tables up to date. While it is open, others may read
 * it; this process alone writes it, and gives its time.
 *
 * What is written goes into `-wal` first. It is taken into the file about once a minute: the rounds of the worker, which read
 * each second, are what the time is held against. After a clean stop the file alone is the whole database.
 * @param file a path
 * @throws NewerDatabase where a newer version wrote it; OnNetwork or NoWal where the file system can't hold it; the
 *   database's own error where the file cannot be opened, written or migrated. A transaction throws StoreFileGone while
 *   another file, or none, stands at the path, and StoreLockGone while that is so of its lock
 */
export async function openSqlite(
  file: string,
  clock: StoreClock,
  { onStatement, onDoubtfulDisk }: Opening,
): Promise<Database> {
  const log = ({ query: { sql, parameters } }: LogEvent) => onStatement({ sql, parameters });
  makeForOwner(file);
  const path = realpathSync(file);
  const doubtful = refuseNetwork(path);
  if (doubtful !== null) onDoubtfulDisk(doubtful);
  const connection = connectWriter(path);
  const checkpoints = createCheckpoints(connection, () => clock.monotonicMs());
  const around: Around = { before: () => {}, after: checkpoints.written };
  const writer = new Kysely<Tables>({ dialect: writingDialect(connection, around), log });
  // A table that others refer to is made anew only without them (SQLite, `lang_altertable.html`): each migration looks itself.
  connection.pragma("foreign_keys = off");
  const { database, detach } = await migrate(writer, MIGRATIONS)
    .then(() => {
      connection.pragma("foreign_keys = on");
      return connectReader(path);
    })
    .catch(async (error: unknown) => {
      await writer.destroy();
      throw error;
    });
  const reader = new Kysely<Tables>({ dialect: new SqliteDialect({ database }), log });
  const isSame = rememberFiles([path, `${path}-wal`]);
  const isLocked = rememberFiles(filesOfLock(path));
  around.before = () => {
    const isOurs = isLocked();
    if (isSame()) {
      if (isOurs) return;
      throw new StoreLockGone();
    }
    // The log must not be taken for that of a file that is put in the place of the one that it belongs to.
    if (isOurs) checkpoints.now();
    throw new StoreFileGone();
  };

  async function tended<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } finally {
      // Only who has the lock may do it.
      if (checkpoints.isDue() && isLocked()) checkpoints.now();
    }
  }

  async function close(): Promise<void> {
    try {
      detach();
    } finally {
      await reader.destroy();
      if (isLocked()) leaveWal(connection, isSame());
      await writer.destroy();
    }
  }

  let closed: Promise<void> | null = null;
  // One process writes, one transaction at a time: every name is its own.
  const transact: Database["step"] = (work) => tended(writer.transaction().execute((db) => work(db, clock.now())));
  return {
    differences: SQLITE,
    isShared: false,
    read: (work) => tended(reader.transaction().execute((db) => work(db, clock.now()))),
    transact,
    step: transact,
    now: () => clock.now(),
    wakeOthers: () => {},
    check: () => transact(writeProbe),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
