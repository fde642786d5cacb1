import type { WebClient } from "@slack/web-api";
import { MAX_TOLD_AT_ONCE } from "../../domain/limits";
import type { Policy } from "../../domain/policy/rule";
import { isIn } from "../../domain/request";
import type { Clock } from "../../workflow/clock";
import type { CardKind, CardPlace, OutboxMessage, Sent } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { wordsForDeciders } from "../approvals-card/reminder";
import { type Message, sentenceMessage } from "../blocks/message";
import { othersKeysMessage } from "../deletions/view";
import { madeKeysMessage } from "../made-keys/view";
import { policyChangedMessage } from "../policy-change/view";
import { alertWords, noteWords, noticeWords } from "../words/notices";
import { askOwner, redrawQuestions, unansweredDigest } from "./ask-owner";
import { askReviewer } from "./ask-reviewer";
import { drawCard } from "./draw-card";
import { askAboutHeldBack, sendLeaverCard, shrinkLeaverCard } from "./leaver-card";
import { placeCard } from "./place-card";
import { NOT_EDITABLE, openDm, post, update } from "./post";
import { approversCannotRead, channelCannotRead, ended, later, NOTHING_TO_SAY } from "./sent";
import { redrawLeak, tellApprovers, tellOwner } from "./tell-leak";

export type SenderPorts = Pick<Ports, "store" | "settings" | "policy" | "people" | "home" | "log" | "wake"> & {
  clock: Clock;
  client: WebClient;
  /** Reads the text of a policy's file; null where this version can't. */
  readPolicy: (text: string) => Policy | null;
};

/** What is posted, or drawn where it was posted. Homes are drawn in a way of their own. */
type Posted = Exclude<OutboxMessage, { kind: "app_home" }>;

/** Sends one message of the outbox. Cards are drawn from the record as it is at this moment. */
export async function sendMessage(ports: SenderPorts, message: Posted): Promise<Sent> {
  switch (message.kind) {
    case "requester_card":
      return sendCard(ports, { card: "requester", requestId: message.requestId, ring: message.ring });
    case "approvals_card":
      return sendCard(ports, { card: "approvals", requestId: message.requestId });
    case "review_card":
      return sendCard(ports, { card: "review", requestId: message.requestId });
    case "review_question":
      return askReviewer(ports, message);
    case "card_copy":
      return redrawCopy(ports, message);
    case "notice": {
      const { userId, notice } = message;
      if (notice.code === "leak_reported") return tellOwner(ports, { kind: "notice", userId, notice });
      const dm = await openDm(ports.client, userId);
      if (dm.kind === "failed") return ended(dm);
      return ended(await post(ports.client, { channelId: dm.result }, sentenceMessage(noticeWords(notice))));
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
      return tellApprovers(ports, message);
    case "old_keys":
      return askOwner(ports, message);
    case "old_keys_redraw":
      return redrawQuestions(ports, message);
    case "unanswered": {
      const digest = await unansweredDigest(ports, message);
      return digest === null ? NOTHING_TO_SAY : postToApprovers(ports, digest);
    }
    case "leak_redraw":
      return redrawLeak(ports, message.place);
    case "leaver_card":
      return sendLeaverCard(ports, message);
    case "leaver_moved":
      return shrinkLeaverCard(ports, message);
    case "leavers_held_back":
      return askAboutHeldBack(ports);
    case "policy_changed":
      return tellPolicy(ports, message);
    case "deletions":
    case "pauses":
      return tellOthersKeys(ports, message);
  }
}

/** A channel that became shared must not get another card. @returns null where it may */
async function cannotBeRead(
  ports: SenderPorts,
  { card, requestId }: { card: CardKind; requestId: string },
): Promise<Sent | null> {
  if (card === "requester") return null;
  if (card === "approvals") return approversCannotRead(ports);
  const request = await ports.store.read(({ requests }) => requests.find(requestId));
  return request?.review ? channelCannotRead(ports.client, request.review.channelId) : null;
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

async function tellPolicy(
  ports: SenderPorts,
  { before, after }: Extract<OutboxMessage, { kind: "policy_changed" }>,
): Promise<Sent> {
  const [was, is] = await ports.store.read(({ policies }) =>
    Promise.all([before === null ? null : policies.find(before), policies.find(after)]),
  );
  if (is === null) return { kind: "never", code: "unknown_policy" };
  const read = (text: string | undefined) => (text === undefined ? null : ports.readPolicy(text));
  return postToApprovers(
    ports,
    policyChangedMessage(is, { before: was && read(was.text), after: read(is.text), isFirst: before === null }),
  );
}

async function sendCard(ports: SenderPorts, placing: Parameters<typeof placeCard>[1]): Promise<Sent> {
  const unfit = await cannotBeRead(ports, placing);
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
  const unfit = await cannotBeRead(ports, { card, requestId });
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
