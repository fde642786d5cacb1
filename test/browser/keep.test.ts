import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SWITCH_ON } from "../e2e/play";
import { startWorld, type World } from "./world";

const folder = mkdtempSync(join(tmpdir(), "kept-sandbox-"));
let world: World;

afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("what is kept is there after the next start: the card, the key at Tigris, and what its secret opens", async () => {
  world = await startWorld("socket", { keptIn: folder });
  const before = await world.open("dana");
  await before.command("/tigris-key create keepsake");
  await before.dialog.getByRole("radio", { name: /^All buckets/ }).check();
  await before.dialog.getByRole("combobox", { name: /^Buckets/ }).waitFor({ state: "detached" });
  await before.dialog.getByRole("button", { name: "Get the key" }).click();
  await before.dialog.waitFor({ state: "detached" });
  await before.press("Show my secret of keepsake");
  const pair = await before.secret();
  await world.stop();

  world = await startWorld("socket", { keptIn: folder });
  const dana = await world.open("dana");
  await dana.message("keepsake").getByText(pair.accessKeyId).waitFor();
  expect(await dana.page.content()).not.toContain(pair.secretAccessKey);
  const panel = await dana.tigris();
  await panel.getByText("keepsake-").first().waitFor();
  expect(await dana.tryKey(pair)).toContain("It is the right pair, and it opens nothing.");
  await dana.press(SWITCH_ON);
  await dana.message(/On · keepsake/).waitFor();
  expect(await dana.tryKey(pair)).toContain("It works.");

  await dana.pick("Delete key", /On · keepsake/, "Delete key");
  await dana.message(/Deleted by you.*keepsake/s).waitFor();
  await panel.getByText("keepsake-").waitFor({ state: "detached" });
});
