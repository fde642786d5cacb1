import { type Logger, WebClient } from "@slack/web-api";
import type { Operator } from "../../domain/person";
import type { Secret } from "../../domain/secret";
import type { Clock } from "../../workflow/clock";
import type { ServiceClock } from "../../workflow/service-clock";
import { nameOperator } from "./name-operator";

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
  fetch: typeof fetch;
  /** Is named in all that they send; null where nobody is. */
  operator: Operator | null;
}): SlackClients {
  const { botToken, apiUrl, timeouts, logger, fetch, operator } = options;
  const client = (timeout: number) =>
    new NamingClient(operator, botToken.expose(), {
      slackApiUrl: apiUrl,
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger,
      fetch,
    });
  return {
    clicks: client(timeouts.clickMs),
    delivery: client(timeouts.deliveryMs),
    outbox: client(timeouts.outboxMs),
  };
}

/** The one edge that all calls pass: its methods go through `apiCall`. */
class NamingClient extends WebClient {
  readonly #operator: Operator | null;

  constructor(operator: Operator | null, ...rest: ConstructorParameters<typeof WebClient>) {
    super(...rest);
    this.#operator = operator;
  }

  override apiCall(...[method, options]: Parameters<WebClient["apiCall"]>): ReturnType<WebClient["apiCall"]> {
    return super.apiCall(method, nameOperator(options, this.#operator));
  }
}

/** Calls Slack with `send`, and takes note of the time that its own answers name; one that led elsewhere is not its own. */
export function fetchWithTime(send: typeof fetch, clock: Clock, slackTime: Pick<ServiceClock, "heard">): typeof fetch {
  return async (...call) => {
    const sentAtMs = clock.monotonicMs();
    const response = await send(...call);
    const { headers } = response;
    if (!response.redirected) slackTime.heard({ date: headers.get("date"), age: headers.get("age"), sentAtMs });
    return response;
  };
}
