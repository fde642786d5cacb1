import type { Pair, Window } from "../../sandbox/browser/window";
import { keyFor, PATIENT, pass, showAndSwitchOn } from "./play";
import { startWorld, type World } from "./world";

/** A second key takes the place of the first, as somebody sees and tries it. */

let world: World;
let dana: Window;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
  await dana.tigris();
});
afterAll(() => world.stop());

const opens = async (pair: Pair) => (await dana.tryKey(pair)).join().includes("read logs");

/** @returns both keys, which are on */
async function rotated(name: string): Promise<[first: Pair, second: Pair]> {
  const first = await keyFor(dana, name);
  await dana.press(`Rotate ${name}`);
  // A select has the focus, and is open.
  await dana.dialog.getByRole("option", { name: "With overlap: both keys work for 1 day" }).click();
  await dana.dialog.getByRole("button", { name: "Rotate", exact: true }).click();
  await dana.dialog.getByText("is approved: press").waitFor();
  await dana.page.keyboard.press("Escape");
  const second = await showAndSwitchOn(dana, name);
  await dana.message(new RegExp(`${name}.*takes its place: this one is paused`, "s")).waitFor(PATIENT);
  await dana.message(new RegExp(`${name}.*It takes the place of`, "s")).waitFor(PATIENT);
  return [first, second];
}

test("both keys work for a day; then the first is paused, and a day later deleted", async () => {
  const [first, second] = await rotated("deployer");
  expect([await opens(first), await opens(second)]).toEqual([true, true]);
  await pass(dana, "A day");
  await dana.message(/Replaced .*deployer.* works nowhere/s).waitFor(PATIENT);
  await dana.message(/deployer.*It is deleted .*; until then Resume/s).waitFor(PATIENT);
  expect([await opens(first), await opens(second)]).toEqual([false, true]);
  await pass(dana, "A day");
  await dana.message(/Deleted .*deployer: another key has its place/s).waitFor(PATIENT);
  const listed = dana.page.getByRole("complementary", { name: "Tigris" }).getByRole("listitem");
  await listed.filter({ hasText: first.accessKeyId }).waitFor({ state: "detached" });
  await listed.filter({ hasText: second.accessKeyId }).waitFor();
  expect(await opens(second)).toBe(true);
}, 180_000);

test("whoever has switched says so: the first is paused at once, and Resume brings it back", async () => {
  const [first, second] = await rotated("uploader");
  await dana.press(/^I've switched: uploader/, "Pause");
  await dana.message(/Replaced .*uploader.* works nowhere/s).waitFor(PATIENT);
  expect([await opens(first), await opens(second)]).toEqual([false, true]);
  await dana.press("Resume uploader");
  await dana.message(/Replaced .*uploader.* works nowhere/s).waitFor({ ...PATIENT, state: "detached" });
  expect([await opens(first), await opens(second)]).toEqual([true, true]);
}, 180_000);
