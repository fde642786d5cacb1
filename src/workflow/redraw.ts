import type { CardPlace } from "./outbox-message";
import type { Ports } from "./ports";
import type { CardKind } from "./store-port";

/**
 * Has the card that somebody clicked drawn again from the record, an outdated copy of it too. Only where such a card of
 * this request may stand: in its requester's DM, or in the approvals channel.
 */
export async function redrawClicked(
  ports: Ports,
  click: { card: CardKind; requestId: string; place: CardPlace },
): Promise<void> {
  const { card, requestId, place } = click;
  await ports.store.transact(async (tx) => {
    const request = await tx.requests.find(requestId);
    if (!request) return;
    const cards = await tx.requests.cards(requestId);
    const home = card === "requester" ? cards.dmChannelId : ports.settings.approvalsChannelId;
    if (place.channelId !== home || (card === "approvals" && !request.needsApproval)) return;
    const isCurrent = cards[card]?.ts === place.ts;
    // The value of a button names the request: it must not draw it over another one's card.
    if (!isCurrent && (await tx.requests.isCard(place))) return;
    const at = ports.clock.now();
    if (isCurrent) await tx.outbox.add({ kind: `${card}_card`, requestId }, at);
    else await tx.outbox.add({ kind: "card_copy", card, requestId, place }, at);
  });
  ports.wake();
}
