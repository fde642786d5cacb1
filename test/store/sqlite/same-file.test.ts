import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../../src/store";
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

describe("a file that is removed or replaced while it is open", () => {
  const gone = { code: "store_file_gone", retry: "safe" };
  const away = () => join(folder, "away.db");

  test("removed: nothing is written any more, and it is said", async () => {
    rmSync(file);
    await expect(claim()).rejects.toMatchObject(gone);
    await expect(store.transact(async () => "done")).rejects.toMatchObject(gone);
    await expect(store.check()).rejects.toMatchObject(gone);
  });

  test("moved away and back: it goes on by itself, with all that was there", async () => {
    await claim();
    renameSync(file, away());
    await expect(store.check()).rejects.toMatchObject(gone);
    renameSync(away(), file);
    await store.check();
    expect(await read()).toBe("T1");
  });

  test("replaced by a copy: nothing is written to either, and the copy keeps what it has", async () => {
    await store.close();
    copyFileSync(file, join(folder, "backup.db"));
    store = await open();
    await claim();
    renameSync(file, away());
    copyFileSync(join(folder, "backup.db"), file);
    await expect(store.check()).rejects.toMatchObject(gone);
    expect(statSync(`${file}-wal`).size).toBe(0);
    await store.close();
    store = await open();
    expect(await read()).toBeNull();
    await store.check();
  });

  test("its log removed: what is written there is lost after a crash, so nothing is", async () => {
    rmSync(`${file}-wal`);
    await expect(store.check()).rejects.toMatchObject(gone);
  });

  test("a stop leaves another database's log alone", async () => {
    await claim();
    rmSync(file);
    writeFileSync(file, "another database");
    rmSync(`${file}-wal`);
    writeFileSync(`${file}-wal`, "and its log");
    await store.close();
    expect(readFileSync(`${file}-wal`, "utf8")).toBe("and its log");
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    store = await open();
  });

  test("behind a link: the file that it leads to is what counts", async () => {
    await store.close();
    symlinkSync(file, join(folder, "link.db"));
    store = await openStore({ kind: "sqlite", file: join(folder, "link.db") }, clock);
    await claim();
    rmSync(file);
    await expect(store.check()).rejects.toMatchObject(gone);
  });
});
