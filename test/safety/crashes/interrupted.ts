import { card, keep, rang, type ShownSecret, secretMessages, shownSecret, switchOn } from "../../e2e/play";
import type { World } from "../../kit/world";
import { expectNothingLeft, keysInTigris, poweredInTigris } from "./recover";
import { clockTime } from "./time";

/**
 * What the requester of `ci` reads when a reveal was cut off before its key was on record, or its secret was not shown for
 * certain; and that the next one works.
 */
export async function expectGivenBack(world: World, time = clockTime(world)): Promise<void> {
  const { dana } = world;
  await dana.until("the card", () => card(dana, "ci")?.text.includes("⚠️"));
  expect(card(dana, "ci")?.text).toMatch(/it opens nothing, and I delete it\.|Its key was never on, and goes\./);
  await expectOnlyNext(world, () => keep(dana, "ci"), time);
}

/**
 * What they read where the key is on record, and nobody knows whether its secret appeared: it opens nothing, and another one
 * takes its place.
 */
export async function expectReplaced(world: World, time = clockTime(world)): Promise<void> {
  await expectNotConfirmed(world);
  await expectOnlyNext(world, () => replace(world), time);
}

/** The card of a key whose secret may have appeared: it is off, and says so. */
export async function expectNotConfirmed(world: World): Promise<void> {
  const { dana } = world;
  await dana.until("the card", () => card(dana, "ci")?.text.includes("I couldn't confirm that the secret of"));
  expect(card(dana, "ci")?.buttons.map(({ label }) => label)).toEqual(["New secret", "Delete key"]);
  expect(keysInTigris(world)).toHaveLength(1);
  await expectPowerless(world);
}

/** Waits until a card in the requester's DM says something, or a notice beside it. */
export async function cardSays({ dana }: World, text: string): Promise<void> {
  const isSaid = () => dana.screen().some((message) => !message.isEphemeral && message.text.includes(text));
  await dana.until(text, isSaid);
}

/** No key has power, and a secret that somebody sees opens nothing. */
export async function expectPowerless(world: World): Promise<void> {
  expect(poweredInTigris(world)).toEqual([]);
  const shown = shownSecret(world.dana);
  if (shown) expect(await opens(world, shown)).toEqual([]);
}

/** What a secret is good for, beside what every key may do. */
export async function opens({ tigris }: World, { accessKeyId, secret }: ShownSecret): Promise<string[]> {
  const { may } = await tigris.use(accessKeyId, secret);
  return may.filter((what) => what !== "list buckets");
}

/** Has another key made in place of one that is off, and says that its secret is saved. */
export async function replace({ dana }: World): Promise<ShownSecret> {
  const before = secretMessages(dana).length;
  await dana.press("New secret", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  const shown = await dana.until("another secret", () => secretMessages(dana).length > before && shownSecret(dana));
  await dana.until("its card", () => card(dana, "ci")?.text.includes(shown.accessKeyId));
  await switchOn(dana, "ci");
  return shown;
}

async function expectOnlyNext(world: World, getNext: () => Promise<ShownSecret>, time = clockTime(world)) {
  const { dana } = world;
  await expectPowerless(world);
  const lost = shownSecret(dana);
  const shown = await getNext();
  expect(shown.accessKeyId).not.toBe(lost?.accessKeyId);
  await expectNothingLeft(world, time);
  expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
  expect(await opens(world, shown)).not.toEqual([]);
  if (lost) expect((await world.tigris.use(lost.accessKeyId, lost.secret)).ok).toBe(false);
}

/** The card rang: what was made is worth nothing, and goes. */
export function isToldDeleted(world: World): boolean {
  return rang(world, world.dana, "I was interrupted while making") > 0;
}

/** The card rang: nobody knows whether the secret appeared. */
export function isToldNotConfirmed(world: World): boolean {
  return rang(world, world.dana, "I couldn't confirm that the secret of ci") > 0;
}
