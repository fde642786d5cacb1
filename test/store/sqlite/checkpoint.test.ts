import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { CHECKPOINT_EVERY_MS } from "../../../src/domain/service-limits";
import { openStore } from "../../../src/store";
import { connectReader } from "../../../src/store/sqlite/connection";
import type { StorePort } from "../../../src/workflow/store-port";
import { createManualClock } from "../../kit/manual-clock";

const clock = createManualClock(1_000);
let folder: string;
let file: string;
let store: StorePort;

const open = () => openStore({ kind: "sqlite", file }, clock);
const claim = () => store.claim({ kind: "slack_team", value: "T1" });
const read = () => store.remembered("slack_team");

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  file = join(folder, "bot.db");
  store = await open();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** What the file alone holds of the workspace, as whoever copies only that one has it. */
function teamInCopy(): unknown {
  const copy = join(folder, "copy.db");
  copyFileSync(file, copy);
  const database = new Database(copy);
  try {
    const row = database.prepare("select value from installation where kind = 'slack_team'").get();
    return (row as { value: string } | undefined)?.value;
  } catch {
    return "unreadable";
  } finally {
    database.close();
    for (const name of readdirSync(folder)) if (name.startsWith("copy.db")) rmSync(join(folder, name));
  }
}

describe("the log goes into the file", () => {
  test("at a clean stop: nothing is left beside it, and it opens again", async () => {
    await claim();
    await read();
    await store.close();
    expect(readdirSync(folder)).toEqual(["bot.db"]);
    expect(teamInCopy()).toBe("T1");
    store = await open();
    expect(await read()).toBe("T1");
    expect(await claim()).toBe("T1");
  });

  test("at a stop while somebody else reads: what that one does not hold back", async () => {
    await claim();
    const other = new Database(file);
    other.exec("pragma query_only = on");
    expect(other.prepare("select count(*) as count from installation").get()).toMatchObject({ count: 3 });
    await store.close();
    expect(teamInCopy()).toBe("T1");
    expect(other.prepare("select count(*) as count from installation").get()).toMatchObject({ count: 3 });
    other.close();
    store = await open();
    expect(await read()).toBe("T1");
  });

  test("after a minute, at the next look at the record, though nothing more is written", async () => {
    await claim();
    clock.advance(CHECKPOINT_EVERY_MS - 1);
    await read();
    expect(teamInCopy()).not.toBe("T1");
    clock.advance(1);
    await read();
    expect(teamInCopy()).toBe("T1");
    expect(statSync(`${file}-wal`).size).toBe(0);
  });

  test("while somebody reads what was before, as far as that goes, and then again after a minute", async () => {
    const other = new Database(file);
    other.exec("begin; select count(*) from installation");
    other.prepare("select count(*) from installation").get();
    await claim();
    clock.advance(CHECKPOINT_EVERY_MS);
    await read();
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    other.exec("commit");
    clock.advance(CHECKPOINT_EVERY_MS);
    await read();
    expect(statSync(`${file}-wal`).size).toBe(0);
    expect(teamInCopy()).toBe("T1");
    other.close();
  });
});

test("the connection that reads can't write: so it takes nothing into the file either", () => {
  const { database, detach } = connectReader(file);
  const write = () => database.prepare("delete from installation").run([]);
  expect(write).toThrow(expect.objectContaining({ code: "SQLITE_READONLY" }));
  database.prepare("pragma query_only = off").run([]);
  expect(write).toThrow(expect.objectContaining({ code: "SQLITE_READONLY" }));
  detach();
});

test("a log that can't be kept beside the file is an error of its own kind", async () => {
  const other = join(folder, "other.db");
  symlinkSync(join(folder, "nowhere"), `${other}-shm`);
  await expect(openStore({ kind: "sqlite", file: other }, clock)).rejects.toMatchObject({ code: "SQLITE_CANTOPEN" });
});
