import { randomUUID } from "node:crypto";
import { LIMITS } from "../limits/table";
import type { Sending, Workspace } from "../workspace";
import { acknowledgedUnderFault } from "./ack-fault";
import { bodyOf, headersOf, parsedBody, postSigned } from "./signed-post";

/** How the app took a payload. */
export type Taken = { kind: "acked"; body: unknown } | { kind: "failed"; reason: string };

/** Sends a payload to the app, over its socket or signed over HTTP, and waits for the acknowledgement. */
export async function deliver(
  workspace: Workspace,
  kind: Sending["kind"],
  payload: Record<string, unknown>,
): Promise<Taken> {
  const sending: Sending = {
    kind,
    payload,
    envelopeId: randomUUID(),
    at: workspace.now(),
    ackedAt: null,
    ackBody: null,
  };
  workspace.deliveries.push(sending);
  workspace.passed.emit("change");
  return send(workspace, sending);
}

/** Sends a payload, perhaps for a second time. @param retry how often it was sent before */
export function send(workspace: Workspace, sending: Sending, retry = 0): Promise<Taken> {
  const { delivery } = workspace.app;
  return delivery.kind === "socket"
    ? overSocket(workspace, sending, retry)
    : overHttp(workspace, sending, { url: delivery.url, retry });
}

/** The types of envelopes (Slack, "Using Socket Mode"). */
const ENVELOPES = { command: "slash_commands", interaction: "interactive", event: "events_api" };

function overSocket(workspace: Workspace, sending: Sending, retry: number): Promise<Taken> {
  const envelope = {
    envelope_id: sending.envelopeId,
    type: ENVELOPES[sending.kind],
    payload: sending.payload,
    accepts_response_payload: sending.kind !== "event",
    // Events say how often they were sent before at the first time too.
    ...(retry > 0 || sending.kind === "event"
      ? { retry_attempt: retry, retry_reason: retry > 0 ? "timeout" : "" }
      : {}),
  };
  return new Promise((resolve) => {
    const sent = workspace.connections.send(envelope, ({ payload }) => {
      const body = isEmpty(payload) ? undefined : payload;
      void acknowledgedUnderFault(workspace, sending, body, () => sent?.cut()).then(end);
    });
    if (!sent) return resolve({ kind: "failed", reason: "dispatch_failed" });
    const timer = setTimeout(
      () => end({ kind: "failed", reason: "operation_timeout" }),
      LIMITS.ackMs * workspace.patience,
    );

    function end(taken: Taken | null): void {
      if (taken === null) return;
      clearTimeout(timer);
      sent?.forget();
      resolve(taken);
    }
  });
}

/** Clients send an empty object where there is nothing to say. */
function isEmpty(payload: unknown): boolean {
  return typeof payload === "object" && payload !== null && Object.keys(payload).length === 0;
}

type Address = { url: string; retry: number };

async function overHttp(workspace: Workspace, sending: Sending, address: Address): Promise<Taken> {
  const deadline = new Promise<Taken>((resolve) => {
    const timer = setTimeout(
      () => resolve({ kind: "failed", reason: "operation_timeout" }),
      LIMITS.ackMs * workspace.patience,
    );
    timer.unref();
  });
  return Promise.race([deadline, answeredOverHttp(workspace, sending, address)]);
}

async function answeredOverHttp(workspace: Workspace, sending: Sending, { url, retry }: Address): Promise<Taken> {
  const answered = await postSigned(workspace, url, bodyOf(sending), headersOf(sending, retry));
  if (answered.status === 0) return { kind: "failed", reason: answered.body };
  if (answered.status !== 200) return { kind: "failed", reason: `http_error ${answered.status}` };
  const taken = await acknowledgedUnderFault(workspace, sending, parsedBody(answered.body), () => {});
  return taken ?? { kind: "failed", reason: "dispatch_failed" };
}
