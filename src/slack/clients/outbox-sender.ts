import type { WebClient } from "@slack/web-api";
import { MAX_HELD_AT_ONCE } from "../../domain/limits";
import type { Clock } from "../../workflow/clock";
import type { CardKind, CardPlace, OutboxMessage, Sent } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { type Message, sentenceMessage } from "../blocks/message";
import { deletionsMessage, heldMessage } from "../deletions/view";
import { alertWords, noteWords, noticeWords } from "../words/notices";
import { type Called, called } from "./call";
import { drawCard } from "./draw-card";
import { approvalsChannel } from "./messenger";

export type SenderPorts = Pick<Ports, "store" | "settings"> & { clock: Clock; client: WebClient };

const SENT: Sent = { kind: "sent" };

/** Sends one message of the outbox. Cards are drawn from the record as it is at this moment. */
export async function sendMessage(ports: SenderPorts, message: OutboxMessage): Promise<Sent> {
  switch (message.kind) {
    case "requester_card":
      return sendCard(ports, "requester", message.requestId);
    case "approvals_card":
      return sendCard(ports, "approvals", message.requestId);
    case "card_copy":
      return redrawCopy(ports, message.card, message.requestId, message.place);
    case "notice": {
      const dm = await called(ports.client.conversations.open({ users: message.userId }));
      if (dm.kind === "failed") return ended(dm);
      const channelId = dm.result.channel?.id;
      return channelId
        ? ended(await post(ports, channelId, sentenceMessage(noticeWords(message.notice))))
        : later("no_channel");
    }
    case "approvals_note": {
      const cards = await ports.store.read((stored) => stored.requests.cards(message.requestId));
      if (!cards.approvals) return later("no_card_yet");
      return postToApprovers(ports, sentenceMessage(noteWords(message.note)), cards.approvals);
    }
    case "alert":
      return postToApprovers(ports, sentenceMessage(alertWords(message.alert)));
    case "deletions":
      return tellDeletions(ports, message);
    case "held_deletions":
      return askAboutHeld(ports, message.byId);
  }
}

async function tellDeletions(ports: SenderPorts, { byId, since }: { byId: string; since: number }): Promise<Sent> {
  const keys = await ports.store.read((stored) => stored.events.deletionsBy(byId, since, MAX_HELD_AT_ONCE));
  return keys.length === 0 ? SENT : postToApprovers(ports, deletionsMessage({ byId, keys }));
}

async function askAboutHeld(ports: SenderPorts, byId: string): Promise<Sent> {
  const keys = await ports.store.read((stored) => stored.keys.heldBy(byId, MAX_HELD_AT_ONCE));
  const max = ports.settings.policy.maxDeletionsPerHour;
  return keys.length === 0 ? SENT : postToApprovers(ports, heldMessage({ byId, keys, max }));
}

async function sendCard(ports: SenderPorts, card: CardKind, requestId: string): Promise<Sent> {
  const drawn = await drawCard(ports, card, requestId);
  if (!drawn) return { kind: "never", code: "unknown_request" };
  const unfit = card === "approvals" ? await approversCannotRead(ports) : null;
  if (unfit) return unfit;
  const place = drawn.places[card];
  if (place && isStillHome(ports, card, place)) {
    const updated = await update(ports, place, drawn.message);
    if (updated.kind === "ok" || updated.code !== "message_not_found") return ended(updated);
  }
  const channelId = card === "requester" ? drawn.places.dmChannelId : ports.settings.approvalsChannelId;
  const posted = await post(ports, channelId, drawn.message);
  if (posted.kind === "failed") return ended(posted);
  const ts = posted.result.ts;
  if (ts) await ports.store.cards.set(requestId, card, { channelId, ts });
  return SENT;
}

async function redrawCopy(ports: SenderPorts, card: CardKind, requestId: string, place: CardPlace): Promise<Sent> {
  const drawn = await drawCard(ports, card, requestId);
  if (!drawn) return { kind: "never", code: "unknown_request" };
  const unfit = card === "approvals" ? await approversCannotRead(ports) : null;
  return unfit ?? ended(await update(ports, place, drawn.message));
}

/** Cards in a channel that is the approvals channel no more stay as they are: nobody looks at it before it is written to. */
function isStillHome({ settings }: SenderPorts, card: CardKind, place: CardPlace): boolean {
  return card === "requester" || place.channelId === settings.approvalsChannelId;
}

/** @param under the card below which it is posted, where that is in the approvals channel */
async function postToApprovers(ports: SenderPorts, message: Message, under?: CardPlace): Promise<Sent> {
  const unfit = await approversCannotRead(ports);
  const threadTs = under && isStillHome(ports, "approvals", under) ? under.ts : undefined;
  return unfit ?? ended(await post(ports, ports.settings.approvalsChannelId, message, threadTs));
}

/** Looked at before each post: a channel that became shared must not get another card. */
async function approversCannotRead({ client, settings }: SenderPorts): Promise<Sent | null> {
  const state = await approvalsChannel(client, settings.approvalsChannelId);
  return state.kind === "fit" ? null : later(state.kind === "unfit" ? "approvals_channel_unfit" : state.reason);
}

function post({ client }: SenderPorts, channel: string, message: Message, threadTs?: string) {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  return called(client.chat.postMessage({ channel, ...message, ...thread, unfurl_links: false, unfurl_media: false }));
}

function update({ client }: SenderPorts, place: CardPlace, message: Message) {
  return called(client.chat.update({ channel: place.channelId, ts: place.ts, ...message }));
}

/** Errors of Slack's that no repetition cures (`chat.postMessage`, `chat.update`). */
const HOPELESS = new Set([
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "user_not_found",
  "user_not_visible",
  "cannot_dm_bot",
  "user_disabled",
  "invalid_blocks",
  "msg_too_long",
  "no_text",
]);

function ended(call: Called<unknown>): Sent {
  if (call.kind === "ok") return SENT;
  if (HOPELESS.has(call.code)) return { kind: "never", code: call.code };
  return { kind: "later", code: call.code, afterMs: call.retryAfterMs };
}

function later(code: string): Sent {
  return { kind: "later", code, afterMs: null };
}
