import type { WebClient } from "@slack/web-api";
import type { ChannelProblem } from "../../domain/refusal";
import { MAX_RETRY_AFTER_MS } from "../../domain/service-limits";
import type { Clock } from "../../workflow/clock";
import type { Delivery, MessengerPort } from "../../workflow/messenger-port";
import type { Settings } from "../../workflow/ports";
import type { Message } from "../blocks/message";
import { secretMessage } from "../secret/view";
import { called } from "./call";
import { openDm } from "./post";
import type { SlackClients } from "./web-clients";

/** What the workflows say to Slack themselves, but for cards; everything else goes through the outbox. */
export function createMessenger(options: {
  clients: SlackClients;
  clock: Clock;
  settings: Pick<Settings, "approvalsChannelId" | "handout">;
}): Omit<MessengerPort, "readyDm"> {
  const { clients, clock, settings } = options;
  const draw = (delivery: Delivery) => secretMessage(delivery, settings.handout);
  return {
    openDm: async (userId) => {
      const dm = await openDm(clients.clicks, userId);
      return dm.kind === "ok" ? { kind: "opened", channelId: dm.result } : { kind: "unavailable", reason: dm.code };
    },
    postSecret: (delivery) => postSecret({ client: clients.delivery, clock, draw }, delivery),
    approvalsChannel: () => approvalsChannel(clients.clicks, settings.approvalsChannelId),
  };
}

type Posting = { client: WebClient; clock: Clock; draw: (delivery: Delivery) => Message };

/**
 * The one call that carries a secret. It is made once; only a 429, which Slack gives without posting, is tried once more.
 * A process that was frozen past its lease posts nothing.
 */
async function postSecret(
  { client, clock, draw }: Posting,
  delivery: Delivery,
): ReturnType<MessengerPort["postSecret"]> {
  const whyNot = async () => {
    const isWanted = await delivery.isWanted().catch(() => false);
    return delivery.isHeld() ? (isWanted ? null : "not_wanted") : "too_late";
  };
  const { channelId, userId } = delivery;
  // Drawn for the call alone: nothing else holds what it shows.
  const postOnce = () => called(client.chat.postEphemeral({ channel: channelId, user: userId, ...draw(delivery) }));
  const notNow = await whyNot();
  if (notNow !== null) return { kind: "not_posted", code: notNow };
  const first = await postOnce();
  if (first.kind === "ok") return { kind: "posted" };
  if (first.retryAfterMs === null || first.retryAfterMs > MAX_RETRY_AFTER_MS) return notPosted(first.code);
  await clock.wait(first.retryAfterMs);
  const noMore = await whyNot();
  if (noMore !== null) return { kind: "not_posted", code: noMore };
  const second = await postOnce();
  return second.kind === "ok" ? { kind: "posted" } : notPosted(second.code);
}

/** Codes with which Slack does not say that nothing was posted: it may have begun (`chat.postEphemeral`). */
const UNCLEAR = /^(?:no_answer|unknown|http_[35]\d\d|internal_error|fatal_error|service_unavailable|request_timeout)$/;

function notPosted(code: string): { kind: "not_posted" | "unclear"; code: string } {
  return { kind: UNCLEAR.test(code) ? "unclear" : "not_posted", code };
}

/** Whether the approvals channel may be posted to (`conversations.info`). */
export async function approvalsChannel(
  client: WebClient,
  channelId: string,
): ReturnType<MessengerPort["approvalsChannel"]> {
  const response = await called(client.conversations.info({ channel: channelId }));
  if (response.kind === "failed") {
    if (response.code !== "channel_not_found") return { kind: "unavailable", reason: response.code };
    return unfit("not_found");
  }
  const info = response.result.channel;
  if (info?.is_archived) return unfit("archived");
  if (info?.is_ext_shared || info?.is_pending_ext_shared || info?.is_org_shared) return unfit("shared");
  return info?.is_member ? { kind: "fit" } : unfit("not_member");

  function unfit(code: ChannelProblem["code"]) {
    return { kind: "unfit", channel: { code, channelId } } as const;
  }
}
