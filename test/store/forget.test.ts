import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { openStore } from "../../src/store";
import type { Tx } from "../../src/workflow/store-port";
import { REQUESTS, requestIn } from "../domain/samples";
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

function rows<Row>(sql: string, file = filled.file): Row[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

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
  expect(rows("select id from requests")).toEqual([{ id: "r2" }]);
  expect([rows("select id from attempts"), rows("select subject_id from timers")]).toEqual([[], []]);
  expect(await transact((tx) => tx.events.count("r1", "request.denied", 0))).toBe(1);
});

test("it stays where it has changed meanwhile, and while an attempt goes on", async () => {
  expect(await transact((tx) => tx.requests.forget(denied("r1", 2)))).toBe(false);
  const searching = { ...NAMED, tigrisName: "deploy-REF-r2", phase: "searching" } as const;
  await transact((tx) => tx.attempts.insert(newAttempt("a2", "r2", { work: searching })));
  expect(await transact((tx) => tx.requests.forget(denied("r2")))).toBe(false);
});

test("whatever the code does, a request stays as long as it has a key", async () => {
  await transact((tx) => tx.keys.insert(newKey("r1")));
  await expect(transact((tx) => tx.requests.forget(denied("r1")))).rejects.toThrow("FOREIGN KEY");
});

test("a name is never used again, nor a reference that is in one", async () => {
  await transact((tx) => tx.requests.forget(denied("r1")));
  expect(await transact((tx) => tx.requests.isReferenceTaken("REF-r1"))).toBe(true);
  const again = newAttempt("a9", "r2", { work: { ...NAMED, phase: "calling" } });
  await expect(transact((tx) => tx.attempts.insert(again))).rejects.toThrow("this name was used before");
  const other = new Database(filled.file);
  expect(() => other.exec("delete from used_names")).toThrow("used names are final");
  expect(() => other.exec("update used_names set reference = 'other'")).toThrow("used names are final");
  other.close();
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
  expect(rows("select tigris_name from used_names")).toContainEqual({ tigris_name: NAMED.tigrisName });
});

test("old messages are dropped a few at a time, what can't be read too", async () => {
  await transact(async (tx) => {
    for (const at of [1_000, 1_001, 1_002, 5_000])
      await tx.outbox.add(
        { kind: "card_copy", card: "requester", requestId: "r1", place: { channelId: "C", ts: `${at}` } },
        at,
      );
  });
  const other = new Database(filled.file);
  other.exec("update outbox set message_json = '[]' where created_at = 1001");
  other.close();
  const drop = () => filled.store.outbox.forget(5_000, 2);
  expect([await drop(), await drop(), await drop()]).toEqual([2, 1, 0]);
  expect(rows("select created_at from outbox")).toEqual([{ created_at: 5_000 }]);
});

test("what was typed is not left behind in the file", async () => {
  const reason = "Only this request says so: quicksilver";
  await transact((tx) => tx.requests.insert(newRequest("r3", { state: REQUESTS.denied.state, reason })));
  await transact((tx) => tx.requests.forget(denied("r3")));
  const other = new Database(filled.file);
  other.pragma("wal_checkpoint(truncate)");
  other.close();
  for (const end of ["", "-wal"]) expect(readFileSync(`${filled.file}${end}`).includes("quicksilver")).toBe(false);
});

test("what ended before this version is due from its end on", async () => {
  const file = join(filled.file, "../old.db");
  const old = new Database(file);
  old.exec(readFileSync(join(__dirname, "../fixtures/0.1.0/bot.db.sql"), "utf8"));
  old.close();
  await (await openStore(file)).close();
  const requests = rows<{ id: string; at: number }>(
    `select id, json_extract(state_json, '$.at') as at from requests
     where state in ('denied', 'cancelled', 'withdrawn', 'lapsed', 'requester_gone') order by id`,
    file,
  );
  const timers = rows<{ id: string; at: number }>(
    `select subject_id as id, due_at as at from timers where kind = 'forget'
     and subject_id in (select id from requests) order by id`,
    file,
  );
  expect(requests.length).toBeGreaterThan(5);
  expect(timers).toEqual(requests);
  const attempts = rows<{ id: string }>("select id from attempts where closed = 1 order by id", file);
  expect(attempts.length).toBeGreaterThan(5);
  expect(
    rows(
      "select subject_id as id from timers where kind = 'forget' and subject_id in (select id from attempts) order by id",
      file,
    ),
  ).toEqual(attempts);
});
