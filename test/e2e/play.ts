import type { Person } from "../../sandbox/slack";
import type { World } from "../kit/world";

/** What a secret message shows, read off a person's screen. */
export type ShownSecret = { accessKeyId: string; secret: string; exports: string };

/** Fills in the form for a new key and sends it; the person then sees how it went. */
export async function ask(
  person: Person,
  keyName: string,
  fields: Record<string, string | string[] | boolean> = {},
): Promise<void> {
  await person.command(`/tigris-key create ${keyName}`);
  await person.until("the form", () => person.modal()?.fields["Key name"]);
  const { Permission, ...rest } = fields;
  if (Permission !== undefined) {
    await person.fill({ Permission });
    if (Permission === "Admin") await person.until("the form for Admin", () => !person.modal()?.fields.Buckets);
  }
  if (Permission !== "Admin" && rest.Buckets === undefined) await chooseAllBuckets(person);
  await person.fill(rest);
  await person.submit();
}

async function chooseAllBuckets(person: Person): Promise<void> {
  await person.fill({ Or: ["All buckets"] });
  await person.until("the form without a select", () => !person.modal()?.fields.Or);
}

/** A request that policy approves, up to its card in the DM. */
export async function askForReadOnly(person: Person, keyName: string): Promise<void> {
  await ask(person, keyName);
  await person.until("the approval", () => person.modal()?.text.includes("is approved"));
  await person.close();
  await person.until("the card", () => card(person, keyName)?.buttons.some(({ label }) => label === "Reveal secret"));
}

export const ADMIN_REASON = "Nightly backups of the build server";

/** A request that waits for an approval, up to its cards. */
export async function askForAdmin(world: World, person: Person, keyName: string): Promise<void> {
  await ask(person, keyName, { Permission: "Admin", Reason: ADMIN_REASON });
  await person.until("the request", () => person.modal()?.text.includes("was sent to"));
  await person.close();
  await person.until("the card", () => card(person, keyName)?.text.includes("waiting for approval"));
  await world.ann.until("the approvals card", () => approvalsCard(world, keyName));
}

/** The newest lasting message in somebody's DM that is about a key. */
export function card(person: Person, keyName: string) {
  return person
    .screen()
    .findLast(
      ({ text, isEphemeral, buttons }) => !isEphemeral && text.includes(keyName) && isCard(text, buttons.length),
    );
}

/** Notices are one line without buttons; cards have a reference after a dot. */
function isCard(text: string, buttonCount: number): boolean {
  return buttonCount > 0 || text.includes(" · ref ");
}

export function approvalsCard(world: World, keyName: string) {
  return world.ann.screen(APPROVALS_CHANNEL).find(({ text, threadTs }) => !threadTs && text.includes(keyName));
}

const APPROVALS_CHANNEL = "CAPPROVE1";

/** Presses Reveal secret, and reads what appears. */
export async function reveal(person: Person, keyName: string): Promise<ShownSecret> {
  const before = secretMessages(person).length;
  await person.press("Reveal secret", { in: person.dm(), message: (message) => message.text.includes(keyName) });
  return person.until("the secret", () => secretMessages(person).length > before && shownSecret(person));
}

/** Reveals a secret and says that it is saved, up to the card of the key. */
export async function keep(person: Person, keyName: string): Promise<ShownSecret> {
  const shown = await reveal(person, keyName);
  await person.until("the key's card", () =>
    card(person, keyName)?.buttons.some(({ label }) => label === "New secret"),
  );
  await person.press("I've saved it");
  await person.until("the secret gone", () => secretMessages(person).length === 0);
  return shown;
}

export function secretMessages(person: Person) {
  return person.screen().filter(({ isEphemeral, code }) => isEphemeral && code.length === 3);
}

/** The secret on somebody's screen, or null. */
export function shownSecret(person: Person): ShownSecret | null {
  const [accessKeyId, secret, exports] = secretMessages(person).at(-1)?.code ?? [];
  return accessKeyId && secret && exports ? { accessKeyId, secret, exports } : null;
}

/** The private answers on somebody's screen, newest last. */
export function answers(person: Person, channel?: string): string[] {
  return person
    .screen(channel)
    .filter(({ isEphemeral, code }) => isEphemeral && code.length === 0)
    .map(({ text }) => text);
}
