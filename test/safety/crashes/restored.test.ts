import { answers, askForReadOnly, card, keep, reveal, type ShownSecret, SWITCH_ON, switchOn } from "../../e2e/play";
import { type Crash, crashForEach } from "./crash";
import { cardSays, expectPowerless, opens } from "./interrupted";
import { allClosed, expectNothingLeft, nothingHangs } from "./recover";
import { backUp, changes, expectRaised, passHours, restore } from "./restore";

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});

const works = async (shown: ShownSecret) => (await opens(crash.world, shown)).length > 0;
const press = (label: string) =>
  crash.world.dana.press(label, { in: crash.world.dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
const says = (text: string) => cardSays(crash.world, text);

const about = (keyName: string) => (message: { isEphemeral: boolean; text: string }) =>
  !message.isEphemeral && message.text.includes(keyName);

test("keys that a restored database does not know are left alone", async () => {
  const { world } = crash;
  const { dana } = world;
  await askForReadOnly(dana, "kept");
  const kept = await keep(dana, "kept");
  await askForReadOnly(dana, "open");
  await nothingHangs(world);
  backUp(world);
  const open = await keep(dana, "open");
  await askForReadOnly(dana, "newer");
  const newer = await keep(dana, "newer");
  const before = changes(world).length;

  await restore(crash);
  await passHours(world, 30);
  expect(changes(world)).toHaveLength(before);
  for (const key of [kept, open, newer]) expect(await works(key)).toBe(true);

  await dana.press("Delete key", { in: dana.dm(), message: about("newer") });
  await dana.until("an answer", () => answers(dana).some((text) => text.includes("don't know")));
  expect(changes(world)).toHaveLength(before);
});

test("a key that was deleted after the copy was made: its card says so as soon as it is used", async () => {
  const { world } = crash;
  const { dana } = world;
  await askForReadOnly(dana, "dropped");
  const { accessKeyId } = await keep(dana, "dropped");
  await nothingHangs(world);
  backUp(world);
  world.tigris.controls.removeKey(accessKeyId);

  await restore(crash);
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("its card", () => card(dana, "dropped")?.text.includes("no longer exists in Tigris"));
  await allClosed(world);
});

describe("a copy of what has changed since", () => {
  beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

  test("a key that was off then, and is on by now: it works on, and its holder may say so again", async () => {
    const { world } = crash;
    const shown = await reveal(world.dana, "ci");
    await nothingHangs(world);
    backUp(world);
    await switchOn(world.dana, "ci");

    await restore(crash);
    expect(await works(shown)).toBe(true);
    await press(SWITCH_ON);
    await says("🔑 On · ");
    expect(await works(shown)).toBe(true);
    await expectNothingLeft(world);
  });

  test("a key that was off then, and about which nobody says anything: it is not deleted", async () => {
    const { world } = crash;
    const shown = await reveal(world.dana, "ci");
    await nothingHangs(world);
    backUp(world);
    await switchOn(world.dana, "ci");

    await restore(crash);
    await passHours(world, 30);
    await allClosed(world);
    await expectRaised(world, shown);
  });

  test("a key that was on then, and is paused by now: nothing gives it power but somebody's Resume", async () => {
    const { world } = crash;
    const shown = await keep(world.dana, "ci");
    await nothingHangs(world);
    backUp(world);
    await press("Pause");
    await says("works nowhere");
    const before = changes(world).length;

    await restore(crash);
    await passHours(world, 30);
    expect(changes(world)).toHaveLength(before);
    await expectPowerless(world);
    // Its card is as it was left, and is drawn from the record once it is used.
    await press("Resume");
    await says("🔑 On · ");
    await expectPowerless(world);
    await press("Pause");
    await says("works nowhere");
    await press("Resume");
    await world.dana.until("the answer", () => answers(world.dana).some((text) => text.includes("works again")));
    expect(await works(shown)).toBe(true);
  });
});
