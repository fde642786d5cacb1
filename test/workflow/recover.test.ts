import { type Attempt, isClosed } from "../../src/domain/attempt";
import { LEASE_MS } from "../../src/domain/limits";
import type { CallPorts } from "../../src/workflow/calls";
import { decideTakeOver, recoverAttempt } from "../../src/workflow/recover";
import { NO_CHANGE } from "../../src/workflow/step";
import { emptyStore, type Filled, newAttempt, newRequest } from "../store/filled";
import { creating, deleting, HOUR, NOW, pausing, recorded, resuming, rotating, SETTINGS, switching } from "./samples";

const FREE = { lease: { holder: "bot/1", until: NOW }, nextAt: NOW };
const takeOver = (attempt: Attempt | null) => decideTakeOver(recorded({ attempt }), "bot/2", NOW);

const OPEN: Attempt[] = [
  ...(["calling", "delivering", "searching"] as const).map((phase) => creating(phase, FREE)),
  ...(["calling", "delivering"] as const).map((phase) => rotating(phase, FREE)),
  ...(["looking", "calling"] as const).map((phase) => deleting(phase, FREE)),
  ...(["calling", "looking"] as const).map((phase) => switching(phase, FREE)),
  ...(["calling", "looking", "revoking", "watching"] as const).map((phase) => pausing(phase, FREE)),
  ...(["giving", "calling", "looking"] as const).map((phase) => resuming(phase, FREE)),
];
const CLOSED: Attempt[] = [
  ...(["posted", "unclear", "undelivered", "found", "discarded", "not_found", "refused", "ambiguous"] as const).map(
    (phase) => creating(phase, FREE),
  ),
  ...(["posted", "secret_unknown", "refused", "gone", "overtaken"] as const).map((phase) => rotating(phase, FREE)),
  ...(["deleted", "raised"] as const).map((phase) => deleting(phase, FREE)),
  ...(["on", "refused", "unanswered", "overtaken"] as const).map((phase) => switching(phase, FREE)),
  ...(["paused", "overtaken"] as const).map((phase) => pausing(phase, FREE)),
  ...(["resumed", "refused", "unanswered", "overtaken"] as const).map((phase) => resuming(phase, FREE)),
];

describe.each(OPEN)("an attempt to $work.kind at $work.phase", (attempt) => {
  const { kind, phase } = attempt.work;

  test("is taken over at the moment at which its lease and its pause are over", () => {
    const to = { ...attempt, lease: { holder: "bot/2", until: NOW + LEASE_MS } };
    const isInterrupted = phase === "calling" || phase === "delivering";
    const event = isInterrupted ? { event: "attempt.taken_over", outcome: `${kind}_${phase}` } : {};
    expect(takeOver(attempt)).toEqual({ kind: "step", actorId: "bot", attempt: { to, ...event } });
  });

  test.each<[string, Partial<Attempt>]>([
    ["held", { lease: { holder: "bot/1", until: NOW + 1 } }],
    ["put off", { nextAt: NOW + 1 }],
    ["put off with its lease given up", { lease: { holder: "bot/1", until: 0 }, nextAt: NOW + 1 }],
  ])("stays as it is while it is %s", (_what, changes) => {
    expect(takeOver({ ...attempt, ...changes })).toBe(NO_CHANGE);
  });
});

test.each<[string, Partial<Attempt>]>([
  ["its lease lies an hour ahead", { lease: { holder: "bot/1", until: NOW + HOUR }, nextAt: NOW }],
  ["its pause lies two days ahead", { lease: { holder: "bot/1", until: 0 }, nextAt: NOW + 48 * HOUR }],
])("a clock that was set back: an attempt is taken over although %s", (_what, changes) => {
  expect(takeOver(creating("searching", changes))).toMatchObject({ attempt: { to: { lease: { holder: "bot/2" } } } });
});

test.each(CLOSED)("an attempt to $work.kind that ended $work.phase is nobody's to take", (attempt) => {
  expect(isClosed(attempt.work)).toBe(true);
  expect(takeOver(attempt)).toBe(NO_CHANGE);
});

test("what is not there is not taken over", () => {
  expect(takeOver(null)).toBe(NO_CHANGE);
});

describe("recovery", () => {
  let filled: Filled;
  let called: number;
  beforeEach(async () => {
    filled = await emptyStore();
    called = 0;
    const work = { kind: "create", number: 1, tigrisName: "name-a1", phase: "searching" } as const;
    await filled.store.transact(async (tx) => {
      await tx.requests.insert(newRequest("r1"));
      await tx.attempts.insert(newAttempt("a1", "r1", { work }));
    });
  });
  afterEach(() => filled.stop());

  const recoverAt = (at: number) => {
    filled.clock.set(at);
    const silent = () => {};
    const findKeysByName = async () => {
      called += 1;
      return { kind: "unavailable", reason: "away" };
    };
    return recoverAttempt(
      {
        store: filled.store,
        clock: filled.clock,
        log: { info: silent, warn: silent, error: silent },
        wake: silent,
        settings: SETTINGS,
        ids: { unique: () => "2", randomByte: () => 0 },
        tigris: { findKeysByName } as unknown as CallPorts["tigris"],
        messenger: { postSecret: async () => ({ kind: "posted" }) },
        allBuckets: { noteRefused: silent, isRefused: () => false },
      },
      "a1",
    );
  };

  test("goes on with what it took over", async () => {
    await recoverAt(2_000);
    expect(called).toBe(1);
  });

  test("leaves what somebody holds alone", async () => {
    const before = await filled.store.read((record) => record.attempts.find("a1"));
    await recoverAt(1_999);
    expect([called, await filled.store.read((record) => record.attempts.find("a1"))]).toEqual([0, before]);
  });
});
