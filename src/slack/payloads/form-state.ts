import { z } from "zod";
import { canBeOffered } from "../blocks/bucket-options";
import { MAX_PRIVATE_METADATA } from "../blocks/modals";

/** What somebody typed into a form, which takes no longer text (Slack, plain-text input). */
export const typedText = z.object({ value: z.string().max(3_000).nullish() });

/** One of several options that somebody chose. */
export const oneOf = <Value extends string>(values: readonly Value[]) =>
  z.object({ selected_option: z.object({ value: z.enum(values) }) });

/** The name of a bucket that a form can offer. */
export const bucketName = z.string().refine(canBeOffered);

/** The buckets that somebody chose; nothing where they chose none. */
export const chosenBuckets = z.object({
  selected_options: z
    .array(z.object({ value: bucketName }))
    .max(1_000)
    .nullish(),
});

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
