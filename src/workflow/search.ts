import { type Attempt, isLostKey, searchPauseMs } from "../domain/attempt";
import type { RevealFailure } from "../domain/request";
import { bold, code, joined, type Sentence } from "../domain/sentence";
import { closeWithoutKey, discard, failAttempt, giveRequestBack } from "./discard";
import { hold, letGo } from "./lease";
import type { Ports } from "./ports";
import { alert } from "./put-off";
import type { Tx } from "./store-port";
import type { ListedKey } from "./tigris-port";

/** Tigris's answer was lost: writes down that the key has to be looked for, and looks for it at once. */
export async function startSearch(ports: Ports, attempt: Attempt, failure: RevealFailure): Promise<void> {
  const held = await failAttempt(ports, attempt, "searching", failure);
  if (held) await search(ports, held);
}

/**
 * Looks for a lost key by its name, and deletes it if it is there. Only "found and deleted" or the last search closes
 * the attempt; a request can be revealed again as soon as a search has not found the key, or it is deleted.
 */
export async function search(ports: Ports, attempt: Attempt): Promise<void> {
  if (attempt.work.kind !== "create") throw new Error("not an attempt to make a key");
  const found = await ports.tigris.findKeysByName(attempt.work.tigrisName);
  if (found.kind === "unavailable") return searchAgain(ports, attempt, "no_answer");
  const [key, ...more] = await lostKeys(ports, attempt, attempt.work.tigrisName, found.keys);
  if (key && more.length === 0) return discardFound(ports, attempt, key.accessKeyId);
  const isLast = searchPauseMs(attempt.tries + 1) === null;
  if (key || (isLast && found.keys.length > 0)) return giveUp(ports, attempt, found.keys);
  if (isLast && (await isListTrue(ports))) return closeWithoutKey(ports, attempt, "not_found");
  if (isLast) return searchAgain(ports, attempt, "no_answer");
  return searchAgain(ports, attempt, "not_there");
}

/** Whether Tigris's list shows the bot's own key: one that does not can't be the whole one, and proves nothing. */
async function isListTrue({ tigris }: Ports): Promise<boolean> {
  return (await tigris.organisation()).kind === "known";
}

/** The keys that this attempt made beyond doubt. */
async function lostKeys(
  ports: Ports,
  { id, startedAt }: Attempt,
  tigrisName: string,
  listed: readonly ListedKey[],
): Promise<ListedKey[]> {
  const recorded = new Set<string>();
  await ports.store.transact(async (tx) => {
    for (const key of listed) if (await tx.attempts.isRecorded(key.accessKeyId, id)) recorded.add(key.accessKeyId);
  });
  const { ownAccessKeyId } = ports.settings;
  return listed.filter((key) =>
    isLostKey(key, { tigrisName, startedAt }, ownAccessKeyId, (accessKeyId) => recorded.has(accessKeyId)),
  );
}

async function discardFound(ports: Ports, attempt: Attempt, accessKeyId: string): Promise<void> {
  const { work } = attempt;
  if (work.kind !== "create") return;
  const held = await ports.store.transact(async (tx) => {
    const held = await hold(ports, tx, { ...attempt, accessKeyId, tries: 0, work: { ...work, phase: "discarding" } });
    if (held) await noteSearch(ports, attempt, tx, "found", accessKeyId);
    return held;
  });
  if (held) await discard(ports, held);
}

/**
 * Puts the next search off. One that Tigris did not answer is never the last one: when it should have been, the approvals
 * channel is told, and the request can be revealed again.
 */
async function searchAgain(ports: Ports, attempt: Attempt, outcome: "not_there" | "no_answer"): Promise<void> {
  const at = ports.clock.now();
  const pause = searchPauseMs(attempt.tries + 1);
  const isOverdue = pause === null;
  const next = {
    ...attempt,
    tries: isOverdue ? attempt.tries : attempt.tries + 1,
    nextAt: at + (pause ?? UNANSWERED_PAUSE_MS),
    alerted: attempt.alerted || isOverdue,
  };
  await ports.store.transact(async (tx) => {
    if (!(await letGo(tx, next))) return;
    await noteSearch(ports, attempt, tx, outcome, null);
    if (isOverdue && !attempt.alerted) await alert(tx, attempt, at, unanswered(attempt));
    if (outcome === "not_there" || isOverdue) await giveRequestBack(tx, attempt, at);
  });
  ports.wake();
}

function unanswered({ work }: Attempt): Sentence {
  const name = work.kind === "create" ? work.tigrisName : "(name unknown)";
  return [
    "Tigris lists no keys for me, so I can't say whether the access key ",
    bold(name),
    " was made by mistake. I go on looking; please look for it in the Tigris Dashboard.",
  ];
}

const UNANSWERED_PAUSE_MS = 10 * 60_000;

async function noteSearch(
  ports: Ports,
  attempt: Attempt,
  tx: Tx,
  outcome: string,
  accessKeyId: string | null,
): Promise<void> {
  const at = ports.clock.now();
  const { requestId } = attempt;
  await tx.events.append({ name: "attempt.searched", at, actorId: "bot", requestId, accessKeyId, outcome });
}

/** More than one key could be the lost one, or one is not ours beyond doubt: a person has to look. */
async function giveUp(ports: Ports, attempt: Attempt, keys: readonly ListedKey[]): Promise<void> {
  const held = await ports.store.transact(async (tx) => {
    const held = await hold(ports, tx, { ...attempt, alerted: true });
    if (held) await alert(tx, attempt, ports.clock.now(), ambiguous(keys));
    return held;
  });
  if (held) await closeWithoutKey(ports, held, "ambiguous", { why: "ambiguous", detail: null, at: ports.clock.now() });
}

function ambiguous(keys: readonly ListedKey[]): Sentence {
  const names = keys.slice(0, 10).map((key): Sentence => [bold(key.name), " (", code(key.accessKeyId), ")"]);
  return [
    "I lost an answer of Tigris's and can't tell which key it made, so I deleted none. ",
    "Please look at these in the Tigris Dashboard: ",
    ...joined(names, ", "),
    ".",
  ];
}
