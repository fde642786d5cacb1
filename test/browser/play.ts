import type { Pair, Window } from "../../sandbox/browser/window";

/** The bot looks each second, and Slack's limits are those of every day. */
export const PATIENT = { timeout: 30_000 };

/** Lets time pass, for everything in the sandbox. */
export function pass({ page }: Window, what: "A day" | "An hour"): Promise<void> {
  return page.getByRole("button", { name: `${what} passes` }).click();
}

/** A ReadOnly key for all buckets of whoever sits there, switched on. @returns its pair, which is gone from the screen by then */
export async function keyFor(window: Window, name: string, lasts?: string): Promise<Pair> {
  const { dialog, page } = window;
  await window.command(`/tigris-key create ${name}`);
  await dialog.getByRole("radio", { name: /^All buckets/ }).check();
  await dialog.getByRole("combobox", { name: /^Buckets/ }).waitFor({ state: "detached" });
  if (lasts) {
    await dialog.getByRole("combobox", { name: /^How long/ }).click();
    await page.getByRole("option", { name: lasts }).click();
  }
  await dialog.getByRole("button", { name: "Get the key" }).click();
  await dialog.waitFor({ state: "detached" });
  await window.message(`key ${name}`).waitFor();
  const pair = await showAndSwitchOn(window, name);
  await window.message(new RegExp(`On\\b.*${name}`, "s")).waitFor();
  return pair;
}

/** Reads the secret of what is ready, and says that it is saved. */
export async function showAndSwitchOn(window: Window, name: string): Promise<Pair> {
  await window.press(`Show my secret of ${name}`);
  const pair = await window.secret();
  await window.press(/I've saved it: switch on/);
  return pair;
}
