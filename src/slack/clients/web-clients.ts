import { type Logger, WebClient } from "@slack/web-api";
import type { Secret } from "../../domain/secret";

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
}): SlackClients {
  const { botToken, apiUrl, timeouts, logger } = options;
  const client = (timeout: number) =>
    new WebClient(botToken.expose(), {
      slackApiUrl: apiUrl,
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger,
    });
  return {
    clicks: client(timeouts.clickMs),
    delivery: client(timeouts.deliveryMs),
    outbox: client(timeouts.outboxMs),
  };
}
