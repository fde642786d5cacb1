import type { TigrisStandIn } from "../../../sandbox/tigris";
import { signatureHeaders } from "../../../sandbox/tigris/signature";
import { type Pair, ROOT } from "./acme";

/** What the stand-in said to a call that no client sends, or not in this way. */
export type Said = { status: number; headers: Headers; body: string };

type Asked = { method?: string; path: string; body?: string; headers?: Record<string, string>; service?: "iam" | "s3" };

/** Signs a call, by the stand-in's clock, and sends it. */
export async function send(
  { url: baseUrl }: TigrisStandIn,
  { method = "GET", path, body = "", headers = {}, service = "s3" }: Asked,
  pair: Pair = ROOT,
  now = Date.now(),
): Promise<Said> {
  const url = new URL(path, baseUrl);
  const { host: _host, ...signed } = signatureHeaders({ method, url, body, headers }, pair, service, now);
  const response = await fetch(url, { method, headers: signed, ...(body === "" ? {} : { body }) });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Sends a form to the IAM endpoint, asking for JSON. */
export function sendForm(tigris: TigrisStandIn, form: Record<string, string>, pair?: Pair, path = "/"): Promise<Said> {
  const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(form).toString();
  return send(tigris, { method: "POST", path, body, headers, service: "iam" }, pair);
}

/** What the detailed list says of one key; undefined where it shows none. */
export async function listedKey(
  tigris: TigrisStandIn,
  accessKeyId: string,
): Promise<Record<string, unknown> | undefined> {
  const { body } = await sendForm(tigris, { Action: "ListAccessKeys", KeyId: accessKeyId }, undefined, "/?Detailed");
  return JSON.parse(body).Keys[0];
}
