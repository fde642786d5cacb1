import { refused } from "../domain/refusal";
import type { Request } from "../domain/request";
import { type ChangePorts, change } from "./change";
import type { CardKind, CardPlace, OutboxMessage } from "./outbox-message";
import type { Settings } from "./ports";
import { NO_CHANGE, step } from "./step";
import type { CardPlaces } from "./store-port";

/**
 * Has the card that somebody clicked drawn again from the record, an outdated copy of it too. Only where such a card of
 * this request may stand: in its requester's DM, in the approvals channel, or where a broken glass is told.
 */
export async function redrawClicked(
  ports: ChangePorts & { settings: Settings },
  click: { card: CardKind; requestId: string; place: CardPlace },
): Promise<void> {
  const { card, requestId, place } = click;
  await change(ports, {
    about: { requestId },
    facts: async (record, { request }) =>
      request && { cards: await record.requests.cards(requestId), isOthersCard: await record.requests.isCard(place) },
    decide: ({ request }, _at, facts) => {
      if (!request || !facts) return refused("unknown_request");
      if (place.channelId !== homeOf(card, { request, cards: facts.cards, settings: ports.settings })) return NO_CHANGE;
      const isCurrent = facts.cards[card]?.ts === place.ts;
      // The value of a button names the request: it must not draw it over another one's card.
      if (!isCurrent && facts.isOthersCard) return NO_CHANGE;
      const message: OutboxMessage = isCurrent
        ? { kind: `${card}_card`, requestId }
        : { kind: "card_copy", card, requestId, place };
      return step("bot", { tell: [message] });
    },
  });
}

/** The conversation in which a card of a request belongs; null where it has none. */
export function homeOf(
  card: CardKind,
  { request, cards, settings }: { request: Request; cards: CardPlaces; settings: Pick<Settings, "approvalsChannelId"> },
): string | null {
  switch (card) {
    case "requester":
      return cards.dmChannelId;
    case "approvals":
      return request.needsApproval ? settings.approvalsChannelId : null;
    case "review":
      return request.review?.channelId ?? null;
  }
}
