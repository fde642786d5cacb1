import { APPROVALS } from "../../kit/people";
import { until } from "../../kit/until";
import { createWorld, type World } from "../../kit/world";
import { expectNothingLeft } from "../../safety/crashes/recover";
import { serverTime } from "../../safety/crashes/time";
import { type Fleet, fleetConnected, startFleet } from "./fleet";
import { judge } from "./judge";
import { approveAll, live, type Wish } from "./people";
import { createRandom } from "./random";

/**
 * `REPLICAS_REQUESTS=1000 REPLICAS_SEED=…` plays more of it, or the same again: who asks for what, and what is struck after
 * how many. How processes run beside each other is up to the machine.
 */
const REQUESTS = Number(process.env.REPLICAS_REQUESTS ?? 120);
const SEED = Number(process.env.REPLICAS_SEED ?? 11);

const REPLICAS = 3;
/** So many requests after another, something is struck. */
const STRIKE_EVERY = Math.max(12, Math.ceil(REQUESTS / 40));
/** People who live a wish at a time. */
const AT_ONCE = 10;
/** One person may ask approvers ten times an hour, and does so with every second wish; a few are asked for again. */
const WISHES_EACH = 14;
const PEOPLE = Math.max(AT_ONCE, Math.ceil(REQUESTS / WISHES_EACH));
const APPROVERS = 4;
const LIMIT_MS = 120_000 + REQUESTS * 4_000;

const person = (kind: string, index: number) => ({
  id: `U${kind}${String(index).padStart(5, "0")}`,
  name: `${kind.toLowerCase()}${index}`,
  realName: `${kind} ${index}`,
  tz: "Europe/Berlin",
});
const askers = Array.from({ length: PEOPLE }, (_, index) => person("ASK", index));
const approvers = Array.from({ length: APPROVERS }, (_, index) => person("APP", index));

let world: World;
let fleet: Fleet;
beforeEach(async () => {
  world = await createWorld("socket", {
    withoutBot: true,
    people: [...askers, ...approvers],
    env: {
      APPROVERS: approvers.map(({ id }) => id).join(","),
      MAX_KEYS_PER_USER: "1000",
      LOG_LEVEL: "info",
    },
  });
  world.slack.setChannel(APPROVALS, { members: [...approvers.map(({ id }) => id), "UBOTTIGR1"] });
  fleet = await startFleet(world, REPLICAS);
  await fleetConnected(world, REPLICAS);
}, LIMIT_MS);
afterEach(async () => {
  await fleet.stop();
  await world.stop();
}, LIMIT_MS);

test(
  `${REQUESTS} requests to three replicas that are killed and paused, seed ${SEED}`,
  async () => {
    const random = createRandom(SEED);
    const wishes = Array.from({ length: REQUESTS }, (_, index): Wish => {
      const keyName = `r${String(index).padStart(4, "0")}`;
      return { keyName, needsApproval: Math.floor(index / PEOPLE) % 2 === 0 };
    });
    let done = 0;
    let isOver = false;
    const startedAt = performance.now();
    const approving = approvers.map(({ id }) => approveAll(world.slack.person(id), random, () => isOver));
    const living = everybody(askers, async ({ id }, asker) => {
      const own = wishes.filter((_, index) => index % PEOPLE === asker);
      for (const wish of own) {
        await live(world.slack.person(id), wish, random);
        done += 1;
      }
    }).finally(() => {
      isOver = true;
    });
    const strikes = new Map<string, number>();
    for (let next = STRIKE_EVERY; next < REQUESTS && !isOver; next += STRIKE_EVERY) {
      await until(`${next} requests to be done`, () => isOver || done >= next, { limitMs: LIMIT_MS });
      const [what = ""] = (await fleet.strike(random)).split(" ");
      strikes.set(what, (strikes.get(what) ?? 0) + 1);
    }
    await living;
    await Promise.all(approving);
    await fleet.passLeases();
    await expectNothingLeft(world, serverTime(world));
    const judged = await judge(world);
    expect(judged.made).toBe(REQUESTS);
    const tookMs = Math.round(performance.now() - startedAt);
    process.stdout.write(`${JSON.stringify({ ...judged, strikes: Object.fromEntries(strikes), tookMs })}\n`);
  },
  LIMIT_MS,
);

/** Does something with each, so many at a time. */
async function everybody<One>(all: readonly One[], act: (one: One, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (let index = next++; index < all.length; index = next++) await act(all[index] as One, index);
  });
  await Promise.all(workers);
}
