import type { Window } from "../../sandbox/browser/window";
import { serious } from "./serious";
import { startWorld, type World } from "./world";

let world: World;
let dana: Window;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
});
afterAll(() => world.stop());

test("the empty conversation, and the commands that are offered", async () => {
  expect(await serious(dana)).toEqual([]);
  await dana.page.getByRole("combobox", { name: /^Message / }).fill("/");
  await dana.page.getByRole("option").first().waitFor();
  expect(await serious(dana)).toEqual([]);
});

test("the form, its select and its errors", async () => {
  await dana.command("/tigris-key create looked-at");
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).click();
  await dana.dialog.getByRole("option").first().waitFor();
  expect(await serious(dana)).toEqual([]);
  await dana.dialog.getByRole("option", { name: "builds" }).click();
  await dana.dialog.getByRole("textbox", { name: "Key name" }).fill("looked at");
  await dana.dialog.getByRole("button", { name: "Get the key" }).click();
  await dana.dialog.getByRole("alert").first().waitFor();
  expect(await serious(dana)).toEqual([]);
  await dana.dialog.getByRole("textbox", { name: "Key name" }).fill("looked-at");
  await dana.dialog.getByRole("button", { name: "Get the key" }).click();
  await dana.dialog.waitFor({ state: "detached" });
});

test("cards, the secret, a question, and both panels", async () => {
  await dana.press("Show my secret of looked-at");
  await dana.message("It can't be shown again").waitFor();
  await dana.page.getByRole("button", { name: "Tigris", exact: true }).click();
  await dana.page.getByText("Keys that exist").waitFor();
  expect(await serious(dana)).toEqual([]);
  await dana.page.getByRole("button", { name: "What happened" }).click();
  await dana.page.getByText("chat.postEphemeral").first().waitFor();
  expect(await serious(dana)).toEqual([]);
  await dana.page.setViewportSize({ width: 420, height: 800 });
  expect(await serious(dana)).toEqual([]);
  await dana.page.getByRole("button", { name: "What happened" }).click();
  expect(await dana.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
  expect(await serious(dana)).toEqual([]);
  await dana.pick("Delete key", /Off · looked-at/);
  await dana.dialog.getByRole("button", { name: "Delete key" }).waitFor();
  expect(await serious(dana)).toEqual([]);
});
