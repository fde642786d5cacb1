import { z } from "zod";
import type { Actor } from "../../domain/person";
import type { CardPlace } from "../../workflow/outbox-message";
import { actorOf } from "./actor";
import { stateOf, viewShape } from "./form-state";
import { MALFORMED_INPUT, type Malformed } from "./malformed";

/** A click on a button, or a choice in a form (`block_actions`). */
export type Click = {
  kind: "click";
  actor: Actor;
  actionId: string;
  /** What the button holds: an id that permits nothing; null for choices. */
  value: string | null;
  /** The same for each delivery of one click. */
  clickId: string;
  triggerId: string;
  /** Where the message stands that was clicked; null in a form, and for ephemeral messages, which can't be updated. */
  place: CardPlace | null;
  responseUrl: string | null;
  view: { id: string; hash: string | null; state: unknown } | null;
};

const id = z.string().min(1).max(255);

const payloadShape = z.object({
  type: z.literal("block_actions"),
  trigger_id: z.string().min(1).max(500),
  response_url: z.string().max(1_000).nullish(),
  container: z
    .object({
      type: z.string().max(100),
      channel_id: id.nullish(),
      message_ts: z.string().max(50).nullish(),
      is_ephemeral: z.boolean().nullish(),
    })
    .nullish(),
  view: viewShape.nullish(),
  actions: z
    .array(z.object({ action_id: id, action_ts: z.string().min(1).max(50), value: z.string().max(2_000).nullish() }))
    .length(1),
});

export function readClick(payload: unknown): Click | Malformed {
  const actor = actorOf(payload);
  const parsed = payloadShape.safeParse(payload);
  const action = parsed.data?.actions[0];
  if (actor === null || !parsed.success || action === undefined) return MALFORMED_INPUT;
  const { container, view, trigger_id: triggerId, response_url: responseUrl } = parsed.data;
  return {
    kind: "click",
    actor,
    actionId: action.action_id,
    value: action.value ?? null,
    clickId: `${actor.userId} ${action.action_ts}`,
    triggerId,
    place: placeOf(container),
    responseUrl: responseUrl ?? null,
    view: view ? { id: view.id, hash: view.hash ?? null, state: stateOf(view) } : null,
  };
}

function placeOf(container: z.output<typeof payloadShape>["container"]): CardPlace | null {
  if (container?.type !== "message" || container.is_ephemeral === true) return null;
  const { channel_id: channelId, message_ts: ts } = container;
  return channelId && ts ? { channelId, ts } : null;
}

const withResponseUrl = z.object({ response_url: z.string().max(1_000) });

/** Where a reply to a payload goes that could not be read otherwise. */
export function responseUrlOf(payload: unknown): string | null {
  return withResponseUrl.safeParse(payload).data?.response_url ?? null;
}
