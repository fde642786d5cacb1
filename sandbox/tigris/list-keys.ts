import { type Answer, jsonAnswer } from "../answer";
import { denied, type IamCall, invalid } from "./iam-call";
import type { StoredKey } from "./organisation";
import { mayManage } from "./roles";

/** The most keys that a call may ask for (AWS, ListAccessKeys). */
const MAX_ITEMS = 1_000;

type Page = { keys: StoredKey[]; marker: string | null };

/** `ListAccessKeys` with `?Detailed`, as Tigris's own clients ask for it. */
export function listKeys(call: IamCall): Answer {
  if (!mayManage(call.caller)) return denied(call);
  if (!call.isDetailed) return invalid(call, "only ?Detailed lists are there");
  const page = pageOf(call);
  if (!page) return invalid(call, `MaxItems is a number from 1 to ${MAX_ITEMS}`);
  return detailed(call, page);
}

/** One page, from the id after the marker on, so that a key which goes meanwhile moves no other. */
function pageOf({ organisation, params, pageSize }: IamCall): Page | null {
  const { KeyId: keyId, MaxItems: asked = String(MAX_ITEMS), Marker: after = "" } = params;
  const all = organisation.listed();
  if (keyId !== undefined) return { keys: all.filter(({ accessKeyId }) => accessKeyId === keyId), marker: null };
  const items = /^\d{1,4}$/.test(asked) ? Number(asked) : 0;
  if (items < 1 || items > MAX_ITEMS) return null;
  const size = Math.min(items, pageSize);
  const shown = all.filter(({ accessKeyId }) => !organisation.listing.leftOutOfPages.has(accessKeyId));
  const start = shown.filter(({ accessKeyId }) => accessKeyId <= after).length;
  const keys = shown.slice(start, start + size);
  const isLast = start + size >= shown.length || isCutAfter(organisation.listing.lastPage, start, size);
  return { keys, marker: isLast ? null : (keys.at(-1)?.accessKeyId ?? null) };
}

function isCutAfter(lastPage: number | null, start: number, size: number): boolean {
  return lastPage !== null && start / size + 1 >= lastPage;
}

function detailed({ organisation, listed }: IamCall, { keys, marker }: Page): Answer {
  return jsonAnswer(200, {
    IsTruncated: marker !== null,
    Marker: marker ?? "",
    Keys: keys.map((key) => ({
      access_key_id: key.accessKeyId,
      username: key.name,
      ...(listed.createdAt ? { created_at: new Date(key.createdAt).toISOString() } : {}),
      ...(listed.creator && key.creator ? { creator: key.creator } : {}),
      namespace_id: organisation.namespaceId,
      status: key.status,
      buckets_role: key.bucketsRole,
    })),
  });
}
