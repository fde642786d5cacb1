import type { IAMClient } from "@aws-sdk/client-iam";
import { type Call, CallCommand, NoResponse, type TigrisResponse } from "./call-command";

/** A response of Tigris's, or that none came that can be used; `status` is that of the last one that said "later". */
export type SendResult =
  | { kind: "received"; response: TigrisResponse }
  | { kind: "failed"; cause: "timeout" | "connection"; status: number | null };

/**
 * Sends one call and waits for the whole response.
 * @param signal the deadline over everything, retries and the reading of the response included
 */
export async function send(client: IAMClient, call: Call, signal: AbortSignal): Promise<SendResult> {
  try {
    const { response } = await client.send(new CallCommand(call), { abortSignal: signal });
    return { kind: "received", response };
  } catch (error) {
    // The error ends here: what the SDK hangs on it belongs in no log and in no cause.
    const status = error instanceof NoResponse ? error.status : null;
    return { kind: "failed", cause: signal.aborted ? "timeout" : "connection", status };
  }
}
