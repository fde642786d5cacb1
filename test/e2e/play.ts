import type { Person } from "../../sandbox/slack";
import { GENERAL } from "../kit/people";
import { until } from "../kit/until";
import type { World } from "../kit/world";

/** What a secret message shows, read off a person's screen. */
export type ShownSecret = { accessKeyId: string; secret: string; exports: string };

/**
 * Fills in the form for a new key and sends it, in a channel: the person then sees in it how it went. In the DM it would close.
 */
export async function ask(
  person: Person,
  keyName: string,
  fields: Record<string, string | string[] | boolean> = {},
): Promise<void> {
  await openCreateForm(person, keyName, { in: GENERAL });
  const { Permission, ...rest } = fields;
  if (Permission !== undefined) {
    await person.fill({ Permission });
    if (Permission === "Admin") await person.until("the form for Admin", () => !person.modal()?.fields.Buckets);
  }
  if (Permission !== "Admin" && rest.Buckets === undefined) await chooseAllBuckets(person);
  await person.fill(rest);
  await person.submit();
}

/** Opens the form for a key by the command, in the DM where no channel is named. */
export async function openCreateForm(person: Person, keyName: string, where?: { in: string }): Promise<void> {
  await person.command(`/tigris-key create ${keyName}`, where);
  await person.until("the form", () => person.modal()?.fields["Key name"]);
}

async function chooseAllBuckets(person: Person): Promise<void> {
  await person.fill({ "Bucket access": "all" });
  await person.until("the form without a select", () => !person.modal()?.fields.Buckets);
}

/** A request that policy approves, up to its card in the DM. */
export async function askForReadOnly(person: Person, keyName: string): Promise<void> {
  await ask(person, keyName);
  await person.until("the approval", () => person.modal()?.text.includes("is approved"));
  await person.close();
  await person.until("the card", () => card(person, keyName)?.buttons.some(({ label }) => label === "Show my secret"));
}

export const ADMIN_REASON = "Nightly backups of the build server";

/** A request that waits for an approval, up to its cards. */
export async function askForAdmin(world: World, person: Person, keyName: string): Promise<void> {
  await ask(person, keyName, { Permission: "Admin", Reason: ADMIN_REASON });
  await person.until("the request", () => person.modal()?.text.includes("was sent to"));
  await person.close();
  await person.until("the card", () => card(person, keyName)?.text.includes("Waiting for"));
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

/** Notices are one line, and so is what is left where a card stood; cards have a reference after a dot, or buttons. */
function isCard(text: string, buttonCount: number): boolean {
  return text.includes(" · ref ") || buttonCount > 0;
}

/** How often a message that says this first was posted into somebody's DM: a card that rang, or a notice. */
export function rang({ slack }: World, person: Person, text: string): number {
  const said = (posted: unknown) =>
    String(posted)
      .replace(/\u200B/g, "")
      .replace(/<@\w+>/g, "@");
  return slack.calls.filter(
    ({ method, params }) =>
      method === "chat.postMessage" && params.channel === person.dm() && said(params.text).startsWith(text),
  ).length;
}

export function approvalsCard(world: World, keyName: string) {
  return world.ann.screen(APPROVALS_CHANNEL).find(({ text, threadTs }) => !threadTs && text.includes(keyName));
}

const APPROVALS_CHANNEL = "CAPPROVE1";

const SHOW = "Show my secret";

/** Presses Show my secret, and reads what appears: a moment before it is recorded that Slack took it. */
export async function showSecret(person: Person, keyName: string): Promise<ShownSecret> {
  const before = secretMessages(person).length;
  // Their card may be drawn later than the approvers'.
  await person.until("Show my secret", () => card(person, keyName)?.buttons.some(({ label }) => label === SHOW));
  await person.press(SHOW, { in: person.dm(), message: (message) => message.text.includes(keyName) });
  return person.until("the secret", () => secretMessages(person).length > before && shownSecret(person));
}

/** The same, up to the card of the key, which is drawn from that record: from then on everything can be done with the key. */
export async function reveal(person: Person, keyName: string): Promise<ShownSecret> {
  const before = keyCards(person, keyName).length;
  const shown = await showSecret(person, keyName);
  await person.until("the key's card", () => keyCards(person, keyName).length > before);
  return shown;
}

/** The cards of keys of that name. */
function keyCards(person: Person, keyName: string) {
  return person
    .screen()
    .filter(({ text, isEphemeral }) => !isEphemeral && text.startsWith("🔑") && text.includes(` ${keyName} `));
}

/**
 * Does what makes a new secret, up to the record that Slack took it, which the card of the key doesn't show.
 * @returns the secret that was not there before
 */
export async function secretAfter(world: World, act: () => Promise<unknown>): Promise<ShownSecret> {
  const { dana } = world;
  const recorded = () => world.log.filter((line) => line.includes('"key.rotated"')).length;
  const [secretsBefore, recordedBefore] = [new Set(secretMessages(dana).map(({ ts }) => ts)), recorded()];
  await act();
  const shown = await dana.until("the new secret", () => {
    const isNew = secretMessages(dana).some(({ ts }) => !secretsBefore.has(ts));
    return isNew && shownSecret(dana);
  });
  await until("the new secret to be recorded", () => recorded() > recordedBefore);
  return shown;
}

/**
 * Waits until all messages are sent. Where a clock jumps by more than a lease while one is being sent, it stays with whoever
 * held it, as if that one had hung, until the next lease is over.
 */
export async function allSent({ database }: World): Promise<void> {
  await until("all messages to be sent", async () => (await database.rows("select id from outbox")).length === 0);
}

/** The button with which the holder of a secret says so, while its key is off. */
export const SWITCH_ON = "I've saved it: switch on";

/** Reveals a secret and says that it is saved: from then on the key is on. */
export async function keep(person: Person, keyName: string): Promise<ShownSecret> {
  const shown = await reveal(person, keyName);
  await switchOn(person, keyName);
  return shown;
}

/** Says below the newest secret that it is saved, up to the card of the key that is on. */
export async function switchOn(person: Person, keyName: string): Promise<void> {
  const secret = secretMessages(person).at(-1);
  await person.press(SWITCH_ON, { in: person.dm(), message: secret?.ts ?? "" });
  await person.until("the key on", () => keyCards(person, keyName).some(({ text }) => text.startsWith("🔑 On ")));
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
