import type { Block, Workspace } from "./workspace";

type Found = { mentions: string[]; links: string[] };

type Part = {
  type?: string;
  text?: unknown;
  user_id?: string;
  usergroup_id?: string;
  url?: string;
  verbatim?: boolean;
};

/** Words that stand for everybody in a channel. */
const EVERYBODY = ["channel", "here", "everyone"];

/** Who is mentioned in a message and where its links lead, wherever Slack would find them: so a test can show that none is. */
export function mentionsAndLinks(text: string, blocks: readonly Block[]): Found {
  const found: Found = { mentions: [], links: [] };
  inMrkdwn(text, false, found);
  walk(blocks, found);
  return { mentions: [...new Set(found.mentions)], links: [...new Set(found.links)] };
}

/** Whom a message pings: people named, members of groups named, everybody where a whole channel is called. */
export function pingedBy(workspace: Workspace, channelId: string, text: string, blocks: readonly Block[]): Set<string> {
  const members = workspace.channels.get(channelId)?.members ?? [];
  const pinged = mentionsAndLinks(text, blocks).mentions.flatMap((id) =>
    EVERYBODY.includes(id) ? members : (workspace.userGroups.get(id)?.users ?? [id]),
  );
  return new Set(pinged.filter((id) => members.includes(id)));
}

function walk(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, found);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const part = value as Part;
  if (part.type === "button") return;
  if (part.type === "mrkdwn" && typeof part.text === "string") inMrkdwn(part.text, part.verbatim === true, found);
  if (part.type === "user" && part.user_id) found.mentions.push(part.user_id);
  if (part.type === "link" && part.url) found.links.push(part.url);
  if (part.type === "usergroup" && part.usergroup_id) found.mentions.push(part.usergroup_id);
  for (const inner of Object.values(value)) walk(inner, found);
}

const BARE_LINK = /\bhttps?:\/\/[^\s<>|]+/g;

/** Codes stand in angle brackets. Bare addresses become links too, unless the text is `verbatim`. */
function inMrkdwn(text: string, isVerbatim: boolean, found: Found): void {
  for (const [, code = ""] of text.matchAll(/<([^<>]*)>/g)) {
    const [target = ""] = code.split("|");
    if (target.startsWith("@")) found.mentions.push(target.slice(1));
    else if (target.startsWith("!subteam^")) found.mentions.push(target.slice(9));
    else if (EVERYBODY.includes(target.slice(1)) && target.startsWith("!")) found.mentions.push(target.slice(1));
    else if (!/^[!#]/.test(target) && target !== "") found.links.push(target);
  }
  if (!isVerbatim) found.links.push(...(text.replace(/<[^<>]*>/g, " ").match(BARE_LINK) ?? []));
}
