import { APPROVALS, GENERAL } from "../run/workspace";
import type { Person, ShownMessage } from "../slack";
import { does, heading, sees } from "./print";
import { type Pair, prove } from "./proof";

export type Cast = { dana: Person; ann: Person; gus: Person; tigrisUrl: string };

/** A ReadOnly key: policy approves it, its requester reveals it and says that it arrived. */
export async function readOnlyKey({ dana, tigrisUrl }: Cast): Promise<Pair> {
  heading("A ReadOnly key");
  does("Dana", "types /tigris-key create ci-uploader in #general, where the bot is no member");
  await dana.command("/tigris-key create ci-uploader", { in: GENERAL });
  await dana.until("the form", () => dana.modal()?.fields.Buckets);
  await dana.fill({ Buckets: ["builds", "logs"] });
  sees("Dana", await dana.until("the form", () => dana.modal()));
  does("Dana", "presses Create");
  await dana.submit();
  sees("Dana", await dana.until("the approval", () => approvedForm(dana)));
  await dana.close();
  sees("Dana", await dana.until("the card", () => newest(dana, "Reveal secret")));
  does("Dana", "presses Reveal secret: only now the key is made");
  const pair = await reveal(dana);
  await prove(tigrisUrl, pair, { works: true, may: "read builds", mayNot: "write builds" });
  does("Dana", "presses I've saved it");
  await dana.press("I've saved it");
  sees("Dana", await dana.until("the confirmation", () => containing(dana, "secret confirmed as saved")));
  return pair;
}

/** An Admin key: refused to its requester, approved by somebody else, revealed. */
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
  sees("Dana", await dana.until("the request", () => sentForm(dana)));
  await dana.close();
  sees("Ann", await ann.until("the approvals card", () => newest(ann, "Approve", APPROVALS)));
  does("Dana", "presses Approve on her own request");
  await dana.press("Approve", { in: APPROVALS });
  sees("Dana", await dana.until("a refusal", () => privateAnswer(dana, APPROVALS)));
  does("Ann", "presses Approve");
  await ann.press("Approve", { in: APPROVALS });
  sees("Ann", await ann.until("who approved", () => newest(ann, "Withdraw", APPROVALS)));
  sees("Dana", await dana.until("the approved card", () => newest(dana, "Reveal secret")));
  does("Dana", "presses Reveal secret");
  const pair = await reveal(dana);
  await prove(tigrisUrl, pair, { works: true, may: "list keys" });
  sees("Ann", await ann.until("the key", () => containing(ann, pair.accessKeyId, APPROVALS)));
  return pair;
}

/** The way back when a secret is lost: the old one stops, and everybody's list shows what there is. */
export async function newSecret({ dana, ann, tigrisUrl }: Cast, old: Pair): Promise<Pair> {
  heading("A new secret");
  does("Dana", "presses New secret on the card of deploy, and agrees that programs with the old one stop");
  await dana.until("the card", () => newest(dana, "New secret"));
  await dana.press("New secret", { in: dana.dm(), message: ({ text }) => text.includes("deploy") });
  const pair = await dana.until("the new secret", () => {
    const shown = pairOn(dana);
    return shown && shown.secret !== old.secret && shown;
  });
  sees("Dana", await dana.until("the secret", () => secretOn(dana)));
  await prove(tigrisUrl, old, { works: false });
  await prove(tigrisUrl, pair, { works: true });
  sees("Ann", await ann.until("the note", () => ann.screen(APPROVALS).find(({ threadTs }) => threadTs !== null)));
  return pair;
}

/** Both keys go, one through a list and one through the form. A guest may do nothing of all this. */
export async function goodbye({ dana, ann, gus, tigrisUrl }: Cast, readOnly: Pair, admin: Pair): Promise<void> {
  heading("Both deleted");
  does("Dana", "types /tigris-key list, and deletes ci-uploader from its card");
  await dana.command("/tigris-key list");
  sees("Dana", await dana.until("the list", () => containing(dana, "Your live keys")));
  await dana.press("Delete key", { message: ({ text, isEphemeral }) => !isEphemeral && text.includes("ci-uploader") });
  sees("Dana", await dana.until("the deletion", () => containing(dana, "was deleted by @dana")));
  await prove(tigrisUrl, readOnly, { works: false });
  does("Ann", `types /tigris-key delete ${admin.accessKeyId}`);
  await ann.command(`/tigris-key delete ${admin.accessKeyId}`);
  sees("Ann", await ann.until("the form", () => (ann.modal()?.submit === "Delete key" ? ann.modal() : null)));
  await ann.submit();
  sees("Ann", await ann.until("how it went", () => (ann.modal()?.text.includes("You deleted") ? ann.modal() : null)));
  sees("Dana", await dana.until("who did it", () => containing(dana, "deleted your key")));
  await prove(tigrisUrl, admin, { works: false });
  heading("Somebody who may not");
  does("Gus, a guest,", "types /tigris-key create");
  await gus.command("/tigris-key create mine");
  sees("Gus", await gus.until("a refusal", () => (gus.modal()?.text.includes("Guests") ? gus.modal() : null)));
}

async function reveal(person: Person): Promise<Pair> {
  const before = pairOn(person)?.accessKeyId;
  await person.press("Reveal secret", { in: person.dm() });
  const pair = await person.until("the secret", () => {
    const shown = pairOn(person);
    return shown && shown.accessKeyId !== before && shown;
  });
  sees("Dana", await person.until("the secret", () => secretOn(person)));
  return pair;
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

function containing(person: Person, text: string, channel?: string): ShownMessage | undefined {
  return person.screen(channel).findLast((message) => message.text.includes(text) && message.threadTs === null);
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
