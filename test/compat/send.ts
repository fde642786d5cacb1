import type { Taken } from "../../sandbox/slack";
import { GENERAL, TEAM } from "../kit/people";
import type { World } from "../kit/world";
import { openView } from "../safety/attacks/crafted";
import { type Card, PAYLOADS } from "./fixture";

/** Who sent a payload. */
export function senderOf(name: string): string {
  const { user, user_id: commandingId } = PAYLOADS[name]?.payload ?? {};
  return String(commandingId ?? (user as { id: string }).id);
}

/** Sends a payload of version 0.1.0, with a trigger, an address for the answer and a form of this world's. */
export async function sendAgain(world: World, name: string): Promise<Taken> {
  const sent = PAYLOADS[name];
  if (!sent) throw new Error(`there is no payload "${name}"`);
  const { kind, payload } = sent;
  const { slack } = world;
  const id = senderOf(name);
  if (!payload.view) {
    const channelId = String(payload.channel_id ?? (payload.channel as { id: string }).id);
    const fresh = { trigger_id: slack.newTrigger(id), response_url: slack.newResponseUrl(id, channelId) };
    return slack.sendRaw(kind, { ...payload, ...fresh });
  }
  const viewId = await openView(world, { id });
  const view = { ...payload.view, id: viewId, root_view_id: viewId };
  const container = payload.container && { ...payload.container, view_id: viewId };
  return slack.sendRaw(kind, {
    ...payload,
    trigger_id: slack.newTrigger(id),
    view,
    ...(container ? { container } : {}),
  });
}

/** Somebody who may do nothing there clicks a card: they are refused, and the card is drawn again. */
export async function redrawn({ slack }: World, { requestId, channelId, ts, card }: Card): Promise<void> {
  const id = channelId === "DEVE00001" ? "UDEV00001" : "UEVE00001";
  await slack.sendRaw("interaction", {
    type: "block_actions",
    user: { id, team_id: TEAM.id },
    team: { id: TEAM.id },
    enterprise: null,
    trigger_id: slack.newTrigger(id),
    response_url: slack.newResponseUrl(id, GENERAL),
    container: { type: "message", message_ts: ts, channel_id: channelId, is_ephemeral: false },
    actions: [
      {
        type: "button",
        action_id: card === "requester" ? "request_cancel" : "request_approve",
        block_id: "b",
        value: requestId,
        action_ts: ts,
      },
    ],
  });
}
