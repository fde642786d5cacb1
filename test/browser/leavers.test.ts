import type { Pair, Window } from "../../sandbox/browser/window";
import { keyFor, PATIENT, pass } from "./play";
import { serious } from "./serious";
import { startWorld, type World } from "./world";

/** Somebody leaves the company, and somebody else takes over what they had. */

let world: World;
let dana: Window;
let bob: Window;
let pair: Pair;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
  bob = await world.open("bob");
  pair = await keyFor(dana, "ci-uploader");
});
afterAll(() => world.stop());

const opens = async (one: Pair) => (await bob.tryKey(one)).join().includes("read logs");

test("whoever leaves can do nothing any more, and everybody sees that they have left", async () => {
  await dana.page.getByRole("button", { name: "Dana leaves the company" }).click();
  await dana.page.getByText("Dana has left: what was there can be read").waitFor();
  expect(await dana.page.getByRole("combobox", { name: /^Message / }).count()).toBe(0);
  await dana.press("Pause ci-uploader", "Pause");
  await dana.page.getByRole("alert").getByText("dana has left, and can do nothing here").waitFor();
  await bob.page.getByRole("button", { name: /^Dana.*has left/ }).waitFor();
  expect(await serious(dana)).toEqual([]);
  await dana.page.setViewportSize({ width: 420, height: 800 });
  expect(await dana.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
});

test("an hour later their key waits for somebody; who takes it over has its card, and gives it a new secret", async () => {
  await bob.goTo("key-approvals");
  await pass(bob, "An hour");
  await bob.message(/Keys without an owner.*has left this workspace.*ci-uploader/s).waitFor(PATIENT);
  await bob.press("Take over");
  await bob.dialog.getByRole("checkbox", { name: /^ci-uploader/, checked: true }).waitFor();
  await bob.dialog.getByRole("button", { name: "Take over" }).click();
  await bob.dialog.getByText("ci-uploader is yours").waitFor(PATIENT);
  await bob.page.keyboard.press("Escape");
  await bob.goTo("Tigris Keys");
  await bob.message(/On .*ci-uploader.*still knows its secret/s).waitFor(PATIENT);
  await dana.message(/ci-uploader.*has taken it over/).waitFor(PATIENT);
  await bob.tigris();
  expect(await opens(pair)).toBe(true);
  await bob.press("New secret for ci-uploader", "New secret");
  const renewed = await bob.secret();
  expect([await opens(pair), await opens(renewed)]).toEqual([false, true]);
}, 120_000);

test("whoever is back can act again, and what was taken over is not theirs any more", async () => {
  await dana.page.getByRole("button", { name: "Dana comes back" }).click();
  await bob.page.getByRole("button", { name: /^Dana.*developer/ }).waitFor();
  await dana.command("/tigris-key list");
  await dana.message(/You have no keys/).waitFor(PATIENT);
});
