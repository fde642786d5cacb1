import type { IAMClient } from "@aws-sdk/client-iam";
import { MAX_LIST_BYTES, MAX_LISTED_KEYS } from "../domain/service-limits";
import type { FoundKeys, KeyAtTigris, KeyRead, KeysMade, ListedKey, ReadFailure } from "../workflow/tigris-port";
import { type ListedEntry, toPage } from "./key-page";
import { creatorOf, toKeyAtTigris, toListedKey } from "./listed-key";
import { read, unavailable } from "./read";
import { accessKeyId } from "./schemas";

/** The most keys that Tigris puts on one page. */
const PAGE_SIZE = 1000;

type Page = { kind: "page"; keys: ListedEntry[]; marker: string | null; bytes: number };
type Form = { KeyId: string } | { MaxItems: string; Marker?: string };

/**
 * Every key whose whole name is `name`. One page that can't be read makes the whole search unavailable: a list with a
 * gap says nothing about what is not in it.
 * @param timeoutMs for all pages together
 * @param wanted `differenceMs`: how far Tigris's clock is ahead of ours
 */
export async function findKeysByName(
  client: IAMClient,
  timeoutMs: number,
  { name, differenceMs }: { name: string; differenceMs: number },
): Promise<FoundKeys | ReadFailure> {
  const found = new Map<string, ListedKey>();
  const failure = await walkKeys(client, AbortSignal.timeout(timeoutMs), (keys) => {
    for (const key of keys) {
      if (key.username !== name) continue;
      if (!accessKeyId.safeParse(key.access_key_id).success) return unavailable("malformed");
      found.set(key.access_key_id, toListedKey(key, name, differenceMs));
    }
    return null;
  });
  return failure ?? { kind: "found", keys: [...found.values()] };
}

/**
 * Every key that Tigris says a key made, and whether it names any key as the creator of another. As with names, a list
 * with a gap is none.
 * @param timeoutMs for all pages together
 * @param made `by`: the id of the key that made them
 */
export async function keysMadeBy(
  client: IAMClient,
  timeoutMs: number,
  { by, differenceMs }: { by: string; differenceMs: number },
): Promise<KeysMade | ReadFailure> {
  const found = new Map<string, KeyAtTigris>();
  let namesKeys = false;
  let listed = 0;
  const failure = await walkKeys(client, AbortSignal.timeout(timeoutMs), (keys) => {
    for (const key of keys) {
      listed += 1;
      const creator = creatorOf(key);
      if (accessKeyId.safeParse(creator).success) namesKeys = true;
      if (creator !== by) continue;
      const made = accessKeyId.safeParse(key.access_key_id).success ? toKeyAtTigris(key, differenceMs) : null;
      if (made === null) return unavailable("malformed");
      found.set(made.accessKeyId, made);
    }
    return null;
  });
  // A key alone, which is the one that signs, says nothing about it.
  return failure ?? { kind: "found", keys: [...found.values()], namesKeys: namesKeys || listed < 2 };
}

/**
 * Goes through all pages. One that is too large is asked for again with half as many keys, down to a single one; where pages
 * are small again, they grow again.
 * @param take gets the keys of each page; what it returns ends the walk
 * @returns why there is no whole list, or null
 */
async function walkKeys(
  client: IAMClient,
  deadline: AbortSignal,
  take: (keys: ListedEntry[]) => ReadFailure | null,
): Promise<ReadFailure | null> {
  const seen = new Set<string>();
  let size = PAGE_SIZE;
  let marker: string | null = null;
  for (let asked = 0; asked < MAX_LISTED_KEYS; asked += size) {
    const page = await listKeys(client, formOf(size, marker), deadline);
    if (page.kind === "too_large") {
      if (size === 1) return unavailable("too_large");
      size = Math.floor(size / 2);
      continue;
    }
    const failure = page.kind === "page" ? take(page.keys) : page;
    if (failure !== null || page.kind !== "page") return failure;
    marker = page.marker;
    if (marker === null) return null;
    if (seen.has(marker)) return unavailable("repeated_marker");
    seen.add(marker);
    // A quarter leaves room for keys with more roles.
    if (page.bytes <= MAX_LIST_BYTES / 4) size = Math.min(size * 2, PAGE_SIZE);
  }
  return unavailable("too_many_pages");
}

function formOf(size: number, marker: string | null): Form {
  return { MaxItems: String(size), ...(marker === null ? {} : { Marker: marker }) };
}

/** One key as the list has it; null where it is not there. `hasMore`: the list had something else than this key. */
export async function lookAtKey(
  client: IAMClient,
  deadline: AbortSignal,
  id: string,
): Promise<{ kind: "looked"; key: ListedEntry | null; hasMore: boolean } | ReadFailure> {
  const page = await listKeys(client, { KeyId: id }, deadline);
  if (page.kind === "too_large") return unavailable("too_large");
  if (page.kind === "unavailable") return page;
  const others = page.keys.filter((key) => key.access_key_id !== id);
  const key = page.keys.find((key) => key.access_key_id === id) ?? null;
  return { kind: "looked", key, hasMore: others.length > 0 || page.marker !== null };
}

/**
 * One key as the list has it, with its roles. A list of other keys was not asked for: it does not say that this one is gone.
 * @param timeoutMs for all tries together
 */
export async function readKey(
  client: IAMClient,
  timeoutMs: number,
  { id, differenceMs }: { id: string; differenceMs: number },
): Promise<KeyRead | ReadFailure> {
  const looked = await lookAtKey(client, AbortSignal.timeout(timeoutMs), id);
  if (looked.kind === "unavailable") return looked;
  if (looked.key === null) return looked.hasMore ? unavailable("other_keys") : { kind: "absent" };
  const key = toKeyAtTigris(looked.key, differenceMs);
  return key === null ? unavailable("malformed") : { kind: "there", key };
}

/** A few keys from the front of the list. */
export async function firstKeys(client: IAMClient, deadline: AbortSignal): Promise<ListedEntry[] | ReadFailure> {
  const page = await listKeys(client, formOf(10, null), deadline);
  if (page.kind === "too_large") return unavailable("too_large");
  return page.kind === "unavailable" ? page : page.keys;
}

async function listKeys(
  client: IAMClient,
  form: Form,
  deadline: AbortSignal,
): Promise<Page | ReadFailure | { kind: "too_large" }> {
  const action = "ListAccessKeys";
  const call = { action, query: { Detailed: "" }, form: { Action: action, ...form }, maxBytes: MAX_LIST_BYTES };
  const result = await read(client, call, deadline);
  if (result.kind !== "read") return result;
  const page = toPage(result.tree);
  return page.kind === "page" ? { ...page, bytes: result.bytes } : page;
}
