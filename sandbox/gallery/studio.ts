import { join } from "node:path";
import type { Page } from "playwright-core";
import { startChromium } from "../browser/window";
import { APP, APPROVALS, CHANNELS, manifestIn, PEOPLE, TEAM, USER_GROUPS } from "../run/workspace";
import { pageOf } from "../slack/page";
import { type Payload, type Pictured, picturesOf } from "./pictured";

/** An address that only the browser knows: what is asked for there is answered from here. */
const ADDRESS = "http://pictures.invalid";

/** High enough for the longest form. */
const HEIGHT = 1_600;

/** A browser in which payloads can be seen as people of the sandbox's workspace see them. */
export type Studio = {
  entries: Pictured[];
  /** @param width in pixels @param scale pixels of a picture for each of the page's */
  openPage(width: number, scale?: number): Promise<Page>;
  close(): Promise<void>;
};

/**
 * @param root the folder of the project, built
 * @param now the moment at which they are looked at, in milliseconds since 1970
 */
export async function openStudio(root: string, payloads: readonly Payload[], now: number): Promise<Studio> {
  const app = { ...APP, manifest: manifestIn(root), delivery: { kind: "socket" } as const };
  const options = { team: TEAM, people: PEOPLE, channels: CHANNELS, userGroups: USER_GROUPS, app };
  const pictures = picturesOf(payloads, options, { approvals: APPROVALS, now });
  const files = pageOf({ folder: join(root, "build", "page") });
  const browser = await startChromium();
  return {
    entries: pictures.entries,
    openPage: async (width, scale = 1) => {
      const page = await browser.newPage({ viewport: { width, height: HEIGHT }, deviceScaleFactor: scale });
      await page.clock.setFixedTime(now);
      await page.route(`${ADDRESS}/**`, (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === "/pictures.json") return route.fulfill({ json: pictures });
        const found = files.file(pathname);
        return route.fulfill(found ? { ...found, body: String(found.body) } : { status: 404 });
      });
      return page;
    },
    close: () => browser.close(),
  };
}

/** Shows entries one under the other, and nothing else. @param between what stands between them */
export async function show(page: Page, entries: readonly Pictured[], between = ""): Promise<void> {
  const asked = new URLSearchParams({ entries: entries.map(({ id }) => id).join(","), between });
  await page.goto(`${ADDRESS}/gallery.html#${asked}`);
  for (const { id } of entries) await page.locator(`[data-entry="${id}"]`).waitFor({ state: "attached" });
  // The focus would mark a field.
  await page.evaluate("document.activeElement?.blur()");
}

/** Modals cover everything else, so each has the page for itself. */
export function isModal({ shown }: Pictured): boolean {
  return shown.kind === "modal";
}
