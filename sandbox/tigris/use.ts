import { signatureHeaders } from "./signature";

/** What a pair of id and secret may do, found out by signing real calls with it. */
export type Use = { ok: boolean; may: string[]; error: string | null };

type Place = { baseUrl: string; now: () => number; buckets: readonly string[] };
type Pair = { accessKeyId: string; secretAccessKey: string };

/** In an organisation of thousands of buckets the first ones have to do. */
const MOST_BUCKETS = 50;
/** Written to find out whether a pair may write, and removed again. */
const PROBE = ".tried";

/**
 * Signs calls with a pair, and says which of them worked: `list buckets`, `read <bucket>`, `write <bucket>`, `list keys`.
 * @param at where the calls go, by which clock they are signed, and which buckets are tried, 50 at most
 */
export async function tryPair(at: Place, pair: Pair): Promise<Use> {
  const { buckets } = at;
  const first = await call(at, pair, { method: "GET", path: "/" });
  if (!first.ok) return { ok: false, may: [], error: first.error };
  const may = ["list buckets"];
  for (const bucket of buckets.slice(0, MOST_BUCKETS)) {
    const path = `/${bucket}/${PROBE}`;
    if ((await call(at, pair, { method: "GET", path: `/${bucket}` })).ok) may.push(`read ${bucket}`);
    if (!(await call(at, pair, { method: "PUT", path, body: "tried" })).ok) continue;
    may.push(`write ${bucket}`);
    await call(at, pair, { method: "DELETE", path });
  }
  const form = "Action=ListAccessKeys&MaxItems=1";
  const keys = await call(at, pair, { method: "POST", path: "/?Detailed", body: form, service: "iam" });
  if (keys.ok) may.push("list keys");
  return { ok: true, may, error: null };
}

async function call(
  { baseUrl, now }: Place,
  pair: Pair,
  asked: { method: string; path: string; body?: string; service?: "iam" | "s3" },
): Promise<{ ok: boolean; error: string | null }> {
  const { method, path, body = "", service = "s3" } = asked;
  const url = new URL(path, baseUrl);
  // Fetch writes the host itself, as it was signed.
  const { host: _host, ...headers } = signatureHeaders({ method, url, body }, pair, service, now());
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
