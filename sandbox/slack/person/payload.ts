import { messageObject } from "../message-object";
import type { PersonData } from "../options";
import type { OpenView } from "../views";
import { viewObject } from "../web-api/views";
import type { Message, Workspace } from "../workspace";

/** The fields that every interaction has. */
export function interactionBase(workspace: Workspace, person: PersonData): Record<string, unknown> {
  const { app, team } = workspace;
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: ownTeamOf(workspace, person) },
    api_app_id: app.id,
    token: "deprecated",
    trigger_id: workspace.newTrigger(person.id),
    team: { id: team.id, domain: team.domain },
    enterprise: team.enterpriseId ? { id: team.enterpriseId, name: team.name } : null,
    is_enterprise_install: false,
  };
}

/** What a click names as somebody's own workspace: on Enterprise Grid, the organization (reported by others). */
function ownTeamOf({ team }: Workspace, { teamId, enterpriseUser }: PersonData): string {
  return enterpriseUser?.enterpriseId ?? teamId ?? team.id;
}

/** The message that was clicked. */
export function messagePart(workspace: Workspace, message: Message, person: PersonData): Record<string, unknown> {
  const { channelId, ts, onlyTo } = message;
  return {
    container: { type: "message", message_ts: ts, channel_id: channelId, is_ephemeral: onlyTo !== null },
    state: { values: {} },
    ...placePart(workspace, message, person),
  };
}

/** A message and its channel, and where to answer. An ephemeral message is missing, as with Slack. */
export function placePart(workspace: Workspace, message: Message, person: PersonData): Record<string, unknown> {
  const { channelId, ts, onlyTo } = message;
  return {
    channel: { id: channelId, name: channelName(workspace, channelId) },
    ...(onlyTo === null ? { message: messageObject(workspace, message) } : {}),
    response_url: workspace.newResponseUrl(person.id, channelId, ts),
  };
}

/** What payloads call a channel: only public ones by their name. */
function channelName(workspace: Workspace, channelId: string): string {
  if (workspace.isDm(channelId)) return "directmessage";
  const channel = workspace.channels.get(channelId);
  return channel?.isPrivate ? "privategroup" : (channel?.name ?? "");
}

export function viewPart(workspace: Workspace, view: OpenView): Record<string, unknown> {
  return { container: { type: "view", view_id: view.id }, view: viewObject(workspace, view) };
}

export function commandPayload(
  workspace: Workspace,
  person: PersonData,
  input: { command: string; text: string; channelId: string },
): Record<string, unknown> {
  const { team, app } = workspace;
  return {
    token: "deprecated",
    team_id: team.id,
    team_domain: team.domain,
    ...(team.enterpriseId ? { enterprise_id: team.enterpriseId, enterprise_name: team.name } : {}),
    channel_id: input.channelId,
    channel_name: channelName(workspace, input.channelId),
    user_id: person.id,
    user_name: person.name,
    command: input.command,
    text: input.text,
    api_app_id: app.id,
    is_enterprise_install: "false",
    response_url: workspace.newResponseUrl(person.id, input.channelId, null),
    trigger_id: workspace.newTrigger(person.id),
  };
}
