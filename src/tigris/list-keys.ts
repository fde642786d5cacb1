import type { IAMClient } from "@aws-sdk/client-iam";
import { z } from "zod";
import { MAX_KEY_PAGES, MAX_LIST_BYTES } from "../domain/limits";
import type { ListedKey, ReadFailure } from "../workflow/tigris-port";
import { codeOf, parse, type Tree } from "./parse";
import { accessKeyId, plainId, shortText } from "./schemas";
import { send } from "./send";

/** The most keys that Tigris puts on one page. */
const PAGE_SIZE = 1000;

/** Of keys that are not looked for only the name is read, so that an odd one does not hide the others. */
const listedKey = z.object({
  access_key_id: z.string(),
  username: z.string().nullish(),
  created_at: z.unknown().optional(),
  creator: z.unknown().optional(),
  namespace_id: z.unknown().optional(),
});
const listedPage = z.object({
  IsTruncated: z.boolean().nullish(),
  Marker: z.string().max(4096).nullish(),
  Keys: z.array(listedKey).nullable(),
});

type Page = { kind: "page"; keys: z.output<typeof listedKey>[]; marker: string | null };
type Form = { KeyId: string } | { MaxItems: string; Marker?: string };

/**
 * Every key whose whole name is `name`. One page that can't be read makes the whole search unavailable: a list with a
 * gap says nothing about what is not in it.
 * @param timeoutMs for all pages together
 */
export async function findKeysByName(
  client: IAMClient,
  timeoutMs: number,
  name: string,
): Promise<{ kind: "found"; keys: ListedKey[] } | ReadFailure> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const found = new Map<string, ListedKey>();
  const seen = new Set<string>();
  let form: Form = { MaxItems: String(PAGE_SIZE) };
  for (let pages = 0; pages < MAX_KEY_PAGES; pages++) {
    const page = await listKeys(client, form, deadline);
    if (page.kind === "unavailable") return page;
    for (const key of page.keys.filter((key) => key.username === name)) {
      if (!accessKeyId.safeParse(key.access_key_id).success) return unavailable("malformed");
      found.set(key.access_key_id, toListedKey(key, name));
    }
    if (page.marker === null) return { kind: "found", keys: [...found.values()] };
    if (seen.has(page.marker)) return unavailable("repeated_marker");
    seen.add(page.marker);
    form = { MaxItems: String(PAGE_SIZE), Marker: page.marker };
  }
  return unavailable("too_many_pages");
}

/** The organisation of the bot's own key, as its entry in the list names it. */
export async function organisationOf(
  client: IAMClient,
  timeoutMs: number,
  ownAccessKeyId: string,
): Promise<{ kind: "known"; organisation: string } | ReadFailure> {
  const page = await listKeys(client, { KeyId: ownAccessKeyId }, AbortSignal.timeout(timeoutMs));
  if (page.kind === "unavailable") return page;
  const own = page.keys.find((key) => key.access_key_id === ownAccessKeyId);
  if (!own) return unavailable("own_key_not_listed");
  const organisation = plainId.safeParse(own.namespace_id).data;
  return organisation === undefined ? unavailable("no_namespace") : { kind: "known", organisation };
}

async function listKeys(client: IAMClient, form: Form, deadline: AbortSignal): Promise<Page | ReadFailure> {
  const action = "ListAccessKeys";
  const call = { action, query: { Detailed: "" }, form: { Action: action, ...form }, maxBytes: MAX_LIST_BYTES };
  const sent = await send(client, { ...call, isRead: true }, deadline);
  if (sent.kind === "failed") return unavailable(sent.status === null ? sent.cause : `http_${sent.status}`);
  const { status, body } = sent.response;
  const tree = body === null ? null : parse(body);
  if (status !== 200) return unavailable(codeOf(tree) ?? `http_${status}`);
  return toPage(tree);
}

/** Reads one page; an entry in it that is no key makes the page unreadable. */
function toPage(tree: Tree): Page | ReadFailure {
  const page = listedPage.safeParse(tree).data;
  if (!page) return unavailable("malformed");
  const marker = page.Marker || null;
  if (page.IsTruncated && marker === null) return unavailable("no_marker");
  return { kind: "page", keys: page.Keys ?? [], marker: page.IsTruncated === false ? null : marker };
}

function toListedKey(key: z.output<typeof listedKey>, name: string): ListedKey {
  return {
    accessKeyId: key.access_key_id,
    name,
    createdAtMs: toMs(key.created_at),
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
