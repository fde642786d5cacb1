import { type Answer, jsonAnswer } from "../answer";
import { resultAnswer } from "./answers";
import { denied, type IamCall, invalid } from "./iam-call";
import type { Organization, StoredKey } from "./organization";
import { mayList } from "./roles";

/** The most keys that a call may ask for (AWS, ListAccessKeys). */
const MAX_ITEMS = 1_000;

type Page = { keys: StoredKey[]; marker: string | null };

/** `ListAccessKeys`: with `?Detailed` as Tigris's own clients ask for it, else as AWS's do. */
export function listKeys(call: IamCall): Answer {
  if (!mayList(call.caller)) return denied(call);
  const page = pageOf(call);
  if (!page) return invalid(call, `MaxItems is a number from 1 to ${MAX_ITEMS}`);
  return call.isDetailed ? detailed(call, page) : plain(call, page);
}

/** One page, from the id after the marker on, so that a key which goes meanwhile moves no other. */
function pageOf({ organization, params, pageSize }: IamCall): Page | null {
  const { KeyId, UserName, MaxItems: asked = String(MAX_ITEMS), Marker: after = "" } = params;
  // Where AWS takes the name of a user, Tigris takes the id of a key.
  const keyId = KeyId ?? UserName;
  const all = organization.listed();
  if (keyId !== undefined) return { keys: all.filter(({ accessKeyId }) => accessKeyId === keyId), marker: null };
  const items = /^\d{1,4}$/.test(asked) ? Number(asked) : 0;
  if (items < 1 || items > MAX_ITEMS) return null;
  const size = Math.min(items, pageSize);
  const shown = all.filter(({ accessKeyId }) => !organization.listing.leftOutOfPages.has(accessKeyId));
  const start = shown.filter(({ accessKeyId }) => accessKeyId <= after).length;
  const keys = shown.slice(start, start + size);
  const isLast = start + size >= shown.length || isCutAfter(organization.listing.lastPage, start, size);
  return { keys, marker: isLast ? null : (keys.at(-1)?.accessKeyId ?? null) };
}

function isCutAfter(lastPage: number | null, start: number, size: number): boolean {
  return lastPage !== null && start / size + 1 >= lastPage;
}

function plain(call: IamCall, { keys, marker }: Page): Answer {
  return resultAnswer(call, {
    IsTruncated: marker !== null,
    ...(marker === null ? {} : { Marker: marker }),
    AccessKeyMetadata: keys.map((key) => ({
      UserName: key.name,
      AccessKeyId: key.accessKeyId,
      Status: key.status === "active" ? "Active" : "Inactive",
      CreateDate: new Date(key.createdAt).toISOString(),
    })),
  });
}

function detailed({ organization, listed }: IamCall, { keys, marker }: Page): Answer {
  return jsonAnswer(200, {
    IsTruncated: marker !== null,
    Marker: marker ?? "",
    Keys: keys.map((key) => ({
      access_key_id: key.accessKeyId,
      username: key.name,
      ...(listed.createdAt ? { created_at: new Date(key.createdAt).toISOString() } : {}),
      ...(listed.creator ? creatorOf(organization, key) : {}),
      namespace_id: organization.namespaceId,
      status: key.status,
      buckets_role: key.bucketsRole,
    })),
  });
}

/** Keys of the Dashboard name nobody. */
function creatorOf({ behaviour: { creator: shown } }: Organization, { creator }: StoredKey): { creator?: string } {
  if (creator === null || shown.kind === "nobody") return {};
  return { creator: shown.kind === "person" ? shown.name : creator };
}
