import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { openStore } from "../../src/store";
import type { StorePort } from "../../src/workflow/store-port";

let folder: string;
let store: StorePort;
let other: Database.Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  store = await openStore(join(folder, "bot.db"));
  other = new Database(join(folder, "bot.db"));
});
afterEach(async () => {
  other.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

test("while another process holds the file, the process goes on with everything else, and writes as soon as it can", async () => {
  other.exec("begin immediate");
  let isWritten = false;
  const writing = store.claim({ kind: "slack_team", value: "T1", at: 1 }).finally(() => {
    isWritten = true;
  });
  const began = performance.now();
  for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setImmediate(resolve));
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(isWritten).toBe(false);
  other.exec("rollback");
  expect(await writing).toBe("T1");
});

test("a file that stays locked is an error that a caller can tell, after some seconds", async () => {
  other.exec("begin immediate");
  await expect(store.check()).rejects.toMatchObject({ code: expect.stringContaining("SQLITE_BUSY") });
  other.exec("rollback");
  expect(await store.claim({ kind: "slack_team", value: "T1", at: 1 })).toBe("T1");
}, 15_000);

test("a file that stays locked while it is opened is such an error too", async () => {
  const file = join(folder, "other.db");
  const holder = new Database(file);
  holder.exec("pragma journal_mode = wal; begin immediate");
  await expect(openStore(file)).rejects.toMatchObject({ code: expect.stringContaining("SQLITE_BUSY") });
  holder.exec("rollback");
  holder.close();
  await (await openStore(file)).close();
}, 15_000);
