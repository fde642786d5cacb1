import { systemClock } from "../../../src/clock";
import { openStore } from "../../../src/store";
import { createTestDatabase, describeOn, type TestDatabase } from "../../kit/database";
import { writeOlderFile } from "../../kit/older-versions";

describeOn("sqlite", "a file of an earlier version", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
    writeOlderFile("0.1.0", database.file);
    await (await openStore({ kind: "sqlite", file: database.file }, systemClock)).close();
  });
  afterEach(() => database.remove());

  test("what ended before this version is due to be forgotten from its end on", async () => {
    const requests = await database.rows(
      `select id, json_extract(state_json, '$.at') as at from requests
       where state in ('denied', 'cancelled', 'withdrawn', 'lapsed', 'requester_gone') order by id`,
    );
    expect(requests.length).toBeGreaterThan(5);
    expect(
      await database.rows(
        `select subject_id as id, due_at as at from timers where kind = 'forget'
         and subject_id in (select id from requests) order by id`,
      ),
    ).toEqual(requests);
    const attempts = await database.rows("select id from attempts where closed = 1 order by id");
    expect(attempts.length).toBeGreaterThan(5);
    expect(
      await database.rows(
        `select subject_id as id from timers where kind = 'forget'
         and subject_id in (select id from attempts) order by id`,
      ),
    ).toEqual(attempts);
  });

  test("its keys are found by the buckets that they open", async () => {
    const words = await database.rows<{ words: string }>(
      `select words from key_search join keys using (access_key_id) where buckets is not null
       and instr(words, json_extract(buckets, '$[0]')) = 0`,
    );
    expect(words).toEqual([]);
    const all = await database.rows("select access_key_id as id from keys where buckets is not null");
    expect(all.length).toBeGreaterThan(0);
  });
});
