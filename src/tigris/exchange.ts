import type { IAMClient } from "@aws-sdk/client-iam";
import { type Answer, type Call, CallCommand, NoAnswer } from "./call-command";

/** An answer of Tigris's, or that none came that can be used; `status` is that of the last one that said "later". */
export type Exchanged =
  | { kind: "answered"; answer: Answer }
  | { kind: "failed"; cause: "timeout" | "connection"; status: number | null };

/**
 * Sends one call and waits for the whole answer.
 * @param signal the deadline over everything, retries and the reading of the answer included
 */
export async function exchange(client: IAMClient, call: Call, signal: AbortSignal): Promise<Exchanged> {
  try {
    const { answer } = await client.send(new CallCommand(call), { abortSignal: signal });
    return { kind: "answered", answer };
  } catch (error) {
    // The error ends here: what the SDK hangs on it belongs in no log and in no cause.
    const status = error instanceof NoAnswer ? error.status : null;
    return { kind: "failed", cause: signal.aborted ? "timeout" : "connection", status };
  }
}
