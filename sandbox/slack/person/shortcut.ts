import { deliver } from "../delivery/deliver";
import type { PersonData, ShortcutData } from "../options";
import type { Message, Workspace } from "../workspace";
import { interactionBase, placePart } from "./payload";
import { Refused } from "./refused";
import { isFor } from "./screen";

/** A shortcut by its name; of a message's, the message. */
export type ShortcutUse = { name: string; channelId?: string; ts?: string };

/**
 * Somebody uses a shortcut of the app's: a global one, or one on a message. Ephemeral messages have none.
 * @throws Refused when there is no such shortcut, or no such message before them
 */
export async function useShortcut(workspace: Workspace, person: PersonData, asked: ShortcutUse): Promise<void> {
  const { name, channelId, ts } = asked;
  const type = ts === undefined ? "global" : "message";
  const known = workspace.app.manifest.features?.shortcuts?.find((one) => one.name === name && one.type === type);
  if (!known) throw new Refused(`the app has no ${type} shortcut "${name}"`);
  if ((person.teamId ?? workspace.team.id) !== workspace.team.id)
    return workspace.toast(person.id, `"${name}" is not available to people of other organizations`);
  const message = ts === undefined ? null : messageAt(workspace, person, channelId ?? "", ts);
  const taken = await deliver(workspace, "interaction", payloadOf(workspace, person, known, message));
  if (taken.kind === "failed") workspace.toast(person.id, `"${name}" failed: ${taken.reason}`);
}

function messageAt(workspace: Workspace, person: PersonData, channelId: string, ts: string): Message {
  const message = workspace.find(channelId, ts);
  if (!message || !isFor(workspace, message, person.id)) throw new Refused(`${person.name} sees no message ${ts}`);
  if (message.onlyTo !== null) throw new Refused("a message that only one person sees has no shortcuts");
  return message;
}

/** Slack, "Shortcuts interaction payloads": a global one knows no channel and no address to answer to. */
function payloadOf(
  workspace: Workspace,
  person: PersonData,
  { callback_id }: ShortcutData,
  message: Message | null,
): Record<string, unknown> {
  const base = { ...interactionBase(workspace, person), callback_id, action_ts: workspace.nextTs() };
  if (!message) return { type: "shortcut", ...base };
  return { type: "message_action", ...base, message_ts: message.ts, ...placePart(workspace, message, person) };
}
