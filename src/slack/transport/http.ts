import type { IncomingMessage, RequestListener } from "node:http";
import { HTTPReceiver } from "@slack/bolt";
import type { Secret } from "../../domain/secret";
import type { SdkLogger } from "../../log";
import type { Clock } from "../../workflow/clock";
import type { Transport } from "./transport";

const EVENTS_PATH = "/slack/events";

/** How far a request's time may be off, in seconds (Slack, verifying requests). Bolt lets any future time pass. */
const MAX_SKEW_S = 300;

/** The largest payload that is read. Slack's stay far below: a view has 250 KB at most (Slack, views). */
const MAX_BODY_BYTES = 1_048_576;

const FORM = "application/x-www-form-urlencoded";

/** Payloads over HTTP, with Slack's signature on each. Listening is the server's job. */
export function createHttpTransport(options: { signingSecret: Secret; clock: Clock; logger: SdkLogger }): Transport {
  const { signingSecret, clock, logger } = options;
  const receiver = new HTTPReceiver({
    signingSecret: signingSecret.expose(),
    endpoints: EVENTS_PATH,
    bodyLimit: MAX_BODY_BYTES,
    logger,
  });
  let isOpen = false;
  const requestListener: RequestListener = (request, response) => {
    if (!isOpen) return void response.writeHead(503, { connection: "close" }).end();
    if (!isRecent(request, clock.now())) return void response.writeHead(401, { connection: "close" }).end();
    useBareFormType(request);
    receiver.requestListener(request, response);
  };
  return {
    receiver,
    requestListener,
    isConnected: () => isOpen,
    start: async () => {
      isOpen = true;
    },
    drain: async () => {
      isOpen = false;
    },
    close: async () => {},
  };
}

function isRecent(request: IncomingMessage, nowMs: number): boolean {
  const stamp = request.headers["x-slack-request-timestamp"];
  if (typeof stamp !== "string" || !/^\d{1,12}$/.test(stamp)) return false;
  return Math.abs(nowMs / 1_000 - Number(stamp)) <= MAX_SKEW_S;
}

/** Bolt parses forms only where the type stands alone, without a charset behind it. */
function useBareFormType(request: IncomingMessage): void {
  const type = request.headers["content-type"];
  if (type?.split(";")[0]?.trim().toLowerCase() === FORM) request.headers["content-type"] = FORM;
}
