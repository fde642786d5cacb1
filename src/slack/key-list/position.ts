import { z } from "zod";
import type { PageQuery, Whose } from "../../workflow/list";
import { slackId } from "../payloads/actor";

/** Which page of which list: it comes back with each click in a list, and permits nothing. */
export type Position = Pick<PageQuery, "whose" | "search"> & {
  /** The key that the page begins with; null for the first page. */
  firstId: string | null;
};

/** The longest id of a block (Slack). */
const MAX_BLOCK_ID = 255;

export const positionShape = z
  .object({
    of: z.union([z.literal(["own", "all"]), slackId]),
    find: z.string().max(MAX_BLOCK_ID).nullish(),
    at: z.string().max(MAX_BLOCK_ID).nullish(),
  })
  .transform(({ of, find, at }): Position => ({ whose: whoseOf(of), search: find ?? null, firstId: at ?? null }));

export function positionJson({ whose, search, firstId }: Position): z.input<typeof positionShape> {
  const of = whose.kind === "person" ? whose.userId : whose.kind;
  return { of, ...(search === null ? {} : { find: search }), ...(firstId === null ? {} : { at: firstId }) };
}

/** The id of a block of a list. @param part of the list, which no other block of it has */
export function blockIdOf(position: Position, part: number): string {
  const idOf = (at: Position) => JSON.stringify({ ...positionJson(at), part });
  const fits = [position, { ...position, firstId: null }].map(idOf).find((id) => id.length <= MAX_BLOCK_ID);
  // What was looked for may be longer as JSON than Slack takes: a click in such a list leads to all keys.
  return fits ?? idOf({ ...position, search: null, firstId: null });
}

/** Null for a block of anything else, and of lists of earlier versions. */
export function readPosition(blockId: string | null): Position | null {
  try {
    return positionShape.safeParse(JSON.parse(blockId ?? "")).data ?? null;
  } catch {
    return null;
  }
}

function whoseOf(of: string): Whose {
  return of === "own" || of === "all" ? { kind: of } : { kind: "person", userId: of };
}
