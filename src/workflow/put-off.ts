import { ALERT_AFTER_MS, type Attempt, deletionPauseMs } from "../domain/attempt";
import { bold, code, type Sentence } from "../domain/sentence";
import { letGo } from "./lease";
import type { Ports } from "./ports";
import type { Tx } from "./store-port";

/** Puts a deletion that failed off, longer each time, and tells the approvals channel when that goes on for long. */
export async function putOff(ports: Ports, attempt: Attempt): Promise<void> {
  const at = ports.clock.now();
  const tries = attempt.tries + 1;
  const isOverdue = at - attempt.startedAt >= ALERT_AFTER_MS && !attempt.alerted;
  await ports.store.transact(async (tx) => {
    const next = { ...attempt, tries, nextAt: at + deletionPauseMs(tries), alerted: attempt.alerted || isOverdue };
    if (!(await letGo(tx, next))) return;
    await tx.events.append({
      name: "key.deletion_failed",
      at,
      actorId: "bot",
      requestId: attempt.requestId,
      accessKeyId: attempt.accessKeyId,
      outcome: `try_${tries}`,
    });
    if (isOverdue) await alert(tx, attempt, at, await deletionAlert(tx, attempt));
  });
  ports.wake();
}

async function deletionAlert(tx: Tx, attempt: Attempt): Promise<Sentence> {
  const key = attempt.accessKeyId === null ? null : await tx.keys.find(attempt.accessKeyId);
  const name = attempt.work.kind === "create" ? attempt.work.tigrisName : key?.tigrisName;
  return [
    "I can't delete the access key ",
    bold(name ?? "(name unknown)"),
    " (",
    code(attempt.accessKeyId ?? "id unknown"),
    ") in Tigris. I go on trying; please look at it in the Tigris Dashboard.",
  ];
}

/** Tells the approvals channel that a person has to look after an attempt. */
export async function alert(tx: Tx, attempt: Attempt, at: number, sentence: Sentence): Promise<void> {
  await tx.outbox.add({ kind: "alert", sentence }, at);
  await tx.events.append({
    name: "attempt.alerted",
    at,
    actorId: "bot",
    requestId: attempt.requestId,
    accessKeyId: attempt.accessKeyId,
    outcome: attempt.work.phase,
  });
}
