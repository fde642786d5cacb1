import type { Window } from "../../sandbox/browser/window";
import { startWorld, type World } from "./world";

let world: World;
let dana: Window;

beforeAll(async () => {
  world = await startWorld();
  dana = await world.open("dana");
});
afterAll(() => world.stop());

async function approved(name: string): Promise<void> {
  await dana.command(`/tigris-key create ${name}`);
  await dana.dialog.getByRole("radio", { name: /^All buckets/ }).check();
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).waitFor({ state: "detached" });
  await dana.dialog.getByRole("button", { name: "Get the key" }).click();
  await dana.dialog.waitFor({ state: "detached" });
  await dana.message(`key ${name}`).waitFor();
}

test("a bot that is killed in the middle: said plainly, and it goes on where it was", async () => {
  await approved("survivor");
  await dana.page.getByRole("button", { name: "Kill the bot" }).click();
  await dana.page.getByText("The bot was killed").waitFor();
  await dana.press("Show my secret of survivor");
  await dana.page.getByRole("alert").getByText("failed: dispatch_failed").waitFor();

  await dana.page.getByRole("button", { name: "Start the bot" }).click();
  await dana.page.getByText("The bot runs").waitFor();
  await dana.page
    .getByRole("alert")
    .getByText("failed: dispatch_failed")
    .waitFor({ state: "detached", timeout: 2_000 });
  await dana.press("Show my secret of survivor");
  expect((await dana.secret()).secretAccessKey).toMatch(/^tsec_/);
});

test("a secret that Slack refuses to show: its key is deleted, and the card says so", async () => {
  await approved("unlucky");
  await dana.page.getByRole("button", { name: "Slack", exact: true }).click();
  await dana.page.getByRole("button", { name: "Slack refuses" }).click();
  const armed = dana.page.getByText("Slack refuses to show the next secret");
  await armed.waitFor();
  await dana.press("Show my secret of unlucky");
  await dana.message(/unlucky.*could not be shown/s).waitFor();
  await armed.waitFor({ state: "detached" });
  const panel = await dana.tigris();
  await panel.getByText("survivor-").waitFor();
  expect(await panel.getByText("unlucky-").count()).toBe(0);
});

test("a secret that Slack says it has shown, and has not: nothing is to be seen, and the card offers another", async () => {
  await approved("unseen");
  await dana.page.getByRole("button", { name: "Slack", exact: true }).click();
  await dana.page.getByRole("button", { name: "Slack shows nothing" }).click();
  await dana.page.getByText("nobody sees it").waitFor();
  const secrets = dana.page.getByRole("listitem").filter({ hasText: "It can't be shown again" });
  const before = await secrets.count();
  await dana.press("Show my secret of unseen");
  await dana.page.getByText("nobody sees it").waitFor({ state: "detached" });
  await dana.message(/Off · unseen/).waitFor();
  expect(await secrets.count()).toBe(before);
  await dana.page.getByRole("button", { name: "Slack", exact: true }).click();
});

test("what happened is told as it happens: what Slack refused, and what got lost", async () => {
  await dana.page.getByRole("button", { name: "What happened" }).click();
  const panel = dana.page.getByRole("complementary", { name: "What happened" });
  const shown = panel.getByRole("listitem").filter({ hasText: "chat.postEphemeral" });
  await shown.filter({ hasText: "refused" }).first().waitFor();
  const before = await shown.count();
  await dana.page.getByRole("button", { name: "Slack", exact: true }).click();
  await dana.page.getByRole("button", { name: "Slack's answer is lost" }).click();
  await dana.page.getByRole("button", { name: "What happened" }).click();
  await approved("doubtful");
  await dana.press("Show my secret of doubtful");
  await shown.nth(before).filter({ hasText: "no answer" }).waitFor();
  await dana.page.getByRole("button", { name: "What happened" }).click();
});

test("the way of a secret: hidden everywhere but in the message that delivers it", async () => {
  await dana.page.getByRole("button", { name: "What happened" }).click();
  const panel = dana.page.getByRole("complementary", { name: "What happened" });
  const made = panel.getByRole("listitem").filter({ hasText: "CreateAccessKeyWithBucketsRole" }).first();
  await made.getByText("CreateAccessKey").first().click();
  await made.getByText("Answered").waitFor();
  expect(await made.textContent()).toContain("[secret]");
  expect(await made.textContent()).not.toContain("tsec_");
  const shown = panel.getByRole("listitem").filter({ hasText: "chat.postEphemeral" }).first();
  await shown.getByText("chat.postEphemeral").first().click();
  await shown.getByText("Answered").waitFor();
  expect(await shown.textContent()).toContain("tsec_");
});
