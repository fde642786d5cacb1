import { createFaultyStore, type StoreFaults } from "../kit/faulty-store";
import { passUntil } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, askForReadOnly, card, keep, reveal, SWITCH_ON, secretMessages, shownSecret, switchOn } from "./play";

const UNKNOWN = "Something went wrong on my side";
const UNREACHED = "I can't reach my database just now";

let world: World;
let faults: StoreFaults;
beforeEach(async () => {
  const faulty = createFaultyStore();
  faults = faulty.faults;
  world = await createWorld("socket", { overrides: { store: faulty.wrap } });
});
afterEach(async () => {
  faults.setAway(false);
  await endWorld(world);
});

const calls = (action: string) => world.tigris.calls.filter((call) => call.action === action).length;
const deletions = () => calls("DeleteAccessKey");
const ROLES = "UpdateAccessKeyWithBucketsRole";
const made = () => world.tigris.keys().filter(({ name }) => name.startsWith("ci-"));
const hears = (text: string) =>
  world.dana.until(`"${text}"`, () => answers(world.dana).some((answer) => answer.includes(text)));
const pass = (what: string, isSo: () => boolean | undefined) =>
  passUntil(what, isSo, { clock: world.clock, stepMs: 2_000 });
const shows = (text: string) => card(world.dana, "ci")?.text.includes(text);
const hasButton = (label: string) => card(world.dana, "ci")?.buttons.some((button) => button.label === label);

async function pressReveal(): Promise<void> {
  await askForReadOnly(world.dana, "ci");
  await world.dana.press("Show my secret", { in: world.dana.dm() });
}

describe("a delivery", () => {
  test.each<[string, () => void, string]>([
    ["that is not written", () => faults.failBefore("key.delivered"), UNREACHED],
    [
      "of which nobody can say whether it is written, and which is not",
      () => faults.leaveUnknown("key.delivered", false),
      UNKNOWN,
    ],
  ])("%s: the key stays off, and whoever has the secret switches it on", async (_what, breakCommit, said) => {
    const { dana, tigris } = world;
    breakCommit();
    await pressReveal();
    const shown = await dana.until("the secret", () => shownSecret(dana));
    await hears(said);
    await pass("the card", () => shows("I couldn't confirm that the secret of"));
    expect([hasButton("New secret"), hasButton(SWITCH_ON), deletions()]).toEqual([true, false, 0]);
    expect(made()).toMatchObject([{ bucketsRole: [] }]);
    await switchOn(dana, "ci");
    expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
  });

  test("of which nobody can say whether it is written, and which is: the card says that it was shown", async () => {
    const { dana } = world;
    faults.leaveUnknown("key.delivered", true);
    await pressReveal();
    await dana.until("the secret", () => secretMessages(dana).length === 1);
    await hears(UNKNOWN);
    await pass("the key's card", () => hasButton(SWITCH_ON));
    await switchOn(dana, "ci");
    expect(deletions()).toBe(0);
  });
});

describe("a key of which nobody can say whether it is recorded: nobody has seen its secret", () => {
  test("it is: another one takes its place", async () => {
    const { dana } = world;
    faults.leaveUnknown("attempt.answered", true);
    await pressReveal();
    await hears(UNKNOWN);
    const [first] = made();
    await pass("the card", () => shows("I couldn't confirm that the secret of"));
    expect(secretMessages(dana)).toEqual([]);
    await dana.press("New secret", { in: dana.dm() });
    await dana.until("the secret", () => secretMessages(dana).length === 1);
    await pass("the first one to go", () => made().every(({ accessKeyId }) => accessKeyId !== first?.accessKeyId));
    await dana.until("the card", () => hasButton(SWITCH_ON));
    await switchOn(dana, "ci");
    expect(made()).toHaveLength(1);
  });

  test("it is not: it is found by its name and goes, and another one can be revealed", async () => {
    const { dana } = world;
    faults.leaveUnknown("attempt.answered", false);
    await pressReveal();
    await hears(UNKNOWN);
    await pass("the button", () => hasButton("Show my secret"));
    expect(secretMessages(dana)).toEqual([]);
    await pass("the key to go", () => made().length === 0);
    await keep(dana, "ci");
    expect(made()).toHaveLength(1);
  });
});

describe("switching on", () => {
  beforeEach(async () => {
    await askForReadOnly(world.dana, "ci");
    await reveal(world.dana, "ci");
  });
  const press = () => world.dana.press(SWITCH_ON, { in: world.dana.dm(), message: ({ isEphemeral }) => isEphemeral });

  test("whose intent is not written asks Tigris for nothing, and can be pressed again", async () => {
    faults.failBefore("key.switching_on");
    await press();
    await hears(UNREACHED);
    expect([calls(ROLES), shows("🔑 Off · ")]).toEqual([0, true]);
    await switchOn(world.dana, "ci");
    expect(calls(ROLES)).toBe(1);
  });

  test("whose intent is written unseen: nothing gives power without another press", async () => {
    faults.leaveUnknown("key.switching_on", true);
    await press();
    await hears(UNKNOWN);
    await pass("the card", () => shows("has not said whether it is on"));
    expect([calls(ROLES), made()[0]?.bucketsRole]).toEqual([0, []]);
    await switchOn(world.dana, "ci");
    expect(calls(ROLES)).toBe(1);
  });

  test.each([true, false])(
    "that took effect, of which nobody can say whether it is written (%s): it is on",
    async (isWritten) => {
      faults.leaveUnknown("key.on", isWritten);
      await press();
      await hears(UNKNOWN);
      await pass("the card", () => shows("🔑 On · "));
      expect([calls(ROLES), deletions()]).toEqual([1, 0]);
    },
  );
});

test("a lapse that can't be written holds up no other, and comes again", async () => {
  const { dana, clock } = world;
  for (const name of ["first", "second"]) await askForReadOnly(dana, name);
  const hasLapsed = (name: string) => card(dana, name)?.text.includes("was not used until") ?? false;
  faults.failBefore("request.lapsed");
  clock.advance(24 * 3_600_000);
  await dana.until("the other one to lapse", () => hasLapsed("first") || hasLapsed("second"));
  await passUntil("both to lapse", () => hasLapsed("first") && hasLapsed("second"), { clock, stepMs: 1_000 });
});
