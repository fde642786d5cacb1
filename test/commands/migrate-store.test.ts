import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../src/commands/command";
import { migrateStore } from "../../src/commands/migrate-store";
import { takeLock } from "../../src/store/sqlite/lock";

/*
 * What is refused before anything is reached. test/postgres/move/ has the rest. No address of these tests leads anywhere.
 */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const silent = (): void => {};
const TARGET = "postgres://keybot:the-password@127.0.0.1:1/keybot";

async function refusalOf(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ exitCode: number; message: string }> {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const running = migrateStore({ args, env, stopping: new AbortController().signal, say, complain: say });
  const { exitCode, message } = await running.then(
    (code) => ({ exitCode: code, message: said.join("") }),
    (error) => error,
  );
  expect(message).not.toContain("the-password");
  return { exitCode, message };
}

test.each([
  [[]],
  [["--to", TARGET]],
  [["--from"]],
  [["--from", "", "--to", TARGET]],
  [["--from", "file:a.db", "--to", " "]],
  [["--from", "file:a.db", "--password", "the-password"]],
  [["--from", "file:a.db", TARGET]],
  [["--from", "file:a.db", "--to", TARGET, "--undo"]],
])("the command line %j can't be understood, and is not repeated", async (args) => {
  const run = migrateStore({ args, env: {}, stopping: new AbortController().signal, say: silent, complain: silent });
  const error = await run.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).not.toContain("the-password");
});

test.each([
  ["--from is no file", ["--from", TARGET, "--to", TARGET], {}, 64, /--from is not the file: URL/],
  ["--to is a file", ["--from", "file:a.db", "--to", "file:b.db"], {}, 64, /--to is not a postgres:\/\/ URL/],
  [
    "--to names no database",
    ["--from", "file:a.db", "--to", "postgres://keybot:the-password@db"],
    {},
    64,
    /--to names no database/,
  ],
  [
    "--to asks for TLS that checks nothing",
    ["--from", "file:a.db", "--to", `${TARGET}?sslmode=prefer`],
    {},
    64,
    /--to has an sslmode/,
  ],
  ["nothing says where to", ["--from", "file:a.db"], { DATABASE_URL: " " }, 64, /DATABASE_URL_FILE/],
  [
    "DATABASE_URL is a file",
    ["--from", "file:a.db"],
    { DATABASE_URL: "file:b.db" },
    78,
    /DATABASE_URL is not a postgres/,
  ],
  [
    "the file of DATABASE_URL is missing",
    ["--from", "file:a.db"],
    { DATABASE_URL_FILE: "/nowhere" },
    78,
    /DATABASE_URL_FILE names a file that can't be read/,
  ],
  [
    "DATABASE_URL is set twice",
    ["--from", "file:a.db"],
    { DATABASE_URL: TARGET, DATABASE_URL_FILE: "/nowhere" },
    78,
    /leave one of them out/,
  ],
])("where %s, one sentence says so", async (_what, args, env, exitCode, message) => {
  expect(await refusalOf(args, env)).toEqual({ exitCode, message: expect.stringMatching(message) });
});

test("a file that is not there is not made", async () => {
  const file = join(folder, "sub", "bot.db");
  expect(await refusalOf(["--from", `file:${file}`, "--to", TARGET])).toEqual({
    exitCode: 78,
    message: `There is no database file ${file}.`,
  });
  expect(existsSync(join(folder, "sub"))).toBe(false);
});

test.each([["--to", TARGET], ["--undo"]])("a file that a bot holds is left alone: %s", async (...how) => {
  const file = join(folder, "bot.db");
  writeFileSync(file, "");
  const lock = takeLock(file, { host: "the-host", pid: 4711, startedAt: 1_000 });
  expect(await refusalOf(["--from", `file:${file}`, ...how])).toEqual({
    exitCode: 75,
    message: expect.stringContaining("the process 4711 on the-host since 1970-01-01T00:00:01.000Z"),
  });
  lock.release();
});

test("a file that is no database is said to be none", async () => {
  const file = join(folder, "bot.db");
  writeFileSync(file, "no database, but long enough to be looked at ".repeat(100));
  const { exitCode, message } = await refusalOf(["--from", `file:${file}`, "--to", TARGET]);
  expect([exitCode, message]).toEqual([78, expect.stringContaining("SQLITE_NOTADB")]);
});

test("a server that does not answer may later, and the file is as it was", async () => {
  const file = join(folder, "bot.db");
  writeFileSync(file, "");
  const { exitCode, message } = await refusalOf(["--from", `file:${file}`, "--to", TARGET]);
  expect([exitCode, message]).toEqual([75, expect.stringContaining("database keybot on 127.0.0.1 can't be used")]);
  expect(await refusalOf(["--from", `file:${file}`, "--undo"])).toEqual({
    exitCode: 78,
    message: `${file} is not marked as moved.\n`,
  });
});
