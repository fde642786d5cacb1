import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** A request as far as its signature covers it. */
export type SignedRequest = { method: string; url: URL; headers: IncomingHttpHeaders; body: string };

export type SignatureCheck =
  | { kind: "unsigned" }
  | { kind: "malformed" }
  | { kind: "skewed" }
  | { kind: "unknown_key" }
  | { kind: "mismatch" }
  | { kind: "valid"; accessKeyId: string };

const MAX_SKEW_MS = 15 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Checks a request's Signature V4 (AWS, "Authenticating Requests").
 * @param secretOf gives the secret of a key that may sign, or null
 * @param nowMs the stand-in's own time
 */
export function checkSignature(
  request: SignedRequest,
  secretOf: (accessKeyId: string) => string | null,
  nowMs: number,
): SignatureCheck {
  const { authorization } = request.headers;
  if (!authorization) return { kind: "unsigned" };
  const [, accessKeyId, date, region, service, names, signature] = AUTHORIZATION.exec(authorization) ?? [];
  const stamp = request.headers["x-amz-date"];
  if (!accessKeyId || !date || !region || !service || !names || !signature || typeof stamp !== "string")
    return { kind: "malformed" };
  // Every region is taken.
  if (!["iam", "s3"].includes(service)) return { kind: "malformed" };
  const signedAt = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (!stamp.startsWith(date) || !(Math.abs(nowMs - signedAt) <= MAX_SKEW_MS)) return { kind: "skewed" };
  const secret = secretOf(accessKeyId);
  if (secret === null) return { kind: "unknown_key" };
  if (!areSigned(names.split(";"), request.headers)) return { kind: "mismatch" };
  const payloadHash = payloadHashOf(request);
  if (payloadHash === null) return { kind: "mismatch" };
  const scope = `${date}/${region}/${service}/aws4_request`;
  const expected = sign({ request, names: names.split(";"), payloadHash, stamp, scope, secret });
  const isRight = timingSafeEqual(Buffer.from(expected, "hex"), Buffer.from(signature, "hex"));
  return isRight ? { kind: "valid", accessKeyId } : { kind: "mismatch" };
}

/** The headers that sign a request, and those that it was given. */
export function signatureHeaders(
  request: { method: string; url: URL; body: string; headers?: Record<string, string> },
  pair: { accessKeyId: string; secretAccessKey: string },
  service: "iam" | "s3",
  nowMs: number = Date.now(),
): Record<string, string> {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${stamp.slice(0, 8)}/auto/${service}/aws4_request`;
  const payloadHash = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    "x-amz-content-sha256": payloadHash,
    "x-amz-date": stamp,
  };
  const names = Object.keys(headers).sort();
  const signature = sign({
    request: { ...request, headers },
    names,
    payloadHash,
    stamp,
    scope,
    secret: pair.secretAccessKey,
  });
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${pair.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

/** The host and every header of AWS's own have to be covered. */
function areSigned(names: readonly string[], headers: IncomingHttpHeaders): boolean {
  const needed = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))];
  return needed.every((name) => names.includes(name));
}

/** Bodies that are signed in chunks are not taken. */
function payloadHashOf({ headers, body }: SignedRequest): string | null {
  const claimed = headers["x-amz-content-sha256"];
  if (claimed === undefined) return sha256(body);
  if (claimed === "UNSIGNED-PAYLOAD") return claimed;
  return claimed === sha256(body) ? claimed : null;
}

function sign(parts: {
  request: SignedRequest;
  names: string[];
  payloadHash: string;
  stamp: string;
  scope: string;
  secret: string;
}): string {
  const { request, names, payloadHash, stamp, scope, secret } = parts;
  const headers = names.map(
    (name) =>
      `${name}:${String(request.headers[name] ?? "")
        .trim()
        .replace(/\s+/g, " ")}\n`,
  );
  const query = [...request.url.searchParams]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue))
    .map((pair) => pair.join("="))
    .join("&");
  const canonical = [request.method, request.url.pathname, query, headers.join(""), names.join(";"), payloadHash];
  const toSign = ["AWS4-HMAC-SHA256", stamp, scope, sha256(canonical.join("\n"))].join("\n");
  const key = scope.split("/").reduce<string | Buffer>((derived, part) => hmac(derived, part), `AWS4${secret}`);
  return hmac(key, toSign).toString("hex");
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
