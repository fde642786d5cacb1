import { z } from "zod";
import { storable } from "../../domain/input-rules";
import { MAX_BUCKETS } from "../../domain/limits";
import { PERMISSIONS } from "../../domain/permission";
import { MAX_PRIVATE_METADATA } from "../blocks/modals";
import { hasBucketSelect } from "../create-form/draft";
import { ACTIONS, BLOCKS } from "../ids";
import { bucketName, chosenBuckets, oneOf, typedText } from "../payloads/form-state";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import type { AccessDraft } from "./draft";

/** What the form holds. Blocks that it does not show are missing. */
const stateShape = z.object({
  kept: z.string(),
  values: z.looseObject({
    [BLOCKS.accessPermission]: z.object({ [ACTIONS.accessPermission]: oneOf(PERMISSIONS) }),
    [BLOCKS.accessBucketAccess]: z.object({ [ACTIONS.accessBucketAccess]: oneOf(["named", "all"]) }).optional(),
    [BLOCKS.accessBuckets]: z.object({ [ACTIONS.accessBuckets]: chosenBuckets }).optional(),
    [BLOCKS.accessReason]: z.object({ [ACTIONS.accessReason]: typedText }).optional(),
  }),
});

/** Whoever sends it may have changed it: it names the key, and what was chosen while the form has no select for it. */
const keptShape = z.object({
  accessKeyId: z.string().min(1).max(200),
  buckets: z.array(bucketName).max(MAX_BUCKETS).catch([]).default([]),
  reason: z.string().max(3_000).catch("").default(""),
});

/** As JSON: the key, with what was chosen and typed while there is no field for it; more than a view keeps is filled in again. */
export function keptOf(draft: AccessDraft, hasReason: boolean): string {
  const { accessKeyId, buckets, reason } = draft;
  const hidden = hasBucketSelect(draft) || buckets.length === 0 ? {} : { buckets };
  const typed = hasReason || reason === "" ? {} : { reason };
  const texts = [{ accessKeyId, ...hidden, ...typed }, { accessKeyId, ...hidden }, { accessKeyId }];
  return texts.map((one) => JSON.stringify(one)).find(({ length }) => length <= MAX_PRIVATE_METADATA) ?? "";
}

/** What is in the form, as far as it is filled in. */
export function readAccessForm(state: unknown): ({ kind: "form" } & AccessDraft) | Malformed {
  const parsed = stateShape.safeParse(state);
  const kept = parsed.success ? readKept(parsed.data.kept) : null;
  if (!parsed.success || kept === null) return MALFORMED_INPUT;
  const { values } = parsed.data;
  const select = values[BLOCKS.accessBuckets];
  const chosen = select?.[ACTIONS.accessBuckets].selected_options ?? [];
  const typed = values[BLOCKS.accessReason]?.[ACTIONS.accessReason].value;
  return {
    kind: "form",
    accessKeyId: kept.accessKeyId,
    permission: values[BLOCKS.accessPermission][ACTIONS.accessPermission].selected_option.value,
    allBuckets: values[BLOCKS.accessBucketAccess]?.[ACTIONS.accessBucketAccess].selected_option.value === "all",
    buckets: select ? [...new Set(chosen.map(({ value }) => value))] : kept.buckets,
    reason: storable(values[BLOCKS.accessReason] ? (typed?.trim() ?? "") : kept.reason),
  };
}

function readKept(kept: string): z.output<typeof keptShape> | null {
  try {
    return keptShape.safeParse(JSON.parse(kept)).data ?? null;
  } catch {
    // No JSON: it names no key.
    return null;
  }
}
