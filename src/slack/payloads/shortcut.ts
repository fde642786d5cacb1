import { z } from "zod";
import type { Actor } from "../../domain/person";
import type { CardPlace } from "../../workflow/outbox-message";
import { actorOf, slackId } from "./actor";
import { MALFORMED_INPUT, type Malformed } from "./malformed";

/** The use of a shortcut: of a global one (`shortcut`), or of one on a message (`message_action`). */
export type Shortcut = {
  kind: "shortcut";
  actor: Actor;
  /** The same for each delivery of one use, among those of this person. */
  useId: string;
  triggerId: string;
  /** Null for a global shortcut, which comes from no conversation. */
  responseUrl: string | null;
  /** What the shortcut was used on, unread: whatever anybody wrote. Nothing of a global one. */
  message: unknown;
  /** Where that stands, as far as the payload says. */
  place: CardPlace | null;
};

const payloadShape = z.object({
  type: z.enum(["shortcut", "message_action"]),
  trigger_id: z.string().min(1).max(500),
  action_ts: z.string().regex(/^[\d.]{1,50}$/),
  response_url: z.string().max(1_000).nullish(),
  message: z.unknown().optional(),
});

const placeShape = z.object({
  channel: z.object({ id: slackId }),
  message_ts: z.string().regex(/^\d{1,20}\.\d{1,20}$/),
});

export function readShortcut(payload: unknown): Shortcut | Malformed {
  const actor = actorOf(payload);
  const { data } = payloadShape.safeParse(payload);
  if (actor === null || data === undefined) return MALFORMED_INPUT;
  const at = placeShape.safeParse(payload).data;
  return {
    kind: "shortcut",
    actor,
    useId: data.action_ts,
    triggerId: data.trigger_id,
    responseUrl: data.response_url ?? null,
    message: data.message,
    place: at ? { channelId: at.channel.id, ts: at.message_ts } : null,
  };
}
