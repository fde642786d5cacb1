import type { Attempt } from "../../src/domain/attempt";
import type { Key } from "../../src/domain/key";
import { drop, finishSwitchingOn, type KeyStep, startDeletion } from "../../src/domain/key-steps";
import { beginPause } from "../../src/workflow/begin-attempt";
import { type ChangePorts, change } from "../../src/workflow/change";
import { type Recorded, step } from "../../src/workflow/step";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "../store/filled";

const AT = 5_000;
const { clickId: _clickId, ...BEGUN } = newAttempt("a1", "r1");
const SEARCHING = { kind: "create", number: 1, tigrisName: "name-a1", phase: "searching" } as const;
const PAUSING = { kind: "pause", phase: "calling" } as const;
const DELETING = { kind: "delete", phase: "calling" } as const;
const DELETED = { kind: "delete", phase: "deleted" } as const;

let filled: Filled;
let ports: ChangePorts;
let woken: number;
beforeEach(async () => {
  filled = await emptyStore(AT);
  await filled.store.transact((tx) => tx.requests.insert(newRequest("r1")));
  woken = 0;
  const silent = () => {};
  ports = {
    store: filled.store,
    clock: filled.clock,
    log: { info: silent, warn: silent, error: silent },
    wake: () => {
      woken += 1;
    },
  };
});
afterEach(() => filled.stop());

/** Begins an attempt for the request. */
const begin = (changes: Partial<Attempt> = {}) =>
  change(ports, {
    about: { requestId: "r1" },
    decide: () => step("UDEV", { attempt: { to: { ...BEGUN, ...changes }, event: "attempt.answered" } }),
  });

test.each<[string, Partial<Attempt>, times: number, due: string[]]>([
  ["at a call wakes nobody, and is due once its lease is over", {}, 0, ["a1"]],
  ["at a pause wakes the worker, since its card says so at once", { work: PAUSING }, 1, ["a1"]],
  [
    "that was given up wakes the worker, and is looked for later",
    { work: SEARCHING, lease: { ...BEGUN.lease, until: 0 }, nextAt: 2_000 },
    1,
    [],
  ],
  [
    "whose call was put off wakes the worker",
    { work: DELETING, lease: { ...BEGUN.lease, until: 0 }, nextAt: 2_000 },
    1,
    ["a1"],
  ],
  ["that is closed wakes the worker, and is never due", { work: DELETED }, 1, []],
])("an attempt %s", async (_what, changes, times, due) => {
  expect(await begin(changes)).toMatchObject({ kind: "changed", after: { attempt: { id: "a1" } } });
  const take = (at: number) => {
    filled.clock.set(at);
    return filled.store.timers.take("recover", "w", { limit: 10, behindMs: 0 });
  };
  expect([woken, await take(1_999), await take(2_000)]).toEqual([times, [], due]);
});

test("an attempt is taken over against the lease that was read, or nothing of the change is written", async () => {
  await begin();
  const { store } = filled;
  const overtaken: ChangePorts["store"]["transact"] = (work) =>
    store.transact((tx) => work({ ...tx, attempts: { ...tx.attempts, takeOver: async () => false } }));
  const alert = { code: "left_behind", about: { keys: [] } } as const;
  const taken = await change(
    { ...ports, store: { ...store, transact: overtaken } },
    {
      about: { attemptId: "a1" },
      decide: ({ attempt }: Recorded) =>
        step("bot", { attempt: { to: { ...(attempt ?? BEGUN), lease: { holder: "bot/2", until: AT + 1 } } }, alert }),
    },
  );
  expect(taken).toMatchObject({ kind: "refused", code: "somebody_was_faster" });
  expect((await store.read((record) => record.attempts.find("a1")))?.lease).toEqual(BEGUN.lease);
  expect(await store.outbox.take("w", 10)).toEqual([]);
});

test("an alert is in the record of what it is about, and owed to the approvers", async () => {
  const alert = { code: "left_behind", about: { keys: [] } } as const;
  await change(ports, { about: { requestId: "r1" }, decide: () => step("bot", { alert }) });
  const { store } = filled;
  expect(await store.read((record) => record.events.count("r1", "attempt.alerted", 0))).toBe(1);
  expect((await store.outbox.take("w", 10)).map(({ message }) => message)).toEqual([{ kind: "alert", alert }]);
});

describe("what begins beside a change", () => {
  const beginning = (at: number, about: Partial<Attempt>) => ({
    requestId: "r1",
    accessKeyId: "tid_r1",
    actorId: "bot",
    startedAt: at,
    lease: { holder: "nobody", until: 0 },
    nextAt: at,
    tries: 0,
    alerted: false,
    ...about,
  });
  const timersOf = async (id: string) => {
    const rows = await filled.database.rows<{ kind: string; at: number | string }>(
      `select kind, due_at as at from timers where subject_id = '${id}'`,
    );
    // PostgreSQL's driver gives large whole numbers as text.
    return rows.map(({ kind, at }) => ({ kind, at: Number(at) }));
  };
  beforeEach(() =>
    filled.store.transact((tx) => tx.keys.insert(newKey("r1", { state: { kind: "off", shownAt: 2_000 } }))),
  );

  test("a key that goes by itself has its deletion in the same change, once, for whoever is next", async () => {
    const dropped = await change(ports, {
      about: { accessKeyId: "tid_r1" },
      decide: ({ key }: Recorded, at) => step("bot", { key: (key && drop(key, at)) as KeyStep }),
    });
    expect(dropped).toMatchObject({ kind: "changed" });
    expect(await filled.store.read((record) => record.attempts.find(`drop-tid_r1-${AT}`))).toEqual(
      beginning(AT, { id: `drop-tid_r1-${AT}`, work: { kind: "delete", phase: "looking" } }),
    );
    expect(await timersOf(`drop-tid_r1-${AT}`)).toEqual([{ kind: "recover", at: AT }]);
    expect(woken).toBe(1);
  });

  test("whatever else changes of a key that goes, its deletion is begun once", async () => {
    const changed = async (to: (key: Key, at: number) => KeyStep | null) =>
      change(ports, {
        about: { accessKeyId: "tid_r1" },
        decide: ({ key }: Recorded, at) => step("bot", { key: (key && to(key, at)) as KeyStep }),
      });
    await changed(drop);
    expect(await changed(({ state }) => ({ to: state, event: "key.leaver_back" }) as KeyStep)).toMatchObject({
      kind: "changed",
    });
    const open = "select id from attempts where access_key_id = 'tid_r1' and kind = 'delete' and closed = 0";
    expect(await filled.database.rows(open)).toHaveLength(1);
  });

  test("a key that somebody deletes has none but theirs", async () => {
    await change(ports, {
      about: { accessKeyId: "tid_r1" },
      decide: ({ key }: Recorded, at) =>
        step("UDEV", { key: startDeletion(key as Key, { byId: "UDEV", at }) as KeyStep }),
    });
    expect(await filled.store.read((record) => record.attempts.find(`drop-tid_r1-${AT}`))).toBeNull();
  });

  test("a key that was found is on record and goes, in one change", async () => {
    const state = { kind: "deleting", byId: null, why: "never_on", at: AT } as const;
    const found = { ...newKey("r1", { state }), accessKeyId: "tid_found", tigrisName: "name-found", deliveryId: "d" };
    await change(ports, { about: { requestId: "r1" }, decide: () => step("bot", { newKey: found }) });
    const attempt = await filled.store.read((record) => record.attempts.find(`drop-tid_found-${AT}`));
    expect(attempt).toMatchObject({ accessKeyId: "tid_found", work: { kind: "delete", phase: "looking" } });
  });

  test("a pause that follows from a change is written with it", async () => {
    await change(ports, {
      about: { accessKeyId: "tid_r1" },
      decide: ({ key }: Recorded, at) => step("bot", { begin: beginPause(key as Key, "a9", at) }),
    });
    expect(await filled.store.read((record) => record.attempts.find("pause-a9"))).toEqual(
      beginning(AT, { id: "pause-a9", work: { kind: "pause", phase: "calling" } }),
    );
    expect(await timersOf("pause-a9")).toEqual([{ kind: "recover", at: AT }]);
  });

  test("a key that is being switched on has its time limit until it is on", async () => {
    const moved = (to: KeyStep) =>
      change(ports, { about: { accessKeyId: "tid_r1" }, decide: () => step("UDEV", { key: to }) });
    const until = 9_000;
    const on = { kind: "switching_on", at: AT, until, shownAt: 2_000, isUnanswered: false } as const;
    await moved({ kind: "moves", to: on, event: "key.switching_on" });
    expect(await timersOf("tid_r1")).toEqual([{ kind: "switch_expires", at: until }]);
    await moved(finishSwitchingOn(AT));
    expect(await timersOf("tid_r1")).toEqual([{ kind: "age", at: 2_000 }]);
  });
});

describe("while something gives a key power", () => {
  const about = (work: Attempt["work"], id: string) =>
    change(ports, {
      about: { accessKeyId: "tid_r1" },
      decide: () => step("UDEV", { attempt: { to: { ...BEGUN, id, accessKeyId: "tid_r1", work } } }),
    });
  beforeEach(async () => {
    await filled.store.transact((tx) => tx.keys.insert(newKey("r1")));
    await about({ kind: "switch_on", phase: "calling" }, "a1");
  });

  test.each<Attempt["work"]>([
    { kind: "switch_on", phase: "calling" },
    { kind: "resume", phase: "calling" },
    { kind: "rotate", phase: "calling" },
  ])("nothing else does: $kind", async (work) => {
    const refusal = { kind: "refused", code: "grant_in_flight", about: { keyName: "deploy" } };
    expect(await about(work, "a2")).toEqual(refusal);
    expect(await filled.store.read((record) => record.attempts.find("a2"))).toBeNull();
  });

  test.each<Attempt["work"]>([PAUSING, DELETING])("what takes it waits for nothing: $kind", async (work) => {
    expect(await about(work, "a2")).toMatchObject({ kind: "changed" });
  });

  test("it goes on itself, and once it only looks another press may set the same again", async () => {
    const looking = { kind: "switch_on", phase: "looking" } as const;
    const went = await change(ports, {
      about: { attemptId: "a1" },
      decide: ({ attempt }) => step("bot", { attempt: { to: { ...(attempt as Attempt), work: looking } } }),
    });
    expect(went).toMatchObject({ kind: "changed" });
    expect(await about({ kind: "switch_on", phase: "calling" }, "a2")).toMatchObject({ kind: "changed" });
  });
});
