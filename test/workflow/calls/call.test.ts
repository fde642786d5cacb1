import { type CreateWork, renewLease } from "../../../src/domain/attempt";
import { refused } from "../../../src/domain/refusal";
import { Secret } from "../../../src/domain/secret";
import { type CallDefinition, type CallPorts, callable, type Hand, type Turn } from "../../../src/workflow/calls/call";
import { CommitUnknown } from "../../../src/workflow/change";
import { done } from "../../../src/workflow/outcome";
import { type Step, step } from "../../../src/workflow/step";
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
let deleted: string[];
/** What happens while the call is under way. */
let meanwhile: () => Promise<unknown>;
beforeEach(async () => {
  filled = await emptyStore();
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.attempts.insert(newAttempt("a1", "r1"));
  });
  const faulty = createFaultyStore();
  faults = faulty.faults;
  made = 0;
  deleted = [];
  meanwhile = async () => {};
  const silent = () => {};
  ports = {
    store: faulty.wrap(filled.store),
    clock: { now: () => AT, monotonicMs: () => AT, wait: async () => {} },
    log: { info: silent, warn: silent, error: silent },
    wake: silent,
    settings: SETTINGS,
    tigris: {
      deleteKey: async (id: string) => {
        deleted.push(id);
        return { kind: "deleted" };
      },
    } as unknown as CallPorts["tigris"],
    messenger: { postSecret: async () => ({ kind: "posted" }) },
  };
  hand = { held: { request: null, key: null, attempt: await stored() }, secret: null };
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

const orphan = (ifUnknown: "delete" | "leave"): Partial<Definition> => ({
  orphan: ({ kind }) => (kind === "made" ? { accessKeyId: "tid_new", ifUnknown } : null),
});

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
    expect(deleted).toEqual([]);
  });

  test.each(["delete", "leave"] as const)(
    "a key that it leaves behind is deleted (%s where unknown)",
    async (unknown) => {
      expect(await call(orphan(unknown))).toMatchObject({ say: { code: "lease_lost" }, next: null });
      expect([await stored(), deleted]).toEqual([left, ["tid_new"]]);
    },
  );
});

describe("a store that breaks", () => {
  test("is an error, where no key is left behind", async () => {
    faults.failBefore("attempt.answered");
    await expect(call()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(deleted).toEqual([]);
  });

  test.each(["delete", "leave"] as const)("costs the key that is not recorded (%s where unknown)", async (unknown) => {
    faults.failBefore("attempt.answered");
    expect(await call(orphan(unknown))).toMatchObject({ say: { code: "lease_lost" }, next: null });
    expect(deleted).toEqual(["tid_new"]);
  });

  test("leaves a key that may be recorded, and that somebody may hold", async () => {
    faults.loseAnswerAfter("attempt.answered", "breaks");
    await expect(call(orphan("leave"))).rejects.toThrow(CommitUnknown);
    expect(deleted).toEqual([]);
  });

  test("costs a key that may be recorded, and that nobody has seen", async () => {
    faults.loseAnswerAfter("attempt.answered", "breaks");
    expect(await call(orphan("delete"))).toMatchObject({ say: { code: "lease_lost" }, next: null });
    expect(deleted).toEqual(["tid_new"]);
  });
});
