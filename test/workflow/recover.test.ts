import { type Attempt, isClosed } from "../../src/domain/attempt";
import { LEASE_MS } from "../../src/domain/limits";
import { decideTakeOver } from "../../src/workflow/recover";
import { NO_CHANGE } from "../../src/workflow/step";
import { creating, deleting, HOUR, NOW, recorded, rotating } from "./samples";

const FREE = { lease: { holder: "bot/1", until: NOW }, nextAt: NOW };
const takeOver = (attempt: Attempt | null) => decideTakeOver(recorded({ attempt }), "bot/2", NOW);

const OPEN: Attempt[] = [
  ...(["calling", "delivering", "discarding", "searching"] as const).map((phase) => creating(phase, FREE)),
  ...(["calling", "delivering"] as const).map((phase) => rotating(phase, FREE)),
  deleting("calling", FREE),
];
const CLOSED: Attempt[] = [
  ...(["posted", "discarded", "not_found", "refused", "ambiguous"] as const).map((phase) => creating(phase, FREE)),
  ...(["posted", "secret_unknown", "refused", "gone"] as const).map((phase) => rotating(phase, FREE)),
  deleting("deleted", FREE),
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
  ["its pause lies an hour ahead", { lease: { holder: "bot/1", until: 0 }, nextAt: NOW + HOUR }],
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
