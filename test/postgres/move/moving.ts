import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import Database from "libsql";
import { migrateStore } from "../../../src/commands/migrate-store";
import { database } from "../../../src/config-database";
import type { PostgresLocation } from "../../../src/domain/store-location";
import { StartError } from "../../../src/start-error";
import { openStore } from "../../../src/store";
import { MOVED_TABLES } from "../../../src/store/moved-tables";
import { createTestDatabase, type TestDatabase } from "../../kit/database";
import { writeOlderFile } from "../../kit/older-versions";
import { builtBot } from "../../safety/kit/build";

/** How a command ended, and what it wrote. */
export type Ended = { exitCode: number; said: string; complained: string };

/** A store in SQLite that holds something in each of its tables, and an empty PostgreSQL database. */
export type Moving = {
  file: string;
  target: TestDatabase;
  /** Moves the one to the other; or whatever else the command line says. */
  move(args?: string[], how?: { env?: NodeJS.ProcessEnv; stopping?: AbortSignal }): Promise<Ended>;
  /** The same in a process of its own. @param preload a script that is loaded before. @returns it, and its end */
  launch(preload?: string): { pid: number; kill(): void; ended: Promise<Ended & { signal: string | null }> };
  /** Reads the store in SQLite. */
  rows<Row>(sql: string): Row[];
  /** Writes it, against the rules. */
  execute(sql: string): void;
  remove(): Promise<void>;
};

/** @returns a store that version 0.1.0 left behind, up to date, with what that version did not know. Whoever calls it removes it */
export async function createMoving(): Promise<Moving> {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-move-"));
  const file = join(folder, "bot.db");
  const target = await createTestDatabase();
  writeOlderFile("0.1.0", file);
  const store = await openStore({ kind: "sqlite", file }, { now: Date.now, monotonicMs: () => performance.now() });
  await store.close();
  const usual = ["--from", `file:${file}`, "--to", target.url];
  const moving: Moving = {
    file,
    target,
    move: (args = usual, how = {}) => run(args, how),
    launch: (preload) => launch(usual, preload),
    rows: (sql) => withFile(file, (db) => db.prepare(sql).all()) as never,
    execute: (sql) => withFile(file, (db) => void db.exec(`pragma foreign_keys = off; ${sql}`)),
    remove: async () => {
      await target.remove();
      rmSync(folder, { recursive: true });
    },
  };
  moving.execute(`
    update keys set pause_json = '{"v":3,"holds":[],"stands":"resuming","areRolesTaken":true,"unansweredAt":1}'
      where access_key_id = (select max(access_key_id) from keys);
    insert into used_names (tigris_name, reference) values ('forgotten-é-ABCD', 'ABCD');
    insert into policies values ('old', 'rules: [é]', 'sighup', 'host/1', 1, 2);
    update requests set reason = 'naïve “quotes” \\ {a,b} "c" NULL ''d'' 🗝 ' || char(10) where reason is not null;
    update requests set kind = 'secret', access_key_id = (select min(access_key_id) from keys)
      where id = (select max(id) from requests where id not in (select request_id from keys));
    insert into app_homes (user_id, opened_at, opened_by, acts, drawn_acts, look_json, said_json, sees_others, drawn_at, digest,
      lease_holder, lease_until) values
      ('UANN00001', 1795596900000, 'Ev1', 2, 1, '{"v":5,"whose":"own"}', null, 1, 0, null, 'worker-1', 1),
      ('UDEV00001', 1795596900000, null, 1, 1, '{"v":5,"whose":"own"}', '{"v":5,"sentence":["“é”"]}', 0, 1, 'd', null, 0);
    insert into leak_messages (access_key_id, channel_id, ts, message_json, posted_at) values
      ('tid_é', 'CAPPROVE1', '1.2', '{"v":3}', 1), ('tid_é', 'CAPPROVE1', '1.10', '{"v":3}', 1), ('tid_b', 'CAPPROVE1', '1.2', '{}', 2);
    insert into leavers (owner_id, state, state_json, changed_at, version, channel_id, ts) values
      ('UGONE0001', 'back', '{"v":3,"at":1}', 1, 2, 'CAPPROVE1', '1.30'), ('UGONE0002', 'back', '{"v":3,"at":2}', 2, 1, null, null);
    update outbox set lease_holder = 'worker-1', last_code = '' where id = (select min(id) from outbox);
    delete from outbox where id = (select max(id) from outbox)`);
  return moving;
}

async function run(
  args: string[],
  { env = {}, stopping = new AbortController().signal }: { env?: NodeJS.ProcessEnv; stopping?: AbortSignal },
): Promise<Ended> {
  const written: Record<"said" | "complained", string[]> = { said: [], complained: [] };
  const say = (text: string) => void written.said.push(text);
  const complain = (text: string) => void written.complained.push(text);
  const exitCode = await migrateStore({ args, env, stopping, say, complain }).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    complain(error.message);
    return error.exitCode;
  });
  return { exitCode, said: written.said.join(""), complained: written.complained.join("") };
}

function launch(args: string[], preload?: string): ReturnType<Moving["launch"]> {
  const scripts = preload === undefined ? [] : [`--require=${preload}`];
  const child = spawn(process.execPath, [...scripts, builtBot(), "migrate-store", ...args], {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, "close")]);
  return {
    pid: child.pid ?? 0,
    kill: () => void child.kill("SIGKILL"),
    ended: ended.then(([said, complained, [exitCode, signal]]) => ({ exitCode, signal, said, complained })),
  };
}

function withFile<Result>(file: string, work: (db: Database.Database) => Result): Result {
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  const db = new Database(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** Where a URL leads to. */
export function locationOf(url: string): PostgresLocation {
  const location = database.parse(url);
  if (location.kind !== "postgres") throw new Error("this is no PostgreSQL database");
  return location;
}

/** Whether a move has left its mark in the store in SQLite. */
export function isMarked(moving: Moving): boolean {
  return moving.rows("select 1 from installation where kind = 'moved_to'").length > 0;
}

/** Tables of the target in which there is something that a move, or a bot, has brought. */
export async function filledTables({ target }: Moving): Promise<string[]> {
  const found = await target.rows<{ name: string }>(
    MOVED_TABLES.filter(({ name }) => name !== "installation")
      .map(({ name }) => `select '${name}' as name where exists (select 1 from ${name})`)
      .concat("select kind as name from installation where kind not in ('written_by', 'oldest_usable', 'probe')")
      .join(" union all "),
  );
  return found.map(({ name }) => name);
}
