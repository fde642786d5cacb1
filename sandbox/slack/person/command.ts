import { deliver } from "../delivery/deliver";
import { LIMITS } from "../limits/table";
import { addMessage, contentOf } from "../messages";
import type { PersonData } from "../options";
import type { Workspace } from "../workspace";
import { commandPayload } from "./payload";
import { Refused } from "./refused";

/** Somebody types a slash command and sends it. What they typed is seen by nobody else. */
export async function typeCommand(
  workspace: Workspace,
  person: PersonData,
  input: { text: string; channelId?: string },
): Promise<void> {
  const [command = "", ...words] = input.text.split(" ");
  const known = workspace.app.manifest.features?.slash_commands?.find((one) => one.command === command);
  if (!known) return workspace.toast(person.id, `${command} is not a valid command`);
  if ((person.teamId ?? workspace.team.id) !== workspace.team.id)
    return workspace.toast(person.id, `${command} is not available to people of other organizations`);
  const channelId = input.channelId ?? workspace.openDm(person.id).id;
  if (!workspace.channels.get(channelId)?.members.includes(person.id))
    throw new Refused(`${person.name} is not in ${channelId}`);
  const text = known.should_escape ? escaped(workspace, words.join(" ")) : words.join(" ");
  const taken = await deliver(workspace, "command", commandPayload(workspace, person, { command, text, channelId }));
  if (taken.kind === "failed") return workspace.toast(person.id, `${command} failed with the error "${taken.reason}"`);
  answerCommand(workspace, person, { channelId, typed: input.text }, taken.body);
}

/** Turns `@name` into an id, and escapes what could be taken for a code (`should_escape`). */
function escaped(workspace: Workspace, text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return safe.replace(/@([a-z0-9._-]+)/g, (all, name: string) => {
    const person = [...workspace.people.values()].find((one) => one.name === name);
    return person ? `<@${person.id}|${name}>` : all;
  });
}

/**
 * An acknowledgement may hold a message, which only the one who typed sees. With `in_channel` everybody sees it, and what
 * was typed too.
 */
function answerCommand(
  workspace: Workspace,
  person: PersonData,
  { channelId, typed }: { channelId: string; typed: string },
  body: unknown,
): void {
  const message = (typeof body === "string" ? { text: body } : body) as Record<string, unknown> | null | undefined;
  if (typeof message !== "object" || message === null) return;
  const content = contentOf(message, LIMITS.messageText.update);
  if ("error" in content) {
    workspace.toast(person.id, `The app's answer can't be shown: ${content.error}`);
    return;
  }
  const isPublic = message.response_type === "in_channel";
  if (isPublic) addMessage(workspace, { channelId, text: typed, blocks: [], authorId: person.id });
  addMessage(workspace, { channelId, ...content, onlyTo: isPublic ? null : person.id });
}
