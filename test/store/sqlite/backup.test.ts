import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { openStore } from "../../../src/store";
import { backUp } from "../../../src/store/sqlite/backup";
import type { StorePort } from "../../../src/workflow/store-port";
import { createManualClock } from "../../kit/manual-clock";

const clock = createManualClock(1_000);
let folder: string;
let file: string;
let target: string;
let store: StorePort;

const open = (at = file) => openStore({ kind: "sqlite", file: at }, clock);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  file = join(folder, "bot.db");
  target = join(folder, "backup.db");
  store = await open();
  await store.claim({ kind: "slack_team", value: "T1" });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** The bytes of the database and its log. */
const bytes = () => [file, `${file}-wal`].map((path) => readFileSync(path).toString("latin1"));

/** Damages the database, as nobody but a broken disk or program does. */
function damage(sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

async function expectBackedUp(): Promise<void> {
  const copy = await open(target);
  expect(await copy.remembered("slack_team")).toBe("T1");
  await copy.check();
  await copy.close();
}

test("while the bot has it open: one file, its owner's alone, with what only the log has, and nothing is checkpointed", async () => {
  const before = bytes();
  expect(before[1]?.length).toBeGreaterThan(0);
  expect(backUp(file, target)).toEqual({ bytes: statSync(target).size, requests: 0, keys: 0 });
  expect(bytes()).toEqual(before);
  expect(statSync(target).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "bot.db", "bot.db-shm", "bot.db-wal"]);
  await store.claim({ kind: "tigris_organisation", value: "acme" });
  await expectBackedUp();
});

test("after a clean stop: the same, and nothing appears beside the database", async () => {
  await store.close();
  backUp(file, target);
  expect(readdirSync(folder).sort()).toEqual(["backup.db", "bot.db"]);
  await expectBackedUp();
});

test("after a crash, with all that the log holds, and the log stays for the next start", async () => {
  const crashed = join(folder, "crashed.db");
  for (const end of ["", "-wal"]) copyFileSync(`${file}${end}`, `${crashed}${end}`);
  const log = readFileSync(`${crashed}-wal`);
  backUp(crashed, target);
  expect(readFileSync(`${crashed}-wal`).equals(log)).toBe(true);
  await expectBackedUp();
});

function notes(): void {
  file = join(folder, "notes.txt");
  writeFileSync(file, "x".repeat(9_000));
}

function elsewhere(): void {
  target = join(folder, "none", "backup.db");
}

function nowhere(): void {
  file = join(folder, "none.db");
}

test.each<[string, () => void, string]>([
  ["something at its path", () => writeFileSync(target, "of somebody's"), "target_exists"],
  ["no folder for it", elsewhere, "no_target_folder"],
  ["no database", nowhere, "no_database"],
  ["another program's database", () => damage("alter table keys rename to others"), "not_ours"],
  ["no database, but some other file", notes, "SQLITE_NOTADB"],
  [
    "a row that refers to none",
    () =>
      damage("pragma foreign_keys = off; create table odd (key text references keys); insert into odd values ('none')"),
    "damaged",
  ],
])("%s: there is no backup, and what is there stays as it was", (_what, prepare, code) => {
  prepare();
  expect(() => backUp(file, target)).toThrow(expect.objectContaining({ code }));
  expect(readdirSync(folder).filter((name) => name.includes(".part"))).toEqual([]);
  if (code !== "target_exists") expect(existsSync(target)).toBe(false);
  else expect(readFileSync(target, "utf8")).toBe("of somebody's");
});

test("a link that leads nowhere is something at its path too", () => {
  symlinkSync(join(folder, "none"), target);
  expect(() => backUp(file, target)).toThrow(expect.objectContaining({ code: "target_exists" }));
  expect(lstatSync(target).isSymbolicLink()).toBe(true);
});
