import { answers, askForReadOnly, card, keep, reveal, secretMessages } from "../../e2e/play";
import { connected } from "../../kit/stand-ins";
import { PATIENT } from "../kit/process";
import { type Crash, crashForEach, freeze, pressReveal, secretOn } from "./crash";
import { expectGivenBack } from "./interrupted";
import { CREATE, holdAt, POST, type Point, ROTATE } from "./points";
import { expectNothingLeft, keysInTigris, nothingHangs, passLeases } from "./recover";

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});
beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

/**
 * Freezes the process at a point. Slack gives up on the sockets that nobody answers, and another bot, with sockets of its
 * own, puts right what the frozen one left.
 */
async function freezeAt(point: Point, act: () => Promise<void>) {
  const { world } = crash;
  const held = await holdAt(crash, point, act);
  await freeze(crash);
  world.slack.sockets.cut();
  await connected(world.slack, 0, PATIENT);
  passLeases(world);
  await world.startBot();
  await nothingHangs(world);
  await connected(world.slack, 2, PATIENT);
  return held;
}

/** Lets the process go on, by a clock that has seen the time pass; it opens its sockets again. */
async function goOn(held: { release(): void }): Promise<void> {
  const { world, bot } = crash;
  const moved = bot.line("clock.moved");
  bot.signal("SIGUSR2");
  bot.signal("SIGCONT");
  await moved;
  held.release();
  await connected(world.slack, 4, PATIENT);
}

/** The answer to the click that was frozen; without Tigris's where the time for that was over too. */
async function toldBy(sentence: string): Promise<void> {
  const { dana } = crash.world;
  const isTold = (text: string) => text.includes(sentence) || text.includes("Tigris gave no clear answer, so");
  await dana.until("the answer", () => dana.screen().some(({ text, buttons }) => buttons.length === 0 && isTold(text)));
}

test("frozen while Tigris holds the new key, after it is made: it posts nothing", async () => {
  const { world } = crash;
  const held = await freezeAt({ ...CREATE, when: "after" }, () => pressReveal(crash));
  expect(keysInTigris(world)).toEqual([]);
  await goOn(held);
  await toldBy("took too long, so its key is deleted");
  expect(world.slack.calls.filter(({ method }) => method === POST.call)).toEqual([]);
  await expectGivenBack(world);
});

test("frozen while Slack holds the secret, before it is shown: it is dead when it appears", async () => {
  const { world } = crash;
  const held = await freezeAt({ ...POST, when: "before" }, () => pressReveal(crash));
  expect(keysInTigris(world)).toEqual([]);
  await goOn(held);
  await secretOn(world.dana);
  await toldBy("so its key is deleted");
  await expectGivenBack(world);
});

describe("with a key", () => {
  let accessKeyId: string;
  beforeEach(async () => {
    ({ accessKeyId } = await keep(crash.world.dana, "ci"));
  });

  test("frozen while Tigris holds a rotation: the key stays, and says that nobody may hold its secret", async () => {
    const { world } = crash;
    const { dana } = world;
    const press = () => dana.press("New secret", { in: dana.dm() });
    const held = await freezeAt({ ...ROTATE, when: "before" }, press);
    const isUnknown = () => card(dana, "ci")?.text.includes("nobody holds the new one");
    await dana.until("the card", isUnknown);
    await goOn(held);
    await toldBy("Press New secret again, or delete the key");
    expect(isUnknown()).toBe(true);
    expect(secretMessages(dana)).toEqual([]);
    expect(keysInTigris(world)).toEqual([accessKeyId]);
    await expectNothingLeft(world);
  });
});

test("a click that only a frozen process got fails at once for its person, and does nothing twice later", async () => {
  const { world } = crash;
  const { dana, tigris } = world;
  await freeze(crash);
  await pressReveal(crash);
  expect(dana.toasts().some((text) => text.includes("operation_timeout"))).toBe(true);
  world.slack.sockets.cut();
  await connected(world.slack, 0, PATIENT);
  passLeases(world);
  await world.startBot();
  await connected(world.slack, 2, PATIENT);
  const shown = await reveal(dana, "ci");
  await goOn({ release: () => {} });
  await dana.until("the answer to the first click", () => answers(dana).some((text) => text.includes("was made")));
  expect(tigris.calls.filter(({ action }) => action === CREATE.call)).toHaveLength(1);
  expect(secretMessages(dana)).toHaveLength(1);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  await expectNothingLeft(world);
});
