import { z } from "zod";
import type { KeyAtTigris, ListedKey } from "../domain/listed-key";
import type { ListedEntry } from "./key-page";
import { shortText } from "./schemas";

/** A time of Tigris's is put as our clock would have had it: whoever compares it has only that one. */
export function toListedKey(key: ListedEntry, name: string, differenceMs: number): ListedKey {
  const createdAtMs = toMs(key.created_at);
  return {
    accessKeyId: key.access_key_id,
    name,
    createdAtMs: createdAtMs === null ? null : createdAtMs - differenceMs,
    creator: creatorOf(key),
  };
}

/** Go leaves out an empty list or writes it as null: both say that there is no role. */
const bucketsRole = z.array(z.object({ bucket: shortText, role: shortText })).nullish();
const status = z
  .string()
  .toLowerCase()
  .pipe(z.enum(["active", "inactive"]));

/**
 * The same with roles and status.
 * @returns null where its roles can't be read: nobody may take it for a key without any
 */
export function toKeyAtTigris(key: ListedEntry, differenceMs: number): KeyAtTigris | null {
  const roles = bucketsRole.safeParse(key.buckets_role);
  if (!roles.success) return null;
  const name = shortText.safeParse(key.username).data ?? "";
  return {
    ...toListedKey(key, name, differenceMs),
    roles: roles.data ?? [],
    status: status.safeParse(key.status).data ?? null,
  };
}

/** Who made a key, as Tigris names it: a key, a person or nobody. */
export function creatorOf({ creator }: ListedEntry): string | null {
  return shortText.safeParse(creator).data || null;
}

/** ISO 8601 with its zone, as Tigris writes times; anything else could be off by hours and is taken for unknown. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

function toMs(time: unknown): number | null {
  const ms = typeof time === "string" && TIME.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
