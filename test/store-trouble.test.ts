import { readinessReason, startAdvice, storeTrouble } from "../src/store-trouble";

const NETWORK = [
  "store_on_network",
  "store_no_wal",
  "SQLITE_PROTOCOL",
  "SQLITE_IOERR_SHMMAP",
  "SQLITE_IOERR_SHMOPEN",
  "SQLITE_IOERR_LOCK",
  "SQLITE_IOERR_UNLOCK",
  "SQLITE_IOERR_RDLOCK",
  "ESTALE",
  "ENOLCK",
  "EREMOTEIO",
];

test.each(NETWORK)("%s is a network file system's: it says where to keep the database", (code) => {
  expect(storeTrouble(code)).toBe("network");
  for (const sentence of [startAdvice(code), readinessReason(code)]) {
    expect(sentence).toContain("network file system");
    expect(sentence).toContain("a local disk, or use PostgreSQL (DATABASE_URL=postgres://…)");
    expect(sentence).not.toContain("room");
  }
});

test.each(["SQLITE_IOERR", "SQLITE_IOERR_FSYNC", "SQLITE_CANTOPEN", "EIO"])("%s may be one's: it says both", (code) => {
  expect(storeTrouble(code)).toBe("disk");
  expect(startAdvice(code)).toMatch(/its disk is sound\. If it is on a network file system .* PostgreSQL/);
  expect(readinessReason(code)).toContain("or is a network file system");
});

test.each(["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "ENOSPC", "EDQUOT"])("%s is a full disk", (code) => {
  expect(startAdvice(code)).toContain("its disk has room");
  expect(readinessReason(code)).toBe("The database can't be written. Its disk is full.");
});

test.each(["SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_CORRUPT_INDEX"])("%s asks for a backup", (code) => {
  expect(startAdvice(code)).toMatch(/damaged, or no database at all: put a backup in its place/);
  expect(readinessReason(code)).toMatch(/damaged\. Stop the bot, put a backup in its place/);
});

test("a file that is gone: what happened, what the bot does, and what to do", () => {
  expect(readinessReason("store_file_gone")).toBe(
    "The database file was removed or replaced while the bot runs, so nothing is written and no key is made. Put the " +
      "same file back, and the bot goes on by itself; or stop the bot, put a backup in its place, and start it again.",
  );
});

test("any other error says no more than it knows", () => {
  expect(readinessReason("SQLITE_BUSY")).toBe("The database can't be written.");
  expect(startAdvice("EACCES")).toContain("Check that its folder exists and can be written");
});

test("a lock that is gone means that another bot may write: it says to stop them all", () => {
  expect(storeTrouble("store_lock_gone")).toBe("lock_gone");
  expect(readinessReason("store_lock_gone")).toMatch(/Stop every bot on this database, then start one\.$/);
});
