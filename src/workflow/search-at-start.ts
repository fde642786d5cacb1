import { isClosed } from "../domain/attempt";
import { isLeaseOver } from "../domain/due";
import { MAX_SEARCHES_AT_START } from "../domain/limits";
import { type ChangePorts, change } from "./change";
import { NO_CHANGE, type Recorded, type Step, step } from "./step";

/** Has what was given up looked for at once: a bot that was away for long should not wait for another day. */
export async function searchAtStart(ports: ChangePorts): Promise<void> {
  const ids = await ports.store.read((record) => record.attempts.searching(MAX_SEARCHES_AT_START));
  for (const attemptId of ids) await change(ports, { about: { attemptId }, decide: decideSearchNow });
}

/** What somebody is at, or has found, is left alone. */
export function decideSearchNow({ attempt }: Recorded, at: number): Step {
  if (attempt === null || isClosed(attempt.work) || attempt.work.phase !== "searching") return NO_CHANGE;
  if (!isLeaseOver(attempt.lease.until, at) || attempt.nextAt <= at) return NO_CHANGE;
  return step("bot", { attempt: { to: { ...attempt, nextAt: at } } });
}
