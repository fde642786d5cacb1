import { isClosed } from "../domain/attempt";
import { isAlive, type Key } from "../domain/key";
import { endedWithoutKeyAt, type Request } from "../domain/request";
import { isReviewOpen } from "../domain/review";
import { type ChangePorts, change } from "./change";
import type { Settings } from "./ports";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

/**
 * Takes out of the record what ended long ago, with what was typed in it: a request that never had a key that was on, with its
 * attempts, or a closed attempt. Events stay, and names that were used.
 * @param subjectId of a request or an attempt
 */
export async function forget(ports: ChangePorts & { settings: Settings }, subjectId: string): Promise<void> {
  const { keepMs } = ports.settings;
  const { isRequest, isBusy } = await ports.store.read(async (record) => ({
    isRequest: (await record.requests.find(subjectId)) !== null,
    isBusy: await record.attempts.hasOpen(subjectId),
  }));
  // A key may still be looked for: the timer comes again when its lease is over.
  if (isBusy) return;
  if (isRequest) {
    const decide = (recorded: Recorded, at: number) => decideForgetRequest(recorded, { keepMs, at });
    await change(ports, { about: { requestId: subjectId }, decide });
    return;
  }
  const decide = (recorded: Recorded, at: number) => decideForgetAttempt(recorded, { keepMs, at });
  await change(ports, { about: { attemptId: subjectId }, decide });
}

/** A request whose key ever was on stays, whatever became of the key. */
export function decideForgetRequest({ request, key }: Recorded, { keepMs, at }: { keepMs: number; at: number }): Step {
  const endedAt = request && endedWithoutKeyAt(request);
  if (request === null || endedAt === null || at - endedAt < keepMs) return NO_CHANGE;
  if (isReviewOpen(request.review)) return NO_CHANGE;
  if (request.asked.kind === "key" && key !== null && !wasNeverOn(key, request)) return NO_CHANGE;
  const forgotten = { name: "request.forgotten", actorId: "bot", outcome: request.state.kind } as const;
  return step("bot", { forget: "request", events: [forgotten] });
}

/** Whether a key is gone that never had power: it went by itself, or its request ended with it. */
function wasNeverOn({ state: key }: Key, { state: request }: Request): boolean {
  if (key.kind !== "deleted") return false;
  return key.why === "never_on" || (request.kind === "lapsed" && request.why === "key_gone");
}

/** The newest delivery of a key that works stays: its owner may still say that the secret has arrived. */
export function decideForgetAttempt({ attempt, key }: Recorded, { keepMs, at }: { keepMs: number; at: number }): Step {
  if (attempt === null || !isClosed(attempt.work) || at - attempt.startedAt < keepMs) return NO_CHANGE;
  if (key !== null && isAlive(key) && key.deliveryId === attempt.id) return NO_CHANGE;
  return step("bot", { forget: "attempt" });
}
