import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";

/**
 * How a call to Slack ended. Of a failure only a code is kept: the library's errors hold what was sent.
 * `code` is Slack's own (`channel_not_found`), or `ratelimited`, `no_answer`, `http_500`, `unknown`.
 */
export type Called<Result> = { kind: "ok"; result: Result } | CallFailure;
export type CallFailure = { kind: "failed"; code: string; retryAfterMs: number | null };

/** Turns what a client of Slack's throws into a value. */
export async function called<Result>(call: Promise<Result>): Promise<Called<Result>> {
  try {
    return { kind: "ok", result: await call };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): CallFailure {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: "failed", code: "ratelimited", retryAfterMs: error.retryAfter * 1_000 };
  if (error instanceof WebAPIPlatformError) return failed(codeIn(error.data.error));
  if (error instanceof WebAPIHTTPError) return failed(`http_${error.statusCode}`);
  if (error instanceof WebAPIRequestError) return failed("no_answer");
  return failed("unknown");
}

function failed(code: string): CallFailure {
  return { kind: "failed", code, retryAfterMs: null };
}

/** A code of Slack's, or nothing of it: whatever else a response holds there is not repeated. */
function codeIn(code: unknown): string {
  return typeof code === "string" && /^[a-z0-9_]{1,60}$/.test(code) ? code : "unknown";
}
