import { APPROVALS, GENERAL } from "../run/workspace";
import type { Person, ShownMessage } from "../slack";
import { does, heading, sees } from "./print";
import { type Pair, prove, provePowerless } from "./proof";

export type Cast = { dana: Person; ann: Person; gus: Person; tigrisUrl: string };

/** A ReadOnly key: policy approves it, its requester reveals it, and switches it on by saying that they hold its secret. */
export async function readOnlyKey({ dana, tigrisUrl }: Cast): Promise<Pair> {
  heading("A ReadOnly key");
  does("Dana", "types /tigris-key create ci-uploader in #general, where the bot is no member");
  await dana.command("/tigris-key create ci-uploader", { in: GENERAL });
  await dana.until("the form", () => dana.modal()?.fields.Buckets);
  await dana.fill({ Buckets: ["builds", "logs"] });
  sees("Dana", await dana.until("the form", () => dana.modal()));
  does("Dana", "presses Get the key");
  await dana.submit();
  sees("Dana", await dana.until("the approval", () => approvedForm(dana)));
  await dana.close();
  sees("Dana", await dana.until("the card", () => newest(dana, "Show my secret")));
  does("Dana", "presses Show my secret: only now the key is made");
  const pair = await reveal(dana);
  sees("Dana", await dana.until("the card", () => containing(dana, "🔑 Off · ")));
  await provePowerless(tigrisUrl, pair);
  await switchOn(dana, "ci-uploader");
  sees("Dana", await dana.until("the key on", () => containing(dana, /🔑 On\b/)));
  await prove(tigrisUrl, pair, { works: true, may: "read builds", mayNot: "write builds" });
  return pair;
}

/** A key is paused and resumed: what it could do it can do again, with the same secret. */
export async function pauseAndResume({ dana, tigrisUrl }: Cast, pair: Pair): Promise<void> {
  heading("Paused, and resumed");
  does("Dana", "presses Pause on the card of ci-uploader, and agrees that programs with it stop");
  await dana.press("Pause", { in: dana.dm() });
  sees("Dana", await dana.until("the pause", () => containing(dana, "works nowhere")));
  await prove(tigrisUrl, pair, { works: false });
  does("Dana", "presses Resume");
  await dana.press("Resume", { in: dana.dm() });
  sees("Dana", await dana.until("the key on", () => newest(dana, "Pause")));
  await prove(tigrisUrl, pair, { works: true, may: "read builds" });
}

/** An Admin key: refused to its requester, approved by somebody else, revealed, switched on. */
export async function adminKey({ dana, ann, tigrisUrl }: Cast): Promise<Pair> {
  heading("An Admin key");
  does("Dana", "asks for the Admin key deploy");
  await dana.command("/tigris-key create deploy");
  await dana.until("the form", () => dana.modal()?.fields.Permission);
  await dana.fill({ Permission: "Admin" });
  await dana.until("the form for Admin", () => dana.modal()?.text.includes("can approve this"));
  await dana.fill({ Reason: "Nightly backups of the build server" });
  sees("Dana", await dana.until("the form", () => dana.modal()));
  await dana.submit();
  sees("Dana", await dana.until("the card", () => newest(dana, "Cancel request")));
  sees("Ann", await ann.until("the approvals card", () => newest(ann, "Approve", APPROVALS)));
  does("Dana", "presses Approve on her own request");
  await dana.press("Approve", { in: APPROVALS });
  sees("Dana", await dana.until("a refusal", () => privateAnswer(dana, APPROVALS)));
  does("Ann", "presses Approve");
  await ann.press("Approve", { in: APPROVALS });
  sees("Ann", await ann.until("who approved", () => newest(ann, "Withdraw", APPROVALS)));
  sees("Dana", await dana.until("the approved card", () => newest(dana, "Show my secret")));
  does("Dana", "presses Show my secret");
  const pair = await reveal(dana);
  await provePowerless(tigrisUrl, pair);
  await switchOn(dana, "deploy");
  await prove(tigrisUrl, pair, { works: true, may: "list keys" });
  sees("Ann", await ann.until("the key", () => containing(ann, pair.accessKeyId, APPROVALS)));
  return pair;
}

/** The way back when a secret is lost: the old one stops. Of an Admin key it needs an approval, as the key itself did. */
export async function newSecret({ dana, ann, tigrisUrl }: Cast, old: Pair): Promise<Pair> {
  heading("A new secret");
  does("Dana", "presses New secret on the card of deploy, and agrees that programs with the old one stop");
  await dana.until("the card", () => containing(dana, /🔑 On\b[^·]*· deploy/));
  await dana.press("New secret", { in: dana.dm(), message: ({ text }) => text.includes("deploy") });
  await dana.until("the form", () => dana.modal()?.fields.Reason);
  await dana.fill({ Reason: "The old one was lost with a laptop" });
  sees("Dana", await dana.until("the form", () => dana.modal()));
  await dana.submit();
  await dana.until("the request", () => sentForm(dana));
  await dana.close();
  does("Ann", "approves it");
  await ann.until("the request", () => newest(ann, "Approve", APPROVALS));
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approved card", () => newest(dana, "Show my secret"));
  does("Dana", "presses Show my secret");
  await dana.press("Show my secret", { in: dana.dm() });
  const pair = await dana.until("the new secret", () => {
    const shown = pairOn(dana);
    return shown && shown.secret !== old.secret && shown;
  });
  sees("Dana", await dana.until("the secret", () => secretOn(dana)));
  await prove(tigrisUrl, old, { works: false });
  await prove(tigrisUrl, pair, { works: true, may: "list keys" });
  return pair;
}

/** Both keys go, one through a list and one through the form. A guest may do nothing of all this. */
export async function goodbye({ dana, ann, gus, tigrisUrl }: Cast, readOnly: Pair, admin: Pair): Promise<void> {
  heading("Both deleted");
  does("Dana", "types /tigris-key list, and chooses Delete key in the menu of ci-uploader");
  await dana.command("/tigris-key list");
  const list = await dana.until("the list", () => containing(dana, "2 keys"));
  sees("Dana", list);
  await dana.press("Delete key", { message: list.ts, beside: "ci-uploader" });
  sees("Dana", await dana.until("the form", () => (dana.modal()?.submit === "Delete key" ? dana.modal() : null)));
  await dana.submit();
  sees("Dana", await dana.until("the deletion", () => containing(dana, "ci-uploader · deleted by you just now")));
  await dana.close();
  await prove(tigrisUrl, readOnly, { works: false });
  does("Ann", `types /tigris-key delete ${admin.accessKeyId}`);
  await ann.command(`/tigris-key delete ${admin.accessKeyId}`);
  sees("Ann", await ann.until("the form", () => (ann.modal()?.submit === "Delete key" ? ann.modal() : null)));
  await ann.submit();
  sees("Ann", await ann.until("how it went", () => (ann.modal()?.text.includes("You deleted") ? ann.modal() : null)));
  sees("Dana", await dana.until("who did it", () => containing(dana, "Deleted by @ann")));
  await prove(tigrisUrl, admin, { works: false });
  heading("Somebody who may not");
  does("Gus, a guest,", "types /tigris-key create");
  await gus.command("/tigris-key create mine");
  sees("Gus", await gus.until("a refusal", () => (gus.modal()?.text.includes("Guests") ? gus.modal() : null)));
}

async function reveal(person: Person): Promise<Pair> {
  const before = pairOn(person)?.accessKeyId;
  await person.press("Show my secret", { in: person.dm() });
  const pair = await person.until("the secret", () => {
    const shown = pairOn(person);
    return shown && shown.accessKeyId !== before && shown;
  });
  sees("Dana", await person.until("the secret", () => secretOn(person)));
  return pair;
}

/** The label below a secret whose key is off. */
const SWITCH_ON = "I've saved it: switch on";

async function switchOn(person: Person, keyName: string): Promise<void> {
  does("Dana", `presses ${SWITCH_ON}`);
  const secret = await person.until("the secret", () => secretOn(person));
  await person.press(SWITCH_ON, { in: person.dm(), message: secret.ts });
  const isOn = ({ isEphemeral, text }: ShownMessage) => isEphemeral && text.includes(`${keyName} is on.`);
  sees("Dana", await person.until("that it is on", () => person.screen().findLast(isOn)));
}

function secretOn(person: Person): ShownMessage | undefined {
  return person.screen().findLast(({ isEphemeral, code }) => isEphemeral && code.length > 0);
}

function pairOn(person: Person): Pair | null {
  const [accessKeyId, secret] = secretOn(person)?.code ?? [];
  return accessKeyId && secret ? { accessKeyId, secret } : null;
}

function newest(person: Person, button: string, channel?: string): ShownMessage | undefined {
  return person.screen(channel).findLast(({ buttons }) => buttons.some(({ label }) => label === button));
}

function containing(person: Person, text: string | RegExp, channel?: string): ShownMessage | undefined {
  const has = (said: string) => (typeof text === "string" ? said.includes(text) : text.test(said));
  return person.screen(channel).findLast((message) => has(message.text) && message.threadTs === null);
}

function privateAnswer(person: Person, channel: string): ShownMessage | undefined {
  return person.screen(channel).findLast(({ isEphemeral }) => isEphemeral);
}

function approvedForm(person: Person) {
  return person.modal()?.text.includes("is approved") ? person.modal() : null;
}

function sentForm(person: Person) {
  return person.modal()?.text.includes("was sent to") ? person.modal() : null;
}
