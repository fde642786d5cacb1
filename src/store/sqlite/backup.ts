import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import Database from "libsql";
import { BACKUP_WAIT_MS } from "../../domain/service-limits";
import { readOnly } from "./connection";

/** What a backup holds. Keys that are deleted count too: their rows stay. */
export type BackedUp = { bytes: number; requests: number; keys: number };

/** Why there is no backup, where nothing is wrong with the machine. */
export type BackupProblem = "target_exists" | "no_target_folder" | "no_database" | "not_ours" | "damaged";

/** There is no backup. What stood at its path before, if anything, still does. */
export class BackupFailed extends Error {
  constructor(readonly code: BackupProblem) {
    super("there is no backup");
    this.name = "BackupFailed";
  }
}

/**
 * Writes a copy of a database as it is at one moment, also while the bot runs and after a crash. It only reads the database:
 * nothing is taken from the log into the file. After a crash the log stays too, for the next start.
 *
 * The copy appears under its name once it is whole, on the disk and checked. It is its owner's alone.
 * @param from the database file
 * @param to where the copy goes: nothing may be there, but its folder has to be
 * @throws BackupFailed; the error of the database or of the file system, with a `code`
 */
export function backUp(from: string, to: string): BackedUp {
  if (isThere(to)) throw new BackupFailed("target_exists");
  const folder = dirname(to);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new BackupFailed("no_target_folder");
  if (!statSync(from, { throwIfNoEntry: false })?.isFile()) throw new BackupFailed("no_database");
  accessSync(from, constants.R_OK);
  const part = `${to}.${randomUUID()}.part`;
  closeSync(openSync(part, "wx", 0o600));
  try {
    copy(realpathSync(from), part);
    onDisk(part);
    const counts = checked(part);
    putInPlace(part, to);
    onDisk(folder);
    return { bytes: statSync(to).size, ...counts };
  } finally {
    rmSync(part, { force: true });
  }
}

/** Also a link that leads nowhere is something. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Unlike a new name for a file, a link takes the place of nothing that has come to be there meanwhile. */
function putInPlace(part: string, to: string): void {
  try {
    linkSync(part, to);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EEXIST") throw new BackupFailed("target_exists");
    // Some file systems have no links.
    renameSync(part, to);
  }
}

/** `VACUUM INTO` reads in one transaction, and leaves out what was deleted. It fills a file that is there and empty. */
function copy(from: string, part: string): void {
  const database = new Database(readOnly(from));
  try {
    database.pragma(`busy_timeout = ${BACKUP_WAIT_MS}`);
    if (!hasTables(database)) throw new BackupFailed("not_ours");
    database.prepare("vacuum into ?").run(part);
  } finally {
    database.close();
  }
}

function hasTables(database: Database.Database): boolean {
  const names = "'installation', 'requests', 'keys'";
  return countOf(database, `sqlite_schema where type = 'table' and name in (${names})`) === 3;
}

function onDisk(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function checked(part: string): Omit<BackedUp, "bytes"> {
  const database = new Database(readOnly(part));
  try {
    const found = database.pragma("integrity_check") as { integrity_check: string }[];
    const isWhole = found.length === 1 && found[0]?.integrity_check === "ok";
    const dangling = database.pragma("foreign_key_check") as unknown[];
    if (!isWhole || dangling.length > 0) throw new BackupFailed("damaged");
    return { requests: countOf(database, "requests"), keys: countOf(database, "keys") };
  } finally {
    database.close();
  }
}

function countOf(database: Database.Database, rows: string): number {
  return (database.prepare(`select count(*) as count from ${rows}`).get() as { count: number }).count;
}
