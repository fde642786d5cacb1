import type { Window } from "../../sandbox/browser/window";
import { keyFor, PATIENT, pass } from "./play";
import { startWorld, type World } from "./world";

/** A day passes by a button, and what has to happen then can be seen. */

let world: World;
let dana: Window;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
});
afterAll(() => world.stop());

const time = async () => (await dana.page.locator(".sandbox-time time").textContent()) ?? "";

test("a key whose day is over has ended, and Extend lets it work again with the same secret", async () => {
  const pair = await keyFor(dana, "nightly", "1 day");
  await dana.tigris();
  expect((await dana.tryKey(pair)).join()).toContain("read logs");
  const before = await time();
  await pass(dana, "A day");
  await dana.page.getByText(before, { exact: true }).waitFor({ state: "detached" });
  expect(await time()).not.toBe(before);
  await dana.message(/Ended .*nightly.* works nowhere/s).waitFor(PATIENT);
  expect((await dana.tryKey(pair)).join()).not.toContain("read logs");
  await dana.press("Extend nightly");
  await dana.message(/On until .*nightly/s).waitFor(PATIENT);
  expect((await dana.tryKey(pair)).join()).toContain("read logs");
}, 120_000);

test("hours bring the reminder before an end, and a bot that is started again goes by the same time", async () => {
  await keyFor(dana, "reminded", "1 day");
  for (let hour = 0; hour < 23; hour++) await pass(dana, "An hour");
  // The reminder rings: the card is posted anew, and the old one shrinks to a line.
  await dana.message(/reminded · see its card below/).waitFor(PATIENT);
  const ahead = await time();
  await dana.page.getByRole("button", { name: "Kill the bot" }).click();
  await dana.page.getByText("The bot was killed").waitFor(PATIENT);
  await dana.page.getByRole("button", { name: "Start the bot" }).click();
  await dana.page.getByText("The bot runs").waitFor(PATIENT);
  await pass(dana, "An hour");
  await dana.message(/Ended .*reminded.* works nowhere/s).waitFor(PATIENT);
  expect(await time()).not.toBe(ahead);
}, 120_000);

test("less access from the card is had at once, and more by a click", async () => {
  await keyFor(dana, "changed");
  await dana.press("Change access of changed");
  await dana.dialog.getByRole("radio", { name: /^Editor/ }).check();
  await dana.dialog.getByText("This is more than it has").waitFor();
  await dana.dialog.getByRole("button", { name: "Change access" }).click();
  await dana.dialog.getByText("is approved: press").waitFor();
  await dana.page.keyboard.press("Escape");
  await dana.press("Switch the wider access on changed");
  await dana.message(/Wider access on .*changed/s).waitFor(PATIENT);
}, 120_000);
