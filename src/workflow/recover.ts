import { type Attempt, STALE_AFTER_MS } from "../domain/attempt";
import { bold, code } from "../domain/sentence";
import { callDelete } from "./delete";
import { closeWithoutKey, discard, startDiscard } from "./discard";
import { hold, newLease } from "./lease";
import type { Ports } from "./ports";
import { alert } from "./put-off";
import { closeRotation, INTERRUPTED } from "./rotated";
import { search, startSearch } from "./search";

const BATCH = 20;

/**
 * Goes on with what a crash, a lost lease or a failure left open: each attempt is taken over by one conditional write,
 * so that of two bots one does it. Runs at the start and every few seconds.
 */
export async function recover(ports: Ports): Promise<void> {
  const due = await ports.store.transact((tx) => tx.attempts.due(ports.clock.now(), BATCH));
  for (const attempt of due) {
    const taken = await takeOver(ports, attempt);
    if (taken) await goOn(ports, taken);
  }
}

async function takeOver(ports: Ports, attempt: Attempt): Promise<Attempt | null> {
  const lease = newLease(ports);
  const at = ports.clock.now();
  return ports.store.transact(async (tx) => {
    if (!(await tx.attempts.takeOver(attempt, lease, at))) return null;
    const { work, requestId, accessKeyId } = attempt;
    if (work.phase === "calling" || work.phase === "delivering")
      await tx.events.append({
        name: "attempt.taken_over",
        at,
        actorId: "bot",
        requestId,
        accessKeyId,
        outcome: `${work.kind}_${work.phase}`,
      });
    return { ...attempt, lease };
  });
}

async function goOn(ports: Ports, attempt: Attempt): Promise<void> {
  const { work } = attempt;
  const failure = { why: "interrupted", detail: null, at: ports.clock.now() } as const;
  switch (work.kind) {
    case "delete":
      await callDelete(ports, attempt);
      return;
    case "rotate":
      await closeRotation(ports, attempt, "secret_unknown", INTERRUPTED);
      return;
    case "create":
      break;
  }
  const isOpen = work.phase === "calling" || work.phase === "delivering";
  if (isOpen && failure.at - attempt.startedAt >= STALE_AFTER_MS) return leaveToPeople(ports, attempt, work.tigrisName);
  switch (work.phase) {
    case "calling":
      return startSearch(ports, attempt, failure);
    case "delivering":
      await startDiscard(ports, attempt, failure);
      return;
    case "discarding":
      await discard(ports, attempt);
      return;
    case "searching":
      return search(ports, attempt);
    default:
      return;
  }
}

/** Deletes nothing, and asks the approvers to look: nobody can say whether somebody uses the key. */
async function leaveToPeople(ports: Ports, attempt: Attempt, tigrisName: string): Promise<void> {
  const held = await ports.store.transact(async (tx) => {
    const held = await hold(ports, tx, { ...attempt, alerted: true });
    if (!held) return null;
    await alert(tx, attempt, ports.clock.now(), [
      "Long ago I was interrupted while making the access key ",
      bold(tigrisName),
      " (",
      code(attempt.accessKeyId ?? "id unknown"),
      "), so I deleted nothing. If it is in the Tigris Dashboard and nobody uses it, please delete it there.",
    ]);
    return held;
  });
  if (held) await closeWithoutKey(ports, held, "ambiguous", { why: "ambiguous", detail: null, at: ports.clock.now() });
}
