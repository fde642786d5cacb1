import type Libsql from "libsql";
import { CHECKPOINT_EVERY_MS } from "../../domain/service-limits";

/** Takes what is written from the log (`-wal`) into the file, so that a copy of the file alone lacks little. */
export type Checkpoints = {
  /** Something was committed. */
  written(): void;
  /** Whether it is time for it. */
  isDue(): boolean;
  /** Does it now, where anything is owed and nothing is in its way. Never throws. */
  now(): void;
};

/**
 * SQLite does it by itself once 1,000 pages are written (SQLite, `wal_autocheckpoint`), which takes a small team days. Only
 * the connection that writes may do it: two that do can lose rows (SQLite up to 3.51.2, `wal.html`, the WAL-reset fault).
 * @param writer the one connection that writes
 * @param monotonicMs does not go back, in milliseconds
 */
export function createCheckpoints(writer: Libsql.Database, monotonicMs: () => number): Checkpoints {
  let lastMs = monotonicMs();
  let isOwed = false;

  function now(): void {
    if (!isOwed || writer.inTransaction) return;
    lastMs = monotonicMs();
    // Whoever still reads what was before holds the last of it back until the next time.
    isOwed = !truncate(writer);
  }

  return {
    written: () => {
      isOwed = true;
    },
    isDue: () => isOwed && monotonicMs() - lastMs >= CHECKPOINT_EVERY_MS,
    now,
  };
}

/** @returns whether all of it is in the file, and the log empty */
function truncate(writer: Libsql.Database): boolean {
  try {
    const [answer] = writer.pragma("wal_checkpoint(truncate)") as { busy: number }[];
    return answer?.busy === 0;
  } catch {
    // What is committed is safe in the log. A disk that is full or fails fails the next write too, which says so.
    return false;
  }
}

/**
 * Takes everything into the file, for the last time, and removes the log. The log stays, with all that is not in the file,
 * where another process reads at that moment, or the disk is full. Never throws.
 * @param isSame whether the file still stands where it was opened: only then is the log removed, since that goes by its path
 */
export function leaveWal(writer: Libsql.Database, isSame: boolean): void {
  try {
    if (isSame) writer.pragma("journal_mode = delete");
    else truncate(writer);
  } catch {
    truncate(writer);
  }
}
