import type { Workspace } from "../workspace";
import { failure, type Method, type Result, textOf } from "./method";

export const conversationMethods: Record<string, Method> = {
  "conversations.open": { scopes: ["im:write", "mpim:write"], required: ["users"], token: "bot", run: open },
  "conversations.info": {
    scopes: ["channels:read", "groups:read", "im:read", "mpim:read"],
    required: ["channel"],
    token: "bot",
    run: info,
  },
};

function open(workspace: Workspace, params: Record<string, unknown>): Result {
  const person = workspace.people.get(textOf(params, "users") ?? "");
  if (!person) return failure("user_not_found");
  if (person.deleted) return failure("user_disabled");
  return { channel: { id: workspace.openDm(person.id).id } };
}

function info(workspace: Workspace, params: Record<string, unknown>): Result {
  const channel = workspace.channels.get(textOf(params, "channel") ?? "");
  if (!channel || channel.isGone) return failure("channel_not_found");
  const isMember = channel.members.includes(workspace.app.botUserId);
  if (channel.isPrivate && !isMember) return failure("channel_not_found");
  const needed = channel.isPrivate ? "groups:read" : "channels:read";
  const provided = workspace.app.manifest.oauth_config?.scopes?.bot ?? [];
  if (!workspace.isDm(channel.id) && !provided.includes(needed))
    return failure("missing_scope", { needed, provided: provided.join(",") });
  return {
    channel: {
      id: channel.id,
      name: channel.name,
      is_channel: !channel.isPrivate,
      is_group: channel.isPrivate ?? false,
      is_im: workspace.isDm(channel.id),
      is_private: channel.isPrivate ?? false,
      is_archived: channel.isArchived ?? false,
      is_member: isMember,
      is_shared: (channel.isExtShared || channel.isOrgShared) ?? false,
      is_ext_shared: channel.isExtShared ?? false,
      is_pending_ext_shared: channel.isPendingExtShared ?? false,
      is_org_shared: channel.isOrgShared ?? false,
    },
  };
}
