import type { WebClient } from "@slack/web-api";
import type { CardPlace } from "../../workflow/outbox-message";
import type { Message } from "../blocks/message";
import { type Called, called } from "./call";

/** Posts a message. @returns where it stands */
export async function post(
  client: WebClient,
  { channelId, threadTs }: { channelId: string; threadTs?: string | undefined },
  message: Message,
): Promise<Called<CardPlace>> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const about = { channel: channelId, ...thread, unfurl_links: false, unfurl_media: false };
  const posted = await called(client.chat.postMessage({ ...message, ...about }));
  if (posted.kind === "failed") return posted;
  const { ts } = posted.result;
  return ts ? { kind: "ok", result: { channelId, ts } } : { kind: "failed", code: "no_ts", retryAfterMs: null };
}

/** Draws a message anew where it stands. */
export function update(client: WebClient, { channelId, ts }: CardPlace, message: Message): Promise<Called<unknown>> {
  return called(client.chat.update({ channel: channelId, ts, ...message }));
}

/** The DM between the bot and somebody: it is opened anew where it was closed, or where Slack has made another one. */
export async function openDm(client: WebClient, userId: string): Promise<Called<string>> {
  const opened = await called(client.conversations.open({ users: userId }));
  if (opened.kind === "failed") return opened;
  const channelId = opened.result.channel?.id;
  return channelId ? { kind: "ok", result: channelId } : { kind: "failed", code: "no_channel", retryAfterMs: null };
}

/** Codes with which Slack says that a message can be drawn anew no more, at least not where it stands (`chat.update`). */
export const NOT_EDITABLE: ReadonlySet<string> = new Set([
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "is_inactive",
  "channel_not_found",
  // It may be longer when it is posted.
  "msg_too_long",
]);

/** Codes with which Slack says that there is no such conversation for the bot, or none that is open (`chat.postMessage`). */
export const NO_SUCH_PLACE: ReadonlySet<string> = new Set(["channel_not_found", "not_in_channel", "is_archived"]);
