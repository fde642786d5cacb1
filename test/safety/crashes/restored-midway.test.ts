import { askForReadOnly, keep, reveal, type ShownSecret, SWITCH_ON, switchOn } from "../../e2e/play";
import { type Crash, crashForEach, pressReveal, secretOn } from "./crash";
import { cardSays, expectPowerless, opens } from "./interrupted";
import { CREATE, holdAt, POST, ROTATE, SET_ROLES, SET_STATUS } from "./points";
import { allClosed, expectNothingLeft, keysInTigris } from "./recover";
import { backUp, changes, expectRaised, passHours, restore } from "./restore";

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});

const works = async (shown: ShownSecret) => (await opens(crash.world, shown)).length > 0;
const press = (label: string) =>
  crash.world.dana.press(label, { in: crash.world.dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
const says = (text: string) => cardSays(crash.world, text);

describe("a copy that was made in the middle of a change", () => {
  beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

  test("of making a key that is in use by now: it is found by its name, and people decide about it", async () => {
    const { world } = crash;
    const held = await holdAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
    backUp(world);
    held.release();
    const inUse = await secretOn(world.dana);
    await says("🔑 Off · ");
    await switchOn(world.dana, "ci");

    await restore(crash);
    await allClosed(world);
    await expectRaised(world, inUse);
    // Its request is open again, and its card is that one's.
    const { dana } = world;
    await dana.command(`/tigris-key delete ${inUse.accessKeyId}`);
    await dana.until("the form", () => dana.modal()?.submit === "Delete key");
    await dana.submit();
    await dana.until("how it went", () => dana.modal()?.text.includes("You deleted ci"));
    expect(keysInTigris(world)).toEqual([]);
    await expectNothingLeft(world);
  });

  test("of making a key that nobody has switched on: it goes", async () => {
    const { world } = crash;
    const held = await holdAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
    backUp(world);
    held.release();
    await secretOn(world.dana);
    await says("🔑 Off · ");

    await restore(crash);
    await allClosed(world);
    expect(keysInTigris(world)).toEqual([]);
    await says("Making it was interrupted");
    expect(await works(await keep(world.dana, "ci"))).toBe(true);
  });

  test("of delivering a key that is in use by now: it works on, and is not deleted when its time is over", async () => {
    const { world } = crash;
    const held = await holdAt(crash, { ...POST, when: "after" }, () => pressReveal(crash));
    backUp(world);
    held.release();
    const inUse = await secretOn(world.dana);
    await says("🔑 Off · ");
    await switchOn(world.dana, "ci");
    const before = changes(world).length;

    await restore(crash);
    await says("I couldn't confirm that the secret of");
    await passHours(world, 30);
    await allClosed(world);
    expect(changes(world)).toHaveLength(before);
    await expectRaised(world, inUse);
  });

  test("of switching a key on: it is on", async () => {
    const { world } = crash;
    const shown = await reveal(world.dana, "ci");
    const pressSaved = () => world.dana.press(SWITCH_ON, { in: world.dana.dm() });
    const held = await holdAt(crash, { ...SET_ROLES, when: "after" }, pressSaved);
    backUp(world);
    held.release();
    await says("🔑 On · ");
    const before = changes(world).length;

    await restore(crash);
    await allClosed(world);
    await says("🔑 On · ");
    expect(changes(world)).toHaveLength(before);
    expect(await works(shown)).toBe(true);
    await expectNothingLeft(world);
  });

  test("of a pause that was lifted since: it is paused once more", async () => {
    const { world } = crash;
    const shown = await keep(world.dana, "ci");
    const held = await holdAt(crash, { ...SET_STATUS, when: "after" }, () => press("Pause"));
    backUp(world);
    held.release();
    await says("works nowhere");
    await press("Resume");
    await says("🔑 On · ");

    await restore(crash);
    await says("works nowhere");
    await expectPowerless(world);
    await press("Resume");
    await says("🔑 On · ");
    expect(await works(shown)).toBe(true);
    await expectNothingLeft(world);
  });

  test("of a new secret: the key goes on working, and says that nobody may hold its secret", async () => {
    const { world } = crash;
    const { dana } = world;
    await keep(dana, "ci");
    const held = await holdAt(crash, { ...ROTATE, when: "after" }, () => dana.press("New secret", { in: dana.dm() }));
    backUp(world);
    held.release();
    const inUse = await secretOn(dana);
    const before = changes(world).length;

    await restore(crash);
    await allClosed(world);
    await says("Nobody holds the secret of");
    expect(changes(world)).toHaveLength(before);
    expect(await works(inUse)).toBe(true);
  });
});
