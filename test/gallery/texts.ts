import type { Entry } from "./entry";

/** What one entry says to its reader. */
export type Texts = {
  /** Every sentence, label and hint, without markup. */
  all: string[];
  /** Of these, what stands on buttons, in menus and above forms and fields. */
  labels: string[];
};

/** Everything that is read of an entry. */
export function textsOf(entry: Entry): Texts {
  const payload = entry.kind === "message" ? entry.message : entry.view;
  const texts: Texts = { all: [], labels: [] };
  collect(payload, texts);
  if (entry.kind === "modal") texts.all.push(...Object.values(entry.errors ?? {}));
  return { all: texts.all.map(readable), labels: texts.labels.map(readable) };
}

type Loose = Record<string, unknown>;

/** Keys of Slack's under which people read or hear a text, as it is. */
const SPOKEN = ["text", "accessibility_label", "alt_text"];

/** Objects that are only a label. */
const LABELLED: Record<string, readonly string[]> = {
  button: ["text"],
  overflow: ["options"],
  modal: ["title", "submit", "close"],
  input: ["label"],
};

function collect(part: unknown, texts: Texts): void {
  if (Array.isArray(part)) for (const one of part) collect(one, texts);
  if (typeof part !== "object" || part === null || Array.isArray(part)) return;
  const held = part as Loose;
  for (const [name, value] of Object.entries(held)) {
    if (typeof value === "string" && SPOKEN.includes(name)) texts.all.push(value);
    collect(value, texts);
    if (LABELLED[String(held.type)]?.includes(name)) texts.labels.push(...plainTexts(value));
  }
  if ("confirm" in held && typeof held.confirm === "object") texts.labels.push(...plainTexts(questionOf(held.confirm)));
}

/** Title and buttons of a question; its text is a sentence. */
function questionOf(confirm: unknown): unknown[] {
  const { title, confirm: yes, deny } = { ...Object(confirm) };
  return [title, yes, deny];
}

function plainTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(plainTexts);
  const { type, text } = { ...Object(value) };
  if (type === "plain_text") return [String(text)];
  return text === undefined ? [] : plainTexts(text);
}

/** A text as it is seen: without Slack's codes for people and moments, its escapes, and marks that nobody sees. */
function readable(text: string): string {
  return text
    .replace(/<[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<[@#!][^<>]*>/g, "@somebody")
    .replaceAll("\u200B", "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
