import type { IncomingMessage, ServerResponse } from "node:http";
import type { App, ReceiverEvent } from "@slack/bolt";
import type { Secret } from "../../domain/secret";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";
import { createIntake, type Intake } from "./intake";
import { createRequestReader } from "./read-request";
import { createRefusals } from "./refusals";
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
}): Transport {
  const { clock, log } = options;
  const read = createRequestReader(options.signingSecret.expose());
  const noteRefusal = createRefusals(clock, log);
  const intake = createIntake(log);
  let isOpen = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOpen) return answer(response, 503);
    const found = await read(request, clock.now());
    switch (found.kind) {
      case "cut_off":
        return;
      case "refused":
        noteRefusal(found.status, found.reason);
        return answer(response, found.status);
      case "check":
        return answer(response, 200);
      case "challenge":
        return answer(response, 200, { challenge: found.challenge });
      case "payload":
        return takePayload(intake, found.payload, request, response);
    }
  }

  return {
    receiver: {
      init: (app: App) => intake.connect(app),
      start: async () => {},
      stop: async () => {},
    },
    requestListener: (request, response) => {
      handle(request, response).catch(() => {
        log.error({ event: "transport.failed" });
        if (!response.headersSent) answer(response, 500);
      });
    },
    isConnected: () => isOpen,
    start: async () => {
      isOpen = true;
    },
    drain: async () => {
      isOpen = false;
      await intake.stop();
    },
    close: async () => {
      isOpen = false;
    },
  };
}

async function takePayload(
  intake: Intake,
  body: Record<string, unknown>,
  { headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const ack: ReceiverEvent["ack"] = async (said?: unknown) => answer(response, 200, said);
  const retryNum = Number(headers["x-slack-retry-num"] ?? Number.NaN);
  await intake.take({ body, ack, ...(Number.isInteger(retryNum) ? { retryNum } : {}) });
  // Nothing acknowledged it in time, or nothing is taken any more.
  if (!response.headersSent) answer(response, 503);
}

/** @param said a text, an object for JSON, or nothing */
function answer(response: ServerResponse, status: number, said?: unknown): void {
  if (said === undefined || said === null || said === "") return void response.writeHead(status).end();
  if (typeof said === "string")
    return void response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(said);
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
}
