import { Client } from "pg";
import { database as locationSetting } from "../../../src/config-database";
import { openStore } from "../../../src/store";
import { MIGRATIONS } from "../../../src/store/postgres/migrations";
import { createTestDatabase, describeOn, type TestDatabase } from "../../kit/database";
import { createManualClock } from "../../kit/manual-clock";
import { emptyStore, type Filled, newAttempt, newRequest } from "../filled";

const EVENT = {
  at: 1,
  name: "request.created",
  actorId: "UDEV",
  requestId: null,
  accessKeyId: null,
  outcome: "created",
} as const;

describeOn("postgres", "whoever owns the tables of PostgreSQL", () => {
  let filled: Filled;
  let owner: Client;
  beforeEach(async () => {
    filled = await emptyStore();
    await filled.store.transact((tx) => tx.events.append(EVENT));
    owner = new Client({ connectionString: filled.database.url });
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
    await filled.stop();
  });

  test.each(["update events set outcome = 'other'", "delete from events", "truncate events"])(
    "can't change what happened: %s",
    async (statement) => {
      await expect(owner.query(statement)).rejects.toThrow("events are final");
      expect(await filled.database.rows("select outcome from events")).toEqual([{ outcome: "created" }]);
    },
  );

  test.each(["update used_names set reference = 'other'", "delete from used_names", "truncate used_names"])(
    "can't free a name that was used: %s",
    async (statement) => {
      await owner.query("insert into used_names (tigris_name, reference) values ('deploy-A', 'A')");
      await expect(owner.query(statement)).rejects.toThrow("used names are final");
    },
  );

  test("can't give an attempt a name that was used", async () => {
    await owner.query("insert into used_names (tigris_name, reference) values ('deploy-A', 'A')");
    const work = { kind: "create", number: 1, tigrisName: "deploy-A", phase: "calling" } as const;
    const inserted = filled.store.transact(async (tx) => {
      await tx.requests.insert(newRequest("r1"));
      await tx.attempts.insert(newAttempt("a1", "r1", { work }));
    });
    await expect(inserted).rejects.toThrow("this name was used before");
  });
});

/** As often as it takes to meet the moment at which two of them look for the same table. */
const ROUNDS = 3;

describeOn("postgres", "an empty database of PostgreSQL", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.remove());

  test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    "gets its tables once, where three processes open it at once (%i)",
    async () => {
      const clock = { ...createManualClock(1_000), standsIn: true };
      const location = locationSetting.parse(database.url);
      const opening = await Promise.allSettled([1, 2, 3].map(() => openStore(location, clock)));
      const stores = opening.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
      try {
        expect(opening.flatMap((one) => (one.status === "rejected" ? one.reason : []))).toEqual([]);
        for (const store of stores) await store.check();
        expect(await database.rows("select name from kysely_migration order by name")).toEqual(
          Object.keys(MIGRATIONS).map((name) => ({ name })),
        );
      } finally {
        for (const store of stores) await store.close();
      }
    },
  );
});
