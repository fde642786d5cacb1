import type { WebClient } from "@slack/web-api";
import type { SenderCode, Sent } from "../../workflow/outbox-message";
import type { Settings } from "../../workflow/ports";
import type { Called } from "./call";
import { approvalsChannel } from "./messenger";

/** There was nothing left to say. */
export const NOTHING_TO_SAY: Sent = { kind: "sent", isPosted: false };

/** Errors of Slack's that no repetition cures (`chat.postMessage`, `conversations.open`). */
const HOPELESS = new Set([
  "user_not_found",
  "user_not_visible",
  "cannot_dm_bot",
  "user_disabled",
  "invalid_blocks",
  "msg_too_long",
  "msg_blocks_too_long",
  "no_text",
]);

/** How a post ended, or what had to come before it. */
export function ended(call: Called<unknown>): Sent {
  if (call.kind === "ok") return { kind: "sent", isPosted: true };
  if (HOPELESS.has(call.code)) return { kind: "never", code: call.code };
  return { kind: "later", code: call.code, afterMs: call.retryAfterMs };
}

export function later(code: SenderCode): Sent {
  return { kind: "later", code, afterMs: null };
}

/** Looked at before each post: a channel that became shared must not get another card. @returns null where it may */
export async function approversCannotRead({
  client,
  settings,
}: {
  client: WebClient;
  settings: Pick<Settings, "approvalsChannelId">;
}): Promise<Sent | null> {
  return channelCannotRead(client, settings.approvalsChannelId);
}

/** The same for another channel that is told of keys. */
export async function channelCannotRead(client: WebClient, channelId: string): Promise<Sent | null> {
  const state = await approvalsChannel(client, channelId);
  if (state.kind === "fit") return null;
  return state.kind === "unfit"
    ? later("approvals_channel_unfit")
    : { kind: "later", code: state.reason, afterMs: null };
}
