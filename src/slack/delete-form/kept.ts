import { z } from "zod";
import { type Position, positionJson, positionShape } from "../key-list/position";

/** What the form keeps beside its fields; it comes back with whoever sends it, and permits nothing. */
export type Kept = {
  /** The key that it was opened for, which it shows as text; null where one is to be picked. */
  accessKeyId: string | null;
  /** What the command named several keys by. */
  named: string | null;
  /** The list that it was opened from, and where Slack takes its next drawing. */
  list: { position: Position; responseUrl: string } | null;
};

export const NOTHING_KEPT: Kept = { accessKeyId: null, named: null, list: null };

const keptShape = z.object({
  key: z.string().min(1).max(200).nullish(),
  named: z.string().min(1).max(1_000).nullish(),
  list: z.object({ position: positionShape, to: z.string().max(1_000) }).nullish(),
});

export function keptText({ accessKeyId, named, list }: Kept): string {
  const kept: z.input<typeof keptShape> = {
    ...(accessKeyId === null ? {} : { key: accessKeyId }),
    ...(named === null ? {} : { named }),
    ...(list === null ? {} : { list: { position: positionJson(list.position), to: list.responseUrl } }),
  };
  return JSON.stringify(kept);
}

/** Nothing where it can't be read: forms of earlier versions keep nothing. */
export function readKept(text: unknown): Kept {
  const parsed = keptShape.safeParse(parse(text)).data;
  if (!parsed) return NOTHING_KEPT;
  const { key, named, list } = parsed;
  return {
    accessKeyId: key ?? null,
    named: named ?? null,
    list: list ? { position: list.position, responseUrl: list.to } : null,
  };
}

function parse(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
