import { z } from "zod";
import type { Key } from "../../domain/key";

/** Whose deletions a button is about, and until which moment they were asked for: whatever came later is not on its message. */
export type HeldValue = { byId: string; until: number };

export function heldValue(byId: string, keys: readonly Key[]): string {
  const moments = keys.map(({ state }) => (state.kind === "deletion_held" ? state.at : 0));
  return JSON.stringify({ byId, until: Math.max(...moments) } satisfies HeldValue);
}

const shape = z.object({ byId: z.string().max(100), until: z.number() });

/** Null where it is none. It only narrows down what is decided about; who may decide is judged elsewhere. */
export function readHeldValue(value: string): HeldValue | null {
  try {
    return shape.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}
