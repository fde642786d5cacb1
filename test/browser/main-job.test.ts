import type { Window } from "../../sandbox/browser/window";
import { startWorld, type World } from "./world";

let world: World;
let dana: Window;
let ann: Window;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
  ann = await world.open("ann");
});
afterAll(() => world.stop());

test("a ReadOnly key: asked for, revealed, copied, and it opens what it should and nothing else", async () => {
  await dana.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await dana.command("/tigris-key create ci-uploader");
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).click();
  await dana.dialog.getByRole("option", { name: "logs" }).click();
  await dana.dialog.getByRole("button", { name: "Create" }).click();
  await dana.dialog.getByText("is approved").waitFor();
  await dana.page.keyboard.press("Escape");
  await dana.press("Reveal secret");
  const pair = await dana.secret();

  const code = dana.message("It cannot be shown again").locator(".code-block").nth(1);
  await code.hover();
  await code.getByRole("button", { name: "Copy to clipboard" }).click();
  await code.getByText("Copied").waitFor();
  await dana.page.getByRole("button", { name: "Tigris", exact: true }).click();
  await dana.page.getByLabel("Access key ID").fill(pair.accessKeyId);
  await dana.page.getByLabel("Secret access key").focus();
  await dana.page.keyboard.press("Control+V");
  await dana.page.getByRole("button", { name: "Use this key" }).click();
  const panel = dana.page.getByRole("complementary", { name: "Tigris" });
  await panel.getByText("It works").waitFor();
  expect(await panel.getByRole("status").first().textContent()).toContain("read logs");
  expect(await panel.getByRole("status").first().textContent()).not.toContain("write logs");
  await panel.getByText("ci-uploader-").first().waitFor();

  await dana.press(/I've saved/);
  await dana.message("secret confirmed as saved").waitFor();
});

test("an Admin key: refused to its requester, approved by somebody else, and its secret is gone after a reload", async () => {
  await dana.command("/tigris-key create deploy");
  await dana.dialog.getByRole("radio", { name: /^Admin/ }).check();
  await dana.dialog.getByText("can approve this").waitFor();
  await dana.dialog.getByRole("textbox", { name: "Reason" }).fill("Nightly backups of the build server");
  await dana.dialog.getByRole("button", { name: "Ask for approval" }).click();
  await dana.dialog.getByText("was sent to").waitFor();
  await dana.page.keyboard.press("Escape");

  await dana.goTo("key-approvals");
  await dana.press("Approve deploy", "Approve");
  await dana.message("You asked for this key").getByText("Only visible to you").waitFor();

  await ann.page.getByRole("button", { name: /key-approvals.*unread/ }).waitFor();
  await ann.goTo("key-approvals");
  await ann.press("Approve deploy", "Approve");
  await ann.message("not revealed yet").waitFor();
  expect(await ann.page.getByText("You asked for this key").count()).toBe(0);

  await dana.goTo("Tigris Keys");
  await dana.press("Reveal secret");
  const { secretAccessKey } = await dana.secret();
  expect(secretAccessKey).toMatch(/^tsec_/);
  await dana.page.reload();
  await dana.message("deploy").waitFor();
  expect(await dana.page.content()).not.toContain(secretAccessKey);
  await dana.message("secret not confirmed yet").waitFor();
});

test("a new secret in place of a lost one, then the key is deleted", async () => {
  await dana.press("New secret for deploy", "New secret");
  const { accessKeyId } = await dana.secret();
  await dana.press("Delete key deploy", "Delete key");
  await dana.message(/deploy.*was deleted by @Dana/s).waitFor();
  await dana.page.getByRole("button", { name: "Tigris", exact: true }).click();
  const panel = dana.page.getByRole("complementary", { name: "Tigris" });
  await panel.getByText("ci-uploader-").first().waitFor();
  expect(await panel.getByText(accessKeyId).count()).toBe(0);
});
