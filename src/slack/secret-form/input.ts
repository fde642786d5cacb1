import { z } from "zod";
import { storable } from "../../domain/input-rules";
import { ACTIONS, BLOCKS } from "../ids";
import { typedText } from "../payloads/form-state";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import type { Submission } from "../payloads/submission";

const stateShape = z.object({
  values: z.object({ [BLOCKS.secretReason]: z.object({ [ACTIONS.secretReason]: typedText }) }),
});
const accessKeyId = z.string().min(1).max(200);

/** Why somebody wants a new secret, and the key that the form was opened for, which permits nothing. */
export function readSecretForm(
  submission: Submission,
): { kind: "form"; accessKeyId: string; reason: string } | Malformed {
  const state = stateShape.safeParse(submission.state);
  const about = accessKeyId.safeParse(submission.privateMetadata);
  if (!state.success || !about.success) return MALFORMED_INPUT;
  const typed = state.data.values[BLOCKS.secretReason][ACTIONS.secretReason].value?.trim() ?? "";
  return { kind: "form", accessKeyId: about.data, reason: storable(typed) };
}
