/** Why the database can't be used, as far as its error's code tells. */
export type StoreTrouble = "file_gone" | "lock_gone" | "full" | "network" | "disk" | "damaged" | "other";

/** What a database's file meets where its file system is another machine's: no shared memory, no locks, a server that is gone. */
const NETWORK =
  /^(store_on_network|store_no_wal|SQLITE_PROTOCOL|SQLITE_NOLFS|SQLITE_IOERR_(SHM(OPEN|LOCK|MAP)|LOCK|UNLOCK|RDLOCK|BLOCKED|CHECKRESERVEDLOCK|MMAP)|SQLITE_READONLY_CANT(LOCK|INIT)|ESTALE|ENOLCK|EREMOTEIO|EREMOTE)$/;

/** @param code of the error that the store threw */
export function storeTrouble(code: string): StoreTrouble {
  if (code === "store_file_gone") return "file_gone";
  if (code === "store_lock_gone") return "lock_gone";
  if (/^(ENOSPC|EDQUOT|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)$/.test(code)) return "full";
  if (NETWORK.test(code)) return "network";
  if (/^(EIO|SQLITE_IOERR.*|SQLITE_CANTOPEN.*)$/.test(code)) return "disk";
  if (/^(SQLITE_NOTADB|SQLITE_CORRUPT.*)$/.test(code)) return "damaged";
  return "other";
}

const ELSEWHERE = "a local disk, or use PostgreSQL (DATABASE_URL=postgres://…)";

/** What whoever starts the bot can do, after what is wrong. */
export function startAdvice(code: string): string {
  switch (storeTrouble(code)) {
    case "network":
      return `It seems to be on a network file system (NFS, SMB), which SQLite can't work on. Keep it on ${ELSEWHERE}.`;
    case "disk":
      return (
        "Check that its folder can be written and that its disk is sound. If it is on a network file system (NFS, SMB), " +
        `SQLite can't work on it: keep it on ${ELSEWHERE}.`
      );
    case "damaged":
      return "It is damaged, or no database at all: put a backup in its place, or name the right file in DATABASE_URL.";
    case "full":
    case "file_gone":
    case "lock_gone":
    case "other":
      return "Check that its folder exists and can be written, and that its disk has room; then start the bot again.";
  }
}

/** Why the bot that runs is not ready, and what whoever runs it can do. */
export function readinessReason(code: string): string {
  switch (storeTrouble(code)) {
    case "file_gone":
      return (
        "The database file was removed or replaced while the bot runs, so nothing is written and no key is made. Put the " +
        "same file back, and the bot goes on by itself; or stop the bot, put a backup in its place, and start it again."
      );
    case "lock_gone":
      return (
        "The lock file of the database (.lock) was removed or replaced while the bot runs, so another bot may have started on " +
        "it: nothing is written and no key is made. Stop every bot on this database, then start one."
      );
    case "full":
      return "The database can't be written. Its disk is full.";
    case "network":
      return `The database can't be written. It seems to be on a network file system (NFS, SMB): keep it on ${ELSEWHERE}.`;
    case "disk":
      return "The database can't be written. Its disk fails, or is a network file system, which SQLite can't work on.";
    case "damaged":
      return "The database is damaged. Stop the bot, put a backup in its place, and start it again.";
    case "other":
      return "The database can't be written.";
  }
}
