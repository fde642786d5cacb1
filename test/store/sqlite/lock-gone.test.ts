import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKPOINT_EVERY_MS } from "../../../src/domain/service-limits";
import { openStore } from "../../../src/store";
import { type Lock, lockFileOf, takeLock } from "../../../src/store/sqlite/lock";
import type { StorePort } from "../../../src/workflow/store-port";
import { createManualClock } from "../../kit/manual-clock";

const clock = createManualClock(1_000);
let folder: string;
let file: string;
const locks: Lock[] = [];
const stores: StorePort[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  file = join(folder, "bot.db");
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const lock of locks.splice(0)) lock.release();
  rmSync(folder, { recursive: true });
});

/** As a bot does at its start. */
async function start(pid: number): Promise<StorePort> {
  locks.push(takeLock(file, { host: "here", pid, startedAt: pid }));
  const store = await openStore({ kind: "sqlite", file }, clock);
  stores.push(store);
  return store;
}

const claim = (store: StorePort, value: string) => store.claim({ kind: "slack_team", value });

test.each(["", "-wal", "-shm"])(
  "whose lock%s was removed writes nothing any more: another bot may start",
  async (part) => {
    const first = await start(1);
    rmSync(`${lockFileOf(file)}${part}`);
    await expect(claim(first, "T1")).rejects.toMatchObject({ code: "store_lock_gone", retry: "safe" });
    await expect(first.check()).rejects.toMatchObject({ code: "store_lock_gone" });
    expect(await first.remembered("slack_team")).toBeNull();
  },
);

test("nor does it take the log of the one that has it now into the file, nor at its stop", async () => {
  const first = await start(1);
  await claim(first, "T1");
  for (const part of ["", "-wal", "-shm"]) rmSync(`${lockFileOf(file)}${part}`);
  const second = await start(2);
  await second.claim({ kind: "tigris_owner", value: "OWNER" });
  const log = statSync(`${file}-wal`).size;
  expect(log).toBeGreaterThan(0);
  const before = readFileSync(file);
  clock.advance(CHECKPOINT_EVERY_MS);
  await first.remembered("slack_team");
  await first.close();
  expect([statSync(`${file}-wal`).size, readFileSync(file).equals(before)]).toEqual([log, true]);
  expect(await second.remembered("tigris_owner")).toBe("OWNER");
});
