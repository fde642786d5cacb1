import type { DmPlace, MessengerPort } from "../../workflow/messenger-port";
import { tryMessage } from "../secret/view";
import { called } from "./call";
import { type PlacePorts, placeCard, requesterDm } from "./place-card";

/** Sees that a secret can be shown in the DM that Slack gives now, before there is one. Somebody waits behind it. */
export async function readyDm(
  ports: PlacePorts,
  { requestId, userId, isDoubtful }: DmPlace,
): ReturnType<MessengerPort["readyDm"]> {
  const dm = await requesterDm(ports, requestId);
  if (dm.kind === "failed") return { kind: "unavailable", reason: dm.code };
  const placed = await placeCard(ports, { card: "requester", requestId });
  if (placed.kind === "unknown_request") return { kind: "not_ready", code: placed.kind };
  if (placed.kind === "failed") return { kind: "not_ready", code: placed.code };
  if (!isDoubtful) return { kind: "ready" };
  const channel = dm.channelId;
  const tried = await called(ports.client.chat.postEphemeral({ channel, user: userId, ...tryMessage() }));
  return tried.kind === "ok" ? { kind: "ready" } : { kind: "not_ready", code: tried.code };
}
