import { z } from "zod";
import type { ReadFailure } from "../workflow/tigris-port";
import type { Tree } from "./parse";

/** Of keys that are not looked for only the name is read, so that an odd one does not hide the others. */
const listedKey = z.object({
  access_key_id: z.string(),
  username: z.string().nullish(),
  created_at: z.unknown().optional(),
  creator: z.unknown().optional(),
  namespace_id: z.unknown().optional(),
  status: z.unknown().optional(),
  buckets_role: z.unknown().optional(),
});
const listedPage = z.object({
  IsTruncated: z.boolean().nullish(),
  Marker: z.string().max(4096).nullish(),
  Keys: z.array(listedKey).nullable(),
});

export type ListedEntry = z.output<typeof listedKey>;

/** Reads one page; an entry in it that is no key makes the page unreadable. */
export function toPage(tree: Tree): { kind: "page"; keys: ListedEntry[]; marker: string | null } | ReadFailure {
  const page = listedPage.safeParse(tree).data;
  if (!page) return { kind: "unavailable", reason: "malformed" };
  const marker = page.Marker || null;
  if (page.IsTruncated && marker === null) return { kind: "unavailable", reason: "no_marker" };
  return { kind: "page", keys: page.Keys ?? [], marker: page.IsTruncated === false ? null : marker };
}
