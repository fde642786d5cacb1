import type { IAMClient } from "@aws-sdk/client-iam";
import type { ReadFailure } from "../workflow/tigris-port";
import type { Call } from "./call-command";
import { codeOf, parse, type Tree } from "./parse";
import { send } from "./send";

/** What a read brought, with the length of its text. */
export type ReadResult = { kind: "read"; tree: Tree; bytes: number } | { kind: "too_large" } | ReadFailure;

/** What the SDK and AWS call a signature whose time is too far off. */
const SKEWED = "RequestTimeTooSkewed";

/** Reads something, with the client's retries. A signature that came at the wrong time is tried once more: the refusal has told what the time is. */
export async function read(client: IAMClient, call: Omit<Call, "isRead">, deadline: AbortSignal): Promise<ReadResult> {
  const first = await readOnce(client, call, deadline);
  return first.kind === "unavailable" && first.reason === SKEWED ? readOnce(client, call, deadline) : first;
}

async function readOnce(client: IAMClient, call: Omit<Call, "isRead">, deadline: AbortSignal): Promise<ReadResult> {
  const sent = await send(client, { ...call, isRead: true }, deadline);
  if (sent.kind === "failed") return unavailable(sent.status === null ? sent.cause : `http_${sent.status}`);
  const { status, body, isTooLong } = sent.response;
  if (status === 200 && isTooLong) return { kind: "too_large" };
  const tree = body === null ? null : parse(body);
  if (status !== 200) return unavailable(codeOf(tree) ?? `http_${status}`);
  return { kind: "read", tree, bytes: body?.length ?? 0 };
}

export function unavailable(reason: string): ReadFailure {
  return { kind: "unavailable", reason };
}
