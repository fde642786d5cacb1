import { allSent, answers, askForReadOnly, card, keep, secretMessages, switchOn } from "../e2e/play";
import { connected, reached } from "../kit/stand-ins";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { expectGivenBack } from "../safety/crashes/interrupted";
import { CREATE, DELETE, SEARCH } from "../safety/crashes/points";
import { expectNothingLeft, keysInTigris, nothingHangs, passLeasesBy } from "../safety/crashes/recover";
import { serverTime, type Time } from "../safety/crashes/time";
import { type BotProcess, PATIENCE_MS, PATIENT, startProcess } from "../safety/kit/process";

jest.setTimeout(3 * PATIENCE_MS);

const HOUR = 3_600_000;

let world: World;
let time: Time;
let bots: BotProcess[];
beforeEach(async () => {
  world = await createWorld("socket", { withoutBot: true });
  time = serverTime(world);
  bots = [];
});
afterEach(async () => {
  for (const bot of bots) await bot.kill();
  await endWorld(world);
});

async function start(aheadMs = 0): Promise<BotProcess> {
  const bot = await startProcess(world, "socket", { aheadMs });
  bots.push(bot);
  await connected(world.slack, 2 * bots.filter((one) => one.isRunning()).length, PATIENT);
  return bot;
}

/** Where the attempts are that are not closed. */
async function phases(): Promise<string[]> {
  const rows = await world.database.rows<{ phase: string }>("select phase from attempts where closed = 0");
  return rows.map(({ phase }) => phase);
}

/** Transactions of a round of two bots and more: each worker looks for what is due to it. */
const OF_A_ROUND = 16;

/** A round of every worker goes by; all of it within the time that a call to Tigris may take. */
async function rounds(): Promise<void> {
  let looks = 0;
  const statements = async () => {
    const rows = await world.database.rows<{ commits: number }>(
      "select xact_commit as commits from pg_stat_database where datname = current_database()",
    );
    return rows[0]?.commits ?? 0;
  };
  const before = await statements();
  // To look is a transaction as well.
  const isEnough = async () => (await statements()) - ++looks > before + OF_A_ROUND;
  await until("rounds of the workers", isEnough, { ...PATIENT, pauseMs: 100 });
}

test.each([
  ["ahead", 30 * HOUR],
  ["behind", -30 * HOUR],
])(
  "a bot whose clock is hours %s takes no live lease over and lets nothing lapse before its time",
  async (_, aheadMs) => {
    const { dana, tigris, slack } = world;
    await start();
    await askForReadOnly(dana, "waits");
    await askForReadOnly(dana, "ci");
    const held = tigris.faults.arm({ call: CREATE.call }, { kind: "hold", when: "after" });
    await dana.press("Show my secret", { in: dana.dm() });
    await reached(held, PATIENT);
    const [before] = await world.database.rows("select lease_holder as id from attempts where closed = 0");

    await start(aheadMs);
    await rounds();
    expect(await world.database.rows("select lease_holder as id from attempts where closed = 0")).toEqual([before]);
    held.release();
    await dana.until("the secret", () => secretMessages(dana).length === 1);
    await dana.until("the key's card", () => card(dana, "ci")?.text.includes("🔑 Off · "));
    await switchOn(dana, "ci");
    expect(card(dana, "waits")?.buttons.map(({ label }) => label)).toContain("Show my secret");

    // What only the other one is there for goes by the server's time too.
    // Killed in the middle of a message, its lease would hold that one up for a minute.
    await allSent(world);
    await bots[0]?.kill();
    await connected(slack, 2, PATIENT);
    const shown = await keep(dana, "waits");
    expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
    const [key] = await world.database.rows<{ at: number }>("select max(made_at) as at from keys");
    expect(Math.abs((key?.at ?? 0) - (await time.now()))).toBeLessThan(PATIENCE_MS);
    await expectNothingLeft(world, time);
  },
);

test("a bot whose clock is hours behind takes over from a killed one when the server says that its lease is over", async () => {
  const { dana, tigris } = world;
  const killed = await start();
  await askForReadOnly(dana, "ci");
  const held = tigris.faults.arm({ call: CREATE.call }, { kind: "hold", when: "after" });
  await dana.press("Show my secret", { in: dana.dm() });
  await reached(held, PATIENT);
  await killed.kill();
  await start(-30 * HOUR);
  await rounds();
  expect(await phases()).toEqual(["calling"]);
  await passLeasesBy(time);
  await nothingHangs(world, time);
  expect(await phases()).toEqual(["searching"]);
  expect(answers(dana)).toEqual([]);
  await expectGivenBack(world, time);
});

test("a request lapses when its time is over by the server's, whatever the bots' own clocks say", async () => {
  const { dana } = world;
  await start(-30 * HOUR);
  await askForReadOnly(dana, "ci");
  await time.passTo((await time.now()) + 24 * HOUR + 1_000);
  await dana.until("the lapse", () => card(dana, "ci")?.text.includes("was not used until"), PATIENCE_MS / 2);
});

test("of two bots that recover at once, one does it", async () => {
  const { dana, tigris } = world;
  const killed = await start();
  await askForReadOnly(dana, "ci");
  const made = tigris.faults.arm({ call: CREATE.call }, { kind: "hold", when: "after" });
  await dana.press("Show my secret", { in: dana.dm() });
  await reached(made, PATIENT);
  await killed.kill();
  const held = tigris.faults.arm(SEARCH, { kind: "hold", when: "before" });
  await passLeasesBy(time);
  await start();
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"));
  expect(keysInTigris(world)).toHaveLength(1);
  // The first search is due a minute after it was given up.
  await passLeasesBy(time);
  await reached(held, PATIENT);
  await start(HOUR);
  await rounds();
  held.release();
  await until("the key to be gone", () => keysInTigris(world).length === 0, PATIENT);
  expect(tigris.calls.filter(({ action }) => action === DELETE.call)).toHaveLength(1);
  expect(secretMessages(dana)).toEqual([]);
  await expectGivenBack(world, time);
});
