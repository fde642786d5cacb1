import { answers, askForReadOnly, card, keep, reveal, SWITCH_ON, secretMessages } from "../e2e/play";
import { SERVER_VARIABLE } from "../kit/database";
import { type PostgresProxy, startPostgresProxy } from "../kit/postgres/proxy";
import { inTime } from "../kit/until";
import { createWorld } from "../kit/world";
import { cardSays, expectPowerless, opens } from "../safety/crashes/interrupted";
import { SET_ROLES, SET_STATUS } from "../safety/crashes/points";
import { expectNothingLeft } from "../safety/crashes/recover";
import { serverTime } from "../safety/crashes/time";
import { PATIENCE_MS, PATIENT, startProcess } from "../safety/kit/process";
import { commitOf } from "./outages";
import { endTakeOver, freeze, type TakeOver, takeOver, thaw } from "./take-over";

jest.setTimeout(3 * PATIENCE_MS);

/*
 * A replica that stands still between its look at a person and the call that gives power, until its lease is over: who may have
 * lost the role meanwhile, so it asks for nothing.
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
const onCard = { message: ({ isEphemeral }: { isEphemeral: boolean }) => !isEphemeral };
const press = (label: string) => one.world.dana.press(label, { in: one.world.dana.dm(), ...onCard });

/** Freezes the replica at the commit of an intent, until another one has put right what it left. */
async function freezeAtIntent(event: string, when: "before" | "after", act: () => Promise<void>) {
  const held = proxy.holdNextCommit(when, commitOf(event));
  await act();
  await inTime("the commit", held.reached, PATIENT);
  await freeze(one);
  await takeOver(one);
  return held;
}

const heldUp = () =>
  one.world.dana.until("the answer", () =>
    answers(one.world.dana).some((text) => text.includes("held up for too long")),
  );

test("after the intent to switch a key on is written: it sets no roles", async () => {
  const { world, time } = one;
  const { dana } = world;
  const shown = await reveal(dana, "ci");
  const pressSaved = () => dana.press(SWITCH_ON, { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
  const held = await freezeAtIntent("key.switching_on", "after", pressSaved);
  await cardSays(world, "Tigris has not said whether it is on");
  await thaw(one, held);
  await heldUp();
  expect(calls(SET_ROLES.call)).toBe(0);
  await expectPowerless(world);
  await press(SWITCH_ON);
  await cardSays(world, "🔑 On · ");
  expect(await opens(world, shown)).not.toEqual([]);
  await expectNothingLeft(world, time);
});

test("after the intent to resume a key is written: it gives nothing", async () => {
  const { world, time } = one;
  const shown = await keep(world.dana, "ci");
  await press("Pause");
  await cardSays(world, "works nowhere");
  const before = calls(SET_STATUS.call);
  const held = await freezeAtIntent("key.resuming", "after", () => press("Resume"));
  await cardSays(world, "Tigris has not said yet whether it works again");
  await thaw(one, held);
  await heldUp();
  expect(calls(SET_STATUS.call)).toBe(before);
  await expectPowerless(world);
  await press("Resume");
  await world.dana.until("the card", () => card(world.dana, "ci")?.text.includes("🔑 On · "));
  expect(await opens(world, shown)).not.toEqual([]);
  await expectNothingLeft(world, time);
});
