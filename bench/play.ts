import type { Person, ShownMessage } from "../sandbox/slack";
import type { Stage } from "./stage";

/** Asks for a key that policy approves, up to the card that offers to reveal it. */
export async function ask(person: Person, keyName: string): Promise<void> {
  await person.command(`/tigris-key create ${keyName}`);
  await person.until("the form", () => person.modal()?.fields.Buckets, LONG_MS);
  await person.fill({ Buckets: ["builds"] });
  await person.submit();
  await person.until("the card", () => card(person, keyName)?.buttons.some(({ label }) => label === REVEAL), LONG_MS);
}

export async function pressReveal(person: Person, keyName: string): Promise<void> {
  await person.press(REVEAL, { in: person.dm(), message: ({ text }) => text.includes(keyName) });
}

/**
 * Reveals the secret of a key that was asked for.
 * @returns milliseconds from the click that the stand-in sent to the message that it was asked to show
 * @throws unless a secret appears whose key Tigris has
 */
export async function reveal({ slack, tigris }: Stage, person: Person, keyName: string): Promise<number> {
  const [sentBefore, calledBefore] = [slack.deliveries.length, slack.calls.length];
  const shownBefore = secrets(person).length;
  await pressReveal(person, keyName);
  const shown = await person.until(
    "the secret",
    () => secrets(person).length > shownBefore && secrets(person).at(-1),
    LONG_MS,
  );
  if (!tigris.keys().some(({ accessKeyId }) => accessKeyId === shown.code[0]))
    throw new Error(`${person.id} was shown a key that Tigris does not have`);
  const click = slack.deliveries[sentBefore];
  const call = slack.calls.slice(calledBefore).find(({ method }) => method === "chat.postEphemeral");
  if (!click || !call) throw new Error("the stand-in missed a click or a message");
  return call.at - click.at;
}

/**
 * Says that the newest secret is saved, as soon as its key can be switched on.
 * @returns milliseconds from the click that the stand-in sent to Tigris's yes to the roles
 * @throws unless the key has them then
 */
export async function switchOn({ slack, tigris }: Stage, person: Person, keyName: string): Promise<number> {
  const isOff = () => card(person, keyName)?.text.includes("🔑 Off · ");
  await person.until("the key's card", isOff, LONG_MS);
  const secret = secrets(person).at(-1);
  const [accessKeyId] = secret?.code ?? [];
  const [sentBefore, calledBefore] = [slack.deliveries.length, tigris.calls.length];
  await person.press(SWITCH_ON, { in: person.dm(), message: secret?.ts ?? "" });
  await person.until("the key on", () => card(person, keyName)?.text.includes("🔑 On · "), LONG_MS);
  const click = slack.deliveries[sentBefore];
  const call = tigris.calls.slice(calledBefore).find(({ action }) => action === "UpdateAccessKeyWithBucketsRole");
  if (!click || call?.endedAt == null || call.status !== 200) throw new Error("the stand-in missed a click or a call");
  if (!tigris.keys().some((key) => key.accessKeyId === accessKeyId && key.bucketsRole.length > 0))
    throw new Error(`${accessKeyId} was not switched on`);
  return call.endedAt - click.at;
}

/** Lists somebody's keys. @throws unless the answer shows all of these */
export async function list(person: Person, keyNames: readonly string[]): Promise<void> {
  const before = lists(person).length;
  await person.command("/tigris-key list");
  const { text } = await person.until("the list", () => lists(person).length > before && lists(person).at(-1), LONG_MS);
  const missing = keyNames.filter((name) => !text.includes(name));
  if (missing.length > 0) throw new Error(`the list of ${person.id} is without ${missing.join(", ")}:\n${text}`);
}

/** The card of a key in somebody's DM; notices about it have no buttons. */
export function card(person: Person, keyName: string): ShownMessage | undefined {
  return person
    .screen()
    .findLast(({ text, isEphemeral, buttons }) => !isEphemeral && buttons.length > 0 && text.includes(keyName));
}

const REVEAL = "Show my secret";
const SWITCH_ON = "I've saved it: switch on";

/** Whatever takes longer has failed. */
const LONG_MS = 30_000;

function secrets(person: Person): ShownMessage[] {
  return person.screen().filter(({ isEphemeral, code }) => isEphemeral && code.length > 0);
}

function lists(person: Person): ShownMessage[] {
  return person.screen().filter(({ isEphemeral, text }) => isEphemeral && /^\d+ keys?\b/.test(text));
}
