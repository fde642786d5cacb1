import type { KeyState } from "../../src/domain/key";
import type { Tx } from "../../src/workflow/store-port";
import { REQUESTS, requestIn, SECRET_ASKED } from "../domain/samples";
import { testedDatabase } from "../kit/database";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "./filled";

const NAMED = { kind: "create", number: 1, tigrisName: "deploy-REF-r1", phase: "refused" } as const;

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
  await transact(async (tx) => {
    for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id, { state: REQUESTS.denied.state }));
    await tx.attempts.insert(newAttempt("a1", "r1", { work: NAMED }));
  });
});
afterEach(() => filled.stop());

const transact = <Result>(work: (tx: Tx) => Promise<Result>) => filled.store.transact(work);
const denied = (id: string, version = 1) => requestIn(REQUESTS.denied.state, { id, version });

const rows = <Row>(sql: string) => filled.database.rows<Row>(sql);

test("a request goes with its attempts and all timers; its events stay", async () => {
  await transact(async (tx) => {
    await tx.timers.set("r1", [{ kind: "forget", dueAt: 1 }]);
    await tx.timers.set("a1", [{ kind: "forget", dueAt: 1 }]);
    const event = {
      at: 1,
      name: "request.denied",
      actorId: "UANN",
      requestId: "r1",
      accessKeyId: null,
      outcome: "denied",
    };
    await tx.events.append({ ...event, name: "request.denied" });
  });
  expect(await transact((tx) => tx.requests.forget(denied("r1")))).toBe(true);
  expect(await rows("select id from requests")).toEqual([{ id: "r2" }]);
  expect([await rows("select id from attempts"), await rows("select subject_id from timers")]).toEqual([[], []]);
  expect(await transact((tx) => tx.events.count("r1", "request.denied", 0))).toBe(1);
});

test("it stays where it has changed meanwhile, and while an attempt goes on", async () => {
  expect(await transact((tx) => tx.requests.forget(denied("r1", 2)))).toBe(false);
  const calling = { ...NAMED, tigrisName: "deploy-REF-r2", phase: "calling" } as const;
  await transact((tx) => tx.attempts.insert(newAttempt("a2", "r2", { work: calling })));
  expect(await transact((tx) => tx.requests.forget(denied("r2")))).toBe(false);
});

test("what it may have left behind is looked for no more", async () => {
  const searching = { ...NAMED, tigrisName: "deploy-REF-r2", phase: "searching" } as const;
  await transact(async (tx) => {
    await tx.attempts.insert(newAttempt("a2", "r2", { work: searching }));
    await tx.timers.set("a2", [{ kind: "recover", dueAt: 1 }]);
  });
  expect(await transact((tx) => tx.requests.forget(denied("r2")))).toBe(true);
  expect(await transact((tx) => tx.attempts.searching(10))).toEqual([]);
  expect(await rows("select subject_id from timers")).toEqual([]);
  expect(await rows("select tigris_name from used_names")).toEqual([{ tigris_name: searching.tigrisName }]);
});

const NEVER_ON = { kind: "deleted", byId: null, why: "never_on", at: 1 } as const;

test("its deleted keys go with it, and are found by no word of theirs", async () => {
  const keys = [newKey("r1", { state: NEVER_ON }), newKey("r2", { state: NEVER_ON })];
  await transact(async (tx) => {
    for (const key of keys) await tx.keys.insert(key);
    for (const key of keys) await tx.timers.set(key.accessKeyId, [{ kind: "switch_expires", dueAt: 1 }]);
  });
  expect(await transact((tx) => tx.requests.forget(denied("r1")))).toBe(true);
  expect(await rows("select access_key_id as id from keys")).toEqual([{ id: "tid_r2" }]);
  expect(await rows("select subject_id as id from timers")).toEqual([{ id: "tid_r2" }]);
  if (testedDatabase === "sqlite")
    expect(await rows("select access_key_id as id from key_search")).toEqual([{ id: "tid_r2" }]);
});

test.each<KeyState>([
  { kind: "off", shownAt: null },
  { kind: "live", secret: { kind: "confirmed", at: 1 } },
  { kind: "deleting", byId: null, why: "never_on", at: 1 },
])("a request stays as long as it has a key that is $kind", async (state) => {
  await transact((tx) => tx.keys.insert(newKey("r1", { state })));
  expect(await transact((tx) => tx.requests.forget(denied("r1")))).toBe(false);
  expect(await rows("select id from attempts")).toHaveLength(1);
});

test("a request stays as long as another one is about its key", async () => {
  await transact(async (tx) => {
    await tx.keys.insert(newKey("r1", { state: NEVER_ON }));
    await tx.requests.insert(newRequest("r3", { asked: { ...SECRET_ASKED, accessKeyId: "tid_r1" } }));
  });
  expect(await transact((tx) => tx.requests.forget(denied("r1")))).toBe(false);
});

test("a name is never used again, nor a reference that is in one", async () => {
  await transact((tx) => tx.requests.forget(denied("r1")));
  expect(await transact((tx) => tx.requests.isReferenceTaken("REF-r1"))).toBe(true);
  const again = newAttempt("a9", "r2", { work: { ...NAMED, phase: "calling" } });
  await expect(transact((tx) => tx.attempts.insert(again))).rejects.toThrow("this name was used before");
});

test("a closed attempt goes; an open one and the newest delivery of a key that works stay", async () => {
  const [closed, open, delivery] = [newAttempt("a1", "r1"), newAttempt("a2", "r2"), newAttempt("a3", "r2")];
  await transact(async (tx) => {
    await tx.attempts.insert(open);
    await tx.attempts.insert({ ...delivery, work: { kind: "rotate", phase: "posted" } });
    await tx.keys.insert(newKey("r2", { deliveryId: "a3" }));
  });
  const forget = (attempt: typeof closed) => transact((tx) => tx.attempts.forget(attempt));
  expect([await forget(closed), await forget(open), await forget(delivery)]).toEqual([true, false, false]);
  expect(await rows("select tigris_name from used_names")).toContainEqual({ tigris_name: NAMED.tigrisName });
});

test("old messages are dropped a few at a time, what can't be read too", async () => {
  for (const at of [1_000, 1_001, 1_002, 5_000]) {
    filled.clock.set(at);
    const place = { channelId: "C", ts: `${at}` };
    await transact((tx) => tx.outbox.add({ kind: "card_copy", card: "requester", requestId: "r1", place }));
  }
  await filled.database.execute("update outbox set message_json = '[]' where created_at = 1001");
  filled.clock.set(9_000);
  const drop = () => filled.store.outbox.forget(4_000, 2);
  expect([await drop(), await drop(), await drop()]).toEqual([2, 1, 0]);
  expect(await rows("select created_at from outbox")).toEqual([{ created_at: 5_000 }]);
});
