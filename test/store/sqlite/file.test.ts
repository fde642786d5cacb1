import { chmodSync, readFileSync, statSync } from "node:fs";
import Database from "libsql";
import { REQUESTS, requestIn } from "../../domain/samples";
import { describeOn } from "../../kit/database";
import { emptyStore, type Filled, newRequest } from "../filled";

describeOn("sqlite", "the file of SQLite", () => {
  let filled: Filled;
  beforeEach(async () => {
    filled = await emptyStore();
  });
  afterEach(() => filled.stop());

  test("is its owner's alone, and so are its companions, also where it was everybody's", async () => {
    const { file } = filled.database;
    chmodSync(file, 0o644);
    const again = await filled.openAgain();
    await again.check();
    for (const end of ["", "-wal", "-shm"]) expect(statSync(`${file}${end}`).mode & 0o077).toBe(0);
  });

  test("has nothing left of what was typed and forgotten", async () => {
    const { file } = filled.database;
    const { state } = REQUESTS.denied;
    const reason = "Only this request says so: quicksilver";
    await filled.store.transact((tx) => tx.requests.insert(newRequest("r3", { state, reason })));
    await filled.store.transact((tx) => tx.requests.forget(requestIn(state, { id: "r3", version: 1 })));
    const other = new Database(file);
    other.pragma("wal_checkpoint(truncate)");
    other.close();
    for (const end of ["", "-wal"]) expect(readFileSync(`${file}${end}`).includes("quicksilver")).toBe(false);
  });

  test.each(["update events set outcome = 'other'", "delete from events"])(
    "keeps its events: %s",
    async (statement) => {
      const event = { at: 1, actorId: "UDEV", requestId: null, accessKeyId: null, outcome: "created" };
      await filled.store.transact((tx) => tx.events.append({ ...event, name: "request.created" }));
      await expect(filled.database.execute(statement)).rejects.toThrow("events are final");
    },
  );

  test.each(["update used_names set reference = 'other'", "delete from used_names"])(
    "keeps the names that were used: %s",
    async (statement) => {
      await filled.database.execute("insert into used_names (tigris_name, reference) values ('deploy-A', 'A')");
      await expect(filled.database.execute(statement)).rejects.toThrow("used names are final");
    },
  );

  test("holds up a transaction of its own process, and no look at the record", async () => {
    const { store } = filled;
    await store.transact(async (tx) => {
      await tx.requests.insert(newRequest("r1"));
      expect(await store.read((record) => record.requests.find("r1"))).toBeNull();
    });
    expect(await store.read((record) => record.requests.find("r1"))).toMatchObject({ id: "r1" });
  });
});
