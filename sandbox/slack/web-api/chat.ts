import { LIMITS } from "../limits/table";
import { messageObject } from "../message-object";
import { addMessage, changeMessage, contentOf } from "../messages";
import type { ChannelData } from "../options";
import type { Workspace } from "../workspace";
import { type Failure, failure, type Method, type Result, textOf } from "./method";

export const chatMethods: Record<string, Method> = {
  "chat.postMessage": { scopes: ["chat:write"], required: ["channel"], token: "bot", run: postMessage },
  "chat.postEphemeral": { scopes: ["chat:write"], required: ["channel", "user"], token: "bot", run: postEphemeral },
  "chat.update": { scopes: ["chat:write"], required: ["channel", "ts"], token: "bot", run: update },
};

/** The channel, if the app may post there. */
function channelToPostIn(workspace: Workspace, params: Record<string, unknown>): ChannelData | Failure {
  const id = textOf(params, "channel") ?? "";
  const person = workspace.people.get(id);
  const channel = person && !person.deleted ? workspace.openDm(id) : workspace.channels.get(id);
  if (!channel || channel.isGone) return failure("channel_not_found");
  const isMember = channel.members.includes(workspace.app.botUserId);
  if (!isMember) return failure(channel.isPrivate ? "channel_not_found" : "not_in_channel");
  if (channel.isArchived) return failure("is_archived");
  if (workspace.isDm(channel.id) && workspace.app.manifest.features?.app_home?.messages_tab_enabled === false)
    return failure("messages_tab_disabled");
  return channel;
}

/** Whether the channel takes what is new. What stands there already can be changed. */
function channelForNew(workspace: Workspace, params: Record<string, unknown>): ChannelData | Failure {
  const channel = channelToPostIn(workspace, params);
  return "error" in channel || !channel.isPostingRestricted ? channel : failure("restricted_action");
}

function postMessage(workspace: Workspace, params: Record<string, unknown>): Result {
  const channel = channelForNew(workspace, params);
  if ("error" in channel) return channel;
  const content = contentOf(params, LIMITS.messageText.post);
  if ("error" in content) return content;
  const threadTs = textOf(params, "thread_ts");
  if (threadTs !== null && !workspace.find(channel.id, threadTs)) return failure("thread_not_found");
  const message = addMessage(workspace, { channelId: channel.id, ...content, threadTs });
  return { channel: channel.id, ts: message.ts, message: messageObject(workspace, message) };
}

function postEphemeral(workspace: Workspace, params: Record<string, unknown>): Result {
  const channel = channelForNew(workspace, params);
  if ("error" in channel) return channel;
  const userId = textOf(params, "user") ?? "";
  if (!channel.members.includes(userId) || workspace.people.get(userId)?.deleted) return failure("user_not_in_channel");
  const content = contentOf(params, LIMITS.messageText.update);
  if ("error" in content) return content;
  const { ts } = addMessage(workspace, { channelId: channel.id, ...content, onlyTo: userId });
  return { message_ts: ts };
}

function update(workspace: Workspace, params: Record<string, unknown>): Result {
  const channel = channelToPostIn(workspace, params);
  if ("error" in channel) return channel;
  const message = workspace.find(channel.id, textOf(params, "ts") ?? "");
  // Ephemeral ones can't be found.
  if (!message || message.onlyTo !== null) return failure("message_not_found");
  if (message.authorId !== workspace.app.botUserId) return failure("cant_update_message");
  if (workspace.now() - Number(message.ts) * 1_000 > workspace.editWindowMs) return failure("edit_window_closed");
  const content = contentOf(params, LIMITS.messageText.update);
  if ("error" in content) return content;
  changeMessage(workspace, message, content);
  const { channelId, ts, text } = message;
  return { channel: channelId, ts, text, message: messageObject(workspace, message) };
}
