import { type Answer, jsonAnswer } from "../../answer";
import type { Workspace } from "../workspace";

/** What a method may be called in a minute, and when it was. */
export type RateLimit = { perMinute: number; calls: number[] };

const MINUTE_MS = 60_000;

/** Refuses a call that is one too many within a minute, as Slack does: with 429, and when to come again. */
export function overRateLimit(workspace: Workspace, method: string): Answer | null {
  const limit = workspace.rateLimits.get(method);
  if (!limit) return null;
  const at = workspace.now();
  limit.calls = limit.calls.filter((one) => at - one < MINUTE_MS);
  const [oldest] = limit.calls;
  if (limit.calls.length < limit.perMinute || oldest === undefined) {
    limit.calls.push(at);
    return null;
  }
  const seconds = Math.ceil((oldest + MINUTE_MS - at) / 1_000);
  return jsonAnswer(429, { ok: false, error: "ratelimited" }, { "retry-after": String(seconds) });
}
