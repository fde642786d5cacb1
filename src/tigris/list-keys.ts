import type { IAMClient } from "@aws-sdk/client-iam";
import { MAX_LIST_BYTES, MAX_LISTED_KEYS } from "../domain/service-limits";
import type { FoundKeys, ListedKey, ReadFailure } from "../workflow/tigris-port";
import { type ListedEntry, toPage } from "./key-page";
import { codeOf, parse } from "./parse";
import { accessKeyId, shortText } from "./schemas";
import { send } from "./send";

/** The most keys that Tigris puts on one page. */
const PAGE_SIZE = 1000;

/** What the SDK and AWS call a signature whose time is too far off. */
const SKEWED = "RequestTimeTooSkewed";

type Page = { kind: "page"; keys: ListedEntry[]; marker: string | null; bytes: number };
type Form = { KeyId: string } | { MaxItems: string; Marker?: string };

/** What a walk looks for. `differenceMs`: how far Tigris's clock is ahead of ours. */
export type Wanted = { name: string; expected: readonly string[]; ownAccessKeyId: string; differenceMs: number };

/**
 * Every key whose whole name is `name`. One page that can't be read makes the whole search unavailable: a list with a
 * gap says nothing about what is not in it. Whether the list is whole shows in what else it has to hold.
 * @param timeoutMs for all pages together
 */
export async function findKeysByName(
  client: IAMClient,
  timeoutMs: number,
  { name, expected, ownAccessKeyId, differenceMs }: Wanted,
): Promise<FoundKeys | ReadFailure> {
  const found = new Map<string, ListedKey>();
  const missing = new Set(expected);
  let isOwnListed = false;
  const failure = await walkKeys(client, AbortSignal.timeout(timeoutMs), (keys) => {
    for (const key of keys) {
      missing.delete(key.access_key_id);
      if (key.access_key_id === ownAccessKeyId) isOwnListed = true;
      if (key.username !== name) continue;
      if (!accessKeyId.safeParse(key.access_key_id).success) return unavailable("malformed");
      found.set(key.access_key_id, toListedKey(key, name, differenceMs));
    }
    return null;
  });
  return failure ?? { kind: "found", keys: [...found.values()], isOwnListed, missing: [...missing] };
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

/** One key as the list has it; null where it is not there. */
export async function lookAtKey(
  client: IAMClient,
  deadline: AbortSignal,
  id: string,
): Promise<{ kind: "looked"; key: ListedEntry | null } | ReadFailure> {
  const page = await listKeys(client, { KeyId: id }, deadline);
  if (page.kind === "too_large") return unavailable("too_large");
  if (page.kind === "unavailable") return page;
  return { kind: "looked", key: page.keys.find((key) => key.access_key_id === id) ?? null };
}

/** A few keys from the front of the list. */
export async function firstKeys(client: IAMClient, deadline: AbortSignal): Promise<ListedEntry[] | ReadFailure> {
  const page = await listKeys(client, formOf(10, null), deadline);
  if (page.kind === "too_large") return unavailable("too_large");
  return page.kind === "unavailable" ? page : page.keys;
}

/** One page. A signature that came at the wrong time is tried once more: the refusal has told what the time is. */
async function listKeys(
  client: IAMClient,
  form: Form,
  deadline: AbortSignal,
): Promise<Page | ReadFailure | { kind: "too_large" }> {
  const first = await listOnce(client, form, deadline);
  return first.kind === "unavailable" && first.reason === SKEWED ? listOnce(client, form, deadline) : first;
}

async function listOnce(
  client: IAMClient,
  form: Form,
  deadline: AbortSignal,
): Promise<Page | ReadFailure | { kind: "too_large" }> {
  const action = "ListAccessKeys";
  const call = { action, query: { Detailed: "" }, form: { Action: action, ...form }, maxBytes: MAX_LIST_BYTES };
  const sent = await send(client, { ...call, isRead: true }, deadline);
  if (sent.kind === "failed") return unavailable(sent.status === null ? sent.cause : `http_${sent.status}`);
  const { status, body, isTooLong } = sent.response;
  if (status === 200 && isTooLong) return { kind: "too_large" };
  const tree = body === null ? null : parse(body);
  if (status !== 200) return unavailable(codeOf(tree) ?? `http_${status}`);
  const page = toPage(tree);
  return page.kind === "page" ? { ...page, bytes: body?.length ?? 0 } : page;
}

/** A time of Tigris's is put as our clock would have had it: whoever compares it has only that one. */
function toListedKey(key: ListedEntry, name: string, differenceMs: number): ListedKey {
  const createdAtMs = toMs(key.created_at);
  return {
    accessKeyId: key.access_key_id,
    name,
    createdAtMs: createdAtMs === null ? null : createdAtMs - differenceMs,
    creator: shortText.safeParse(key.creator).data || null,
  };
}

/** ISO 8601 with its zone, as Tigris writes times; anything else could be off by hours and is taken for unknown. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

function toMs(time: unknown): number | null {
  const ms = typeof time === "string" && TIME.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

function unavailable(reason: string): ReadFailure {
  return { kind: "unavailable", reason };
}
