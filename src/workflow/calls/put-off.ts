import { type Attempt, deletionPauseMs, releaseLease } from "../../domain/attempt";
import type { EventName } from "../../domain/event";
import { ALERT_AFTER_MS } from "../../domain/limits";
import type { Alert } from "../outbox-message";
import type { Step } from "../step";
import type { Held } from "./call";

/** Puts what takes power and failed off, longer each time, and tells the approvals channel when that goes on for long. */
export function putOff(held: Held, at: number): Pick<Step, "attempt" | "alert"> {
  const { attempt } = held;
  const tries = attempt.tries + 1;
  const isOverdue = at - attempt.startedAt >= ALERT_AFTER_MS && !attempt.alerted;
  const alerted = attempt.alerted || isOverdue;
  const to: Attempt = releaseLease({ ...attempt, tries, nextAt: at + deletionPauseMs(tries), alerted });
  return {
    attempt: {
      to,
      event: FAILED[attempt.work.kind] ?? "key.deletion_failed",
      outcome: `try_${tries}`,
    },
    ...(isOverdue ? { alert: alertOf(held) } : {}),
  };
}

const FAILED: Partial<Record<Attempt["work"]["kind"], EventName>> = {
  pause: "key.pause_failed",
  change_access: "key.narrowing_failed",
};

function alertOf({ attempt, key }: Held): Alert {
  const { accessKeyId, work } = attempt;
  if (work.kind === "pause" && key !== null)
    return { code: "pause_failing", about: { tigrisName: key.tigrisName, accessKeyId: key.accessKeyId } };
  if (work.kind === "change_access" && key !== null)
    return { code: "narrowing_failing", about: { tigrisName: key.tigrisName, accessKeyId: key.accessKeyId } };
  return { code: "deletion_failing", about: { tigrisName: key?.tigrisName ?? null, accessKeyId } };
}
