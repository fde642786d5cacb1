import { join } from "node:path";
import type { Browser } from "playwright-core";
import { type Stage, setStage } from "../../sandbox/browser/stage";
import { openWindow, startChromium, type Window } from "../../sandbox/browser/window";

export const ROOT = join(__dirname, "..", "..");

/** A browser beside everything else keeps a small machine busy. */
const PATIENCE = 5;

/** The sandbox as `npm run sandbox` starts it, and a browser to look at it. */
export type World = {
  stage: Stage;
  browser: Browser;
  /** Opens a window as somebody. */
  open(as: string): Promise<Window>;
  stop(): Promise<void>;
};

/** @param keptIn the folder of what is kept from an earlier world; `policyFile`: the policy by which its bot goes */
export async function startWorld(
  mode: "socket" | "http" = "socket",
  { keptIn = null, policyFile = null }: { keptIn?: string | null; policyFile?: string | null } = {},
): Promise<World> {
  const options = { port: 0, mode, keptIn, policyFile, patience: PATIENCE, isOpened: false };
  const stage = await setStage(ROOT, options, () => {});
  const browser = await startChromium();
  return {
    stage,
    browser,
    open: async (as) => {
      const window = await openWindow(browser, stage.url, as);
      window.page.setDefaultTimeout(10_000);
      return window;
    },
    stop: async () => {
      await browser.close();
      await stage.stop();
    },
  };
}
