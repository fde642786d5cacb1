import { z } from "zod";
import { storable } from "../../domain/input-rules";
import { MAX_OPTION_VALUE } from "../blocks/option";
import { ACTIONS, BLOCKS } from "../ids";
import { slackId } from "../payloads/actor";
import { typedText } from "../payloads/form-state";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import type { InvalidForm, Submission } from "../payloads/submission";
import { MAX_TAKEN_AT_ONCE } from "./view";

const chosen = z.object({ value: z.string().min(1).max(MAX_OPTION_VALUE) });
const stateShape = z.object({
  values: z.object({
    [BLOCKS.takenKeys]: z.object({
      [ACTIONS.takenKeys]: z.object({ selected_options: z.array(chosen).max(MAX_TAKEN_AT_ONCE) }),
    }),
    [BLOCKS.takeoverReason]: z.object({ [ACTIONS.takeoverReason]: typedText }).optional(),
  }),
});

export type TakeoverFields = { fromId: string; accessKeyIds: string[]; reason: string };

/** Which keys of whom somebody wants to take over, and why; the form names them, and permits nothing. */
export function readTakeoverForm(
  submission: Submission,
): ({ kind: "form" } & TakeoverFields) | InvalidForm | Malformed {
  const state = stateShape.safeParse(submission.state);
  const fromId = slackId.safeParse(submission.privateMetadata);
  if (!state.success || !fromId.success) return MALFORMED_INPUT;
  const { values } = state.data;
  const ids = values[BLOCKS.takenKeys][ACTIONS.takenKeys].selected_options.map(({ value }) => value);
  if (ids.length === 0) return { kind: "invalid", errors: { [BLOCKS.takenKeys]: "Choose at least one." } };
  const typed = values[BLOCKS.takeoverReason]?.[ACTIONS.takeoverReason].value?.trim() ?? "";
  return { kind: "form", fromId: fromId.data, accessKeyIds: [...new Set(ids)], reason: storable(typed) };
}
