import { signatureHeaders } from "./signature";

/** What a pair of id and secret may do, found out by signing real calls with it. */
export type Use = { ok: boolean; may: string[]; error: string | null };

/** Signs calls with a pair, and says which of them worked. @param s3Url where the calls go */
export async function tryPair(
  s3Url: string,
  pair: { accessKeyId: string; secretAccessKey: string },
  buckets: readonly string[],
): Promise<Use> {
  const first = await call(s3Url, pair, "s3", "GET", "/");
  if (!first.ok) return { ok: false, may: [], error: first.error };
  const may = ["list buckets"];
  for (const bucket of buckets) {
    if ((await call(s3Url, pair, "s3", "GET", `/${bucket}`)).ok) may.push(`read ${bucket}`);
    if ((await call(s3Url, pair, "s3", "PUT", `/${bucket}/.tried`, "tried")).ok) may.push(`write ${bucket}`);
  }
  const keys = await call(s3Url, pair, "iam", "POST", "/?Detailed", "Action=ListAccessKeys&MaxItems=1");
  if (keys.ok) may.push("list keys");
  return { ok: true, may, error: null };
}

async function call(
  base: string,
  pair: { accessKeyId: string; secretAccessKey: string },
  service: "iam" | "s3",
  method: string,
  path: string,
  body = "",
): Promise<{ ok: boolean; error: string | null }> {
  const url = new URL(path, base);
  const { host: _host, ...headers } = signatureHeaders({ method, url, body }, pair, service);
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(service === "iam" ? { "content-type": "application/x-www-form-urlencoded" } : {}) },
    ...(body === "" ? {} : { body }),
  });
  const text = await response.text();
  return {
    ok: response.ok,
    error: response.ok
      ? null
      : (/<Code>(\w+)<|"Code":"(\w+)"/.exec(text)?.slice(1).find(Boolean) ?? String(response.status)),
  };
}
