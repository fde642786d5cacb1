import { z } from "zod";
import { MAX_OPTION_VALUE } from "../blocks/option";
import { ACTIONS, BLOCKS } from "../ids";

const stateShape = z.object({
  values: z.object({
    [BLOCKS.pickedKey]: z.object({
      [ACTIONS.pickedKey]: z.object({ selected_option: z.object({ value: z.string().min(1).max(MAX_OPTION_VALUE) }) }),
    }),
  }),
});

/** The access key id that was picked, or null where none was. Whether this person may delete it is judged later. */
export function readPicked(state: unknown): string | null {
  const parsed = stateShape.safeParse(state);
  if (!parsed.success) return null;
  return parsed.data.values[BLOCKS.pickedKey][ACTIONS.pickedKey].selected_option.value;
}
