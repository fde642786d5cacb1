import type { Work } from "../../src/domain/attempt";
import type { KeyState } from "../../src/domain/key";
import type { Tx } from "../../src/workflow/store-port";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
  await transact(async (tx) => {
    for (const id of ["r1", "r2"]) await tx.requests.insert(newRequest(id));
  });
});
afterEach(() => filled.stop());

const transact = <Result>(work: (tx: Tx) => Promise<Result>) => filled.store.transact(work);

/** Codes of an error that says so: on PostgreSQL a key that is taken is a conflict, which is decided again. */
const BROKEN_RULE = /^(SQLITE_CONSTRAINT.*|conflict|23503)$/;

const ROTATING = { kind: "rotate", phase: "calling" } as const;
const DELETING = { kind: "delete", phase: "calling" } as const;
const SWITCHING_ON = { kind: "switch_on", phase: "calling" } as const;
const RESUMING = { kind: "resume", phase: "giving" } as const;
const PAUSING = { kind: "pause", phase: "calling" } as const;

/** An attempt about the key `tid_1`. */
const about = (id: string, requestId: string, work: Work) => (tx: Tx) =>
  tx.attempts.insert(newAttempt(id, requestId, { accessKeyId: "tid_1", work }));

/** One more key of a request. */
const another = (state: KeyState) => (tx: Tx) =>
  tx.keys.insert(newKey("r1", { accessKeyId: "tid_2", tigrisName: "name-2", deliveryId: "delivery-2", state }));

describe("whatever the code does, the store holds", () => {
  test.each<[string, (tx: Tx) => Promise<void>, (tx: Tx) => Promise<void>]>([
    [
      "one request of a form",
      (tx) => tx.requests.insert(newRequest("r3")),
      (tx) => tx.requests.insert(newRequest("r4", { viewId: "V-r3" })),
    ],
    [
      "one request of a reference",
      (tx) => tx.requests.insert(newRequest("r3")),
      (tx) => tx.requests.insert(newRequest("r4", { reference: "REF-r3" })),
    ],
    [
      "one key of a request that can be switched on",
      (tx) => tx.keys.insert(newKey("r1", { state: { kind: "off", shownAt: null } })),
      another({ kind: "off", shownAt: 1 }),
    ],
    [
      "one key of a request that is being switched on",
      (tx) => tx.keys.insert(newKey("r1", { state: { kind: "off", shownAt: 1 } })),
      another({ kind: "switching_on", at: 1, until: 2, shownAt: null, isUnanswered: false }),
    ],
    [
      "one key of a name in Tigris",
      (tx) => tx.keys.insert(newKey("r1")),
      (tx) => tx.keys.insert(newKey("r2", { tigrisName: "name-r1" })),
    ],
    [
      "one key of a delivery",
      (tx) => tx.keys.insert(newKey("r1")),
      (tx) => tx.keys.insert(newKey("r2", { deliveryId: "delivery-r1" })),
    ],
    [
      "one attempt of a click",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1")),
      (tx) => tx.attempts.insert(newAttempt("a2", "r2", { clickId: "click-a1" })),
    ],
    [
      "one attempt of a name in Tigris",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1")),
      (tx) => tx.attempts.insert(newAttempt("a2", "r2", { work: newAttempt("a1", "r1").work })),
    ],
    [
      "one call at a time for a request",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1")),
      (tx) => tx.attempts.insert(newAttempt("a2", "r1")),
    ],
    [
      "no rotation while a secret is being delivered",
      (tx) =>
        tx.attempts.insert(
          newAttempt("a1", "r1", { work: { kind: "create", number: 1, tigrisName: "name-a1", phase: "delivering" } }),
        ),
      (tx) => tx.attempts.insert(newAttempt("a2", "r1", { work: { kind: "rotate", phase: "calling" } })),
    ],
    ["one rotation of a key at a time, whoever asked for it", about("a1", "r1", ROTATING), about("a2", "r2", ROTATING)],
    ["no second call that gives a key its roles", about("a1", "r1", SWITCHING_ON), about("a2", "r2", SWITCHING_ON)],
    ["no rotation while a key is switched on", about("a1", "r1", SWITCHING_ON), about("a2", "r2", ROTATING)],
    ["no roles for a key while it gets them back", about("a1", "r1", RESUMING), about("a2", "r2", SWITCHING_ON)],
    [
      "no status for a key while it gets its roles back",
      about("a1", "r1", RESUMING),
      about("a2", "r2", { ...RESUMING, phase: "calling" }),
    ],
    [
      "no new key of a request while one is switched on",
      about("a1", "r1", SWITCHING_ON),
      (tx) => tx.attempts.insert(newAttempt("a2", "r1")),
    ],
    ["one pause of a key at a time", about("a1", "r1", PAUSING), about("a2", "r2", { ...PAUSING, phase: "looking" })],
    [
      "one deletion of a key at a time",
      (tx) => tx.attempts.insert(newAttempt("a1", "r1", { accessKeyId: "tid_1", work: DELETING })),
      (tx) => tx.attempts.insert(newAttempt("a2", "r1", { accessKeyId: "tid_1", work: DELETING })),
    ],
    ["no key without its request", async () => {}, (tx) => tx.keys.insert(newKey("r9"))],
    ["no attempt without its request", async () => {}, (tx) => tx.attempts.insert(newAttempt("a1", "r9"))],
  ])("%s", async (_what, first, second) => {
    await transact(first);
    await expect(transact(second)).rejects.toMatchObject({ code: expect.stringMatching(BROKEN_RULE) });
  });

  test("a deletion goes on beside a rotation", async () => {
    await transact((tx) => tx.attempts.insert(newAttempt("a1", "r1", { accessKeyId: "tid_1", work: ROTATING })));
    await transact((tx) => tx.attempts.insert(newAttempt("a2", "r1", { accessKeyId: "tid_1", work: DELETING })));
  });

  test.each<[string, Work, Work]>([
    ["a pause beside what gives power", SWITCHING_ON, PAUSING],
    ["a deletion beside a pause", PAUSING, DELETING],
    ["a press beside a look at what got no answer", { ...SWITCHING_ON, phase: "looking" }, SWITCHING_ON],
    ["a press after what got no answer", { ...SWITCHING_ON, phase: "unanswered" }, SWITCHING_ON],
    ["a resumption beside a look", { ...RESUMING, phase: "looking" }, RESUMING],
    ["a pause beside one that watches", { ...PAUSING, phase: "watching" }, PAUSING],
    ["a pause after another", { ...PAUSING, phase: "paused" }, PAUSING],
  ])("%s goes on", async (_what, first, second) => {
    await transact(about("a1", "r1", first));
    await transact(about("a2", "r1", second));
  });

  test.each<KeyState>([
    { kind: "deleting", byId: null, why: "never_on", at: 1 },
    { kind: "deleted", byId: null, why: "never_on", at: 1 },
  ])("a request has another key beside one that is $kind", async (state) => {
    await transact((tx) => tx.keys.insert(newKey("r1", { state })));
    await transact(another({ kind: "off", shownAt: null }));
  });

  test("a search and a deletion of lost keys go on beside the next call", async () => {
    const searching = { kind: "create", number: 1, tigrisName: "name-a1", phase: "searching" } as const;
    await transact((tx) => tx.attempts.insert(newAttempt("a1", "r1", { work: searching })));
    await transact((tx) => tx.attempts.insert(newAttempt("a2", "r1")));
  });

  test("an event is told once it is written, and one of a transaction that fails never", async () => {
    const told: string[] = [];
    const store = await filled.openAgain({ onEvent: ({ outcome }) => told.push(outcome) });
    const append = (outcome: string, failure?: Error) =>
      store.transact(async (tx) => {
        const event = { at: 1, actorId: "bot", requestId: null, accessKeyId: null } as const;
        await tx.events.append({ ...event, name: "attempt.closed", outcome });
        expect(told).not.toContain(outcome);
        if (failure) throw failure;
      });
    await append("held");
    await expect(append("failed", new Error("half-way"))).rejects.toThrow("half-way");
    expect(told).toEqual(["held"]);
  });

  test("a transaction that fails leaves nothing", async () => {
    const failing = transact(async (tx) => {
      await tx.requests.insert(newRequest("r3"));
      throw new Error("half-way");
    });
    await expect(failing).rejects.toThrow("half-way");
    expect(await transact((tx) => tx.requests.find("r3"))).toBeNull();
  });
});

test("each key that was signed with is remembered", async () => {
  const signedWith = () => filled.store.read((record) => record.signedWith());
  expect(await signedWith()).toEqual(new Set());
  await filled.store.claim({ kind: "slack_team", value: "T1" });
  for (const id of ["tid_one", "tid_two", "tid_one"])
    await filled.store.claim({ kind: `signed_with ${id}`, value: "yes" });
  expect(await signedWith()).toEqual(new Set(["tid_one", "tid_two"]));
  expect(await filled.store.remembered("signed_with tid_two")).toBe("yes");
});

test("a store is remembered to be somebody's, for good", async () => {
  const claim = (value: string) => filled.store.claim({ kind: "slack_team", value });
  expect([await claim("T1"), await claim("T2"), await claim("T1")]).toEqual(["T1", "T1", "T1"]);
});
