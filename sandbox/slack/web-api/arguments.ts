import type { IncomingHttpHeaders } from "node:http";

/** The arguments of a call, or the code with which Slack refuses a body that it can't read. The token counts in the body alone. */
export type Arguments =
  | { kind: "read"; params: Record<string, unknown>; tokenInBody: string | null }
  | { kind: "unreadable"; error: string };

type Body = { kind: "read"; fields: Record<string, unknown> } | { kind: "unreadable"; error: string };

/** Arguments that are structured: Slack takes them as JSON inside of a form, too. */
const STRUCTURED = ["blocks", "message", "view"];

/**
 * Reads what a call is given: in its address, and in a body that is a form, of either kind, or JSON (Slack, "Web API").
 * A token in the address counts for nothing (Slack, "No more tokens in querystrings").
 */
export async function readArguments(
  query: URLSearchParams,
  headers: IncomingHttpHeaders,
  body: string,
): Promise<Arguments> {
  const read = await readFields(headers["content-type"] ?? "", body);
  if (read.kind === "unreadable") return read;
  const { token: _inAddress, ...asked } = Object.fromEntries(query);
  const { token, ...given } = read.fields;
  const params: Record<string, unknown> = { ...asked, ...given };
  for (const name of STRUCTURED) if (typeof params[name] === "string") params[name] = structured(params[name]);
  return { kind: "read", params, tokenInBody: typeof token === "string" ? token : null };
}

async function readFields(contentType: string, body: string): Promise<Body> {
  // Some clients name a type also where they send nothing.
  if (body === "") return { kind: "read", fields: {} };
  if (contentType.startsWith("application/json")) return fieldsOfJson(body);
  if (contentType.startsWith("multipart/form-data")) return fieldsOfParts(contentType, body);
  return { kind: "read", fields: Object.fromEntries(new URLSearchParams(body)) };
}

function fieldsOfJson(body: string): Body {
  try {
    const fields: unknown = JSON.parse(body);
    const isObject = typeof fields === "object" && fields !== null && !Array.isArray(fields);
    return isObject ? { kind: "read", fields: { ...fields } } : { kind: "unreadable", error: "json_not_object" };
  } catch {
    return { kind: "unreadable", error: "invalid_json" };
  }
}

/** Files are no argument of any method that there is here. */
async function fieldsOfParts(contentType: string, body: string): Promise<Body> {
  try {
    const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
    return { kind: "read", fields: Object.fromEntries(form) };
  } catch {
    return { kind: "unreadable", error: "invalid_form_data" };
  }
}

function structured(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Slack says that it is malformed by refusing it, not by failing.
    return "malformed";
  }
}
