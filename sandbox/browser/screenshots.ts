import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setStage } from "./stage";
import { openWindow, startChromium, type Window } from "./window";

const MOST_BYTES = 300_000;

/** Plays the main job in the sandbox, and takes the README's pictures. @param root the folder of the project, built */
export async function takeScreenshots(root: string): Promise<void> {
  const folder = join(root, "docs", "images");
  mkdirSync(folder, { recursive: true });
  const stage = await setStage(root, { port: 0, mode: "socket", keptIn: null, patience: 5, isOpened: false }, () => {});
  const browser = await startChromium();
  try {
    const dana = await openWindow(browser, stage.url, "dana", { viewport: { width: 1_120, height: 832 } });
    const ann = await openWindow(browser, stage.url, "ann", { viewport: { width: 1_120, height: 470 } });
    await secretArrives(dana, join(folder, "secret.png"));
    await somebodyAsks(dana);
    await approverLooks(ann, join(folder, "approvals.png"));
  } finally {
    await browser.close();
    await stage.stop();
  }
  const bytes = ["secret.png", "approvals.png"].reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  if (bytes > MOST_BYTES) throw new Error(`The pictures have ${bytes} bytes, more than ${MOST_BYTES}.`);
  process.stdout.write(`docs/images/secret.png and approvals.png, ${Math.round(bytes / 1_000)} kB together\n`);
}

async function secretArrives(dana: Window, path: string): Promise<void> {
  await dana.command("/tigris-key create ci-uploader");
  await dana.dialog.getByRole("combobox", { name: /^Buckets/ }).click();
  await dana.dialog.getByRole("option", { name: "builds" }).click();
  await dana.dialog.getByRole("option", { name: "logs" }).click();
  await dana.dialog.getByRole("button", { name: "Create" }).click();
  await dana.dialog.getByText("is approved").waitFor();
  await dana.page.keyboard.press("Escape");
  await dana.press("Reveal secret");
  await dana.message("secret not confirmed yet").waitFor();
  await dana.message("It cannot be shown again").waitFor();
  await rest(dana);
  await dana.page.screenshot({ path });
}

async function somebodyAsks(dana: Window): Promise<void> {
  await dana.command("/tigris-key create deploy");
  await dana.dialog.getByRole("radio", { name: /^Admin/ }).check();
  await dana.dialog.getByText("can approve this").waitFor();
  await dana.dialog
    .getByRole("textbox", { name: "Reason" })
    .fill("Terraform creates the buckets of the new staging area");
  await dana.dialog.getByRole("button", { name: "Ask for approval" }).click();
  await dana.dialog.getByText("was sent to").waitFor();
}

async function approverLooks(ann: Window, path: string): Promise<void> {
  await ann.goTo("key-approvals");
  await ann.message("Admin key requested by").waitFor();
  await rest(ann);
  await ann.page.screenshot({ path });
}

/** Takes pointer and focus away from what they would mark. */
async function rest({ page }: Window): Promise<void> {
  await page.mouse.move(0, 0);
  await page.getByRole("combobox", { name: /^Message / }).focus();
}
