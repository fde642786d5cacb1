import type { Policy } from "../../domain/policy/rule";
import { progressOf, waitedFor } from "../../domain/progress";
import type { Request } from "../../domain/request";
import type { CardKind, CardPlace, Ring } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { keyOf, readerOf } from "../../workflow/recorded";
import { homeOf } from "../../workflow/redraw";
import { requestInFull } from "../../workflow/show-request";
import type { CardPlaces, Reads } from "../../workflow/store-port";
import { approvalsCard } from "../approvals-card/view";
import type { Message } from "../blocks/message";
import { reviewCard } from "../break-glass/review-card";
import { movedCard, requesterCard, takenCard } from "../requester-card/view";

type DrawPorts = Pick<Ports, "store" | "settings" | "policy">;
/** `ring`: why the card rings, if it does. `at`: where a copy of it stands, if it is one. */
type Drawing = { card: CardKind; requestId: string; ring?: Ring | undefined; at?: CardPlace };

/** A card as the record has it now, and where the cards of its request are; null where there is no such request. */
export async function drawCard(
  ports: DrawPorts,
  drawing: Drawing,
): Promise<{ message: Message; places: CardPlaces; home: string } | null> {
  const { card, requestId } = drawing;
  const { policy } = await ports.policy.inForce();
  return ports.store.read(async (record) => {
    const request = await record.requests.find(requestId);
    if (request === null) return null;
    const places = await record.requests.cards(requestId);
    const home = homeOf(card, { request, cards: places, settings: ports.settings });
    const message = await drawOf(ports, record, { ...drawing, request, policy, home, place: places.requester });
    return message === null || home === null ? null : { message, places, home };
  });
}

type DrawingOf = Drawing & { request: Request; place: CardPlace | null; home: string | null; policy: Policy };

async function drawOf(ports: DrawPorts, record: Reads, drawing: DrawingOf): Promise<Message | null> {
  const { request } = drawing;
  switch (drawing.card) {
    case "requester":
      return drawRequester(ports, record, drawing);
    case "approvals":
      return drawApprovals(record, drawing);
    case "review":
      return request.review && reviewCard({ request, key: await keyOf(record, request) }, request.review);
  }
}

/** Where its card moved on, a copy is a line by now; in the DM of whoever owned its key before, too. */
async function drawRequester(
  { settings }: DrawPorts,
  record: Reads,
  { request, ring, at, place, policy, home }: DrawingOf,
): Promise<Message | null> {
  if (at !== undefined && at.channelId !== home) return takenCard(request, await readerOf(record, request));
  if (at !== undefined && place !== null && place.ts !== at.ts) return movedCard(request);
  const waited = waitedFor(progressOf(request, policy, record.at));
  const { approvers } = settings;
  return requesterCard({ request, key: await keyOf(record, request), approvers, waited }, ring);
}

/** A request that policy approved has no card there. */
async function drawApprovals(record: Reads, drawing: { requestId: string; policy: Policy }): Promise<Message | null> {
  const shown = await requestInFull(record, drawing);
  return shown && approvalsCard(shown);
}
