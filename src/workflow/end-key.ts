import { isDue, MOST_AHEAD_MS } from "../domain/due";
import { canBeDeleted, hasEnded, type Key } from "../domain/key";
import { dueEndReminder, endByPolicy } from "../domain/key-end";
import { isKeyOver } from "../domain/key-over";
import { deleteItself } from "../domain/key-steps";
import { DAY_MS } from "../domain/limits";
import { addHold, mayHavePower } from "../domain/pause-steps";
import { lastsBy, rulesFor } from "../domain/policy/judge";
import type { Lasts } from "../domain/policy/rule";
import { beginPause } from "./begin-attempt";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { ringOn } from "./outbox-message";
import { LOOKED, NO_CHANGE, type Recorded, type Step, step } from "./step";

type EndPorts = ChangePorts & Pick<CheckPorts, "policy" | "settings">;

/**
 * What is due about the end of a key: its owner is reminded, it is paused, and after its grace deleted. A key without an end, or with
 * one that the policy of now does not allow, gets one, and its owner is told.
 */
export async function endKey(ports: EndPorts, accessKeyId: string): Promise<void> {
  const { policy } = await ports.policy.inForce();
  await change(ports, {
    about: { accessKeyId },
    facts: async (record) => ({ isPauseOpen: await record.attempts.hasOpenPause(accessKeyId) }),
    decide: (recorded, at, facts) => {
      const { key } = recorded;
      const lasts = key && lastsBy(rulesFor(key.access, policy));
      return lasts === null ? NO_CHANGE : decideEnd(recorded, { ...facts, lasts, graceMs: graceOf(ports, key), at });
    },
  });
}

/** Has all ends held against the policy of now, as at a start: its variables may be others than before. */
export async function lookAtEnds(ports: ChangePorts): Promise<void> {
  await change(ports, { about: null, decide: () => step("bot", { looksAtEnds: true }) });
}

/** For how long a key that has ended, or was left behind, is kept. What reaches everything goes soonest. */
export function graceOf({ settings }: Pick<EndPorts, "settings">, key: Key | null): number {
  const { endGraceMs } = settings.limits;
  return key?.access.permission === "Admin" ? Math.min(endGraceMs, DAY_MS) : endGraceMs;
}

type Due = { isPauseOpen: boolean; lasts: Lasts; graceMs: number; at: number };

/** One thing at a time: what follows has a moment of its own. */
export function decideEnd({ key }: Recorded, due: Due): Step {
  if (key === null) return NO_CHANGE;
  if (!canBeDeleted(key.state) || (key.state.kind === "off" && key.end === null)) return LOOKED;
  if (hasEnded(key)) return decideDeletion(key, due);
  const { end } = key;
  const given = endByPolicy(end, due.lasts, due);
  if (given !== null)
    return step("bot", {
      key: { to: key.state, end: given, event: "key.end_set", outcome: end === null ? "first" : "sooner" },
      tell: ringOn(key, { code: "end_set", about: { keyName: key.keyName, at: given.at, isSooner: end !== null } }),
    });
  if (end === null) return LOOKED;
  if (isKeyOver(key, due.at)) return decidePauseAtEnd(key, due);
  const remindedMs = dueEndReminder(end, due.at);
  if (remindedMs === null) return LOOKED;
  return step("bot", {
    key: { to: key.state, end: { ...end, remindedMs }, event: "key.end_reminded", outcome: `${remindedMs} ms before` },
    tell: ringOn(key, { code: "ends_soon", about: { keyName: key.keyName, at: end.at, isFinal: end.isFinal } }),
  });
}

/** Whatever else is under way on it: a pause that is on its way already takes its power for this one too. */
function decidePauseAtEnd(key: Key, { isPauseOpen, at }: Due): Step {
  const held = addHold(key, { kind: "end", byId: "bot", at });
  if (held.kind === "refused") return LOOKED;
  const begins = mayHavePower(key) && !isPauseOpen;
  return step("bot", {
    key: { ...held, event: "key.ended", outcome: key.state.kind },
    ...(begins ? { begin: beginPause(key, `ended-${key.accessKeyId}-${at}`, at) } : {}),
  });
}

/** Only what is paused, and whose owner was told of it for its whole grace. */
function decideDeletion(key: Key, { graceMs, at }: Due): Step {
  const { end, pause } = key;
  if (end === null || end.deletesAt === null || !isDue(end.deletesAt, at, MOST_AHEAD_MS.end)) return LOOKED;
  if (pause.stands === "pausing") return LOOKED;
  // A moment that can't be true ends no grace: it counts from now on.
  if (at < end.deletesAt)
    return step("bot", {
      key: { to: key.state, end: { ...end, deletesAt: at + graceMs }, event: "key.end_told", outcome: "clock_set" },
    });
  const gone = deleteItself(key, { why: "ended", at });
  return gone === null ? LOOKED : step("bot", { key: { ...gone, outcome: "ended" } });
}

/** The owner of a key was told that it has ended, and is paused: its grace counts from now on. */
export async function noteEndTold(ports: EndPorts, requestId: string): Promise<void> {
  const key = await ports.store.read((record) => record.keys.findByRequest(requestId));
  if (key === null) return;
  await change(ports, {
    about: { accessKeyId: key.accessKeyId },
    decide: (recorded, at) => decideTold(recorded, { graceMs: graceOf(ports, recorded.key), at }),
  });
}

/** Told once: a second message gives no more time. What may still work has no grace that could run. */
export function decideTold({ key }: Recorded, { graceMs, at }: { graceMs: number; at: number }): Step {
  if (key === null || key.end === null || !hasEnded(key) || key.end.deletesAt !== null) return NO_CHANGE;
  if (key.pause.stands === "pausing") return NO_CHANGE;
  const end = { ...key.end, deletesAt: at + graceMs };
  return step("bot", { key: { to: key.state, end, event: "key.end_told", outcome: "told" } });
}
