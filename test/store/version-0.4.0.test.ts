import { database as locationSetting } from "../../src/config-database";
import { openStore } from "../../src/store";
import type { OutboxMessage } from "../../src/workflow/outbox-message";
import type { StorePort } from "../../src/workflow/store-port";
import { createTestDatabase, type TestDatabase } from "../kit/database";
import { createManualClock, type ManualClock } from "../kit/manual-clock";
import { ENDED_AT as ENDS, writeOlderDatabase } from "../kit/older-versions";
import { sinceVotes } from "../kit/since-votes";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ENDED_AT = ENDS["0.4.0"];

type Row = { id: string; state: string; state_json: string; pause_json: string };

let database: TestDatabase;
let clock: ManualClock;
let store: StorePort;
let unreadable: string[];
let keysBefore: Row[];
let requestsBefore: Row[];
let timersBefore: unknown[];

const timers = () => database.rows("select subject_id, kind, due_at from timers order by due_at, kind, subject_id");

beforeEach(async () => {
  database = await createTestDatabase();
  await writeOlderDatabase("0.4.0", database);
  keysBefore = await database.rows<Row>("select access_key_id as id, state, state_json, pause_json from keys");
  requestsBefore = await database.rows<Row>("select id, state, state_json from requests");
  timersBefore = await timers();
  clock = createManualClock(ENDED_AT + MINUTE);
  unreadable = [];
  store = await openStore(
    locationSetting.parse(database.url),
    { ...clock, standsIn: true },
    { onUnreadable: (row) => unreadable.push(row) },
  );
});
afterEach(async () => {
  await store.close();
  await database.remove();
});

const parsed = (json: string) => {
  const { v: _v, ...state } = JSON.parse(json);
  return state;
};

test("each key is what it was, and on hold where it was", async () => {
  expect(keysBefore.map(({ state }) => state).sort()).toEqual(["deleted", "live", "live", "live", "live", "off"]);
  for (const { id, state_json, pause_json } of keysBefore)
    expect(await store.read((record) => record.keys.find(id))).toMatchObject({
      state: parsed(state_json),
      pause: parsed(pause_json),
    });
});

test("each request is in the state in which it was, and of none that waits was anybody reminded", async () => {
  const states = requestsBefore.map(({ state }) => state).sort();
  expect(states.filter((state) => state !== "made")).toEqual([
    "approved",
    "approved",
    "delivered",
    "denied",
    "pending",
  ]);
  for (const { id, state, state_json } of requestsBefore) {
    const waits = state === "pending" ? { reminded: "not_yet", askedAgainAt: null } : {};
    expect((await store.read((record) => record.requests.find(id)))?.state).toEqual(
      sinceVotes({ ...parsed(state_json), ...waits }),
    );
  }
});

test("what waits is due to be reminded of, two hours after it was asked; every other timer is what it was", async () => {
  const [waiting] = await database.rows<{ id: string; asked_at: number }>(
    "select id, asked_at from requests where state = 'pending'",
  );
  if (!waiting) throw new Error("something waits");
  const added = { subject_id: waiting.id, kind: "remind", due_at: waiting.asked_at + 2 * HOUR };
  // Each key that may have power is looked at once: its kind may have to end by now. So it is once its secret is old.
  const keys = await database.rows<{ id: string }>(
    "select access_key_id as id from keys where state not in ('off', 'deleting', 'deleted')",
  );
  const isOf = (kind: string) => (timer: object) => "kind" in timer && timer.kind === kind;
  const all = await timers();
  for (const kind of ["end", "age"])
    expect(
      all
        .filter(isOf(kind))
        .map((timer) => ("subject_id" in timer ? timer.subject_id : ""))
        .sort(),
    ).toEqual(keys.map(({ id }) => id).sort());
  const now = all.filter((timer) => !isOf("end")(timer) && !isOf("age")(timer));
  expect(now.filter((timer) => !timersBefore.some((was) => isSame(was, timer)))).toEqual([added]);
  expect(now).toHaveLength(timersBefore.length + 1);
  const take = () => store.timers.take("remind", "worker-1", { limit: 10, behindMs: 0 });
  expect(await take()).toEqual([]);
  clock.set(added.due_at);
  expect(await take()).toEqual([waiting.id]);
});

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

test("each message that is owed can be read", async () => {
  const due: OutboxMessage[] = [];
  for (;;) {
    const taken = await store.outbox.take("worker-1", 100);
    if (taken.length === 0) break;
    due.push(...taken.map(({ message }) => message));
  }
  expect(unreadable).toEqual([]);
  const codes = due.flatMap((message) => (message.kind === "notice" ? message.notice.code : message.kind));
  expect(codes).toHaveLength(29);
  expect(new Set(codes).size).toBe(23);
});

test("Homes can be opened, keys are found by their names, and reports are counted", async () => {
  expect(await store.appHomes.opened("UDEV00001", "Ev1")).toBe(true);
  await store.transact((tx) => tx.appHomes.owe(["UDEV00001"]));
  clock.set(ENDED_AT + HOUR);
  expect(await store.outbox.take("worker-1", 10, "homes")).toMatchObject([
    { message: { kind: "app_home", userId: "UDEV00001" } },
  ]);
  const named = await store.read((record) =>
    record.keys.named({ named: "off", ownerId: null, firstId: "UDEV00001", limit: 10 }),
  );
  expect(JSON.stringify(named)).toContain("tid_off000000000000000000000");
  expect(await store.read((record) => record.events.reportsBy(["UDEV00001"], 0))).toEqual([]);
});
