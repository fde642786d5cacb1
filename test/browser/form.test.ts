import type { Window } from "../../sandbox/browser/window";
import { startWorld, type World } from "./world";

let world: World;
let dana: Window;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
});
afterAll(() => world.stop());

test("the whole form with the keyboard alone", async () => {
  const { keyboard } = dana.page;
  await dana.page.getByRole("combobox", { name: /^Message / }).focus();
  await keyboard.type("/ti");
  await dana.page.getByRole("option", { name: /\/tigris-key/ }).waitFor();
  await keyboard.press("Tab");
  await keyboard.type("create by-keyboard");
  await keyboard.press("Enter");

  const name = dana.dialog.getByRole("textbox", { name: "Key name" });
  await name.waitFor();
  expect(await focusedLabel(dana)).toBe("Key name (optional)");
  expect(await name.inputValue()).toBe("by-keyboard");
  await keyboard.press("Tab");
  await keyboard.press("ArrowDown");
  await dana.dialog.getByRole("radio", { name: /Editor/, checked: true }).waitFor();
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await dana.dialog.getByRole("option", { name: "website" }).waitFor();
  await keyboard.type("web");
  await dana.dialog.getByRole("option", { name: "builds" }).waitFor({ state: "detached" });
  await keyboard.press("Enter");
  await dana.dialog.getByRole("button", { name: "Remove website" }).waitFor();
  await keyboard.press("Escape");
  await dana.dialog.getByRole("listbox").waitFor({ state: "detached" });
  await name.focus();
  await keyboard.press("Enter");
  await dana.dialog.waitFor({ state: "detached" });
  await dana.message("Editor key by-keyboard").waitFor();
});

test("what is wrong stands beside its field, and the focus goes there", async () => {
  await dana.command("/tigris-key create");
  await dana.dialog.getByRole("textbox", { name: "Key name" }).fill("has spaces in it");
  await dana.dialog.getByRole("radio", { name: /^All buckets/ }).check();
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).waitFor({ state: "detached" });
  await dana.dialog.getByRole("button", { name: "Get the key" }).click();
  await dana.dialog.getByRole("alert").first().waitFor();
  expect(await focusedLabel(dana)).toBe("Key name (optional)");
  expect(await dana.dialog.getByRole("textbox", { name: "Key name" }).inputValue()).toBe("has spaces in it");
  await dana.dialog.getByRole("button", { name: "Cancel" }).click();
  await dana.dialog.waitFor({ state: "detached" });
});

test("what is on the way is said, and cannot be sent twice", async () => {
  await dana.command("/tigris-key create has spaces in it");
  await dana.dialog.getByRole("radio", { name: /^All buckets/ }).check();
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).waitFor({ state: "detached" });
  const fault = { call: "ack", fault: { kind: "hold", when: "before" } };
  const faults = `${world.stage.url}sandbox/faults`;
  await fetch(faults, { method: "POST", body: JSON.stringify(fault) });
  await dana.dialog.getByRole("button", { name: "Get the key" }).click();
  await dana.dialog.getByRole("button", { name: "Submitting…", disabled: true }).waitFor();
  await fetch(faults, { method: "DELETE" });
  await dana.dialog.getByRole("alert").first().waitFor();
  await dana.dialog.getByRole("button", { name: "Get the key", disabled: false }).waitFor();
  await dana.dialog.getByRole("button", { name: "Cancel" }).click();
  await dana.dialog.waitFor({ state: "detached" });
});

test("what is typed stays while the app draws the form anew", async () => {
  await dana.command("/tigris-key create first");
  await dana.dialog.getByRole("textbox", { name: "Key name" }).fill("second");
  await dana.dialog.getByRole("radio", { name: /^Admin/ }).check();
  await dana.dialog.getByText("can approve this").waitFor();
  await dana.dialog.getByRole("radio", { name: /^ReadOnly/ }).check();
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).waitFor();
  expect(await dana.dialog.getByRole("textbox", { name: "Key name" }).inputValue()).toBe("second");
  await dana.dialog.getByRole("button", { name: "Close" }).click();
});

test("a button that leads to a channel leaves it in view, with the focus where one types", async () => {
  await dana.goTo("general");
  await dana.command("/tigris-key create led-there");
  await dana.dialog.getByRole("radio", { name: /^All buckets/ }).check();
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).waitFor({ state: "detached" });
  await dana.dialog.getByRole("button", { name: "Get the key" }).click();
  await dana.dialog.getByRole("button", { name: "Open the DM" }).click();
  await dana.dialog.waitFor({ state: "detached" });
  await dana.page.getByRole("main", { name: "Tigris Keys" }).waitFor();
  await dana.message("led-there").waitFor();
  expect(await dana.page.evaluate("document.activeElement?.getAttribute('aria-label')")).toBe("Message Tigris Keys");
});

function focusedLabel({ page }: Window): Promise<string> {
  return page.evaluate("document.activeElement?.labels?.[0]?.textContent ?? ''");
}
