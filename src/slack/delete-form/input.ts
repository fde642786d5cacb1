import { z } from "zod";
import { MAX_OPTION_VALUE } from "../blocks/option";
import { ACTIONS, BLOCKS } from "../ids";
import { type Kept, readKept } from "./kept";

const pickedShape = z.object({
  values: z.object({
    [BLOCKS.pickedKey]: z.object({
      [ACTIONS.pickedKey]: z.object({ selected_option: z.object({ value: z.string().min(1).max(MAX_OPTION_VALUE) }) }),
    }),
  }),
});

const keptShape = z.object({ kept: z.unknown() });

/**
 * The access key id that the form is for, or that was picked; null where there is none. Whether this person may delete it is
 * judged later.
 */
export function readDeleteForm(state: unknown): { accessKeyId: string | null; kept: Kept } {
  const kept = readKept(keptShape.safeParse(state).data?.kept);
  return { accessKeyId: kept.accessKeyId ?? pickedIn(state), kept };
}

function pickedIn(state: unknown): string | null {
  const parsed = pickedShape.safeParse(state);
  return parsed.success ? parsed.data.values[BLOCKS.pickedKey][ACTIONS.pickedKey].selected_option.value : null;
}
