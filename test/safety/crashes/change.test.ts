import { answers, askForReadOnly, card, keep, type ShownSecret, secretMessages, shownSecret } from "../../e2e/play";
import type { Mode } from "../../kit/world";
import { PATIENCE_MS } from "../kit/process";
import { type Crash, endCrash, startCrash } from "./crash";
import { DELETE, killAt, POST, type Point, ROTATE } from "./points";
import { expectNothingLeft, keysInTigris, recover } from "./recover";

jest.setTimeout(PATIENCE_MS);

let crash: Crash;
let first: ShownSecret;
afterEach(() => endCrash(crash));

/** A key with its card; then a button of the card is pressed, and the bot killed at a point. */
async function killChangeAt(mode: Mode, button: "New secret" | "Delete key", point: Point) {
  crash = await startCrash(mode);
  const { dana } = crash.world;
  await askForReadOnly(dana, "ci");
  first = await keep(dana, "ci");
  return killAt(crash, point, () => dana.press(button, { in: dana.dm() }));
}

const works = ({ accessKeyId, secret }: ShownSecret) =>
  crash.world.tigris.use(accessKeyId, secret).then(({ ok }) => ok);

async function recoverUnknown(): Promise<void> {
  await recover(crash);
  const { dana } = crash.world;
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Nobody holds the secret of"));
  expect(keysInTigris(crash.world)).toEqual([first.accessKeyId]);
  await expectNothingLeft(crash.world);
}

async function expectRenewed(): Promise<void> {
  const { dana } = crash.world;
  const before = secretMessages(dana).length;
  await dana.press("New secret", { in: dana.dm() });
  const shown = await dana.until("the new secret", () => secretMessages(dana).length > before && shownSecret(dana));
  expect(shown.accessKeyId).toBe(first.accessKeyId);
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
  expect([await works(first), await works(shown)]).toEqual([false, true]);
  await expectNothingLeft(crash.world);
}

/** Over HTTP too where the effect took place: before it the modes do not differ. */
const PLACES: [Mode, Point["when"]][] = [
  ["socket", "before"],
  ["socket", "after"],
  ["http", "after"],
];

describe("killed in the middle of a new secret", () => {
  test.each(PLACES)("over %s, while Tigris holds it, %s it takes effect", async (mode, when) => {
    await killChangeAt(mode, "New secret", { ...ROTATE, when });
    expect(await works(first)).toBe(when === "before");
    await recoverUnknown();
    expect(secretMessages(crash.world.dana)).toEqual([]);
    await expectRenewed();
  });

  test("while Tigris holds it, which takes effect after the recovery", async () => {
    const held = await killChangeAt("socket", "New secret", { ...ROTATE, when: "before" });
    await recoverUnknown();
    held.release();
    await expectRenewed();
  });

  test("while Slack holds the new secret, which is never shown", async () => {
    await killChangeAt("socket", "New secret", { ...POST, when: "before" });
    await recoverUnknown();
    expect(secretMessages(crash.world.dana)).toEqual([]);
    await expectRenewed();
  });

  test("after Slack has shown the new secret: it may work, and its reader keeps it", async () => {
    await killChangeAt("socket", "New secret", { ...POST, when: "after" });
    const { dana } = crash.world;
    const shown = await dana.until("the secret", () => shownSecret(dana));
    await recoverUnknown();
    expect(await works(shown)).toBe(true);
    await dana.press("I've saved it");
    await dana.until("what is known", () => answers(dana).some((text) => text.includes("I can't tell whether")));
    expect(secretMessages(dana)).toHaveLength(1);
    await expectRenewed();
  });
});

describe("killed in the middle of a deletion", () => {
  test.each(PLACES)("over %s, while Tigris holds it, %s it takes effect", async (mode, when) => {
    await killChangeAt(mode, "Delete key", { ...DELETE, when });
    expect(await works(first)).toBe(when === "before");
    await recover(crash);
    const { dana } = crash.world;
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Deleted by you"));
    expect(card(dana, "ci")?.buttons.map(({ label }) => label)).toEqual(["Create again"]);
    expect(keysInTigris(crash.world)).toEqual([]);
    await expectNothingLeft(crash.world);
  });
});
