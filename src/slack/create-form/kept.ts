import { z } from "zod";
import { MAX_BUCKETS } from "../../domain/limits";
import { canBeOffered } from "../blocks/bucket-options";
import { MAX_PRIVATE_METADATA } from "../blocks/modals";
import { type Draft, hasBucketSelect } from "./draft";

/**
 * What the form keeps beside its fields. Whoever sends it may have changed it: it only says what to show. `isReasonNeeded`: by the
 * policy of when it was drawn, so that a reason that is missing is said before anybody is asked for the policy of now.
 */
type Kept = Pick<Draft, "openedIn" | "buckets"> & { isReasonNeeded: boolean };

const NOTHING: Kept = { openedIn: null, buckets: [], isReasonNeeded: false };

/** As JSON, with the buckets that were chosen while there is no select for them; more than a view keeps is chosen again. */
export function keptOf(draft: Draft, isReasonNeeded: boolean): string {
  const { openedIn, buckets } = draft;
  const hidden = hasBucketSelect(draft) || buckets.length === 0 ? {} : { buckets };
  const always = { ...(openedIn === null ? {} : { openedIn }), ...(isReasonNeeded ? { isReasonNeeded } : {}) };
  const texts = [{ ...always, ...hidden }, always].map((one) => JSON.stringify(one));
  const text = texts.find(({ length }) => length <= MAX_PRIVATE_METADATA) ?? "";
  return text === "{}" ? "" : text;
}

const names = z.array(z.string().refine(canBeOffered)).max(MAX_BUCKETS).catch([]);
const shape = z.union([
  // Before 0.5.0 a form kept nothing but the buckets.
  names.transform((buckets) => ({ ...NOTHING, buckets })).refine(({ buckets }) => buckets.length > 0),
  z.object({
    openedIn: z.string().max(255).nullable().catch(null).default(null),
    buckets: names.default([]),
    isReasonNeeded: z.boolean().catch(false).default(false),
  }),
]);

/** What a form gave back that is of use. */
export function readKept(kept: string | null | undefined): Kept {
  if (!kept) return NOTHING;
  try {
    return shape.safeParse(JSON.parse(kept)).data ?? NOTHING;
  } catch {
    // No JSON: nothing is kept, and the form shows that.
    return NOTHING;
  }
}
