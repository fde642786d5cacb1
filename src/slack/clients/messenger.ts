import type { WebClient } from "@slack/web-api";
import { isLeaseOver } from "../../domain/due";
import type { ChannelProblem } from "../../domain/refusal";
import { MAX_RETRY_AFTER_MS } from "../../domain/service-limits";
import type { Clock } from "../../workflow/clock";
import type { Delivery, MessengerPort } from "../../workflow/messenger-port";
import { secretMessage } from "../secret/view";
import { type Called, called } from "./call";
import { openDm } from "./post";
import type { SlackClients } from "./web-clients";

/** What the workflows say to Slack themselves, but for cards; everything else goes through the outbox. */
export function createMessenger(options: {
  clients: SlackClients;
  clock: Clock;
  approvalsChannelId: string;
}): Omit<MessengerPort, "readyDm"> {
  const { clients, clock, approvalsChannelId } = options;
  return {
    openDm: async (userId) => {
      const dm = await openDm(clients.clicks, userId);
      return dm.kind === "ok" ? { kind: "opened", channelId: dm.result } : { kind: "unavailable", reason: dm.code };
    },
    postSecret: (delivery) => postSecret(clients.delivery, clock, delivery),
    approvalsChannel: () => approvalsChannel(clients.clicks, approvalsChannelId),
  };
}

/**
 * The one call that carries a secret. It is made once; only a 429, which Slack gives without posting, is tried once more.
 * A process that was frozen past its lease posts nothing.
 */
async function postSecret(
  client: WebClient,
  clock: Clock,
  delivery: Delivery,
): ReturnType<MessengerPort["postSecret"]> {
  const whyNot = async () => {
    const isWanted = await delivery.isWanted().catch(() => false);
    return isLeaseOver(delivery.postBefore, clock.now()) ? "too_late" : isWanted ? null : "not_wanted";
  };
  const notNow = await whyNot();
  if (notNow !== null) return { kind: "not_posted", code: notNow };
  const first = await postOnce(client, delivery);
  if (first.kind === "ok") return { kind: "posted" };
  if (first.retryAfterMs === null || first.retryAfterMs > MAX_RETRY_AFTER_MS)
    return { kind: "not_posted", code: first.code };
  await clock.wait(first.retryAfterMs);
  const noMore = await whyNot();
  if (noMore !== null) return { kind: "not_posted", code: noMore };
  const second = await postOnce(client, delivery);
  return second.kind === "ok" ? { kind: "posted" } : { kind: "not_posted", code: second.code };
}

function postOnce(client: WebClient, delivery: Delivery): Promise<Called<unknown>> {
  const { channelId, userId } = delivery;
  return called(client.chat.postEphemeral({ channel: channelId, user: userId, ...secretMessage(delivery) }));
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
