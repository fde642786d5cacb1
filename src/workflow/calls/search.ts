import { type CreateWork, isLostKey, releaseLease, renewLease, searchPauseMs } from "../../domain/attempt";
import { MAX_KEYS_IN_ALERT, UNANSWERED_SEARCH_PAUSE_MS } from "../../domain/limits";
import { NO_CHANGE, type Step, step } from "../step";
import type { StorePort } from "../store-port";
import type { ListedKey } from "../tigris-port";
import type { CallDefinition, Held } from "./call";
import { closeWithoutKey, giveRequestBack } from "./without-key";

/**
 * `recorded` are ids of listed keys that some record holds. `isWhole` says whether the list can be believed where nothing
 * is in it; null where that was not asked.
 */
type Answer =
  | { kind: "unavailable" }
  | { kind: "found"; keys: readonly ListedKey[]; recorded: ReadonlySet<string>; isWhole: boolean | null };

/**
 * Looks for a lost key by its name, and has it deleted if it is there. Only "found and deleted" or the last search closes
 * the attempt; a request can be revealed again as soon as a search has not found the key, or it is deleted.
 */
export const search: CallDefinition<CreateWork, Answer> = {
  power: "reads",
  make: async ({ tigris, store }, { attempt }) => {
    const found = await tigris.findKeysByName(attempt.work.tigrisName);
    if (found.kind === "unavailable") return { answer: { kind: "unavailable" } };
    const recorded = await recordedIds(store, attempt.id, found.keys);
    // A list that does not show the bot's own key can't be the whole one, and proves nothing.
    const asks = found.keys.length === 0 && isLastSearch(attempt.tries);
    const isWhole = asks ? (await tigris.organisation()).kind === "known" : null;
    return { answer: { kind: "found", keys: found.keys, recorded, isWhole } };
  },
  after: (held, answer, { at, settings }) => {
    if (answer.kind !== "found") return searchAgain(held, "no_answer", at);
    const { attempt } = held;
    const { startedAt, work } = attempt;
    const [key, ...more] = answer.keys.filter((listed) =>
      isLostKey(listed, { startedAt, tigrisName: work.tigrisName }, settings.ownAccessKeyId, (id) =>
        answer.recorded.has(id),
      ),
    );
    if (key && more.length === 0) return discardFound(held, key.accessKeyId, at);
    const isLast = isLastSearch(attempt.tries);
    if (key || (isLast && answer.keys.length > 0)) return giveUp(held, answer.keys, at);
    if (!isLast) return searchAgain(held, "not_there", at);
    return answer.isWhole ? closeWithoutKey(held, "not_found", { at }) : searchAgain(held, "no_answer", at);
  },
  late: () => NO_CHANGE,
};

function isLastSearch(tries: number): boolean {
  return searchPauseMs(tries + 1) === null;
}

async function recordedIds(
  store: Pick<StorePort, "read">,
  attemptId: string,
  keys: readonly ListedKey[],
): Promise<ReadonlySet<string>> {
  return store.read(async (record) => {
    const ids = new Set<string>();
    for (const { accessKeyId } of keys)
      if (await record.attempts.isRecorded(accessKeyId, attemptId)) ids.add(accessKeyId);
    return ids;
  });
}

function discardFound({ attempt }: Held<CreateWork>, accessKeyId: string, at: number): Step {
  const next = { ...attempt, accessKeyId, tries: 0, work: { ...attempt.work, phase: "discarding" as const } };
  return step("bot", { attempt: { to: renewLease(next, at), event: "attempt.searched", outcome: "found" } });
}

/**
 * Puts the next search off. One that Tigris did not answer is never the last one: when it should have been, the approvals
 * channel is told, and the request can be revealed again.
 */
function searchAgain(held: Held<CreateWork>, outcome: "not_there" | "no_answer", at: number): Step {
  const { attempt } = held;
  const { tigrisName } = attempt.work;
  const pause = searchPauseMs(attempt.tries + 1);
  const isOverdue = pause === null;
  const next = {
    ...attempt,
    tries: isOverdue ? attempt.tries : attempt.tries + 1,
    nextAt: at + (pause ?? UNANSWERED_SEARCH_PAUSE_MS),
    alerted: attempt.alerted || isOverdue,
  };
  return step("bot", {
    attempt: { to: releaseLease(next), event: "attempt.searched", outcome },
    ...(isOverdue && !attempt.alerted ? { alert: { code: "search_unanswered", about: { tigrisName } } } : {}),
    ...(outcome === "not_there" || isOverdue ? giveRequestBack(held, at) : {}),
  });
}

/** More than one key could be the lost one, or one is not ours beyond doubt: a person has to look. */
function giveUp(held: Held<CreateWork>, keys: readonly ListedKey[], at: number): Step {
  const failure = { why: "ambiguous", detail: null } as const;
  const named = keys.slice(0, MAX_KEYS_IN_ALERT).map(({ name, accessKeyId }) => ({ name, accessKeyId }));
  const told = { ...held, attempt: { ...held.attempt, alerted: true } };
  return {
    ...closeWithoutKey(told, "ambiguous", { at, failure }),
    alert: { code: "search_ambiguous", about: { keys: named } },
  };
}
