import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { openStore } from "../../../src/store";
import { MIGRATIONS } from "../../../src/store/sqlite/migrations";
import { openMoveSource, unmarkMoved } from "../../../src/store/sqlite/move-source";
import { describeOn } from "../../kit/database";

describeOn("sqlite", "a store that is given away", () => {
  let file: string;
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), "tigris-key-bot-")), "bot.db");
  });
  afterEach(() => rmSync(join(file, ".."), { recursive: true }));

  const open = () => openMoveSource(file, { now: () => 1_000, monotonicMs: () => 0 }, () => "the-store");
  const start = () => openStore({ kind: "sqlite", file }, { now: () => 2_000, monotonicMs: () => 0 });

  async function giveAway(work: () => Promise<void> = async () => {}): Promise<void> {
    const source = await open();
    try {
      await source.giveAway("keybot on db.example", work);
    } finally {
      await source.close();
    }
  }

  function withFile<Result>(work: (db: Database.Database) => Result): Result {
    const db = new Database(file);
    try {
      return work(db);
    } finally {
      db.close();
    }
  }

  const remembered = () =>
    withFile((db) => db.prepare("select kind, value from installation order by kind").raw().all()) as string[][];

  test("says where it went, to whoever opens it", async () => {
    await giveAway();
    await expect(start()).rejects.toMatchObject({ code: "store_moved", to: "keybot on db.example" });
    await expect(open()).rejects.toMatchObject({ code: "store_moved" });
  });

  test("is one of a newer version to every version that knows no moves", async () => {
    await giveAway();
    // They look for migrations that they don't know, and whether the oldest that one has to know is among theirs.
    const names = withFile((db) => db.prepare("select name from kysely_migration").raw().all()) as string[][];
    expect(names.flat().filter((name) => !(name in MIGRATIONS))).toHaveLength(1);
    const { oldest_usable, written_by } = Object.fromEntries(remembered());
    expect(oldest_usable in MIGRATIONS).toBe(false);
    expect(written_by).toContain("moved it to PostgreSQL, to keybot on db.example");
  });

  test("is as it was where it does not get to the other side", async () => {
    await (await open()).close();
    const before = remembered();
    await expect(giveAway(() => Promise.reject(new Error("not there")))).rejects.toThrow("not there");
    expect(remembered()).toEqual(before);
    await (await start()).close();
  });

  test("can be written by nobody else meanwhile", async () => {
    await giveAway(async () => {
      const write = () => withFile((db) => db.exec("pragma busy_timeout = 0; update installation set value = 'lost'"));
      expect(write).toThrow(expect.objectContaining({ code: "SQLITE_BUSY" }));
    });
  });

  test("keeps its id from the first try on", async () => {
    await expect(giveAway(() => Promise.reject(new Error("not there")))).rejects.toThrow();
    const source = await openMoveSource(file, { now: () => 1_000, monotonicMs: () => 0 }, () => "another");
    await source.giveAway("keybot", async ({ storeId }) => expect(storeId).toBe("the-store"));
    await source.close();
  });

  test("is taken back, once, and a bot starts on it as before", async () => {
    await giveAway();
    expect(unmarkMoved(file)).toBe(true);
    await (await start()).close();
    expect(Object.fromEntries(remembered()).oldest_usable).toBe(
      Object.entries(MIGRATIONS).findLast(([, { breaksOlder }]) => breaksOlder)?.[0],
    );
    expect(unmarkMoved(file)).toBe(false);
  });
});
