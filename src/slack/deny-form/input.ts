import { z } from "zod";
import { MAX_REASON } from "../../domain/limits";
import { ACTIONS, BLOCKS } from "../ids";
import { typedText } from "../payloads/form-state";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import type { InvalidForm, Submission } from "../payloads/submission";

const stateShape = z.object({
  values: z.object({
    [BLOCKS.denyReason]: z.object({ [ACTIONS.denyReason]: typedText }),
  }),
});
const requestId = z.string().min(1).max(100);

/** The reason of a denial, and the request that the form was opened for, which permits nothing. */
export function readDenyForm(
  submission: Submission,
): { kind: "form"; requestId: string; reason: string } | InvalidForm | Malformed {
  const state = stateShape.safeParse(submission.state);
  const about = requestId.safeParse(submission.privateMetadata);
  if (!state.success || !about.success) return MALFORMED_INPUT;
  const reason = state.data.values[BLOCKS.denyReason][ACTIONS.denyReason].value?.trim() ?? "";
  if (reason === "")
    return { kind: "invalid", errors: { [BLOCKS.denyReason]: "Say why, so that they know what to do." } };
  if ([...reason].length > MAX_REASON)
    return { kind: "invalid", errors: { [BLOCKS.denyReason]: `Use at most ${MAX_REASON} characters.` } };
  return { kind: "form", requestId: about.data, reason };
}
