import { z } from "zod";
import type { Actor } from "../../domain/person";
import { actorOf } from "../payloads/actor";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";

/** Somebody opens the app (`app_home_opened`), at one of its tabs. */
export type Opened = { kind: "opened"; actor: Actor; isHomeTab: boolean; eventId: string };

const payloadShape = z.object({
  type: z.literal("event_callback"),
  event_id: z.string().min(1).max(100),
  event: z.object({ type: z.literal("app_home_opened"), tab: z.string().max(100) }),
});

export function readOpened(payload: unknown): Opened | Malformed {
  const actor = actorOf(payload);
  const { data } = payloadShape.safeParse(payload);
  if (actor === null || !data) return MALFORMED_INPUT;
  return { kind: "opened", actor, isHomeTab: data.event.tab === "home", eventId: data.event_id };
}
