import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Page } from "playwright-core";
import { contactSheet, WIDTHS } from "./contact-sheet";
import type { Payload, Pictured } from "./pictured";
import { isModal, openStudio, show } from "./studio";

/**
 * Takes a picture of everything at each width, and makes one page to look through them.
 * @param root the folder of the project, built
 * @param now the moment at which they are looked at, in milliseconds since 1970
 */
export async function takeAll(root: string, payloads: readonly Payload[], now: number): Promise<void> {
  const folder = join(root, "build", "pictures");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const studio = await openStudio(root, payloads, now);
  const { entries } = studio;
  try {
    for (const width of WIDTHS)
      await takeEach(await studio.openPage(width), entries, (id) => join(folder, `${id}-${width}.png`));
  } finally {
    await studio.close();
  }
  const sheet = join(folder, "index.html");
  writeFileSync(sheet, contactSheet(entries));
  process.stdout.write(`${entries.length} pictures, ${WIDTHS.join(" and ")} wide: ${relative(root, sheet)}\n`);
}

/** All of a group but its modals are shown at once. */
async function takeEach(page: Page, entries: readonly Pictured[], pathOf: (id: string) => string): Promise<void> {
  const others = entries.filter((entry) => !isModal(entry));
  for (const group of new Set(others.map((entry) => entry.group))) {
    const shown = others.filter((entry) => entry.group === group);
    await show(page, shown);
    for (const { id } of shown) await page.locator(`[data-entry="${id}"]`).screenshot({ path: pathOf(id) });
  }
  for (const entry of entries.filter(isModal)) {
    await show(page, [entry]);
    await page.getByRole("dialog").screenshot({ path: pathOf(entry.id) });
  }
}
