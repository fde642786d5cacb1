import type { LookPurpose } from "../../../src/domain/look-budget";
import { createLookTurns } from "../../../src/slack/clients/look-turns";
import { createManualClock } from "../../kit/manual-clock";
import { passUntil } from "../../kit/until";

/** 45 at once, forms only as long as 12 are left, and one more every 1.334 seconds. */
const LOOKS_PER_MINUTE = 90;

function start() {
  const clock = createManualClock();
  const turns = createLookTurns(clock, LOOKS_PER_MINUTE, () => 1);
  const took: string[] = [];
  const failed: string[] = [];
  const take = (purpose: LookPurpose, who: string) =>
    turns.take(purpose).then((isTurn) => void (isTurn ? took : failed).push(who));
  const spend = async (count: number) => {
    for (let spent = 0; spent < count; spent++) await turns.take("decision");
  };
  return { clock, turns, took, failed, take, spend };
}

test("a decision goes before a form that came first; options wait for nobody", async () => {
  const { clock, took, failed, take, spend } = start();
  await spend(34);
  const form = take("form", "form");
  await take("options", "options");
  await take("decision", "decision");
  expect([took, failed]).toEqual([["decision"], ["options"]]);
  await passUntil("the form", () => took.length === 2, { clock, stepMs: 100 });
  await form;
});

test("decisions wait in the order in which they came, ten seconds at most; forms five", async () => {
  const { clock, took, failed, take, spend } = start();
  await spend(45);
  const startedAt = clock.now();
  const all = [take("form", "form"), ...Array.from({ length: 9 }, (_, number) => take("decision", `${number}`))];
  await passUntil("all of them", () => took.length + failed.length === 10, { clock, stepMs: 100 });
  await Promise.all(all);
  expect([took, failed]).toEqual([
    ["0", "1", "2", "3", "4", "5", "6"],
    ["form", "7", "8"],
  ]);
  expect(clock.now() - startedAt).toBeLessThan(10_000);
});

test("options wait for as long as Slack wants to be left alone, and nothing else does", async () => {
  const { clock, turns } = start();
  turns.holdOptions(20_000);
  turns.holdOptions(1_000);
  clock.advance(19_999);
  expect(await turns.take("options")).toBe(false);
  expect([await turns.take("form"), await turns.take("decision")]).toEqual([true, true]);
  clock.advance(1);
  expect(await turns.take("options")).toBe(true);
});

test("options have their turn on a clock that goes on between two looks at it, as the machine's does", async () => {
  const clock = createManualClock();
  const going = {
    ...clock,
    monotonicMs: () => {
      clock.advance(1);
      return clock.monotonicMs();
    },
  };
  const turns = createLookTurns(going, LOOKS_PER_MINUTE, () => 1);
  expect(await turns.take("options")).toBe(true);
});
