import fc from "fast-check";
import type { Fault, FaultHandle } from "../../../sandbox/faults";
import type { Person } from "../../../sandbox/slack";
import { ADMIN_REASON, askForAdmin, askForReadOnly, SWITCH_ON } from "../../e2e/play";
import { passUntil, until } from "../../kit/until";
import { createWorld, type World } from "../../kit/world";
import { expectPowerEarned, judge } from "./judge";
import { type Remains, readRemains } from "./remains";

/**
 * Searches beyond the named pairs: people click whatever they can, calls are held, lost and let go, time passes, in every
 * order that chance finds. A failure prints its seed and path: `SEARCH_SEED=… SEARCH_PATH=…` plays that one again.
 */
const RUNS = Number(process.env.SEARCH_RUNS ?? 25);

/**
 * In milliseconds. A look that a busy machine lets run out counts as one that found nothing: after two of them a lost key is
 * looked for once a day only, and is still there when all is judged.
 */
const TIMEOUTS = { mutateMs: 1_000, readMs: 3_000 };

type Step =
  | { kind: "click"; who: "dana" | "ann" | "bob"; label: string }
  | { kind: "fault"; at: "slack" | "tigris"; call: string; fault: Fault }
  | { kind: "ask" }
  | { kind: "release"; index: number }
  | { kind: "pass"; ms: number };

const REFUSAL: Fault = {
  kind: "refuse",
  status: 400,
  body: { Error: { Code: "InvalidArgument", Message: "not now" } },
};
const when = fc.constantFrom("before" as const, "after" as const);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: when.map((at): Fault => ({ kind: "hold", when: at })) },
  { weight: 1, arbitrary: when.map((at): Fault => ({ kind: "lose", when: at })) },
);
const tigrisFault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: fault },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: "late", ms: 60_000 }) },
  { weight: 1, arbitrary: fc.constant<Fault>(REFUSAL) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("click" as const),
      who: fc.constantFrom("ann" as const, "bob" as const),
      label: fc.constantFrom("Approve", "Approve", "Withdraw", "Pause key", "Resume", "Delete key"),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("click" as const),
      who: fc.constant("dana" as const),
      label: fc.constantFrom(
        ...[
          "Show my secret",
          "Show my secret",
          "Cancel",
          "New secret",
          "Delete key",
          "I've saved it",
          "Pause",
          "Resume",
        ],
        ...[SWITCH_ON, SWITCH_ON, SWITCH_ON],
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "ask" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      at: fc.constant("tigris" as const),
      call: fc.constantFrom(
        ...["CreateAccessKeyWithBucketsRole", "RotateAccessKey", "DeleteAccessKey", "ListAccessKeys"],
        ...["UpdateAccessKeyWithBucketsRole", "UpdateAccessKey", "ListUserPolicies"],
      ),
      fault: tigrisFault,
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
  {
    weight: 1,
    arbitrary: fc.constantFrom(11, 61, 25 * 60).map((min) => ({ kind: "pass" as const, ms: min * 60_000 })),
  },
);

test("no order of clicks, faults and time leaves a key without a holder, or a request without an end", async () => {
  const { SEARCH_SEED: seed, SEARCH_PATH: path } = process.env;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
      const world = await createWorld("socket", { overrides: { tigrisTimeouts: TIMEOUTS } });
      try {
        await play(world, steps);
        await settled(world);
        judge(world, await readRemains(world));
        expect(await world.secretsFound()).toEqual([]);
      } finally {
        await world.stop();
      }
    }),
    { numRuns: RUNS, ...(seed ? { seed: Number(seed) } : {}), ...(path ? { path } : {}), endOnFailure: true },
  );
}, 900_000);

async function play(world: World, steps: readonly Step[]): Promise<void> {
  await askForAdmin(world, world.dana, "deploy");
  await askForReadOnly(world.dana, "ci");
  const held: FaultHandle[] = [];
  for (const one of steps) {
    if (one.kind === "click") await click(world[one.who], one.label);
    if (one.kind === "fault") held.push(world[one.at].faults.arm({ call: one.call }, one.fault));
    if (one.kind === "release") held[one.index]?.release();
    if (one.kind === "ask") await askForSecret(world);
    if (one.kind === "pass") world.clock.advance(one.ms);
    await expectPowerEarned(world);
  }
  for (const handle of held) handle.release();
  world.slack.faults.clear();
  world.tigris.faults.clear();
}

/** So many looks in a row at which nothing has moved: calls that nobody holds end within a few. */
const STILL_LOOKS = 20;

/**
 * Waits until nothing moves any more: what a click has led to may not be on record yet. Which calls are over does not tell:
 * those whose answer was lost never are.
 */
async function settled(world: World): Promise<void> {
  let before = "";
  let still = 0;
  const isSettled = async () => {
    const remains = await readRemains(world);
    const calls = [...world.slack.calls, ...world.tigris.calls].map(({ endedAt }) => endedAt);
    const now = JSON.stringify([remains, calls]);
    still = now === before && isQuiet(remains) ? still + 1 : 0;
    before = now;
    return still >= STILL_LOOKS;
  };
  await passUntil("everything to come to its end", isSettled, {
    clock: world.clock,
    // The second search for a lost key comes after a quarter of an hour.
    stepMs: 5_000,
    limitMs: 60_000,
    seen: () => readRemains(world),
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

/** What somebody waits for who may wait in vain. */
const BRIEFLY = { limitMs: 1_000 };

/** Asks for a new secret of the key that needs an approval, where there is a button for it. */
async function askForSecret({ dana }: World): Promise<void> {
  const isAbout = ({ text, isEphemeral }: { text: string; isEphemeral: boolean }) =>
    !isEphemeral && /^🔑.* deploy /.test(text);
  try {
    await dana.press("New secret", { in: dana.dm(), message: isAbout });
    await until("the form", () => dana.modal()?.fields.Reason, BRIEFLY);
    await dana.fill({ Reason: ADMIN_REASON });
    await dana.submit();
    await until("the answer", () => dana.modal()?.text.includes("was sent to"), BRIEFLY);
    await dana.close();
  } catch {
    // There is no button, no form, or no answer: that is one of the orders too.
  }
}

/** Nothing is under way, in the store or on its way to a screen. */
function isQuiet({ requests, openAttempts, outbox }: Remains): boolean {
  return openAttempts === 0 && outbox === 0 && requests.every(({ state }) => state !== "making");
}
