import { hasEnded, type Key } from "../domain/key";
import { keyOver } from "../domain/key-over";
import { whyBusy } from "../domain/key-steps";
import { addHold, mayHavePower } from "../domain/pause-steps";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { callOff, isReplaced, placeTakenBy } from "../domain/rotation";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { mayDeleteNow } from "./may-delete-now";
import { done, type Outcome } from "./outcome";
import type { Beside } from "./overlap";
import type { Ids } from "./ports";
import { type Recorded, step } from "./step";

type Click = { actor: Actor; accessKeyId: string };

/** Its owner uses the key that takes the place of this one: this one is paused now, and deleted a day later. */
export async function switchOver(
  ports: CallPorts & ChangePorts & CheckPorts & { ids: Ids },
  click: Click,
): Promise<Outcome> {
  const found = await ownFollowed(ports, click);
  if (found.kind === "refused") return found;
  const { accessKeyId } = click;
  const names = newAttemptNames(ports);
  const begun = await change(ports, {
    about: { accessKeyId },
    alone: { people: [], accessKeyId: found.by },
    facts: async (record) => ({
      second: found.by === null ? null : await record.keys.find(found.by),
      isPauseOpen: await record.attempts.hasOpenPause(accessKeyId),
    }),
    decide: (recorded, at, facts) => decideSwitchOver(recorded, { ...facts, names, actorId: click.actor.userId, at }),
  });
  if (begun.kind === "refused") return begun;
  const { after, step: decided, heldUntilMs } = begun;
  const say = done("switched_over", { keyName: after.key?.keyName ?? "" });
  if (decided.attempt === undefined) return say;
  const outcome = await carryOut(ports, { held: { ...after, attempt: decided.attempt.to }, heldUntilMs });
  return outcome.kind === "done" ? say : outcome;
}

/** Its owner keeps both keys: none takes the place of the other. */
export async function keepBoth(ports: ChangePorts & CheckPorts, click: Click): Promise<Outcome> {
  const found = await ownFollowed(ports, click);
  if (found.kind === "refused") return found;
  const { accessKeyId } = click;
  const changed = await change(ports, {
    about: { accessKeyId },
    decide: (recorded) => decideKeepBoth(recorded, click.actor.userId),
  });
  return changed.kind === "refused" ? changed : changed.step.say;
}

/** The look at whoever clicked: taking power away needs no more than that the key is theirs. */
async function ownFollowed(
  ports: ChangePorts & CheckPorts,
  { actor, accessKeyId }: Click,
): Promise<{ kind: "found"; by: string | null } | Refusal> {
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  const may = await mayDeleteNow(ports, actor, key);
  if (may.kind === "refused") return may;
  if (key === null) return refused("unknown_key");
  const own = mayUseKey(key, actor.userId);
  if (own.kind === "refused") return own;
  return { kind: "found", by: key.rotation?.kind === "followed" ? key.rotation.by : null };
}

/** Why the overlap of a key can't be ended by a click; null where it can. */
function whyNotOpen(key: Key, actorId: string): Refusal | null {
  const { keyName, state, rotation } = key;
  const may = mayUseKey(key, actorId);
  if (may.kind === "refused") return may;
  if (state.kind === "deleting" || state.kind === "deleted") return whyBusy(key, state);
  if (rotation?.kind !== "followed") return refused("not_followed", { keyName });
  return isReplaced(key) ? refused("already_paused", { keyName }) : null;
}

/** The hold, with the attempt that takes the key's power; a pause that is on its way already takes it for this one too. */
export function decideSwitchOver(
  { key }: Recorded,
  { second, isPauseOpen, names, actorId, at }: Beside & { names: AttemptNames; actorId: string },
) {
  if (key === null) return refused("unknown_key");
  const whyNot = whyNotOpen(key, actorId);
  if (whyNot) return whyNot;
  const { requestId, accessKeyId, keyName } = key;
  if (hasEnded(key)) return keyOver(key);
  // Who says so by mistake must not be left without a key that works.
  if (placeTakenBy(second, key, at) !== "yes") return refused("follower_off", { keyName });
  const held = addHold(key, { kind: "overlap", byId: "bot", at });
  if (held.kind === "refused") return held;
  const work = { kind: "pause", phase: "calling" } as const;
  const begins = mayHavePower(key) && !isPauseOpen;
  return step(actorId, {
    key: { ...held, event: "key.replaced" as const, outcome: "switched" },
    ...(begins ? { attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId, at, work }) } } : {}),
  });
}

export function decideKeepBoth({ key }: Recorded, actorId: string) {
  if (key === null) return refused("unknown_key");
  const whyNot = whyNotOpen(key, actorId);
  if (whyNot) return isReplaced(key) ? refused("key_paused", { keyName: key.keyName }) : whyNot;
  const off = callOff(key);
  if (off === null) return refused("not_followed", { keyName: key.keyName });
  return step(actorId, {
    key: { ...off, outcome: "kept" },
    say: done("kept_both", { keyName: key.keyName }),
  });
}
