import { putOff } from "../../../src/workflow/calls/put-off";
import { KEYS, PAUSES, pausedBy } from "../keys";
import { deleting, MINUTE, NOW, pausing, recorded } from "../samples";

const attempt = deleting("calling");
const held = { ...recorded({ key: KEYS.deleting }), attempt };
const late = (ms: number, alerted: boolean) =>
  putOff({ ...held, attempt: { ...attempt, startedAt: NOW - ms, alerted } }, NOW);

test.each([
  [0, 5],
  [1, 10],
  [2, 20],
  [6, 320],
  [7, 600],
  [500, 600],
])("after %d failed tries, one more waits %d seconds", (tries, seconds) => {
  const { attempt: put } = putOff({ ...held, attempt: { ...attempt, tries } }, NOW);
  expect(put).toEqual({
    to: { ...attempt, tries: tries + 1, nextAt: NOW + seconds * 1_000, lease: { holder: "bot/1", until: 0 } },
    event: "key.deletion_failed",
    outcome: `try_${tries + 1}`,
  });
});

test.each<[string, ms: number, alerted: boolean, isTold: boolean, isMarked: boolean]>([
  ["not before a quarter of an hour", 15 * MINUTE - 1, false, false, false],
  ["after a quarter of an hour", 15 * MINUTE, false, true, true],
  ["never twice", 15 * MINUTE, true, false, true],
])("the approvals channel is told %s", (_when, ms, alerted, isTold, isMarked) => {
  const { alert, attempt: put } = late(ms, alerted);
  expect([alert?.code, put?.to.alerted]).toEqual([isTold ? "deletion_failing" : undefined, isMarked]);
});

test("what is told names the key as people find it in the Dashboard", () => {
  const about = { tigrisName: "deploy-K7QM2XAB", accessKeyId: "tid_one" };
  expect(late(15 * MINUTE, false).alert).toEqual({ code: "deletion_failing", about });
  const dropped = { ...held, attempt: deleting("looking", { startedAt: 0 }) };
  expect(putOff(dropped, NOW).alert).toEqual({ code: "deletion_failing", about });
  const unknown = { ...dropped, key: null };
  expect(putOff(unknown, NOW).alert).toEqual({ code: "deletion_failing", about: { ...about, tigrisName: null } });
});

test("a pause that does not get anywhere is told as a pause", () => {
  const key = pausedBy(KEYS.live, PAUSES.pausing);
  const paused = { ...recorded({ key }), attempt: pausing("calling", { startedAt: NOW - 15 * MINUTE }) };
  expect(putOff(paused, NOW)).toMatchObject({
    attempt: { event: "key.pause_failed", outcome: "try_1" },
    alert: { code: "pause_failing", about: { tigrisName: "deploy-K7QM2XAB", accessKeyId: "tid_one" } },
  });
});
