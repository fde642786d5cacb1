import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backup } from "../../src/commands/backup";
import { UsageError } from "../../src/commands/command";
import { openStore } from "../../src/store";
import { createManualClock } from "../kit/manual-clock";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, "bot.db");
const target = () => join(folder, "backup.db");

async function run(args: string[], env: NodeJS.ProcessEnv = { DATABASE_URL: `file:${file()}` }) {
  let said = "";
  let complained = "";
  const code = await backup({
    args,
    env,
    stopping: new AbortController().signal,
    say: (text) => (said += text),
    complain: (text) => (complained += text),
  });
  return { code, said, complained };
}

test("a backup that is written: one sentence with its size and what it holds; a second one does not take its place", async () => {
  await (await openStore({ kind: "sqlite", file: file() }, createManualClock())).close();
  expect(await run([target()])).toEqual({
    code: 0,
    said: expect.stringMatching(
      /^The backup \S+\/backup\.db is written and checked: \d+ kB, with 0 requests and 0 keys, deleted keys included\.\n$/,
    ),
    complained: "",
  });
  const again = { code: 1, said: "", complained: `${target()} is there already. Name a file that is not.\n` };
  expect(await run([target()])).toEqual(again);
});

test("what is wrong is said in one sentence", async () => {
  expect(await run([target()])).toMatchObject({
    code: 1,
    complained: `There is no database ${file()} (DATABASE_URL).\n`,
  });
  writeFileSync(file(), "");
  expect(await run([target()])).toMatchObject({
    code: 1,
    complained: expect.stringContaining("not a database of this bot's"),
  });
  expect(await run([join(folder, "none/backup.db")])).toMatchObject({
    code: 1,
    complained: `The folder of ${join(folder, "none/backup.db")} is not there. Make it first.\n`,
  });
  writeFileSync(file(), "x".repeat(9_000));
  expect(await run([target()])).toMatchObject({
    code: 1,
    complained: expect.stringContaining("can't be copied to"),
  });
  expect(existsSync(target())).toBe(false);
});

test("PostgreSQL has a program of its own for it", async () => {
  const answer = await run([target()], { DATABASE_URL: "postgres://bot:hunter2hunter2@db.example/bot" });
  expect(answer).toEqual({ code: 64, said: "", complained: expect.stringContaining("pg_dump") });
  expect(answer.complained).not.toContain("hunter2");
});

test("an address that can't be read is a mistake of the configuration", async () => {
  expect(await run([target()], { DATABASE_URL: "mysql://db" })).toMatchObject({
    code: 78,
    complained: expect.stringContaining("DATABASE_URL is neither"),
  });
});

test.each([[[]], [["one", "two"]]])("%j is no command line", async (args) => {
  await expect(run(args)).rejects.toBeInstanceOf(UsageError);
});
