import fc from "fast-check";
import type { Fault, FaultHandle } from "../../../sandbox/faults";
import type { Person } from "../../../sandbox/slack";
import { askForAdmin, askForReadOnly } from "../../e2e/play";
import { passUntil } from "../../kit/until";
import { createWorld, type World } from "../../kit/world";
import { type Remains, readRemains } from "./remains";

/**
 * Searches beyond the named pairs: people click whatever they can, calls are held, lost and let go, time passes, in every
 * order that chance finds. A failure prints its seed and path: `SEARCH_SEED=… SEARCH_PATH=…` plays that one again.
 */
const RUNS = Number(process.env.SEARCH_RUNS ?? 25);

type Step =
  | { kind: "click"; who: "dana" | "ann" | "bob"; label: string }
  | { kind: "fault"; at: "slack" | "tigris"; call: string; fault: Fault }
  | { kind: "release"; index: number }
  | { kind: "pass"; ms: number };

const when = fc.constantFrom("before" as const, "after" as const);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: when.map((at): Fault => ({ kind: "hold", when: at })) },
  { weight: 1, arbitrary: when.map((at): Fault => ({ kind: "lose", when: at })) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("click" as const),
      who: fc.constantFrom("dana" as const, "ann" as const, "bob" as const),
      label: fc.constantFrom(
        "Reveal secret",
        "Approve",
        "Withdraw",
        "Cancel",
        "New secret",
        "Delete key",
        "I've saved it",
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      at: fc.constant("tigris" as const),
      call: fc.constantFrom("CreateAccessKeyWithBucketsRole", "RotateAccessKey", "DeleteAccessKey", "ListAccessKeys"),
      fault,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      at: fc.constant("slack" as const),
      call: fc.constantFrom("users.info", "chat.postEphemeral", "usergroups.users.list"),
      fault,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("release" as const), index: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1_000, max: 70_000 }) }),
  },
);

test("no order of clicks, faults and time leaves a key without a holder, or a request without an end", async () => {
  const { SEARCH_SEED: seed, SEARCH_PATH: path } = process.env;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
      const world = await createWorld("socket", { overrides: { tigrisTimeouts: { mutateMs: 250, readMs: 500 } } });
      try {
        await play(world, steps);
        judge(world, readRemains(world.databaseFile));
        expect(world.secretsFound()).toEqual([]);
      } finally {
        await world.stop();
      }
    }),
    { numRuns: RUNS, ...(seed ? { seed: Number(seed) } : {}), ...(path ? { path } : {}), endOnFailure: true },
  );
}, 400_000);

async function play(world: World, steps: readonly Step[]): Promise<void> {
  await askForAdmin(world, world.dana, "deploy");
  await askForReadOnly(world.dana, "ci");
  const held: FaultHandle[] = [];
  for (const one of steps) {
    if (one.kind === "click") await click(world[one.who], one.label);
    if (one.kind === "fault") held.push(world[one.at].faults.arm({ call: one.call }, one.fault));
    if (one.kind === "release") held[one.index]?.release();
    if (one.kind === "pass") world.clock.advance(one.ms);
  }
  for (const handle of held) handle.release();
  world.slack.faults.clear();
  world.tigris.faults.clear();
  await passUntil("everything to come to its end", () => isQuiet(readRemains(world.databaseFile)), {
    clock: world.clock,
    stepMs: 1_000,
    limitMs: 60_000,
    seen: () => readRemains(world.databaseFile),
  });
}

/** Presses a button where there is one; somebody who sees none has nothing to press. */
async function click(person: Person, label: string): Promise<void> {
  const isThere = ["CAPPROVE1", undefined].some((channel) =>
    person.screen(channel).some(({ buttons }) => buttons.some((button) => button.label === label)),
  );
  // It may go while it is pressed.
  if (isThere) await person.press(label).catch(() => undefined);
}

/** Nothing is under way, in the store or on its way to a screen. */
function isQuiet({ requests, openAttempts, outbox }: Remains): boolean {
  return openAttempts === 0 && outbox === 0 && requests.every(({ state }) => state !== "making");
}

function judge(world: World, { requests }: Remains): void {
  for (const { reference, state, keyState, needsApproval, requesterId, approvedBy, posted } of requests) {
    const live = world.tigris.keys().filter(({ name }) => name.includes(reference));
    expect(live).toHaveLength(keyState !== null && keyState !== "deleted" ? 1 : 0);
    expect(posted).toBeLessThanOrEqual(1);
    expect(["rotating", "deleting"]).not.toContain(keyState);
    if (state === "made") expect(approvedBy).toHaveLength(1);
    if (state === "made" && needsApproval) expect(["policy", requesterId]).not.toContain(approvedBy[0]);
  }
}
