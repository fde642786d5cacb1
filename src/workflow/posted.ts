import type { Attempt } from "../domain/attempt";
import { isIn, type Making, type Request } from "../domain/request";
import { finishMaking } from "../domain/request-steps";
import type { Ports } from "./ports";
import { recordStep } from "./record";

/**
 * Records that Slack took the secret, in one transaction: the attempt is closed, the key is live, the cards are due.
 * @returns false where the lease was lost or the store failed: the secret then counts as not delivered
 */
export async function recordPosted(
  ports: Ports,
  request: Request<Making>,
  attempt: Attempt,
  accessKeyId: string,
): Promise<boolean> {
  const { work } = attempt;
  if (work.kind !== "create") return false;
  try {
    return await ports.store.transact(async (tx) => {
      const at = ports.clock.now();
      const closed: Attempt = { ...attempt, work: { ...work, phase: "posted" } };
      if (!(await tx.attempts.save(closed, attempt.lease.workerId))) return false;
      const current = await tx.requests.find(request.id);
      if (!current || !isIn(current, "making")) throw new Error("an attempt without its request");
      await tx.keys.insert({
        accessKeyId,
        requestId: request.id,
        reference: request.reference,
        ownerId: request.requesterId,
        keyName: request.keyName,
        tigrisName: work.tigrisName,
        access: request.access,
        endpoint: request.endpoint,
        madeAt: at,
        deliveryId: attempt.id,
        state: { kind: "live", secret: { kind: "unconfirmed" } },
      });
      const step = finishMaking(current, { accessKeyId, at });
      if (!(await recordStep(tx, current, step, { actorId: attempt.actorId, at, outcome: "posted" })))
        throw new Error("a request changed inside a transaction");
      return true;
    });
  } catch {
    ports.log.error({ event: "attempt.not_recorded", requestId: request.id, attemptId: attempt.id });
    return false;
  } finally {
    ports.wake();
  }
}
