import type { WebClient } from "@slack/web-api";
import type { Key } from "../../domain/key";
import { MAX_TOLD_AT_ONCE } from "../../domain/limits";
import { isIn } from "../../domain/request";
import type { Clock } from "../../workflow/clock";
import type { CardPlace, OutboxMessage, SenderCode, Sent } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { wordsForDeciders } from "../approvals-card/reminder";
import { type Message, sentenceMessage } from "../blocks/message";
import { othersKeysMessage } from "../deletions/view";
import { leakAlert } from "../leak-report/alert";
import { madeKeysMessage } from "../made-keys/view";
import { noticeMessage } from "../notice/view";
import { alertWords, noteWords } from "../words/notices";
import type { Called } from "./call";
import { drawCard } from "./draw-card";
import { approvalsChannel } from "./messenger";
import { placeCard } from "./place-card";
import { NOT_EDITABLE, openDm, post, update } from "./post";

export type SenderPorts = Pick<Ports, "store" | "settings" | "policy"> & { clock: Clock; client: WebClient };

/** What is posted, or drawn where it was posted. Homes are drawn in a way of their own. */
type Posted = Exclude<OutboxMessage, { kind: "app_home" }>;

/** Sends one message of the outbox. Cards are drawn from the record as it is at this moment. */
export async function sendMessage(ports: SenderPorts, message: Posted): Promise<Sent> {
  switch (message.kind) {
    case "requester_card":
      return sendCard(ports, { card: "requester", requestId: message.requestId, ring: message.ring });
    case "approvals_card":
      return sendCard(ports, { card: "approvals", requestId: message.requestId });
    case "card_copy":
      return redrawCopy(ports, message);
    case "notice": {
      const dm = await openDm(ports.client, message.userId);
      if (dm.kind === "failed") return ended(dm);
      return ended(await post(ports.client, { channelId: dm.result }, noticeMessage(message.notice)));
    }
    case "made_keys": {
      const cards = await ports.store.read((stored) => stored.requests.cards(message.requestId));
      return postToApprovers(ports, madeKeysMessage(message), cards.approvals ?? undefined);
    }
    case "approvals_note": {
      const cards = await ports.store.read((stored) => stored.requests.cards(message.requestId));
      if (!cards.approvals) return later("no_card_yet");
      return postToApprovers(ports, sentenceMessage(noteWords(message.note)), cards.approvals);
    }
    case "reminder":
    case "escalation":
      return tellDeciders(ports, message);
    case "alert":
      return postToApprovers(ports, sentenceMessage(alertWords(message.alert)));
    case "leak_report":
      return tellLeak(ports, message);
    case "deletions":
    case "pauses":
      return tellOthersKeys(ports, message);
  }
}

/** What is decided meanwhile reminds nobody. */
async function tellDeciders(
  ports: SenderPorts,
  message: Extract<OutboxMessage, { kind: "reminder" | "escalation" }>,
): Promise<Sent> {
  const { policy } = await ports.policy.inForce();
  const found = await ports.store.read(async ({ requests, at }) => {
    const request = await requests.find(message.requestId);
    return request && isIn(request, "pending") ? { request, at, cards: await requests.cards(request.id) } : null;
  });
  if (found === null) return NOTHING_TO_SAY;
  const { request, at, cards } = found;
  const said = wordsForDeciders(message, { request, policy, at });
  if (said === null) return NOTHING_TO_SAY;
  return cards.approvals === null ? later("no_card_yet") : postToApprovers(ports, said, cards.approvals);
}

async function tellOthersKeys(
  ports: SenderPorts,
  { kind, byId, since }: Extract<OutboxMessage, { kind: "deletions" | "pauses" }>,
): Promise<Sent> {
  const keys = await ports.store.read(({ events }) =>
    kind === "pauses"
      ? events.pausesBy(byId, since, MAX_TOLD_AT_ONCE)
      : events.deletionsBy(byId, since, MAX_TOLD_AT_ONCE),
  );
  if (keys.length === 0) return NOTHING_TO_SAY;
  return postToApprovers(ports, othersKeysMessage(kind === "pauses" ? "paused" : "deleted", { byId, keys }));
}

/** The keys as they are by now. */
async function tellLeak(ports: SenderPorts, leak: Extract<OutboxMessage, { kind: "leak_report" }>): Promise<Sent> {
  const keys = await ports.store.read(async (record) => {
    const found: (Key | null)[] = [];
    for (const id of leak.accessKeyIds) found.push(await record.keys.find(id));
    return found.filter((key) => key !== null);
  });
  const { ownAccessKeyId } = ports.settings;
  return postToApprovers(ports, leakAlert(leak, { keys, ownAccessKeyId }));
}

async function sendCard(ports: SenderPorts, placing: Parameters<typeof placeCard>[1]): Promise<Sent> {
  const unfit = placing.card === "approvals" ? await approversCannotRead(ports) : null;
  if (unfit) return unfit;
  const placed = await placeCard(ports, placing);
  switch (placed.kind) {
    case "placed":
      return { kind: "sent", isPosted: placed.isPosted };
    case "unknown_request":
      return { kind: "never", code: placed.kind };
    case "failed":
      return ended(placed);
  }
}

async function redrawCopy(
  ports: SenderPorts,
  { card, requestId, place }: Extract<OutboxMessage, { kind: "card_copy" }>,
): Promise<Sent> {
  const drawn = await drawCard(ports, { card, requestId, at: place });
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
