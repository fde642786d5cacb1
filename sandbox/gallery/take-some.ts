import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Payload, Pictured } from "./pictured";
import { isModal, openStudio, type Studio, show } from "./studio";

/** A picture of the README: states one after the other, and what is pressed between them. */
export type Scene = { file: string; states: { group: string; name: string }[]; between?: string };

/** As wide as a message gets. */
const WIDTH = 780;

/** Sharp on screens with small pixels too. */
const SCALE = 1.5;

const MOST_BYTES = 500_000;

/**
 * Takes the README's pictures.
 * @param root the folder of the project, built
 * @param now the moment at which they are looked at, in milliseconds since 1970
 * @throws Error where they are too large together, or show what there is not
 */
export async function takeSome(
  root: string,
  payloads: readonly Payload[],
  { scenes, now }: { scenes: readonly Scene[]; now: number },
): Promise<void> {
  const folder = join(root, "docs", "images");
  mkdirSync(folder, { recursive: true });
  const studio = await openStudio(root, payloads, now);
  try {
    const page = await studio.openPage(WIDTH, SCALE);
    for (const scene of scenes) await take(page, scene, { studio, path: join(folder, scene.file) });
  } finally {
    await studio.close();
  }
  const bytes = scenes.reduce((sum, { file }) => sum + statSync(join(folder, file)).size, 0);
  if (bytes > MOST_BYTES) throw new Error(`The pictures have ${bytes} bytes, more than ${MOST_BYTES}.`);
  process.stdout.write(`docs/images: ${scenes.map(({ file }) => file).join(", ")}, ${Math.round(bytes / 1_000)} kB\n`);
}

async function take(
  page: Page,
  { states, between }: Scene,
  { studio, path }: { studio: Studio; path: string },
): Promise<void> {
  const entries = states.map((state) => entryOf(studio.entries, state));
  await show(page, entries, between);
  await page.locator(entries.some(isModal) ? "dialog" : "#page").screenshot({ path });
}

function entryOf(entries: readonly Pictured[], { group, name }: Scene["states"][number]): Pictured {
  const found = entries.find((entry) => entry.group === group && entry.name === name);
  if (!found) throw new Error(`There is no "${name}" among "${group}".`);
  return found;
}
