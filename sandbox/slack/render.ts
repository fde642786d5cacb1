import type { PersonData } from "./options";
import type { Block, Workspace } from "./workspace";

type RichElement = {
  type: string;
  text?: string;
  user_id?: string;
  usergroup_id?: string;
  url?: string;
  channel_id?: string;
  timestamp?: number;
  elements?: RichElement[];
};
type TextObject = { type: string; text: string };

/** What a block says, as somebody reads it: mentions by name, moments in their own zone. Buttons are told apart. */
export function blockText(workspace: Workspace, block: Block, reader: PersonData): string {
  switch (block.type) {
    case "rich_text":
      return (block.elements as RichElement[]).map((part) => richText(workspace, part, reader)).join("\n");
    case "section":
      return textObject(workspace, block.text as TextObject, reader);
    case "header":
      return (block.text as TextObject).text;
    case "context":
      return (block.elements as TextObject[]).map((element) => textObject(workspace, element, reader)).join(" ");
    default:
      return "";
  }
}

/** The preformatted texts of blocks, exactly. */
export function codeOf(blocks: readonly Block[]): string[] {
  return blocks
    .filter(({ type }) => type === "rich_text")
    .flatMap(({ elements }) => elements as RichElement[])
    .filter(({ type }) => type === "rich_text_preformatted")
    .map(({ elements }) => (elements ?? []).map(({ text }) => text).join(""));
}

function richText(workspace: Workspace, element: RichElement, reader: PersonData): string {
  switch (element.type) {
    case "text":
      return element.text ?? "";
    case "link":
      return element.text ?? element.url ?? "";
    case "user":
      return `@${workspace.people.get(element.user_id ?? "")?.name ?? element.user_id}`;
    case "usergroup":
      return `@${workspace.userGroups.get(element.usergroup_id ?? "")?.handle ?? element.usergroup_id}`;
    case "channel":
      return `#${workspace.channels.get(element.channel_id ?? "")?.name ?? element.channel_id}`;
    case "date":
      return dateText(element.timestamp ?? 0, reader);
    default:
      return (element.elements ?? []).map((part) => richText(workspace, part, reader)).join("");
  }
}

/** A text object, as somebody reads it. */
export function textObject(workspace: Workspace, { type, text }: TextObject, reader: PersonData): string {
  return type === "mrkdwn" ? mrkdwnText(workspace, text, reader) : text;
}

/** Marks of bold, italic, struck and code, which stand at the edges of words. */
const MARKED = /(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/gu;

/** Text with Slack's marks and codes, as somebody reads it. */
export function mrkdwnText(workspace: Workspace, text: string, reader: PersonData): string {
  return text
    .replace(MARKED, "$2")
    .replace(/<([^<>]*)>/g, (_all, code: string) => codeText(workspace, code, reader))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function codeText(workspace: Workspace, code: string, reader: PersonData): string {
  const [target = "", label] = code.split("|");
  if (target.startsWith("@")) return `@${workspace.people.get(target.slice(1))?.name ?? target.slice(1)}`;
  if (target.startsWith("#")) return `#${workspace.channels.get(target.slice(1))?.name ?? target.slice(1)}`;
  if (target.startsWith("!subteam^")) return `@${workspace.userGroups.get(target.slice(9))?.handle ?? target.slice(9)}`;
  if (target.startsWith("!date^")) return dateText(Number(target.split("^")[1]), reader);
  if (target.startsWith("!")) return `@${target.slice(1)}`;
  return label ?? target;
}

function dateText(timestamp: number, { tz }: PersonData): string {
  const form = new Intl.DateTimeFormat("sv-SE", { timeZone: tz, dateStyle: "short", timeStyle: "short" });
  return form.format(new Date(timestamp * 1_000));
}
