import { z } from "zod";
import { MAX_PRIVATE_METADATA } from "../blocks/modals";

/** What somebody typed into a form, which takes no longer text (Slack, plain-text input). */
export const typedText = z.object({ value: z.string().max(3_000).nullish() });

/** A view, as the payloads of its choices and its submission show it. */
export const viewShape = z.object({
  id: z.string().min(1).max(255),
  type: z.string().max(100).nullish(),
  hash: z.string().max(255).nullish(),
  private_metadata: z.string().max(MAX_PRIVATE_METADATA).nullish(),
  state: z.object({ values: z.unknown() }).nullish(),
});

/** What a form holds, unread: its fields as Slack gives them, and what it keeps beside them. */
export function stateOf({ state, private_metadata: kept }: z.output<typeof viewShape>): unknown {
  return { values: state?.values, kept };
}
