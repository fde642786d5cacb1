import { type ListMadeWork, madeListPauseMs, releaseLease } from "../../domain/attempt";
import { MAX_KEYS_IN_ALERT } from "../../domain/limits";
import type { OutboxMessage } from "../outbox-message";
import { NO_CHANGE, type Recorded, step } from "../step";
import type { KeysMade } from "../tigris-port";
import { type CallDefinition, type Held, keyIdOf } from "./call";

type Answer = { kind: "unavailable" } | Pick<KeysMade, "kind" | "keys" | "namesKeys">;

/** Ids of keys that approvers have read of already. */
type Facts = { told: ReadonlySet<string> };

/**
 * `ListAccessKeys` of all keys: those that a paused or deleted key has made go on working, so approvers read of them. The list
 * may lag behind, so it is read again a few times.
 */
export const listMade: CallDefinition<ListMadeWork, Answer, Facts> = {
  power: "reads",
  make: async ({ tigris }, held) => ({ answer: await tigris.keysMadeBy(keyIdOf(held)) }),
  facts: async (record, { attempt }) => ({
    told: new Set(attempt ? await record.events.outcomes(attempt.requestId, "key.made_another") : []),
  }),
  after: (held, answer, { at, facts }) => {
    const next = { attempt: { to: nextList(held, at) } };
    if (answer.kind !== "found") return step("bot", next);
    const found = answer.keys.filter(({ accessKeyId }) => !facts.told.has(accessKeyId)).slice(0, MAX_KEYS_IN_ALERT);
    if (found.length === 0) return step("bot", { ...next, tell: blindness(held, answer) });
    const keys = found.map(({ name, accessKeyId }) => ({ name, accessKeyId }));
    return step("bot", {
      ...next,
      events: keys.map(({ accessKeyId }) => ({ name: "key.made_another", actorId: "bot", outcome: accessKeyId })),
      tell: messageOf(held, keys),
    });
  },
  late: () => NO_CHANGE,
};

function nextList({ attempt }: Held<ListMadeWork>, at: number): Held["attempt"] {
  const tries = attempt.tries + 1;
  const pauseMs = madeListPauseMs(tries);
  if (pauseMs === null) return { ...attempt, work: { kind: "list_made", phase: "listed" } };
  return releaseLease({ ...attempt, tries, nextAt: at + pauseMs });
}

/** Whoever took an owner's key away reads, once, that nobody can say what it has made. */
function blindness(held: Held<ListMadeWork>, { namesKeys }: { namesKeys: boolean }): readonly OutboxMessage[] {
  const { attempt, key } = held;
  const isForCause = key !== null && attempt.actorId !== key.ownerId && attempt.actorId !== "bot";
  // Who may only read hands nothing on (Tigris's documentation).
  if (key?.access.permission === "ReadOnly") return [];
  return !namesKeys && isForCause && attempt.tries === 0 ? messageOf(held, []) : [];
}

function messageOf(
  { key }: Recorded,
  keys: readonly { name: string; accessKeyId: string }[],
): readonly OutboxMessage[] {
  if (key === null) return [];
  const { requestId, keyName, accessKeyId } = key;
  return [{ kind: "made_keys", requestId, by: { keyName, accessKeyId }, keys }];
}
