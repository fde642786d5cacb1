import { isClosed } from "../../domain/attempt";
import { refused } from "../../domain/refusal";
import { change } from "../change";
import type { Outcome } from "../outcome";
import { NO_CHANGE, step } from "../step";
import type { CallPorts, Held } from "./call";

/**
 * A key was made, but its attempt is no longer ours, or can't be written. Whoever took the attempt over may have looked for
 * the key before it was there, so it goes here and now.
 */
export async function deleteOrphan(
  ports: CallPorts,
  { attempt, request }: Held,
  accessKeyId: string,
): Promise<Outcome> {
  const answer = await ports.tigris.deleteKey(accessKeyId);
  const isDeleted = answer.kind === "deleted" || answer.kind === "gone";
  if (!isDeleted) await tellIfNobodyLooks(ports, attempt.id, accessKeyId).catch(() => {});
  ports.log.warn({
    event: "attempt.lease_lost",
    requestId: attempt.requestId,
    attemptId: attempt.id,
    accessKeyId,
    deletion: answer.kind,
  });
  return refused("lease_lost", { keyName: request?.asked.keyName ?? "", isDeleted });
}

/**
 * Whoever took the attempt over looks for its key and deletes it. Where they have closed it, or it is on no record, a person
 * has to.
 */
async function tellIfNobodyLooks(ports: CallPorts, attemptId: string, accessKeyId: string): Promise<void> {
  await change(ports, {
    about: { attemptId },
    decide: ({ attempt }) =>
      attempt === null || isClosed(attempt.work)
        ? step("bot", { alert: { code: "made_too_late" as const, about: { accessKeyId } } })
        : NO_CHANGE,
  });
}
