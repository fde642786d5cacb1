import { answers, askForReadOnly, card, keep, reveal, SWITCH_ON, secretMessages, shownSecret } from "../e2e/play";
import { SERVER_VARIABLE } from "../kit/database";
import { type PostgresProxy, startPostgresProxy } from "../kit/postgres/proxy";
import { inTime } from "../kit/until";
import { createWorld } from "../kit/world";
import { pressReveal } from "../safety/crashes/crash";
import {
  expectGivenBack,
  expectNotConfirmed,
  expectPowerless,
  expectReplaced,
  opens,
} from "../safety/crashes/interrupted";
import { CREATE, DELETE, POST, SET_ROLES } from "../safety/crashes/points";
import { expectNothingLeft, keysInTigris } from "../safety/crashes/recover";
import { serverTime } from "../safety/crashes/time";
import { PATIENCE_MS, PATIENT, startProcess } from "../safety/kit/process";
import { commitOf } from "./outages";
import { endTakeOver, freeze, type TakeOver, takeOver, thaw } from "./take-over";

jest.setTimeout(3 * PATIENCE_MS);

/*
 * A replica that stands still between an answer of Tigris's and its record, until its lease is over and another one has gone
 * on. Each holding of a lease has a name: what it does then, it does for nobody.
 */

let one: TakeOver;
let proxy: PostgresProxy;
beforeEach(async () => {
  const { hostname, port } = new URL(process.env[SERVER_VARIABLE] ?? "");
  proxy = await startPostgresProxy({ host: hostname, port: Number(port) });
  const world = await createWorld("http", { withoutBot: true });
  const direct = world.database.url;
  world.environment.DATABASE_URL = proxy.urlOf(direct);
  const bot = await startProcess(world, "http");
  // Only this one goes through the proxy.
  world.environment.DATABASE_URL = direct;
  one = { world, mode: "http", bot, time: serverTime(world), next: null };
  await askForReadOnly(world.dana, "ci");
});
afterEach(async () => {
  await endTakeOver(one);
  await proxy.stop();
});

const calls = (action: string) => one.world.tigris.calls.filter((call) => call.action === action).length;
const posts = () => one.world.slack.calls.filter(({ method }) => method === POST.call).length;

/** Stops the replica at a commit, until another one has put right what it left. */
async function pauseAt(when: "before" | "after", written: string, act: () => Promise<void>) {
  const held = proxy.holdNextCommit(when, commitOf(written));
  await act();
  await inTime("the commit", held.reached, PATIENT);
  await freeze(one);
  await takeOver(one);
  return held;
}

test("paused before its new key is on record: it posts nothing", async () => {
  const { world, time } = one;
  const held = await pauseAt("before", "delivering", () => pressReveal(one));
  await expectPowerless(world);
  await thaw(one, held);
  await world.dana.until("the answer", () => answers(world.dana).length > 0, PATIENCE_MS / 2);
  expect([posts(), secretMessages(world.dana)]).toEqual([0, []]);
  expect(calls(CREATE.call)).toBe(1);
  await expectGivenBack(world, time);
});

test("paused once its new key is on record: it posts nothing, and another key takes its place", async () => {
  const { world, time } = one;
  const held = await pauseAt("after", "delivering", () => pressReveal(one));
  await expectNotConfirmed(world);
  await thaw(one, held);
  await world.dana.until("the answer", () => answers(world.dana).length > 0, PATIENCE_MS / 2);
  expect([posts(), secretMessages(world.dana)]).toEqual([0, []]);
  expect(calls(CREATE.call)).toBe(1);
  await expectReplaced(world, time);
});

test("paused before its new key is on record, and another one is made meanwhile: that one stays", async () => {
  const { world, time } = one;
  const { dana } = world;
  const held = await pauseAt("before", "delivering", () => pressReveal(one));
  const shown = await keep(dana, "ci");
  const before = answers(dana).length;
  await thaw(one, held);
  await dana.until("the answer", () => answers(dana).length > before, PATIENCE_MS / 2);
  expect(posts()).toBe(1);
  expect(await opens(world, shown)).toContain("read logs");
  await expectNothingLeft(world, time);
  expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
});

test("paused before its rotation is on record, and another one is made meanwhile: it posts nothing", async () => {
  const { world, time } = one;
  const { dana, tigris } = world;
  await keep(dana, "ci");
  const renew = () => dana.press("New secret", { in: dana.dm() });
  const held = await pauseAt("before", "delivering", renew);
  await dana.until("the card offering it", () => card(dana, "ci")?.buttons.some(({ label }) => label === "New secret"));
  await renew();
  const shown = await dana.until("the new secret", () => shownSecret(dana));
  const [before, posted] = [answers(dana).length, posts()];
  await thaw(one, held);
  await dana.until("the answer", () => answers(dana).length > before, PATIENCE_MS / 2);
  expect([posts(), secretMessages(dana).length]).toEqual([posted, 1]);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  await expectNothingLeft(world, time);
});

test("paused before its deletion is on record: it is recorded once, by whoever took over", async () => {
  const { world, time } = one;
  const { dana } = world;
  await keep(dana, "ci");
  const held = await pauseAt("before", "key.deleted", () => dana.press("Delete key", { in: dana.dm() }));
  await thaw(one, held);
  await dana.until("the answer", () => answers(dana).length > 0, PATIENCE_MS / 2);
  await expectNothingLeft(world, time);
  expect(await world.database.rows("select name as id from events where name = 'key.deleted'")).toHaveLength(1);
  expect(calls(DELETE.call)).toBeGreaterThan(0);
  expect(keysInTigris(world)).toEqual([]);
});

test("paused before the roles of its key are on record: it is on, by whoever took over", async () => {
  const { world, time } = one;
  const { dana } = world;
  const shown = await reveal(dana, "ci");
  const held = await pauseAt("before", "key.on", () => dana.press(SWITCH_ON, { in: dana.dm() }));
  await dana.until("the key on", () => card(dana, "ci")?.text.includes("🔑 On · "));
  await thaw(one, held);
  await expectNothingLeft(world, time);
  expect(await world.database.rows("select name as id from events where name = 'key.on'")).toHaveLength(1);
  expect(calls(SET_ROLES.call)).toBe(1);
  expect(await opens(world, shown)).toContain("read logs");
});

test("paused before a pause is on record: it is recorded by whoever took over", async () => {
  const { world, time } = one;
  const { dana } = world;
  const shown = await keep(dana, "ci");
  const held = await pauseAt("before", "key.pause_taken", () =>
    dana.press("Pause", { message: ({ isEphemeral }) => !isEphemeral }),
  );
  await dana.until("the pause", () => card(dana, "ci")?.text.includes("works nowhere"));
  await thaw(one, held);
  await expectNothingLeft(world, time);
  expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
});
