import type { IncomingMessage } from "node:http";
import { isValidSlackRequest } from "@slack/bolt";
import { z } from "zod";

/** What a request is. `reason` is for the log: it holds nothing of the request. */
export type Read =
  | { kind: "payload"; payload: Record<string, unknown> }
  | { kind: "check" }
  | { kind: "challenge"; challenge: string }
  | { kind: "refused"; status: 400 | 401 | 413; reason: string }
  | { kind: "cut_off" };

/** The largest body that is read, in bytes. Slack's stay far below: a view has 250 KB at most (Slack, views). */
const MAX_BODY_BYTES = 1_048_576;

/** The longest unsigned form that is read: Slack's check has two fields. */
const MAX_CHECK_LENGTH = 2_048;

/** How far a request's time may be off, in seconds (Slack, verifying requests). Bolt lets any future time pass. */
const MAX_SKEW_S = 300;

const FORM = "application/x-www-form-urlencoded";
const payloadShape = z.record(z.string(), z.unknown());
const challengeShape = z.object({ type: z.literal("url_verification"), challenge: z.string() });

/**
 * Reads a request of Slack's, and holds its signature against the secret before anything in it is believed.
 * @param options.nowMs milliseconds since 1970
 */
export async function readRequest(
  request: IncomingMessage,
  options: { signingSecret: string; nowMs: number },
): Promise<Read> {
  const body = await readBody(request);
  if (body === "cut_off") return { kind: "cut_off" };
  if (body === "too_large") return { kind: "refused", status: 413, reason: "too_large" };
  const isForm = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() === FORM;
  // Slack does not sign these (Slack, slash commands); nothing else in one is looked at. A large form is none, and reading
  // one takes long: only Slack may ask for that.
  if (isForm && body.length <= MAX_CHECK_LENGTH && new URLSearchParams(body).get("ssl_check") === "1")
    return { kind: "check" };
  const reason = whyUnsigned(request, body, options);
  if (reason !== null) return { kind: "refused", status: 401, reason };
  const payload = payloadShape.safeParse(isForm ? formPayload(body) : json(body));
  if (!payload.success) return { kind: "refused", status: 400, reason: "malformed" };
  const challenge = challengeShape.safeParse(payload.data);
  if (challenge.success) return { kind: "challenge", challenge: challenge.data.challenge };
  return { kind: "payload", payload: payload.data };
}

async function readBody(request: IncomingMessage): Promise<string | "too_large" | "cut_off"> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request) {
      length += part.length;
      // What is left is read and dropped: who sends it then also reads the answer.
      if (length <= MAX_BODY_BYTES) parts.push(part);
    }
  } catch {
    // The connection broke: nobody is there to be told.
    return "cut_off";
  }
  return length > MAX_BODY_BYTES ? "too_large" : Buffer.concat(parts).toString();
}

/** @returns why the request can't be taken for Slack's; null where it can */
function whyUnsigned(
  { headers }: IncomingMessage,
  body: string,
  { signingSecret, nowMs }: { signingSecret: string; nowMs: number },
): string | null {
  const stamp = headers["x-slack-request-timestamp"];
  const signature = headers["x-slack-signature"];
  if (typeof stamp !== "string" || typeof signature !== "string") return "unsigned";
  if (!/^\d{1,12}$/.test(stamp)) return "odd_time";
  if (Math.abs(nowMs / 1_000 - Number(stamp)) > MAX_SKEW_S) return "stale_or_future";
  const isValid = isValidSlackRequest({
    signingSecret,
    body,
    headers: { "x-slack-signature": signature, "x-slack-request-timestamp": Number(stamp) },
    nowMilliseconds: nowMs,
  });
  return isValid ? null : "wrong_signature";
}

/** A command is the form's fields; anything else is JSON in its field `payload`. */
function formPayload(body: string): unknown {
  const form = new URLSearchParams(body);
  const payload = form.get("payload");
  return payload === null ? Object.fromEntries(form) : json(payload);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told as malformed; the error would quote it.
    return null;
  }
}
