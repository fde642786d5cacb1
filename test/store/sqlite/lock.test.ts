import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { type Holder, type Lock, lockFileOf, StoreHeld, takeLock } from "../../../src/store/sqlite/lock";

const FIRST: Holder = { host: "one", pid: 11, startedAt: 1_000 };
const SECOND: Holder = { host: "two", pid: 22, startedAt: 2_000 };

let folder: string;
let file: string;
const locks: Lock[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  file = join(folder, "bot.db");
});
afterEach(() => {
  for (const lock of locks.splice(0)) lock.release();
  rmSync(folder, { recursive: true });
});

function take(own: Holder, path = file): Lock {
  const lock = takeLock(path, own);
  locks.push(lock);
  return lock;
}

/** Whose lock it is, told by being refused. */
function refusal(path = file): StoreHeld {
  try {
    take(SECOND, path);
  } catch (error) {
    if (error instanceof StoreHeld) return error;
    throw error;
  }
  throw new Error("the lock was free");
}

/** Does something with the lock's own database, as another process may. */
function onLock(work: (database: Database.Database) => void): void {
  const database = new Database(lockFileOf(file), { timeout: 0 });
  work(database);
  database.close();
}

test("one at a time has it: who comes second reads who has it, and may try again", () => {
  const lock = take(FIRST);
  expect(refusal()).toMatchObject({ code: "store_held", retry: "safe", holder: FIRST });
  lock.release();
  take(SECOND);
});

test("letting go twice takes it from nobody", () => {
  const lock = take(FIRST);
  lock.release();
  take(SECOND);
  lock.release();
  expect(() => take(FIRST)).toThrow(StoreHeld);
});

test("a row that a process left when it died holds nobody up, and is written anew", () => {
  take(SECOND).release();
  take(FIRST);
  expect(refusal().holder).toEqual(FIRST);
});

test("the lock is its owner's alone, and lies beside the database in a folder that is made", () => {
  const path = join(folder, "new", "deep", "bot.db");
  take(FIRST, path);
  for (const name of ["", "-wal", "-shm"]) expect(statSync(`${path}.lock${name}`).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "new", "deep")).mode & 0o777).toBe(0o700);
});

test("a lock that everybody could read, from a copy of the folder, is closed to them", () => {
  take(FIRST).release();
  chmodSync(`${file}.lock`, 0o644);
  take(FIRST);
  expect(statSync(`${file}.lock`).mode & 0o777).toBe(0o600);
});

test.each([
  ["a link to the file", () => symlinkSync(file, join(folder, "link.db")), "link.db"],
  ["a link to its folder", () => symlinkSync(folder, join(folder, "here")), "here/bot.db"],
])("%s leads to the same lock", (_what, link, path) => {
  writeFileSync(file, "");
  link();
  take(FIRST);
  expect(refusal(join(folder, path)).holder).toEqual(FIRST);
});

test("another process that wrote its row in between: the one that gets the lock writes its own again", () => {
  const prepare = Database.prototype.exec;
  let isFirst = true;
  const between = jest.spyOn(Database.prototype, "exec").mockImplementation(function (this: Database.Database, sql) {
    if (sql === "begin exclusive" && isFirst) {
      isFirst = false;
      onLock((other) => other.prepare("update holder set host = 'two', pid = 22, started_at = 2000").run());
    }
    return prepare.call(this, sql);
  });
  take(FIRST);
  between.mockRestore();
  expect(refusal().holder).toEqual(FIRST);
});

describe("held by somebody who can't be told", () => {
  test.each([
    ["no table", () => {}],
    ["no row", (database: Database.Database) => database.exec("create table holder (host, pid, started_at)")],
    [
      "a row that nobody can read",
      (database: Database.Database) =>
        database.exec("create table holder (host, pid, started_at); insert into holder values (null, 'many', x'00')"),
    ],
  ])("%s", (_what, prepare) => {
    onLock((database) => {
      database.exec("pragma journal_mode = wal");
      prepare(database);
      database.exec("begin exclusive");
      expect(refusal().holder).toBeNull();
      database.exec("rollback");
    });
  });

  test("the row is one's own, since the other's is not written yet", () => {
    take(SECOND).release();
    onLock((database) => {
      database.exec("begin immediate");
      expect(refusal().holder).toBeNull();
      database.exec("rollback");
    });
  });
});

test("being refused takes no time", () => {
  take(FIRST);
  const began = performance.now();
  for (let tries = 0; tries < 10; tries++) refusal();
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("a lock that is no database is an error, and stays as it is", () => {
  const text = "something else ".repeat(100);
  writeFileSync(`${file}.lock`, text);
  expect(() => take(FIRST)).toThrow(expect.objectContaining({ code: "SQLITE_NOTADB" }));
  expect(readFileSync(`${file}.lock`, "utf8")).toBe(text);
});

test("a folder in its place is an error, and no other process", () => {
  mkdirSync(`${file}.lock`);
  expect(() => take(FIRST)).toThrow();
  expect(() => take(FIRST)).not.toThrow(StoreHeld);
});

test("a folder that can't be made is an error", () => {
  expect(() => take(FIRST, "/dev/null/bot.db")).toThrow(expect.objectContaining({ code: "EEXIST" }));
});
