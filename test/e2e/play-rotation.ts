import type { World } from "../kit/world";
import { type ShownSecret, SWITCH_ON, secretMessages, shownSecret } from "./play";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The lasting message in Dana's DM that shows a key as hers, by its id in the small print. */
export function cardOfKey({ dana }: World, { accessKeyId }: ShownSecret) {
  return dana
    .screen()
    .findLast(
      ({ text, isEphemeral }) =>
        !isEphemeral &&
        text.includes(" · ref ") &&
        new RegExp(`· ${accessKeyId}(?: |$)`).test(text.replace(/\n/g, " ")),
    );
}

export function labelsOf(world: World, key: ShownSecret): string[] | undefined {
  return cardOfKey(world, key)?.buttons.map(({ label }) => label);
}

/** How a key stands to the other one of its rotation, as it is on record. */
export async function rotations({ database }: World, { accessKeyId }: ShownSecret) {
  const rows = await database.rows<{ access_key_id: string; rotation_json: string | null }>(
    "select access_key_id, rotation_json from keys",
  );
  const json = rows.find((row) => row.access_key_id === accessKeyId)?.rotation_json ?? null;
  return json === null ? null : JSON.parse(json);
}

/** Opens the form on the card of a key, and chooses in it. */
export async function fillRotation(world: World, key: ShownSecret, how: string, reason?: string): Promise<void> {
  const { dana } = world;
  await dana.press("Rotate", { in: dana.dm(), message: cardOfKey(world, key)?.ts ?? "" });
  await dana.until("the form", () => dana.modal()?.fields.How);
  await dana.fill({ How: how, ...(reason === undefined ? {} : { Reason: reason }) });
}

/** Sends the form, where policy approves. */
export async function sendRotation({ dana }: World): Promise<void> {
  await dana.submit();
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("its card", () => dana.screen().some(({ text }) => text.startsWith("✅ Ready · Rotation of the")));
}

/** Asks for a second key in place of one, reads its secret, and switches it on. */
export async function rotateWithOverlap(world: World, first: ShownSecret, how = "1 day"): Promise<ShownSecret> {
  await fillRotation(world, first, `With overlap: both keys work for ${how}`);
  await sendRotation(world);
  return keepSecond(world);
}

/** Reads the secret of what is ready, and switches its key on. */
export async function keepSecond(world: World): Promise<ShownSecret> {
  const { dana } = world;
  const before = secretMessages(dana).length;
  await dana.press("Show my secret", {
    in: dana.dm(),
    message: ({ text, buttons }) =>
      text.includes("Rotation of the") && buttons.some(({ label }) => label === "Show my secret"),
  });
  const second = await dana.until("the secret", () => secretMessages(dana).length > before && shownSecret(dana));
  await dana.until("the key off", () => dana.screen().some(({ text }) => text.startsWith("🔑 Off")));
  await dana.press(SWITCH_ON, { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
  await dana.until("the key on", () => cardOfKey(world, second)?.text.startsWith("🔑 On"));
  return second;
}
