import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isValidSlackRequest } from "@slack/bolt";
import { z } from "zod";
import { MAX_BODY_BYTES, MAX_CHECK_LENGTH, MAX_HELD_BYTES, SMALL_BODY_BYTES } from "../../domain/service-limits";

/** What a request is. `reason` is for the log: it holds nothing of the request. */
export type Read =
  | { kind: "payload"; payload: Record<string, unknown> }
  | { kind: "check" }
  | { kind: "challenge"; challenge: string }
  | { kind: "refused"; status: 400 | 401 | 413 | 503; reason: string }
  | { kind: "cut_off" };

/** How far a request's time may be off, in seconds (Slack, verifying requests). Bolt lets any future time pass. */
const MAX_SKEW_S = 300;

/** Why a request is refused whose time is too far from Slack's. */
export const ODD_TIME = "stale_or_future";

const FORM = "application/x-www-form-urlencoded";
const payloadShape = z.record(z.string(), z.unknown());
const challengeShape = z.object({ type: z.literal("url_verification"), challenge: z.string() });

/**
 * Makes what reads requests of Slack's: it holds the signature of each against the secret before anything in it is believed.
 * A body is kept only as long as its headers could be Slack's, and all bodies together only up to a limit.
 * @returns takes a request, and Slack's time in milliseconds since 1970
 */
export function createRequestReader(signingSecret: string): (request: IncomingMessage, nowMs: number) => Promise<Read> {
  const held = { bytes: 0 };
  return async (request, nowMs) => {
    const unsigned = whyUnsigned(request.headers, nowMs);
    const body = await readBody(request, unsigned === null ? MAX_BODY_BYTES : MAX_CHECK_LENGTH, held);
    return judged(request, body, { unsigned, signingSecret, nowMs });
  };
}

function judged(
  { headers }: IncomingMessage,
  body: Body,
  { unsigned, signingSecret, nowMs }: { unsigned: string | null; signingSecret: string; nowMs: number },
): Read {
  if (body.kind === "cut_off") return { kind: "cut_off" };
  if (body.kind === "too_many") return { kind: "refused", status: 503, reason: "too_many_bodies" };
  const isForm = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() === FORM;
  // Slack does not sign these (Slack, slash commands); nothing else in one is looked at. A large form is none, and reading
  // one takes long: only Slack may ask for that.
  if (body.kind === "whole" && isForm && isCheck(body.text)) return { kind: "check" };
  if (unsigned !== null) return { kind: "refused", status: 401, reason: unsigned };
  if (body.kind !== "whole") return { kind: "refused", status: 413, reason: "too_large" };
  if (!isSigned(headers, body.text, { signingSecret, nowMs }))
    return { kind: "refused", status: 401, reason: "wrong_signature" };
  const payload = payloadShape.safeParse(isForm ? formPayload(body.text) : json(body.text));
  if (!payload.success) return { kind: "refused", status: 400, reason: "malformed" };
  const challenge = challengeShape.safeParse(payload.data);
  if (challenge.success) return { kind: "challenge", challenge: challenge.data.challenge };
  return { kind: "payload", payload: payload.data };
}

type Body = { kind: "whole"; text: string } | { kind: "too_large" | "too_many" | "cut_off" };

/** @param held what all bodies that are being read hold together */
async function readBody(request: IncomingMessage, limit: number, held: { bytes: number }): Promise<Body> {
  let parts: Buffer[] = [];
  let length = 0;
  let dropped: "too_large" | "too_many" | null = null;
  const drop = () => {
    for (const part of parts) held.bytes -= part.length;
    parts = [];
  };
  try {
    for await (const part of request) {
      length += part.length;
      if (length > limit) dropped ??= "too_large";
      if (length > SMALL_BODY_BYTES && held.bytes + part.length > MAX_HELD_BYTES) dropped ??= "too_many";
      // What is left is read all the same: who sends it then also reads the response.
      if (dropped) {
        drop();
        continue;
      }
      parts.push(part);
      held.bytes += part.length;
    }
    return dropped ? { kind: dropped } : { kind: "whole", text: Buffer.concat(parts).toString() };
  } catch {
    // The connection broke: nobody is there to be told.
    return { kind: "cut_off" };
  } finally {
    drop();
  }
}

function isCheck(text: string): boolean {
  return text.length <= MAX_CHECK_LENGTH && new URLSearchParams(text).get("ssl_check") === "1";
}

/** @returns why a request's headers alone say that it is not Slack's; null where they could be */
function whyUnsigned(headers: IncomingHttpHeaders, nowMs: number): string | null {
  const { stamp, signature } = signing(headers);
  if (stamp === null || signature === null) return "unsigned";
  if (!/^\d{1,12}$/.test(stamp)) return "odd_time";
  if (!/^v0=[0-9a-f]{64}$/.test(signature)) return "odd_signature";
  return Math.abs(nowMs / 1_000 - Number(stamp)) > MAX_SKEW_S ? ODD_TIME : null;
}

function isSigned(
  headers: IncomingHttpHeaders,
  body: string,
  { signingSecret, nowMs }: { signingSecret: string; nowMs: number },
): boolean {
  const { stamp, signature } = signing(headers);
  return isValidSlackRequest({
    signingSecret,
    body,
    headers: { "x-slack-signature": signature ?? "", "x-slack-request-timestamp": Number(stamp) },
    nowMilliseconds: nowMs,
  });
}

function signing(headers: IncomingHttpHeaders): { stamp: string | null; signature: string | null } {
  const { "x-slack-request-timestamp": stamp, "x-slack-signature": signature } = headers;
  return {
    stamp: typeof stamp === "string" ? stamp : null,
    signature: typeof signature === "string" ? signature : null,
  };
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
