import type { WebClient } from "@slack/web-api";
import type { CardKind, Ring } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { readerOf } from "../../workflow/recorded";
import type { Message } from "../blocks/message";
import type { CallFailure } from "./call";
import { drawCard } from "./draw-card";
import { NO_SUCH_PLACE, NOT_EDITABLE, openDm, post, update } from "./post";

export type PlacePorts = Pick<Ports, "store" | "settings" | "policy"> & { client: WebClient };

/** `isPosted`: another message than the one before. */
export type Placed = { kind: "placed"; isPosted: boolean } | { kind: "unknown_request" } | CallFailure;

/** A card to place: of whom, and why it is to ring, if it is. */
type Card = { card: CardKind; requestId: string; ring?: Ring | undefined };

/**
 * Draws a card of a request from the record, where it stands. Where it can't be edited any more, or stands in another place
 * than it belongs to, a new one is posted and remembered, and the old one stays as it is. A card that is to ring is posted anew
 * in any case, and the old one shrinks.
 */
export async function placeCard(ports: PlacePorts, { card, requestId, ring }: Card): Promise<Placed> {
  const drawn = await drawCard(ports, { card, requestId, ring });
  if (!drawn) return { kind: "unknown_request" };
  const { message, places, home } = drawn;
  const place = places[card];
  if (place?.channelId === home && ring === undefined) {
    const updated = await update(ports.client, place, message);
    if (updated.kind === "ok") return { kind: "placed", isPosted: false };
    if (!NOT_EDITABLE.has(updated.code)) return updated;
  }
  const posted = await postCard(ports, { card, requestId, ring, home }, message);
  if (posted.kind === "placed" || card !== "requester" || !NO_SUCH_PLACE.has(posted.code)) return posted;
  const dm = await requesterDm(ports, requestId);
  // Where Slack gives the same one, it has nothing better.
  if (dm.kind === "failed" || dm.channelId === home) return dm.kind === "failed" ? dm : posted;
  return postCard(ports, { card, requestId, ring, home: dm.channelId }, message);
}

async function postCard(
  { client, store }: PlacePorts,
  { card, requestId, ring, home }: Card & { home: string },
  message: Message,
): Promise<Exclude<Placed, { kind: "unknown_request" }>> {
  const posted = await post(client, { channelId: home }, message);
  if (posted.kind === "failed") return posted;
  if (ring) await store.cards.rang(requestId, posted.result, ring);
  else await store.cards.set(requestId, card, posted.result);
  return { kind: "placed", isPosted: true };
}

/** Opens the DM with whoever reads the requester's card of a request, and remembers it: Slack gives another one where the app was made anew. */
export async function requesterDm(
  { client, store }: Pick<PlacePorts, "client" | "store">,
  requestId: string,
): Promise<{ kind: "opened"; channelId: string } | CallFailure> {
  const { readerId, known } = await store.read(async (record) => {
    const request = await record.requests.find(requestId);
    return {
      readerId: request === null ? "" : await readerOf(record, request),
      known: (await record.requests.cards(requestId)).dmChannelId,
    };
  });
  const opened = await openDm(client, readerId);
  if (opened.kind === "failed") return opened;
  if (opened.result !== known) await store.cards.setDm(requestId, opened.result);
  return { kind: "opened", channelId: opened.result };
}
