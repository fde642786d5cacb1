import { randomUUID } from "node:crypto";
import type { KeyPair } from "./key-pair";
import type { Organization } from "./organization";
import { signatureHeaders } from "./signature";

/** What a pair of id and secret may do, found out by signing real calls with it. */
export type Use = { ok: boolean; may: string[]; error: string | null };

/** Where calls go, and the organization by whose clock they are signed. */
type Place = { baseUrl: string; organization: Organization };

/** In an organization of thousands of buckets the first ones have to do. */
export const MOST_BUCKETS = 50;
/** Written to find out whether a pair may write, and removed again. */
export const PROBE = ".tried";

/**
 * Signs calls with a pair, and says which of them worked: `list buckets`, `read <bucket>`, `write <bucket>`, `list keys`,
 * `make keys`. Of the organization's buckets 50 are tried at most; nothing is left behind.
 */
export async function tryPair(at: Place, pair: KeyPair): Promise<Use> {
  const { buckets } = at.organization;
  const first = await sendSigned(at, pair, { method: "GET", path: "/" });
  if (!first.ok) return { ok: false, may: [], error: first.error };
  const may = ["list buckets"];
  for (const bucket of buckets.slice(0, MOST_BUCKETS)) {
    const path = `/${bucket}/${PROBE}`;
    if ((await sendSigned(at, pair, { method: "GET", path: `/${bucket}` })).ok) may.push(`read ${bucket}`);
    if (!(await sendSigned(at, pair, { method: "PUT", path, body: "tried" })).ok) continue;
    may.push(`write ${bucket}`);
    await sendSigned(at, pair, { method: "DELETE", path });
  }
  const canMake = await canMakeKeys(at, pair);
  const form = "Action=ListAccessKeys&MaxItems=1";
  const keys = await sendSigned(at, pair, { method: "POST", path: "/?Detailed", body: form, service: "iam" });
  if (keys.ok) may.push("list keys");
  if (canMake) may.push("make keys");
  return { ok: true, may, error: null };
}

/** Whether a signed `CreateAccessKey` works. The key that it makes is taken away again, as if it had never been there. */
export async function canMakeKeys(at: Place, pair: KeyPair): Promise<boolean> {
  const name = `tried-${randomUUID()}`;
  const form = `Action=CreateAccessKey&UserName=${name}`;
  const { ok } = await sendSigned(at, pair, { method: "POST", path: "/", body: form, service: "iam" });
  const made = [...at.organization.keys.values()].filter((key) => key.name === name);
  for (const { accessKeyId } of made) at.organization.forgetKey(accessKeyId);
  return ok;
}

/** Sends a call that is signed with a pair. */
export async function sendSigned(
  { baseUrl, organization }: Place,
  pair: KeyPair,
  asked: { method: string; path: string; body?: string; service?: "iam" | "s3" },
): Promise<{ ok: boolean; error: string | null }> {
  const { method, path, body = "", service = "s3" } = asked;
  const url = new URL(path, baseUrl);
  // Fetch writes the host itself, as it was signed.
  const { host: _host, ...headers } = signatureHeaders({ method, url, body }, pair, service, organization.now());
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(service === "iam" ? { "content-type": "application/x-www-form-urlencoded" } : {}) },
    ...(body === "" ? {} : { body }),
  });
  const text = await response.text();
  return { ok: response.ok, error: response.ok ? null : (codeIn(text) ?? String(response.status)) };
}

function codeIn(text: string): string | null {
  const [, inXml, inJson] = /<Code>(\w+)<|"Code":"(\w+)"/.exec(text) ?? [];
  return inXml ?? inJson ?? null;
}
