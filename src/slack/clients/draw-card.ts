import type { CardKind } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { keyOf } from "../../workflow/recorded";
import type { CardPlaces } from "../../workflow/store-port";
import { approvalsCard } from "../approvals-card/view";
import type { Message } from "../blocks/message";
import { requesterCard } from "../requester-card/view";

/** A card as the record has it now, and where the cards of its request are; null where there is no such request. */
export async function drawCard(
  ports: Pick<Ports, "store" | "settings">,
  card: CardKind,
  requestId: string,
): Promise<{ message: Message; places: CardPlaces } | null> {
  const record = await ports.store.read(async (stored) => {
    const request = await stored.requests.find(requestId);
    if (!request) return null;
    return {
      request,
      key: await keyOf(stored, request),
      liveKeys: await stored.keys.countAlive(request.requesterId),
      places: await stored.requests.cards(requestId),
    };
  });
  // A request that policy approved has no card there.
  if (!record || (card === "approvals" && !record.request.needsApproval)) return null;
  const { places, ...shown } = record;
  const message =
    card === "requester" ? requesterCard(shown) : approvalsCard({ ...shown, approvers: ports.settings.approvers });
  return { message, places };
}
