import { type CreateWork, isLostKey, releaseLease, renewLease, searchPauseMs } from "../../domain/attempt";
import { MAX_KEYS_IN_ALERT, SETTLED_AFTER_MS, UNANSWERED_SEARCH_PAUSE_MS } from "../../domain/limits";
import { isWholeList, type Shown } from "../../domain/list-proof";
import { MAX_LISTED_KEYS, MAX_LOOKS_AT_MISSING } from "../../domain/service-limits";
import { NO_CHANGE, type Step, step } from "../step";
import type { StorePort } from "../store-port";
import type { FoundKeys, ListedKey } from "../tigris-port";
import type { CallDefinition, CallPorts, Held } from "./call";
import { closeWithoutKey, giveRequestBack } from "./without-key";

/**
 * `recorded` are ids of listed keys that some record holds. `shown` is what proves that nothing is missing from the list; null
 * where that does not matter.
 */
type Answer =
  | { kind: "unavailable" }
  | { kind: "found"; keys: readonly ListedKey[]; recorded: ReadonlySet<string>; shown: Shown | null };

/**
 * Looks for a lost key by its name, and has it deleted if it is there. Only "found and deleted" or the last search closes
 * the attempt; a request can be revealed again as soon as a search has not found the key, or it is deleted.
 */
export const search: CallDefinition<CreateWork, Answer> = {
  power: "reads",
  make: async (ports, { attempt }) => {
    const { tigris, store, clock } = ports;
    const isLast = isLastSearch(attempt.tries);
    const settledBefore = clock.now() - SETTLED_AFTER_MS;
    const expected = isLast ? await store.read((record) => record.keys.onBefore(settledBefore, MAX_LISTED_KEYS)) : [];
    const found = await tigris.findKeysByName(attempt.work.tigrisName, expected);
    if (found.kind === "unavailable") return { answer: { kind: "unavailable" } };
    const shown = await shownBy(ports, found, expected.length);
    const recorded = await recordedIds(store, attempt.id, found.keys);
    return { answer: { kind: "found", keys: found.keys, recorded, shown: isLast ? shown : null } };
  },
  after: (held, answer, { at, settings }) => {
    if (answer.kind !== "found") return searchAgain(held, "no_answer", at);
    const { attempt } = held;
    const { startedAt, work } = attempt;
    const unknown = answer.keys.filter(({ accessKeyId }) => !answer.recorded.has(accessKeyId));
    const [key, ...more] = unknown.filter((listed) =>
      isLostKey(listed, { startedAt, tigrisName: work.tigrisName }, settings.ownAccessKeyId, (id) =>
        answer.recorded.has(id),
      ),
    );
    if (key && more.length === 0) return discardFound(held, key.accessKeyId, at);
    const isLast = isLastSearch(attempt.tries);
    if (key || (isLast && answer.keys.length > 0)) return giveUp(held, answer.keys, at);
    // Nobody may read that it is deleted as long as it may be this one.
    if (unknown.length > 0) return searchAgain(held, "doubtful", at);
    if (!isLast) return searchAgain(held, "not_there", at);
    const isWhole = answer.shown !== null && isWholeList(answer.shown);
    return isWhole ? closeWithoutKey(held, "not_found", { at }) : searchAgain(held, "not_whole", at);
  },
  late: () => NO_CHANGE,
};

function isLastSearch(tries: number): boolean {
  return searchPauseMs(tries + 1) === null;
}

/** What the walk proves; that it showed the bot's own key is remembered, so that from then on none is whole without it. */
async function shownBy(
  { tigris, store, clock }: CallPorts,
  { isOwnListed, missing }: FoundKeys,
  expected: number,
): Promise<Shown> {
  const wasOwnEverListed = (await store.remembered("own_key_listed")) !== null;
  if (isOwnListed && !wasOwnEverListed) await store.claim({ kind: "own_key_listed", value: "yes", at: clock.now() });
  const isLookedAt = !isOwnListed && !wasOwnEverListed && missing.length <= MAX_LOOKS_AT_MISSING;
  const looks = isLookedAt ? await Promise.all(missing.map((id) => tigris.isListed(id))) : [];
  const gone = looks.filter(({ kind }) => kind === "absent").length;
  return { isOwnListed, wasOwnEverListed, expected, missing: missing.length - gone, gone };
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

/** What a search ended with that does not close its attempt. */
type Inconclusive = "not_there" | "doubtful" | "no_answer" | "not_whole";

/**
 * Puts the next search off. One that Tigris did not answer, or with a list that may leave something out, is never the last
 * one: when it should have been, the approvals channel is told, and the request can be revealed again.
 */
function searchAgain(held: Held<CreateWork>, outcome: Inconclusive, at: number): Step {
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
    ...(isOverdue && !attempt.alerted
      ? { alert: { code: outcome === "not_whole" ? "search_unproven" : "search_unanswered", about: { tigrisName } } }
      : {}),
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
