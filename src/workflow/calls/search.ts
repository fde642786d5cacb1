import { type CreateWork, isLostKey, releaseLease, searchPauseMs } from "../../domain/attempt";
import type { Hold } from "../../domain/key";
import { MAX_KEYS_IN_ALERT } from "../../domain/limits";
import { NO_CHANGE, type Step, step } from "../step";
import type { StorePort } from "../store-port";
import type { ListedKey } from "../tigris-port";
import type { CallDefinition, Held } from "./call";
import { heldBefore, keyOf } from "./create-key";
import { giveRequestBack } from "./without-key";

/** Listed keys that no record holds. */
type Answer = { kind: "unavailable" } | { kind: "found"; unknown: readonly ListedKey[] };

/** The access keys that the bot has signed with; the holds of the newest key of the request, which its next one takes over. */
type Facts = { signedWith: ReadonlySet<string>; holds: readonly Hold[] };

/**
 * Looks for the key that a given-up attempt may have left behind, by its whole name. What is found goes on the record, and away
 * from there as any other key that was never on; what may be somebody else's is left to people.
 */
export const search: CallDefinition<CreateWork, Answer, Facts> = {
  power: "reads",
  make: async ({ tigris, store }, { attempt }) => {
    const found = await tigris.findKeysByName(attempt.work.tigrisName);
    if (found.kind === "unavailable") return { answer: { kind: "unavailable" } };
    return { answer: { kind: "found", unknown: await notRecorded(store, attempt.id, found.keys) } };
  },
  facts: async (record, held) => ({ signedWith: await record.signedWith(), ...(await heldBefore(record, held)) }),
  after: (held, answer, { at, facts, settings }) => {
    const { attempt } = held;
    if (answer.kind !== "found") return searchAgain(held, { outcome: "no_answer", keepMs: settings.keepMs, at });
    const { unknown } = answer;
    const sought = { startedAt: attempt.startedAt, tigrisName: attempt.work.tigrisName };
    const [key, ...more] = unknown.filter((listed) => isLostKey(listed, sought, (id) => facts.signedWith.has(id)));
    if (key && more.length === 0) return recordFound(held, key.accessKeyId, { at, holds: facts.holds });
    if (unknown.length > 0) return leaveToPeople(held, unknown, at);
    return searchAgain(held, { outcome: "not_there", keepMs: settings.keepMs, at });
  },
  late: () => NO_CHANGE,
};

function notRecorded(
  store: Pick<StorePort, "read">,
  attemptId: string,
  keys: readonly ListedKey[],
): Promise<ListedKey[]> {
  return store.read(async (record) => {
    const unknown: ListedKey[] = [];
    for (const key of keys) if (!(await record.attempts.isRecorded(key.accessKeyId, attemptId))) unknown.push(key);
    return unknown;
  });
}

function recordFound(
  held: Held<CreateWork>,
  accessKeyId: string,
  { at, holds }: { at: number; holds: readonly Hold[] },
): Step {
  const { attempt } = held;
  const state = { kind: "deleting", byId: null, why: "never_on", at } as const;
  return step("bot", {
    attempt: {
      to: { ...attempt, accessKeyId, work: { ...attempt.work, phase: "found" } },
      event: "attempt.searched",
      outcome: "found",
    },
    newKey: keyOf(held, { accessKeyId, madeAt: attempt.startedAt, holds, state }),
    ...giveRequestBack(held, { why: "interrupted", detail: null, at }),
  });
}

/** Puts the next search off; after as long as anything is kept there is none. */
function searchAgain(
  held: Held<CreateWork>,
  { outcome, keepMs, at }: { outcome: "not_there" | "no_answer"; keepMs: number; at: number },
): Step {
  const { attempt } = held;
  const isLast = outcome === "not_there" && at - attempt.startedAt >= keepMs;
  const next = { ...attempt, tries: attempt.tries + 1, nextAt: at + searchPauseMs(attempt.tries + 1) };
  return step("bot", {
    attempt: {
      to: isLast ? { ...attempt, work: { ...attempt.work, phase: "not_found" } } : releaseLease(next),
      event: "attempt.searched",
      outcome,
    },
    ...giveRequestBack(held, { why: "interrupted", detail: null, at }),
  });
}

/** More than one key could be the lost one, or one is not ours beyond doubt: a person has to look. */
function leaveToPeople(held: Held<CreateWork>, keys: readonly ListedKey[], at: number): Step {
  const { attempt } = held;
  const named = keys.slice(0, MAX_KEYS_IN_ALERT).map(({ name, accessKeyId }) => ({ name, accessKeyId }));
  return step("bot", {
    attempt: {
      to: { ...attempt, alerted: true, work: { ...attempt.work, phase: "ambiguous" } },
      event: "attempt.searched",
      outcome: "ambiguous",
    },
    ...giveRequestBack(held, { why: "interrupted", detail: null, at }),
    alert: { code: "left_behind", about: { keys: named } },
  });
}
