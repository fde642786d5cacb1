import { z } from "zod";
import { slackId } from "../payloads/actor";

const payloadShape = z.object({
  type: z.literal("event_callback"),
  event: z.object({ type: z.literal("user_change"), user: z.object({ id: slackId }) }),
});

/** Whom an event is about; null where it can't be read. */
export function changedUserOf(payload: unknown): string | null {
  return payloadShape.safeParse(payload).data?.event.user.id ?? null;
}
