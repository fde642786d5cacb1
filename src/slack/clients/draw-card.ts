import type { CardKind, CardPlace, Ring } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { keyOf } from "../../workflow/recorded";
import { requestInFull } from "../../workflow/show-request";
import type { CardPlaces, Reads } from "../../workflow/store-port";
import { approvalsCard } from "../approvals-card/view";
import type { Message } from "../blocks/message";
import { movedCard, requesterCard } from "../requester-card/view";

type DrawPorts = Pick<Ports, "store" | "settings">;
/** `ring`: why the card rings, if it does. `at`: where a copy of it stands, if it is one. */
type Drawing = { card: CardKind; requestId: string; ring?: Ring | undefined; at?: CardPlace };

/** A card as the record has it now, and where the cards of its request are; null where there is no such request. */
export function drawCard(ports: DrawPorts, drawing: Drawing): Promise<{ message: Message; places: CardPlaces } | null> {
  const { card, requestId } = drawing;
  return ports.store.read(async (record) => {
    const places = await record.requests.cards(requestId);
    const message =
      card === "requester"
        ? await drawRequester(ports, record, { ...drawing, place: places.requester })
        : await drawApprovals(ports, record, requestId);
    return message && { message, places };
  });
}

/** Where its card moved on, a copy is a line by now. */
async function drawRequester(
  { settings }: DrawPorts,
  record: Reads,
  { requestId, ring, at, place }: Drawing & { place: CardPlace | null },
): Promise<Message | null> {
  const request = await record.requests.find(requestId);
  if (request === null) return null;
  if (at !== undefined && place !== null && place.ts !== at.ts) return movedCard(request);
  return requesterCard({ request, key: await keyOf(record, request), approvers: settings.approvers }, ring);
}

/** A request that policy approved has no card there. */
async function drawApprovals({ settings }: DrawPorts, record: Reads, requestId: string): Promise<Message | null> {
  const shown = await requestInFull(record, requestId);
  return shown && approvalsCard({ ...shown, approvers: settings.approvers });
}
