import type { PersonData } from "./options";
import type { Block, Workspace } from "./workspace";

type RichElement = {
  type: string;
  text?: string;
  user_id?: string;
  usergroup_id?: string;
  channel_id?: string;
  range?: string;
  timestamp?: number;
  url?: string;
  name?: string;
  elements?: RichElement[];
};
type TextObject = { type: string; text: string };

/** What a block says, as somebody reads it: mentions by name, moments in their own zone. Buttons are told apart. */
export function blockText(workspace: Workspace, block: Block, reader: PersonData): string {
  switch (block.type) {
    case "rich_text":
      return (block.elements as RichElement[]).map((part) => richText(workspace, part, reader)).join("\n");
    case "section": {
      const texts = [block.text, ...((block.fields as unknown[]) ?? [])].filter(Boolean) as TextObject[];
      return texts.map((text) => textObject(workspace, text, reader)).join("\n");
    }
    case "header":
      return (block.text as TextObject).text;
    case "context":
      return (block.elements as (TextObject & { alt_text?: string })[])
        .map((element) =>
          element.type === "image" ? (element.alt_text ?? "") : textObject(workspace, element, reader),
        )
        .join(" ");
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
    .map(({ elements }) => (elements ?? []).map(({ text, url }) => text ?? url ?? "").join(""));
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
    case "broadcast":
      return `@${element.range}`;
    case "emoji":
      return `:${element.name}:`;
    case "date":
      return dateText(element.timestamp ?? 0, reader);
    case "rich_text_list":
      return (element.elements ?? []).map((item) => `• ${richText(workspace, item, reader)}`).join("\n");
    default:
      return (element.elements ?? []).map((part) => richText(workspace, part, reader)).join("");
  }
}

function textObject(workspace: Workspace, { type, text }: TextObject, reader: PersonData): string {
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

/** Whom a message pings: people named, members of groups named, everybody where a whole channel is called. */
export function pingedBy(workspace: Workspace, channelId: string, text: string, blocks: readonly Block[]): Set<string> {
  const members = workspace.channels.get(channelId)?.members ?? [];
  const pinged = new Set<string>();
  const add = (kind: string, id: string): void => {
    if (kind === "user") pinged.add(id);
    if (kind === "group") for (const user of workspace.userGroups.get(id)?.users ?? []) pinged.add(user);
    if (kind === "all") for (const user of members) pinged.add(user);
  };
  inMrkdwn(text, add);
  walk(blocks, add);
  return new Set([...pinged].filter((id) => members.includes(id)));
}

function walk(value: unknown, add: (kind: string, id: string) => void): void {
  if (typeof value !== "object" || value === null) return;
  const { type, text, user_id: userId, usergroup_id: groupId } = value as RichElement;
  if (type === "user" && userId) add("user", userId);
  if (type === "usergroup" && groupId) add("group", groupId);
  if (type === "broadcast") add("all", "");
  if (type === "mrkdwn" && text) inMrkdwn(text, add);
  for (const part of Object.values(value)) walk(part, add);
}

function inMrkdwn(text: string, add: (kind: string, id: string) => void): void {
  for (const [, code = ""] of text.matchAll(/<([^<>]*)>/g)) {
    const [target = ""] = code.split("|");
    if (target.startsWith("@")) add("user", target.slice(1));
    if (target.startsWith("!subteam^")) add("group", target.slice(9));
    if (["!channel", "!here", "!everyone"].includes(target)) add("all", "");
  }
}
