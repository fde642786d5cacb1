import type { IAMClient } from "@aws-sdk/client-iam";
import { MAX_RESPONSE_BYTES } from "../domain/service-limits";
import type { LostCause, TigrisLost, TigrisRefusal } from "../workflow/tigris-port";
import type { Call, TigrisResponse } from "./call-command";
import { codeOf, parse, type Tree } from "./parse";
import { send } from "./send";

/** Tigris did it, and says so with this. */
export type Accepted = { kind: "accepted"; tree: Tree; requestId: string | null };
export type Mutated = Accepted | TigrisRefusal | TigrisLost;

export type Mutate = (call: Pick<Call, "action" | "query" | "form">) => Promise<Mutated>;

/** Makes the way for calls that change something: tried once, with a deadline over the whole call. */
export function createMutate(client: IAMClient, timeoutMs: number): Mutate {
  return async (call) => {
    const whole: Call = { ...call, maxBytes: MAX_RESPONSE_BYTES, isRead: false };
    const sent = await send(client, whole, AbortSignal.timeout(timeoutMs));
    return sent.kind === "received" ? judged(sent.response) : lost(sent.cause, null);
  };
}

/**
 * What a response says about whether the call took effect. A 4xx with a code of Tigris's means that it did not; one
 * without may come from something in between, and says nothing. A 429 is a refusal at the door. A 408 may come from
 * something in between that gave up waiting for Tigris, and a 503, `SlowDown` included, from a Tigris that had begun:
 * neither says that nothing happened.
 */
function judged({ status, requestId, body }: TigrisResponse): Mutated {
  if (status === 408) return lost("timeout", requestId);
  if (status === 429) return { kind: "refused", status, code: "Throttled" };
  if (status >= 500) return lost("server_error", requestId);
  const tree = body === null ? null : parse(body);
  const code = status >= 400 ? codeOf(tree) : null;
  if (code !== null) return { kind: "refused", status, code };
  if (status < 200 || status >= 300 || body === null) return lost("malformed", requestId);
  return { kind: "accepted", tree: body.trim() === "" ? {} : tree, requestId };
}

/** A key that Tigris no longer has (Tigris's own code: a 404 of something in between says nothing about keys). */
export function isGone(mutated: Mutated): boolean {
  return mutated.kind === "refused" && mutated.status === 404 && mutated.code === "NoSuchEntity";
}

export function lost(cause: LostCause, requestId: string | null): TigrisLost {
  return { kind: "lost", cause, requestId };
}
