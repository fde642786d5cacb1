import { answers, askForReadOnly, card, keep, reveal, secretMessages, switchOn } from "../e2e/play";
import { connected } from "../kit/stand-ins";
import { pressReveal, secretOn } from "../safety/crashes/crash";
import {
  expectGivenBack,
  expectNotConfirmed,
  expectPowerless,
  expectReplaced,
  isToldDeleted,
  opens,
} from "../safety/crashes/interrupted";
import { CREATE, POST, ROTATE } from "../safety/crashes/points";
import { expectNothingLeft, keysInTigris, nothingHangs } from "../safety/crashes/recover";
import { PATIENCE_MS, PATIENT, startProcess } from "../safety/kit/process";
import { endTakeOver, freezeAt, startTakeOver, type TakeOver, thaw } from "./take-over";

jest.setTimeout(3 * PATIENCE_MS);

let one: TakeOver;
beforeEach(async () => {
  one = await startTakeOver("socket");
  await askForReadOnly(one.world.dana, "ci");
});
afterEach(() => endTakeOver(one));

/** The answer to the click that was frozen; without Tigris's where the time for that was over too. */
async function toldBy(sentence: string): Promise<void> {
  const { dana } = one.world;
  const isTold = (text: string) => text.includes(sentence) || text.includes("Tigris gave no clear answer.");
  await dana.until("the answer", () => dana.screen().some(({ text, buttons }) => buttons.length === 0 && isTold(text)));
}

test("frozen while Tigris holds the new key, after it is made: it posts nothing", async () => {
  const { world } = one;
  const held = await freezeAt(one, { ...CREATE, when: "after" }, () => pressReveal(one));
  await expectPowerless(world);
  await thaw(one, held);
  await toldBy("took too long. What was made opens nothing");
  expect(world.slack.calls.filter(({ method }) => method === POST.call)).toEqual([]);
  await expectGivenBack(world, one.time);
});

test("frozen while Slack holds the secret, before it is shown: it opens nothing when it appears", async () => {
  const { world } = one;
  const held = await freezeAt(one, { ...POST, when: "before" }, () => pressReveal(one));
  await expectNotConfirmed(world);
  await thaw(one, held);
  await secretOn(world.dana);
  await toldBy("I couldn't confirm that the secret of ci appeared");
  await expectReplaced(world, one.time);
});

test("frozen while Tigris holds a rotation: the key stays, and says that nobody may hold its secret", async () => {
  const { world } = one;
  const { dana } = world;
  const { accessKeyId } = await keep(dana, "ci");
  const press = () => dana.press("New secret", { in: dana.dm() });
  const held = await freezeAt(one, { ...ROTATE, when: "before" }, press);
  const isUnknown = () => card(dana, "ci")?.text.includes("Nobody holds the secret of");
  await dana.until("the card", isUnknown);
  await thaw(one, held);
  await toldBy("Press New secret again, or delete the key");
  expect(isUnknown()).toBe(true);
  expect(secretMessages(dana)).toEqual([]);
  expect(keysInTigris(world)).toEqual([accessKeyId]);
  await expectNothingLeft(world, one.time);
});

test("a click that only a frozen process got fails at once for its person, and does nothing twice later", async () => {
  const { world } = one;
  const { dana, slack, tigris } = world;
  // What it was about to send would wait for its lease.
  await nothingHangs(world, one.time);
  one.bot.signal("SIGSTOP");
  await pressReveal(one);
  expect(dana.toasts().some((text) => text.includes("operation_timeout"))).toBe(true);
  slack.sockets.cut();
  await connected(slack, 0, PATIENT);
  one.next = await startProcess(world, "socket");
  await connected(slack, 2, PATIENT);
  const shown = await reveal(dana, "ci");
  await thaw(one);
  await dana.until("the answer to the first click", () =>
    answers(dana).some((text) => text.includes("was made already")),
  );
  expect(tigris.calls.filter(({ action }) => action === CREATE.call)).toHaveLength(1);
  expect(secretMessages(dana)).toHaveLength(1);
  await expectPowerless(world);
  await switchOn(dana, "ci");
  expect(await opens(world, shown)).toContain("read logs");
  await expectNothingLeft(world, one.time);
});

test("stopped while it is frozen, and its work was taken over: it posts nothing, and ends", async () => {
  const { world, bot } = one;
  const held = await freezeAt(one, { ...CREATE, when: "after" }, () => pressReveal(one));
  bot.signal("SIGTERM");
  bot.signal("SIGCONT");
  held.release();
  expect(await bot.ends()).toBe(0);
  expect(world.slack.calls.filter(({ method }) => method === POST.call)).toEqual([]);
  expect(secretMessages(world.dana)).toEqual([]);
  expect(isToldDeleted(world)).toBe(true);
  await expectGivenBack(world, one.time);
});
