import { createHmac } from "node:crypto";
import { LIMITS } from "../limits/table";
import type { Sending, Workspace } from "../workspace";

/** The form in which a payload travels over HTTP. */
export function bodyOf({ kind, payload }: Pick<Sending, "kind" | "payload">): string {
  if (kind === "event") return JSON.stringify(payload);
  const fields = kind === "command" ? payload : { payload: JSON.stringify(payload) };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  return form.toString();
}

/** The headers that an event has beside those of every payload (Slack, "Events API": how often it was sent before). */
export function headersOf({ kind }: Pick<Sending, "kind">, retry: number): Record<string, string> {
  if (kind !== "event") return {};
  const again = { "x-slack-retry-num": String(retry), "x-slack-retry-reason": "http_timeout" };
  return { "content-type": "application/json", ...(retry > 0 ? again : {}) };
}

/** What an answer says: nothing, JSON, or plain text, with which a command may be acknowledged. */
export function parsedBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: plain text.
    return text;
  }
}

/**
 * Posts a body as Slack does, with its signature (`v0=` and the HMAC-SHA256 of `v0:<timestamp>:<body>`).
 * @param overrides headers that replace the right ones; an empty one is left out. Another
 *   `x-slack-request-timestamp` is signed as it stands
 * @returns status 0 where there was no answer in time, with the reason as its body
 */
export async function postSigned(
  workspace: Workspace,
  url: string,
  body: string,
  overrides: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  const stamp = overrides["x-slack-request-timestamp"] || String(Math.floor(workspace.now() / 1_000));
  const digest = createHmac("sha256", workspace.app.signingSecret).update(`v0:${stamp}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "x-slack-request-timestamp": stamp,
    "x-slack-signature": `v0=${digest}`,
    ...overrides,
  };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "")),
      body,
      signal: AbortSignal.timeout(LIMITS.ackMs * workspace.patience),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return { status: 0, body: isLate ? "operation_timeout" : "dispatch_failed" };
  }
}
