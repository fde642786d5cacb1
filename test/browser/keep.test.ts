import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWorld, type World } from "./world";

const folder = mkdtempSync(join(tmpdir(), "kept-sandbox-"));
let world: World;

afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("what is kept is there after the next start: the card, the key at Tigris, and what its secret opens", async () => {
  world = await startWorld("socket", folder);
  const before = await world.open("dana");
  await before.command("/tigris-key create keepsake");
  await before.dialog.getByRole("checkbox", { name: /^All buckets/ }).check();
  await before.dialog.getByRole("button", { name: "Create" }).click();
  await before.dialog.getByRole("button", { name: "Open the DM" }).click();
  await before.press("Reveal secret of keepsake");
  const pair = await before.secret();
  await world.stop();

  world = await startWorld("socket", folder);
  const dana = await world.open("dana");
  await dana.message("keepsake").getByText(pair.accessKeyId).waitFor();
  expect(await dana.page.content()).not.toContain(pair.secretAccessKey);
  const panel = await dana.tigris();
  await panel.getByText("keepsake-").first().waitFor();
  await panel.getByLabel("Access key ID").fill(pair.accessKeyId);
  await panel.getByLabel("Secret access key").fill(pair.secretAccessKey);
  await panel.getByRole("button", { name: "Use this key" }).click();
  await panel.getByText("read logs").waitFor();

  await dana.press("Delete key keepsake", "Delete key");
  await dana.message(/keepsake.*was deleted/s).waitFor();
  await panel.getByText("keepsake-").waitFor({ state: "detached" });
});
