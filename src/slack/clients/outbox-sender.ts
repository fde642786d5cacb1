import type { WebClient } from "@slack/web-api";
import { MAX_HELD_AT_ONCE } from "../../domain/limits";
import type { Clock } from "../../workflow/clock";
import type { CardKind, CardPlace, OutboxMessage, SenderCode, Sent } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { type Message, sentenceMessage } from "../blocks/message";
import { deletionsMessage, heldMessage } from "../deletions/view";
import { alertWords, noteWords, noticeWords } from "../words/notices";
import type { Called } from "./call";
import { drawCard } from "./draw-card";
import { approvalsChannel } from "./messenger";
import { placeCard } from "./place-card";
import { NOT_EDITABLE, openDm, post, update } from "./post";

export type SenderPorts = Pick<Ports, "store" | "settings"> & { clock: Clock; client: WebClient };

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
      const dm = await openDm(ports.client, message.userId);
      if (dm.kind === "failed") return ended(dm);
      return ended(await post(ports.client, { channelId: dm.result }, sentenceMessage(noticeWords(message.notice))));
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
  return keys.length === 0 ? NOTHING_TO_SAY : postToApprovers(ports, deletionsMessage({ byId, keys }));
}

async function askAboutHeld(ports: SenderPorts, byId: string): Promise<Sent> {
  const keys = await ports.store.read((stored) => stored.keys.heldBy(byId, MAX_HELD_AT_ONCE));
  const max = ports.settings.policy.maxDeletionsPerHour;
  return keys.length === 0 ? NOTHING_TO_SAY : postToApprovers(ports, heldMessage({ byId, keys, max }));
}

async function sendCard(ports: SenderPorts, card: CardKind, requestId: string): Promise<Sent> {
  const unfit = card === "approvals" ? await approversCannotRead(ports) : null;
  if (unfit) return unfit;
  const placed = await placeCard(ports, card, requestId);
  switch (placed.kind) {
    case "placed":
      return { kind: "sent", isPosted: placed.isPosted };
    case "unknown_request":
      return { kind: "never", code: placed.kind };
    case "failed":
      return ended(placed);
  }
}

async function redrawCopy(ports: SenderPorts, card: CardKind, requestId: string, place: CardPlace): Promise<Sent> {
  const drawn = await drawCard(ports, card, requestId);
  if (!drawn) return { kind: "never", code: "unknown_request" };
  const unfit = card === "approvals" ? await approversCannotRead(ports) : null;
  if (unfit) return unfit;
  const updated = await update(ports.client, place, drawn.message);
  // A copy is worth no new message: the card itself stands elsewhere.
  if (updated.kind === "failed" && NOT_EDITABLE.has(updated.code)) return { kind: "never", code: updated.code };
  return updated.kind === "ok" ? { kind: "sent", isPosted: false } : ended(updated);
}

/** @param under the card below which it is posted, where that is in the approvals channel */
async function postToApprovers(ports: SenderPorts, message: Message, under?: CardPlace): Promise<Sent> {
  const unfit = await approversCannotRead(ports);
  if (unfit) return unfit;
  const channelId = ports.settings.approvalsChannelId;
  const threadTs = under?.channelId === channelId ? under.ts : undefined;
  const posted = await post(ports.client, { channelId, threadTs }, message);
  // The card may be gone, and its thread with it; what there is to say is still worth reading.
  const isThreadGone = posted.kind === "failed" && NO_THREAD.has(posted.code);
  return ended(isThreadGone ? await post(ports.client, { channelId }, message) : posted);
}

/** Codes with which Slack says that nothing can be posted below a message. */
const NO_THREAD = new Set(["thread_not_found", "message_not_found", "cannot_reply_to_message"]);

/** Looked at before each post: a channel that became shared must not get another card. */
async function approversCannotRead({ client, settings }: SenderPorts): Promise<Sent | null> {
  const state = await approvalsChannel(client, settings.approvalsChannelId);
  if (state.kind === "fit") return null;
  return state.kind === "unfit"
    ? later("approvals_channel_unfit")
    : { kind: "later", code: state.reason, afterMs: null };
}

/** There was nothing left to say. */
const NOTHING_TO_SAY: Sent = { kind: "sent", isPosted: false };

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
function ended(call: Called<unknown>): Sent {
  if (call.kind === "ok") return { kind: "sent", isPosted: true };
  if (HOPELESS.has(call.code)) return { kind: "never", code: call.code };
  return { kind: "later", code: call.code, afterMs: call.retryAfterMs };
}

function later(code: SenderCode): Sent {
  return { kind: "later", code, afterMs: null };
}
