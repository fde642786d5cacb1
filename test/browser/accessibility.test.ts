import { readFileSync } from "node:fs";
import type { Window } from "../../sandbox/browser/window";
import { startWorld, type World } from "./world";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

type Violation = { id: string; impact: string | null; nodes: { html: string }[] };

let world: World;
let dana: Window;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
});
afterAll(() => world.stop());

/** What a check of the page finds that is serious or worse. */
async function serious({ page }: Window): Promise<string[]> {
  // The page's own policy lets no script in; a debugger's evaluation is none.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: Violation[] }>("axe.run()");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

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
  await dana.dialog.getByRole("textbox", { name: "Key name" }).fill("");
  await dana.dialog.getByRole("button", { name: "Create" }).click();
  await dana.dialog.getByRole("alert").first().waitFor();
  expect(await serious(dana)).toEqual([]);
  await dana.dialog.getByRole("textbox", { name: "Key name" }).fill("looked-at");
  await dana.dialog.getByRole("button", { name: "Create" }).click();
  await dana.dialog.getByText("is approved").waitFor();
  await dana.page.keyboard.press("Escape");
});

test("cards, the secret, a question, and both panels", async () => {
  await dana.press("Reveal secret of looked-at");
  await dana.message("It cannot be shown again").waitFor();
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
  await dana.press("Delete key looked-at");
  await dana.dialog.getByRole("button", { name: "Delete key" }).waitFor();
  expect(await serious(dana)).toEqual([]);
});
