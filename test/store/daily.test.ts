import { emptyStore, type Filled } from "./filled";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_700_000_000_000;

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore(NOW);
});
afterEach(() => filled.stop());

const question = (userId: string, owedAt = NOW) => ({ kind: "old_keys", userId, owedAt }) as const;
const add = (message: Parameters<Parameters<Parameters<Filled["store"]["transact"]>[0]>[0]["outbox"]["add"]>[0]) =>
  filled.store.transact((tx) => tx.outbox.add(message));
const take = (what: "messages" | "daily", limit = 10) => filled.store.outbox.take("w", limit, what);

test("what waits for a morning is taken apart from all else, and not again before its time", async () => {
  await add(question("U1"));
  expect(await take("messages")).toEqual([]);
  const [due] = await take("daily");
  expect(due?.message).toEqual(question("U1"));
  if (due) await filled.store.outbox.postpone(due, { afterMs: 20 * HOUR, code: "not_yet" });
  for (const hours of [0, 1, 19]) {
    filled.clock.set(NOW + hours * HOUR);
    expect([await take("messages"), await take("daily")]).toEqual([[], []]);
  }
  filled.clock.set(NOW + 20 * HOUR);
  expect(await take("daily")).toHaveLength(1);
});

test("one message a person is owed, however many keys: the newest asks for a morning after it, and none comes sooner", async () => {
  await add(question("U1"));
  const [due] = await take("daily");
  if (due) await filled.store.outbox.postpone(due, { afterMs: 20 * HOUR, code: "not_yet" });
  filled.clock.set(NOW + HOUR);
  await add(question("U1", NOW + HOUR));
  await add(question("U2", NOW + HOUR));
  expect((await take("daily")).map(({ message }) => message)).toEqual([question("U2", NOW + HOUR)]);
  filled.clock.set(NOW + 20 * HOUR);
  expect((await take("daily")).map(({ message }) => message)).toContainEqual(question("U1", NOW + HOUR));
});

test("a clock that was set back by more than a morning can wait makes it due", async () => {
  await add(question("U1"));
  const [due] = await take("daily");
  if (due) await filled.store.outbox.postpone(due, { afterMs: 20 * HOUR, code: "not_yet" });
  filled.clock.set(NOW - 5 * HOUR);
  expect(await take("daily")).toEqual([]);
  filled.clock.set(NOW - 7 * HOUR);
  expect(await take("daily")).toHaveLength(1);
});

test("what nobody answered is gathered for a day, from its first on", async () => {
  await add({ kind: "unanswered", since: NOW });
  filled.clock.set(NOW + 12 * HOUR);
  await add({ kind: "unanswered", since: NOW + 12 * HOUR });
  expect(await take("daily")).toEqual([]);
  filled.clock.set(NOW + DAY);
  expect((await take("daily")).map(({ message }) => message)).toEqual([{ kind: "unanswered", since: NOW }]);
});

test("ten thousand that wait for their morning cost nothing: a round takes none of them, and other messages go out", async () => {
  await filled.database.execute(
    `insert into outbox (card, message_json, created_at, next_at, tries, revision, lease_until, daily)
      with recursive up(i) as (select 1 union all select i + 1 from up where i < 10000)
      select 'old_keys U' || i, '{"kind":"old_keys","userId":"U' || i || '","owedAt":1}', ${NOW}, ${NOW + 12 * HOUR}, 1, 1, 0, 1 from up`,
  );
  await add({ kind: "policy_changed", before: null, after: "x" });
  expect(await take("messages")).toHaveLength(1);
  expect(await take("messages")).toEqual([]);
  expect(await take("daily")).toEqual([]);
  for (let round = 0; round < 50; round++) await take("daily");
  const [row] = await filled.database.rows<{ count: number }>(
    "select count(*) as count from outbox where daily = 1 and tries > 1",
  );
  expect(Number(row?.count)).toBe(0);
});
