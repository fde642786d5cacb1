import type { Person } from "../../sandbox/slack";
import { GENERAL } from "../kit/people";
import type { World } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { answers, askForReadOnly, card, keep, type ShownSecret } from "./play";

/** A ReadOnly key of Dana's that is on. */
export async function keyOn(world: World, keyName = "ci"): Promise<ShownSecret> {
  await askForReadOnly(world.dana, keyName);
  return keep(world.dana, keyName);
}

/** Whether a signed get with a secret is answered. */
export async function opens({ tigris }: World, { accessKeyId, secret }: ShownSecret): Promise<boolean> {
  return (await tigris.use(accessKeyId, secret)).may.includes("read logs");
}

/** What Tigris has of a key. */
export function atTigris({ tigris }: World, { accessKeyId }: ShownSecret) {
  return tigris.keys().find((key) => key.accessKeyId === accessKeyId);
}

/** Presses a button of the card in Dana's DM. */
export function pressOnCard(world: World, label: string, keyName = "ci"): Promise<void> {
  return world.dana.press(label, { in: world.dana.dm(), message: card(world.dana, keyName)?.ts ?? "" });
}

export const says = (world: World, text: string, keyName = "ci") =>
  world.dana.until(`"${text}" on the card`, () => card(world.dana, keyName)?.text.includes(text));

export const hears = (person: Person, text: string, channel?: string) =>
  person.until(`"${text}"`, () => answers(person, channel).some((answer) => answer.includes(text)));

/** Opens a list of Dana's keys, and chooses in the menu of a key; the form that deletes is sent at once. */
export async function pressInList(person: Person, label: string, keyName = "ci"): Promise<void> {
  const before = lists(person).length;
  await person.command(`/tigris-key list ${person.id === "UDEV00001" ? "" : "@dana"}`, { in: GENERAL });
  const list = await person.until("the list", () => lists(person).length > before && lists(person).at(-1));
  await person.press(label, { in: GENERAL, message: list.ts, beside: `*${keyName}*` });
  if (label !== "Delete key") return;
  await person.until("the form", () => person.modal()?.submit === label);
  await person.submit();
}

/** The same click as a list makes that was drawn before the key came to stand as it does: its menu offers this no more. */
export async function pressInOldList(world: World, person: Person, actionId: string): Promise<void> {
  const key = world.tigris.keys().find(({ name }) => name.startsWith("ci-"));
  await world.slack.sendRaw("interaction", click(world, { id: person.id }, actionId, key?.accessKeyId ?? ""));
}

/** The lists of keys on somebody's screen. */
export function lists(person: Person) {
  return person.screen(GENERAL).filter(({ isEphemeral, text }) => isEphemeral && /^\d+ keys?\b/.test(text));
}

/** The owner pauses the key, up to Tigris's word. */
export async function pauseByOwner(world: World): Promise<void> {
  await pressOnCard(world, "Pause");
  await says(world, "works nowhere");
}

/** An approver pauses the key, up to Tigris's word. */
export async function pauseBy(person: Person): Promise<void> {
  await pressInList(person, "Pause");
  await hears(person, "paused by you just now", GENERAL);
}

/** Whether a key can do nothing at Tigris: by its status, or since its roles were taken where that was refused at first. */
export function isPowerless(world: World, shown: ShownSecret): boolean {
  const key = atTigris(world, shown);
  return key?.status === "inactive" || key?.bucketsRole.length === 0;
}
