import { type CreateWork, renewLease } from "../../../src/domain/attempt";
import { LEASE_MS } from "../../../src/domain/limits";
import { refused } from "../../../src/domain/refusal";
import { Secret } from "../../../src/domain/secret";
import { type CallDefinition, type CallPorts, callable, type Hand, type Turn } from "../../../src/workflow/calls/call";
import { done } from "../../../src/workflow/outcome";
import { type Step, step } from "../../../src/workflow/step";
import { CommitUnknown, StoreUnavailable } from "../../../src/workflow/store-errors";
import { createFaultyStore, type StoreFaults } from "../../kit/faulty-store";
import { emptyStore, type Filled, newAttempt, newRequest } from "../../store/filled";
import { SETTINGS } from "../samples";

const AT = 1_500;
const SECRET = new Secret("tsec_made_by_this_call_00000");
const EARLIER = new Secret("tsec_of_an_earlier_call_0000");

/** The call that every test makes: what it answers, and what it makes of that. */
type Answer = { kind: "made" };
type Definition = CallDefinition<CreateWork, Answer>;
type Attempt = Hand<CreateWork>["held"]["attempt"];

let filled: Filled;
let faults: StoreFaults;
let ports: CallPorts;
let hand: Hand<CreateWork>;
let made: number;
/** What happens while the call is under way. */
let meanwhile: () => Promise<unknown>;
beforeEach(async () => {
  filled = await emptyStore(AT);
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.attempts.insert(newAttempt("a1", "r1"));
  });
  const faulty = createFaultyStore();
  faults = faulty.faults;
  made = 0;
  meanwhile = async () => {};
  const silent = () => {};
  ports = {
    store: faulty.wrap(filled.store),
    clock: filled.clock,
    log: { info: silent, warn: silent, error: silent },
    wake: silent,
    settings: SETTINGS,
    tigris: {} as CallPorts["tigris"],
    messenger: { postSecret: async () => ({ kind: "posted" }) },
    allBuckets: { noteRefused: silent, isRefused: () => false },
  };
  hand = { held: { request: null, key: null, attempt: await stored() }, heldUntilMs: LEASE_MS, secret: null };
});
afterEach(() => filled.stop());

async function stored(): Promise<Attempt> {
  const attempt = await filled.store.read((record) => record.attempts.find("a1"));
  if (attempt?.work.kind !== "create") throw new Error("no attempt");
  return { ...attempt, work: attempt.work };
}

const goesOn = ({ attempt }: Hand<CreateWork>["held"]): Step => {
  const next = { ...attempt, work: { ...attempt.work, phase: "delivering" as const } };
  return step("bot", {
    attempt: { to: renewLease(next, AT), event: "attempt.answered" },
    say: done("revealed", { keyName: "deploy" }),
  });
};
const LATE = refused("delivery_uncertain");

function call(changes: Partial<Definition> = {}, isRecovery = false): Promise<Turn> {
  const definition: Definition = {
    power: "gives",
    make: async () => {
      made += 1;
      await meanwhile();
      return { answer: { kind: "made" }, secret: SECRET };
    },
    after: goesOn,
    late: () => step("bot", { say: LATE }),
    ...changes,
  };
  return callable(definition)(ports, hand, isRecovery);
}

/** Somebody else takes the attempt over, and is at some call of their own. */
const takeOver = () =>
  filled.store.transact(async (tx) => {
    const { attempt } = hand.held;
    await tx.attempts.takeOver(attempt, { holder: "worker-2", until: 90_000 }, 2_000);
  });
/** The attempt is closed under the lease that it had. */
const close = () => {
  const { attempt } = hand.held;
  const work = { ...attempt.work, phase: "not_found" } as const;
  return filled.store.transact((tx) => tx.attempts.save({ ...attempt, work }, "worker-1"));
};

describe("after a crash", () => {
  test("what gives power is not called again: its answer is that it was interrupted", async () => {
    const answers: string[] = [];
    await call(
      {
        after: (held, { kind }) => {
          answers.push(kind);
          return goesOn(held);
        },
      },
      true,
    );
    expect([made, answers]).toEqual([0, ["interrupted"]]);
  });

  test.each(["takes", "reads"] as const)("what %s is called again", async (power) => {
    await call({ power }, true);
    expect(made).toBe(1);
  });
});

describe("a secret goes to the next call, and no further", () => {
  test("the one that this call has brought", async () => {
    const { next, say } = await call();
    expect([next?.secret, next?.held.attempt.work.phase, say?.code]).toEqual([SECRET, "delivering", "revealed"]);
  });

  test("not the one that this call was given", async () => {
    hand = { ...hand, secret: EARLIER };
    const { next } = await call({ make: async () => ({ answer: { kind: "made" } }) });
    expect(next).toMatchObject({ secret: null });
  });

  test.each<[string, (attempt: Attempt) => Attempt]>([
    ["was put off", (attempt) => ({ ...attempt, lease: { ...attempt.lease, until: 0 } })],
    ["is closed", (attempt) => ({ ...attempt, work: { ...attempt.work, phase: "refused" } })],
  ])("nowhere where the attempt %s", async (_how, to) => {
    const { next } = await call({ after: ({ attempt }) => step("bot", { attempt: { to: to(attempt) } }) });
    expect(next).toBeNull();
  });
});

describe.each([
  ["somebody else has taken the attempt over", takeOver],
  ["the attempt was closed", close],
])("while the call was under way %s", (_what, happens) => {
  let left: Attempt;
  beforeEach(() => {
    meanwhile = async () => {
      await happens();
      left = await stored();
    };
  });

  test("nothing of it is written, nobody goes on with it, and its late end is said", async () => {
    expect(await call()).toEqual({ say: LATE, next: null });
    expect(await stored()).toEqual(left);
  });
});

describe("a store that breaks", () => {
  test("is an error, and nothing goes on: whoever takes the attempt over finds what it left", async () => {
    const left = await stored();
    faults.failBefore("attempt.answered");
    await expect(call()).rejects.toThrow(StoreUnavailable);
    expect(await stored()).toEqual(left);
  });

  test.each([true, false])("is an error where nobody can say whether it is written (%s)", async (isWritten) => {
    faults.leaveUnknown("attempt.answered", isWritten);
    await expect(call()).rejects.toThrow(CommitUnknown);
    expect((await stored()).work.phase).toBe(isWritten ? "delivering" : "calling");
  });
});

describe("a process that stood still until its lease was over", () => {
  const standStill = () => filled.clock.advance(LEASE_MS);

  test("calls nothing that gives power, says so, and leaves the attempt as it is", async () => {
    const left = await stored();
    standStill();
    const about = { keyName: "" };
    expect(await call()).toEqual({ say: refused("held_up", about), next: null });
    expect([made, await stored()]).toEqual([0, left]);
  });

  test("calls it a moment before that", async () => {
    filled.clock.advance(LEASE_MS - 1);
    await call();
    expect(made).toBe(1);
  });

  test.each(["takes", "reads"] as const)("makes a call that %s: whoever repeats it does no harm", async (power) => {
    standStill();
    await call({ power });
    expect(made).toBe(1);
  });

  test("hears of it from the call itself where a secret is on its way", async () => {
    const heard: boolean[] = [];
    const make: Definition["make"] = async (_ports, _held, { isHeld }) => {
      heard.push(isHeld());
      standStill();
      heard.push(isHeld());
      return { answer: { kind: "made" } };
    };
    await call({ make });
    expect(heard).toEqual([true, false]);
  });

  test("goes on with a secret only until the lease is over that the call has renewed", async () => {
    filled.clock.advance(5_000);
    const { next } = await call();
    expect(next?.heldUntilMs).toBe(5_000 + LEASE_MS);
  });
});
