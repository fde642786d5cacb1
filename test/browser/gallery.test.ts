import { isModal, openStudio, type Studio, show } from "../../sandbox/gallery/studio";
import { gallery, NOW } from "../gallery";
import { played } from "../kit/selection";
import { serious } from "./serious";
import { ROOT } from "./world";

let studio: Studio;

beforeAll(async () => {
  studio = await openStudio(ROOT, gallery(), NOW);
});
afterAll(() => studio.close());

/** What is seen at once: a modal, or a whole group of what is none. */
function pagesOf(group: string): Studio["entries"][] {
  const entries = studio.entries.filter((entry) => entry.group === group);
  return entries.some(isModal) ? entries.map((entry) => [entry]) : [entries];
}

const GROUPS = [...new Set(gallery().map(({ group }) => group))];

/**
 * Of the states of a form, which each have the page for themselves, the usual runs look at the first and the last: most differ by a line.
 * `npm run test:browser:all` looks at all of them.
 */
const lookedAt = (group: string) => {
  const pages = pagesOf(group);
  return played(pages, (_page, index) => index === 0 || index === pages.length - 1);
};

const PATIENCE_MS = 300_000;

const looked = async (group: string): Promise<void> => {
  const [desktop, phone] = [await studio.openPage(1_280), await studio.openPage(390)];
  for (const entries of lookedAt(group)) {
    const shown = entries.map(({ id }) => id).join(", ");
    await show(desktop, entries);
    await show(phone, entries);
    const fits = await phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth");
    expect({ shown, found: await serious({ page: desktop }), fits }).toEqual({ shown, found: [], fits: true });
  }
  await Promise.all([desktop.close(), phone.close()]);
};

test.each(GROUPS)("%s: nothing serious, nothing cut off", looked, PATIENCE_MS);
