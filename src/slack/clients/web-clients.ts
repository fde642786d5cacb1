import { type Logger, WebClient } from "@slack/web-api";
import type { Secret } from "../../domain/secret";
import type { Clock } from "../../workflow/clock";
import type { ServiceClock } from "../../workflow/service-clock";

/** Time limits of one call to Slack, in milliseconds. */
export type SlackTimeouts = { clickMs: number; deliveryMs: number; outboxMs: number };

/** A client for each purpose: a 429 that holds one up must not hold up the others. */
export type SlackClients = { clicks: WebClient; outbox: WebClient; delivery: WebClient };

/**
 * None of them repeats a call by itself: the library would also repeat one that timed out, which may have taken effect.
 * @param options `apiUrl` ends with a slash
 */
export function createClients(options: {
  botToken: Secret;
  apiUrl: string;
  timeouts: SlackTimeouts;
  logger: Logger;
  fetch?: typeof fetch;
}): SlackClients {
  const { botToken, apiUrl, timeouts, logger, fetch: fetchOne } = options;
  const client = (timeout: number) =>
    new WebClient(botToken.expose(), {
      slackApiUrl: apiUrl,
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger,
      ...(fetchOne ? { fetch: fetchOne } : {}),
    });
  return {
    clicks: client(timeouts.clickMs),
    delivery: client(timeouts.deliveryMs),
    outbox: client(timeouts.outboxMs),
  };
}

/** Calls Slack as ever, and takes note of the time that its own answers name; one that led elsewhere is not its own. */
export function fetchWithTime(clock: Clock, slackTime: Pick<ServiceClock, "heard">): typeof fetch {
  return async (...call) => {
    const sentAtMs = clock.monotonicMs();
    const response = await fetch(...call);
    const { headers } = response;
    if (!response.redirected) slackTime.heard({ date: headers.get("date"), age: headers.get("age"), sentAtMs });
    return response;
  };
}
