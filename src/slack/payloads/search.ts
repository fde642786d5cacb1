import { z } from "zod";
import type { Actor } from "../../domain/person";
import { actorOf } from "./actor";
import { MALFORMED_INPUT, type Malformed } from "./malformed";

/** What somebody typed into a select (`block_suggestion`). */
export type Search = { kind: "search"; actor: Actor; search: string };

const payloadShape = z.object({ type: z.literal("block_suggestion"), value: z.string().max(1_000).nullish() });

export function readSearch(payload: unknown): Search | Malformed {
  const actor = actorOf(payload);
  const parsed = payloadShape.safeParse(payload);
  if (actor === null || !parsed.success) return MALFORMED_INPUT;
  return { kind: "search", actor, search: parsed.data.value?.trim() ?? "" };
}
