import { type ChangePorts, change } from "./change";
import type { Settings } from "./ports";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";
import type { CardPlaces } from "./store-port";

/** `isTold`: its requester read it already. */
type Facts = { isTold: boolean; cards: CardPlaces | null };

/** Tells a requester, once, that approvers can't read of their request: its card does not get into the approvals channel. */
export async function tellNotPosted(
  ports: ChangePorts & { settings: Settings },
  failed: { requestId: string; slackCode: string },
): Promise<void> {
  const { requestId, slackCode } = failed;
  const { approvalsChannelId: channelId } = ports.settings;
  await change(ports, {
    about: { requestId },
    facts: async (record, { request }): Promise<Facts> => ({
      isTold: (await record.events.count(requestId, "request.not_posted", 0)) > 0,
      cards: request && (await record.requests.cards(requestId)),
    }),
    decide: (recorded, _at, facts) => decideNotPosted(recorded, { ...facts, channelId, slackCode }),
  });
}

/** Whoever waits for a decision is told; a card that stands there, though out of date, can be decided on. */
export function decideNotPosted(
  { request }: Recorded,
  { isTold, cards, channelId, slackCode }: Facts & { channelId: string; slackCode: string },
): Step {
  if (request?.state.kind !== "pending" || isTold || cards?.approvals?.channelId === channelId) return NO_CHANGE;
  const { requesterId, reference, asked } = request;
  const about = { keyName: asked.keyName, reference, channelId, slackCode };
  return step("bot", {
    events: [{ name: "request.not_posted", actorId: "bot", outcome: slackCode }],
    tell: [{ kind: "notice", userId: requesterId, notice: { code: "not_posted", about } }],
  });
}
