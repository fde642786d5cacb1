import { card, reveal, shownSecret } from "../../e2e/play";
import type { World } from "../../kit/world";
import { expectNothingLeft, keysInTigris } from "./recover";

/** What the requester of `ci` reads when a reveal was cut off, whatever it had led to; and that the next one works. */
export async function expectGivenBack(world: World): Promise<void> {
  const { dana, tigris } = world;
  await dana.until("the card", () => card(dana, "ci")?.text.includes("⚠️"));
  expect(card(dana, "ci")?.text).toMatch(/deleted(?:; if a secret did appear, it does not work)?\./);
  const lost = shownSecret(dana);
  if (lost) expect((await tigris.use(lost.accessKeyId, lost.secret)).ok).toBe(false);
  const shown = await reveal(dana, "ci");
  expect(shown.accessKeyId).not.toBe(lost?.accessKeyId);
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes(shown.accessKeyId));
  await expectNothingLeft(world);
  expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
}

export const INTERRUPTED =
  "Whatever was made is deleted; if a secret did appear, it does not work. Press Reveal secret when you can save it at once";

/** The notice beside the card. */
export function isToldDeleted({ dana }: World): boolean {
  return dana.screen().some(({ text }) => text.includes("was not shown for certain, so its key was deleted"));
}
