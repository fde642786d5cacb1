import type { IncomingMessage, ServerResponse } from "node:http";
import type { App, ReceiverEvent } from "@slack/bolt";
import type { Secret } from "../../domain/secret";
import { REMEMBER_SERVICES_MS } from "../../domain/service-limits";
import { type Clock, seldom } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";
import type { ServiceClock } from "../../workflow/service-clock";
import { type Acknowledger, createAcknowledger } from "./acknowledge";
import { createRequestReader, ODD_TIME } from "./read-request";
import { createRefusalLog } from "./refusal-log";
import type { Transport } from "./transport";

/**
 * Payloads over HTTP, with Slack's signature on each. Listening is the server's job. Bolt's own receiver is not used: it
 * takes signatures from the future, refuses forms with a charset, and rejects a promise that nobody holds where a payload
 * is `null`.
 */
export function createHttpTransport(options: {
  signingSecret: Secret;
  clock: Clock;
  log: Pick<Log, "warn" | "error">;
  /** Slack's time; this machine's where left out. */
  slackTime?: Pick<ServiceClock, "now" | "isOutdated">;
  /** Asks Slack something, whose answer says what the time is. */
  askTime?: () => void;
}): Transport {
  const { clock, log, slackTime = { now: clock.now, isOutdated: () => false }, askTime = () => {} } = options;
  const onOddTime = seldom(clock, REMEMBER_SERVICES_MS, askTime);
  const read = createRequestReader(options.signingSecret.expose());
  const logRefusal = createRefusalLog(clock, log);
  const acknowledger = createAcknowledger(log);
  let isOpen = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOpen) return sendResponse(response, 503);
    const found = await read(request, slackTime.now());
    switch (found.kind) {
      case "cut_off":
        return;
      case "refused":
        logRefusal(found.status, found.reason);
        // Perhaps it is our time that is odd; anybody can send such requests, so Slack is asked seldom.
        if (found.reason === ODD_TIME && slackTime.isOutdated()) onOddTime();
        return sendResponse(response, found.status);
      case "check":
        return sendResponse(response, 200);
      case "challenge":
        return sendResponse(response, 200, { challenge: found.challenge });
      case "payload":
        return takePayload(acknowledger, found.payload, request, response);
    }
  }

  return {
    receiver: {
      init: (app: App) => acknowledger.connect(app),
      start: async () => {},
      stop: async () => {},
    },
    requestListener: (request, response) => {
      handle(request, response).catch(() => {
        log.error({ event: "transport.failed" });
        if (!response.headersSent) sendResponse(response, 500);
      });
    },
    isConnected: () => isOpen,
    otherConnections: () => null,
    connections: () => 0,
    start: async () => {
      isOpen = true;
    },
    drain: async () => {
      isOpen = false;
      await acknowledger.stop();
    },
    close: async () => {
      isOpen = false;
    },
  };
}

async function takePayload(
  acknowledger: Acknowledger,
  body: Record<string, unknown>,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const ack: ReceiverEvent["ack"] = async (said?: unknown) => sendResponse(response, 200, said);
  const retryNum = Number(headers["x-slack-retry-num"] ?? Number.NaN);
  await acknowledger.take({ body, ack, ...(Number.isInteger(retryNum) ? { retryNum } : {}) });
  // Nothing acknowledged it in time, or nothing is taken any more.
  if (!response.headersSent) sendResponse(response, 503);
}

/** @param said a text, an object for JSON, or nothing */
function sendResponse(response: ServerResponse, status: number, said?: unknown): void {
  if (said === undefined || said === null || said === "") return void response.writeHead(status).end();
  if (typeof said === "string")
    return void response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(said);
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
}
