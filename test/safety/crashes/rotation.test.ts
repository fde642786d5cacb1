import { askForReadOnly, keep, rang, type ShownSecret } from "../../e2e/play";
import { cardOfKey, HOUR, MINUTE, rotateWithOverlap, rotations } from "../../e2e/play-rotation";
import { until } from "../../kit/until";
import { PATIENCE_MS, PATIENT } from "../kit/process";
import { type Crash, endCrash, startAhead, startCrash } from "./crash";
import { opens } from "./interrupted";
import { DELETE, killAt, type Point, SET_STATUS } from "./points";
import { allClosed, recover } from "./recover";

/** A bot that is killed at each step of a rotation with overlap: the next one goes on, and no key is left without an owner. */

jest.setTimeout(PATIENCE_MS);

const OVERLAP_MS = HOUR;
const DAY = 24 * HOUR;
const LATER = 61_000;
const BEHIND_MS = -22 * HOUR;

let crash: Crash;
let first: ShownSecret;
let second: ShownSecret;
beforeEach(async () => {
  crash = await startCrash("socket");
});
afterEach(() => endCrash(crash));

const says = (key: ShownSecret, words: string) => () => cardOfKey(crash.world, key)?.text.includes(words);
const post = (when: Point["when"], text: string): Point => ({
  api: "slack",
  call: "chat.postMessage",
  when,
  match: (params) => String(params.text).includes(text),
});
const events = (name: string, { accessKeyId }: ShownSecret) =>
  crash.world.database.rows(`select id from events where name = '${name}' and access_key_id = '${accessKeyId}'`);
const idsAtTigris = () => crash.world.tigris.keys().map(({ accessKeyId }) => accessKeyId);

async function makeFirst(): Promise<void> {
  await askForReadOnly(crash.world.dana, "deploy");
  first = await keep(crash.world.dana, "deploy");
}

/** Both keys are on, and know of each other. */
async function bothOn(): Promise<void> {
  await makeFirst();
  second = await rotateWithOverlap(crash.world, first, "1 hour");
  await until("both to know", async () => (await rotations(crash.world, second))?.isBegun, PATIENT);
  await crash.world.dana.until("what says so", () => rang(crash.world, crash.world.dana, "Your second key") > 0);
}

test.each<[string, Point["when"]]>([
  ["is told", "before"],
  ["was told", "after"],
])("killed as the owner %s that the second key is on: both know, and it is told after that", async (_moment, when) => {
  const { world } = crash;
  await makeFirst();
  await killAt(crash, post(when, "Your second key"), async () => {
    second = await rotateWithOverlap(world, first, "1 hour");
  });
  await recover(crash);
  await world.dana.until("when it is paused", says(first, "takes its place"));
  await until("both to know", async () => (await rotations(world, second))?.isBegun, PATIENT);
  expect(rang(world, world.dana, "Your second key")).toBeGreaterThanOrEqual(1);
  expect(await events("key.followed", first)).toHaveLength(1);
  for (const key of [first, second]) expect(await opens(world, key)).not.toEqual([]);
});

test.each<[string, Point]>([
  ["Tigris is asked", { ...SET_STATUS, when: "before" }],
  ["Tigris has done it", { ...SET_STATUS, when: "after" }],
  ["its owner is told", post("before", "The first key of")],
  ["its owner was told", post("after", "The first key of")],
])("killed when the first is paused, as %s: it is paused once, told, and kept for its day", async (_moment, point) => {
  const { world } = crash;
  await bothOn();
  await crash.bot.kill();
  await killAt(crash, point, async () => {
    crash.bot = await startAhead(crash, OVERLAP_MS + MINUTE);
  });
  await recover(crash, OVERLAP_MS + MINUTE + LATER);
  await allClosed(world);
  await world.dana.until("when it goes", says(first, "It is deleted 2"));
  expect(await opens(world, first)).toEqual([]);
  expect(await opens(world, second)).not.toEqual([]);
  expect(await events("key.replaced", first)).toHaveLength(1);
  expect(idsAtTigris()).toEqual(expect.arrayContaining([first.accessKeyId, second.accessKeyId]));
});

test.each<[string, Point["when"]]>([
  ["is asked", "before"],
  ["has done it", "after"],
])(
  "killed when the first is deleted, as Tigris %s: it goes once, and the second stays its owner's",
  async (_moment, when) => {
    const { world } = crash;
    // No clock may be off by more than a day: so the first bot goes behind.
    await crash.bot.kill();
    crash.bot = await startAhead(crash, BEHIND_MS);
    await bothOn();
    await crash.bot.kill();
    crash.bot = await startAhead(crash, BEHIND_MS + OVERLAP_MS + MINUTE);
    await until("when it goes", says(first, "It is deleted 2"), PATIENT);
    await until(
      "nothing to be owed",
      async () => (await world.database.rows("select id from outbox")).length === 0,
      PATIENT,
    );
    await crash.bot.kill();
    const ahead = BEHIND_MS + OVERLAP_MS + DAY + 15 * MINUTE;
    await killAt(crash, { ...DELETE, when }, async () => {
      crash.bot = await startAhead(crash, ahead);
    });
    await recover(crash, ahead + LATER);
    await world.dana.until("the deletion", says(first, "another key has its place."));
    await until("a key like any other", async () => (await rotations(world, second)) === null, PATIENT);
    expect(idsAtTigris()).toContain(second.accessKeyId);
    expect(idsAtTigris()).not.toContain(first.accessKeyId);
    expect(await opens(world, second)).not.toEqual([]);
  },
  // Two bots have to have done something before the third one is killed.
  3 * PATIENCE_MS,
);
