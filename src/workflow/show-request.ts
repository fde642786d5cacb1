import type { Key } from "../domain/key";
import { DENIALS_COUNTED_MS } from "../domain/limits";
import type { Actor } from "../domain/person";
import type { Policy } from "../domain/policy/rule";
import { type Progress, progressOf } from "../domain/progress";
import { type Refusal, refused } from "../domain/refusal";
import type { Request } from "../domain/request";
import type { ChangePorts } from "./change";
import { type CheckPorts, lookingFor } from "./check-person";
import { requestToDecide } from "./look-to-decide";
import { keyOf } from "./recorded";
import type { Reads } from "./store-port";

/** What an approver needs to know of whoever asks. */
export type Asker = {
  /** Their keys that are not deleted, and how many of these are Admin keys. */
  keys: { all: number; admin: number };
  /** How often somebody denied them something within the last 30 days. */
  denials: number;
};

/** A request with all that approvers see of it. */
export type RequestInFull = { request: Request; key: Key | null; asker: Asker; progress: readonly Progress[] };

/** A request as approvers see it; null where there is no such one that was asked of them. */
export async function requestInFull(
  record: Reads,
  { requestId, policy }: { requestId: string; policy: Policy },
): Promise<RequestInFull | null> {
  const request = await record.requests.find(requestId);
  if (!request?.needsApproval) return null;
  const { requesterId } = request;
  const asker = {
    keys: await record.keys.countAlive(requesterId),
    denials: await record.requests.countDeniedSince(requesterId, record.at - DENIALS_COUNTED_MS),
  };
  return { request, key: await keyOf(record, request), asker, progress: progressOf(request, policy, record.at) };
}

/** All that a request says, for those who decide about it, and whoever looks after all keys. */
export async function showRequest(
  ports: CheckPorts & ChangePorts,
  click: { actor: Actor; requestId: string },
): Promise<({ kind: "found" } & RequestInFull) | Refusal> {
  const found = await requestToDecide(lookingFor("form", ports), click, "read");
  if (found.kind === "refused") return found;
  const { policy } = found;
  const inFull = await ports.store.read((record) => requestInFull(record, { requestId: click.requestId, policy }));
  return inFull ? { kind: "found", ...inFull } : refused("unknown_request");
}
