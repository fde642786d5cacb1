import { z } from "zod";
import { storable } from "../../domain/input-rules";
import { OVERLAPS_MS } from "../../domain/rotation";
import { MAX_OPTION_VALUE } from "../blocks/option";
import { ACTIONS, BLOCKS } from "../ids";
import { typedText } from "../payloads/form-state";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import type { Submission } from "../payloads/submission";
import { NOW } from "./view";

const chosen = z.object({ selected_option: z.object({ value: z.string().min(1).max(MAX_OPTION_VALUE) }) });
const stateShape = z.object({
  values: z.object({
    [BLOCKS.rotateWay]: z.object({ [ACTIONS.rotateWay]: chosen }),
    [BLOCKS.rotatedKey]: z.object({ [ACTIONS.rotatedKey]: chosen }).nullish(),
    [BLOCKS.rotateReason]: z.object({ [ACTIONS.rotateReason]: typedText }).nullish(),
  }),
});
const accessKeyId = z.string().min(1).max(200);

/** `overlapMs`: for how long both keys work; null where the old secret is to stop at once. */
export type RotateFields = { accessKeyId: string; overlapMs: number | null; reason: string };

/** How somebody wants to rotate which key; whether it is theirs is judged later. */
export function readRotateForm({ state, privateMetadata }: Submission): ({ kind: "form" } & RotateFields) | Malformed {
  const parsed = stateShape.safeParse(state);
  if (!parsed.success) return MALFORMED_INPUT;
  const { values } = parsed.data;
  const picked = values[BLOCKS.rotatedKey]?.[ACTIONS.rotatedKey].selected_option.value;
  const about = accessKeyId.safeParse(privateMetadata === "" ? picked : privateMetadata);
  const way = values[BLOCKS.rotateWay][ACTIONS.rotateWay].selected_option.value;
  const overlapMs = OVERLAPS_MS.find((ms) => String(ms) === way) ?? null;
  if (!about.success || (overlapMs === null && way !== NOW)) return MALFORMED_INPUT;
  const typed = values[BLOCKS.rotateReason]?.[ACTIONS.rotateReason].value?.trim() ?? "";
  return { kind: "form", accessKeyId: about.data, overlapMs, reason: storable(typed) };
}
