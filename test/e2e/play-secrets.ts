import type { Person, ShownMessage } from "../../sandbox/slack";
import { APPROVALS } from "../kit/people";
import { until } from "../kit/until";
import type { World } from "../kit/world";
import { askForAdmin, card, keep, type ShownSecret, secretAfter } from "./play";

export const KEY_NAME = "deploy";
export const WHY = "The laptop with the old one was lost";
const TITLE = `New secret of the Admin key ${KEY_NAME}`;

/** An Admin key of Dana's, with the place of its own card. */
export type AdminKey = ShownSecret & { cardTs: string };

async function approvedKey(world: World): Promise<void> {
  await askForAdmin(world, world.dana, KEY_NAME);
  await world.ann.press("Approve", { in: APPROVALS });
  await world.dana.until("the approval", () => card(world.dana, KEY_NAME)?.text.includes("approved by @ann"));
}

/** A key that Ann approved, its secret saved: it is on. */
export async function savedKey(world: World): Promise<AdminKey> {
  await approvedKey(world);
  const shown = await keep(world.dana, KEY_NAME);
  const own = await world.dana.until("the key's card", () => {
    const newest = card(world.dana, KEY_NAME);
    return newest?.text.includes("secret saved") && newest;
  });
  return { ...shown, cardTs: own.ts };
}

/** The same with a second secret, which Ann approved too: it is shown and not saved, so that the key has one rotation behind it. */
export async function unsavedKey(world: World): Promise<AdminKey> {
  const key = await savedKey(world);
  await askForNewSecret(world, key);
  await approveNewSecret(world);
  const shown = await secretAfter(world, () => pressReveal(world));
  await world.dana.until("the key's card", () => keyCard(world, key)?.text.includes("not confirmed yet"));
  return { ...shown, cardTs: key.cardTs };
}

/** The own card of a key: what it says now, wherever it rang last. */
export function keyCard(world: World, { accessKeyId }: AdminKey): ShownMessage | undefined {
  return world.dana.screen().findLast(({ isEphemeral, text }) => !isEphemeral && text.includes(accessKeyId));
}

export const pressNewSecret = (world: World, { cardTs }: AdminKey) =>
  world.dana.press("New secret", { in: world.dana.dm(), message: cardTs });

/** Opens the form for a new secret. */
export async function openSecretForm(world: World, key: AdminKey): Promise<void> {
  await pressNewSecret(world, key);
  await world.dana.until("the form", () => world.dana.modal()?.fields.Reason);
}

/** A request for a new secret that waits for an approval, up to its cards. */
export async function askForNewSecret(world: World, key: AdminKey, why = WHY): Promise<void> {
  const { dana, ann } = world;
  await openSecretForm(world, key);
  await dana.fill({ Reason: why });
  await dana.submit();
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await dana.close();
  await dana.until("the card", () => secretCard(dana)?.text.includes("Waiting for"));
  await ann.until("the approvals card", () => labels(secretApprovalsCard(world)).includes("Approve"));
}

export async function approveNewSecret(world: World): Promise<void> {
  await world.ann.press("Approve", { in: APPROVALS, message: secretApprovalsCard(world)?.ts ?? "" });
  await world.dana.until("the approval", () => secretCard(world.dana)?.text.includes("approved by @ann"));
}

/** The newest card of a request for a new secret, in the DM of who asked for it. */
export function secretCard(person: Person): ShownMessage | undefined {
  return person
    .screen()
    .findLast(({ text, isEphemeral }) => !isEphemeral && text.includes(TITLE) && text.includes(" · ref "));
}

/** The newest one in the approvals channel. */
export function secretApprovalsCard(world: World): ShownMessage | undefined {
  return world.ann
    .screen(APPROVALS)
    .findLast(({ text, threadTs }) => !threadTs && text.includes("New secret of an Admin key"));
}

export const pressReveal = (world: World) =>
  world.dana.press("Show my secret", { in: world.dana.dm(), message: secretCard(world.dana)?.ts ?? "" });

/** Says that the newest secret is saved. */
export async function save(world: World, key: AdminKey): Promise<void> {
  await world.dana.press("I've saved it");
  await world.dana.until("the confirmation", () => keyCard(world, key)?.text.includes("secret saved"));
}

export const labels = (shown: ShownMessage | undefined) => shown?.buttons.map(({ label }) => label) ?? [];

export const rotations = ({ tigris }: World) =>
  tigris.calls.filter(({ action }) => action === "RotateAccessKey").length;

export const works = async ({ tigris }: World, { accessKeyId, secret }: ShownSecret) =>
  (await tigris.use(accessKeyId, secret)).ok;

/** Waits for a deletion by the button on the key's own card. */
export async function deleteKey(world: World, key: AdminKey): Promise<void> {
  await world.dana.press("Delete key", { in: world.dana.dm(), message: key.cardTs });
  await until("the key to go", () => !world.tigris.keys().some(({ accessKeyId }) => accessKeyId === key.accessKeyId));
  await world.dana.until("the card", () => keyCard(world, key)?.text.includes("Deleted by you"));
}
