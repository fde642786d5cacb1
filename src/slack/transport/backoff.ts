import { backoffMs } from "../../domain/backoff";
import {
  CONNECTION_PAUSE,
  MAX_RETRY_AFTER_AT_START_MS,
  MAX_SHORT_CONNECTIONS,
  SHORT_CONNECTION_MS,
  TRIES_AT_START,
} from "../../domain/service-limits";
import { StartError } from "../../start-error";
import type { CallFailure } from "../clients/call";
import type { Ending } from "./connection";

/** Errors of Slack's that mean that the token is wrong (`apps.connections.open`). */
const WRONG_TOKEN = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "user_removed_from_team",
  "team_disabled",
  "not_allowed_token_type",
  "missing_scope",
  "forbidden_team",
]);

/**
 * How long to wait before a connection gets its successor: not at all as a rule, but a server that ends each connection
 * at once must not be asked for new ones in a tight loop.
 * @param end.shortLived how many short-lived ones ended in a row before this one
 */
export function pauseAfterEndMs(end: { reason: Ending; livedMs: number; shortLived: number }): {
  ms: number;
  shortLived: number;
} {
  const shortLived = end.livedMs < SHORT_CONNECTION_MS ? end.shortLived + 1 : 0;
  if (end.reason === "turned_off") return { ms: CONNECTION_PAUSE.mostMs, shortLived };
  const excess = shortLived - MAX_SHORT_CONNECTIONS;
  return { ms: excess > 0 ? backoffMs(excess, CONNECTION_PAUSE) : 0, shortLived };
}

/** What a failure means for a bot that has never been connected; null where another try may do. */
export function failedStart({ code, retryAfterMs }: CallFailure, failures: number): StartError | null {
  if (WRONG_TOKEN.has(code))
    return new StartError(
      "slack_app_token",
      `Slack does not take SLACK_APP_TOKEN (${code}). It needs an app-level token with the scope connections:write, ` +
        "and Socket Mode turned on in the app's settings.",
      78,
    );
  if (failures < TRIES_AT_START && (retryAfterMs ?? 0) <= MAX_RETRY_AFTER_AT_START_MS) return null;
  return new StartError("slack_unreachable", `Slack did not open a connection (${code}). Try again.`, 1);
}
