import { z } from "zod";
import { MAX_BUCKETS } from "../../domain/limits";
import { LESS_PERMISSIONS, type LessAccess } from "../../domain/narrow";
import { canBeOffered } from "../blocks/bucket-options";
import { ACTIONS, BLOCKS } from "../ids";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import type { InvalidForm, Submission } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";

const chosen = z.array(z.object({ value: z.string().refine(canBeOffered) })).max(1_000);
const stateShape = z.object({
  values: z.object({
    [BLOCKS.lessPermission]: z.object({
      [ACTIONS.lessPermission]: z.object({ selected_option: z.object({ value: z.enum(LESS_PERMISSIONS) }) }),
    }),
    [BLOCKS.lessBuckets]: z.object({ [ACTIONS.lessBuckets]: z.object({ selected_options: chosen.nullish() }) }),
  }),
});
const requestId = z.string().min(1).max(100);

/** What is to be given, and the request that the form was opened for, which permits nothing. */
export function readApproveForm(
  submission: Submission,
): { kind: "form"; requestId: string; access: LessAccess } | InvalidForm | Malformed {
  const state = stateShape.safeParse(submission.state);
  const about = requestId.safeParse(submission.privateMetadata);
  if (!state.success || !about.success) return MALFORMED_INPUT;
  const { [BLOCKS.lessPermission]: permissions, [BLOCKS.lessBuckets]: buckets } = state.data.values;
  const names = [...new Set((buckets[ACTIONS.lessBuckets].selected_options ?? []).map(({ value }) => value))];
  if (names.length === 0 || names.length > MAX_BUCKETS)
    return {
      kind: "invalid",
      errors: { [BLOCKS.lessBuckets]: fieldProblemWords({ code: "bucket_count", max: MAX_BUCKETS }) },
    };
  const permission = permissions[ACTIONS.lessPermission].selected_option.value;
  return { kind: "form", requestId: about.data, access: { permission, buckets: { kind: "named", names } } };
}
