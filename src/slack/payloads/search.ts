import { z } from "zod";
import type { Actor } from "../../domain/person";
import { actorOf } from "./actor";
import { viewShape } from "./form-state";
import { MALFORMED_INPUT, type Malformed } from "./malformed";

/** What somebody typed into a select (`block_suggestion`). */
export type Search = {
  kind: "search";
  actor: Actor;
  search: string;
  /** What the form with the select keeps; whoever sends it may have changed it. */
  kept: string;
};

const payloadShape = z.object({
  type: z.literal("block_suggestion"),
  value: z.string().max(1_000).nullish(),
  view: viewShape.pick({ private_metadata: true }).nullish(),
});

export function readSearch(payload: unknown): Search | Malformed {
  const actor = actorOf(payload);
  const parsed = payloadShape.safeParse(payload);
  if (actor === null || !parsed.success) return MALFORMED_INPUT;
  const { value, view } = parsed.data;
  return { kind: "search", actor, search: value?.trim() ?? "", kept: view?.private_metadata ?? "" };
}
