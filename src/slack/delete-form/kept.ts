import { z } from "zod";
import { type Position, positionJson, positionShape } from "../key-list/position";

/** What the form keeps beside its fields; it comes back with whoever sends it, and permits nothing. */
export type Kept = {
  /** The key that it was opened for, which it shows as text; null where one is to be picked. */
  accessKeyId: string | null;
  /** What the command named several keys by. */
  named: string | null;
  /** Where the row stands that it was opened from, if it was: it is drawn again once the key is deleted. */
  from: { kind: "home" } | { kind: "list"; list: DrawnList } | null;
};

/** A list, and where Slack takes its next drawing. */
export type DrawnList = { position: Position; responseUrl: string };

export const NOTHING_KEPT: Kept = { accessKeyId: null, named: null, from: null };

const keptShape = z.object({
  key: z.string().min(1).max(200).nullish(),
  named: z.string().min(1).max(1_000).nullish(),
  list: z.object({ position: positionShape, to: z.string().max(1_000) }).nullish(),
  home: z.literal(true).nullish(),
});

export function keptText({ accessKeyId, named, from }: Kept): string {
  const kept: z.input<typeof keptShape> = {
    ...(accessKeyId === null ? {} : { key: accessKeyId }),
    ...(named === null ? {} : { named }),
    ...(from?.kind === "list"
      ? { list: { position: positionJson(from.list.position), to: from.list.responseUrl } }
      : {}),
    ...(from?.kind === "home" ? { home: true } : {}),
  };
  return JSON.stringify(kept);
}

/** Nothing where it can't be read: forms of earlier versions keep nothing. */
export function readKept(text: unknown): Kept {
  const parsed = keptShape.safeParse(parse(text)).data;
  if (!parsed) return NOTHING_KEPT;
  return { accessKeyId: parsed.key ?? null, named: parsed.named ?? null, from: fromOf(parsed) };
}

function fromOf({ list, home }: z.infer<typeof keptShape>): Kept["from"] {
  if (home) return { kind: "home" };
  return list ? { kind: "list", list: { position: list.position, responseUrl: list.to } } : null;
}

function parse(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
