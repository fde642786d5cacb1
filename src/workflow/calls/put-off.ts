import { type Attempt, deletionPauseMs, releaseLease } from "../../domain/attempt";
import { ALERT_AFTER_MS } from "../../domain/limits";
import type { Alert } from "../outbox-message";
import type { Step } from "../step";
import type { Held } from "./call";

/** Puts a deletion that failed off, longer each time, and tells the approvals channel when that goes on for long. */
export function putOff(held: Held, at: number): Pick<Step, "attempt" | "alert"> {
  const { attempt } = held;
  const tries = attempt.tries + 1;
  const isOverdue = at - attempt.startedAt >= ALERT_AFTER_MS && !attempt.alerted;
  const alerted = attempt.alerted || isOverdue;
  const to: Attempt = releaseLease({ ...attempt, tries, nextAt: at + deletionPauseMs(tries), alerted });
  return {
    attempt: { to, event: "key.deletion_failed", outcome: `try_${tries}` },
    ...(isOverdue ? { alert: deletionAlert(held) } : {}),
  };
}

function deletionAlert({ attempt, key }: Held): Alert {
  const tigrisName = attempt.work.kind === "create" ? attempt.work.tigrisName : (key?.tigrisName ?? null);
  return { code: "deletion_failing", about: { tigrisName, accessKeyId: attempt.accessKeyId } };
}
