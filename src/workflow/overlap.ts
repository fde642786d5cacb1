import { canBeDeleted, hasEnded, type Key, leaverHold } from "../domain/key";
import { isKeyOver } from "../domain/key-over";
import { deleteItself } from "../domain/key-steps";
import { MAX_OVERLAP_MS } from "../domain/limits";
import { addHold, mayHavePower } from "../domain/pause-steps";
import {
  beginOverlap,
  callOff,
  endRotation,
  isFollowedBy,
  isReplaced,
  noteBegun,
  noteReplaced,
  overlapMoment,
  pauseLater,
  placeTakenBy,
} from "../domain/rotation";
import { beginPause } from "./begin-attempt";
import { type ChangePorts, change } from "./change";
import { ringOn } from "./outbox-message";
import { LOOKED, NO_CHANGE, type Recorded, type Step, step } from "./step";

/**
 * What is due about a rotation with overlap: the first key is told when it is paused, is paused, and deleted after; and both are
 * keys like any other again once it is over. Each of these is a change of its own, of one key, so what broke off is found again.
 */
export async function goOnWithOverlap(ports: ChangePorts, accessKeyId: string): Promise<void> {
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  const rotation = key?.rotation ?? null;
  switch (rotation?.kind) {
    case "follows":
      await changeFirst(ports, { first: rotation.accessKeyId, second: accessKeyId }, decideFollowed);
      return changeSecond(ports, { first: rotation.accessKeyId, second: accessKeyId });
    case "followed":
      if (key?.state.kind !== "deleted")
        return changeFirst(ports, { first: accessKeyId, second: rotation.by }, decideOverlap);
      return end(ports, { first: accessKeyId, second: rotation.by });
    case "called_off":
      return end(ports, { first: accessKeyId, second: rotation.by });
    case undefined:
      await change(ports, { about: { accessKeyId }, decide: () => LOOKED });
  }
}

type Pair = { first: string; second: string };

/** What the second key is at that moment. */
export type Beside = { second: Key | null; isPauseOpen: boolean; at: number };

/** Changes the first key by what the second one is: nothing else is decided about either meanwhile. */
async function changeFirst(
  ports: ChangePorts,
  { first, second }: Pair,
  decide: (recorded: Recorded, beside: Beside) => Step,
): Promise<void> {
  await change(ports, {
    about: { accessKeyId: first },
    alone: { people: [], accessKeyId: second },
    facts: async (record) => ({
      second: await record.keys.find(second),
      isPauseOpen: await record.attempts.hasOpenPause(first),
    }),
    decide: (recorded, at, facts) => decide(recorded, { ...facts, at }),
  });
}

/** Once its first key knows of it the second one does too; where that one has no use for it, it is a key like any other. */
async function changeSecond(ports: ChangePorts, { first, second }: Pair): Promise<void> {
  await change(ports, {
    about: { accessKeyId: second },
    alone: { people: [], accessKeyId: first },
    facts: async (record) => ({ first: await record.keys.find(first) }),
    decide: (recorded, _at, facts) => decideSecond(recorded, facts.first),
  });
}

/** It is over: first for the second key, then for the first, so that what breaks off between them is found again. */
async function end(ports: ChangePorts, { first, second }: Pair): Promise<void> {
  await change(ports, {
    about: { accessKeyId: second },
    decide: ({ key }) => {
      const isIts = key?.rotation?.kind === "follows" && key.rotation.accessKeyId === first;
      return isIts ? step("bot", { key: { ...endRotation(key), outcome: "over" } }) : NO_CHANGE;
    },
  });
  await change(ports, {
    about: { accessKeyId: first },
    decide: ({ key }) =>
      key?.rotation && key.rotation.kind !== "follows"
        ? step("bot", { key: { ...endRotation(key), outcome: "over" } })
        : NO_CHANGE,
  });
}

/** The second key is on, so the first one is told when it is paused; or the second one goes, and nothing takes its place. */
export function decideFollowed({ key: first }: Recorded, { second, at }: Beside): Step {
  if (first === null || second?.rotation?.kind !== "follows") return NO_CHANGE;
  const { accessKeyId, rotation } = second;
  if (isFollowedBy(first, accessKeyId)) return canBeDeleted(second.state) ? NO_CHANGE : decideCallOff(first);
  if (!canBeDeleted(second.state) || !canBeDeleted(first.state) || first.rotation !== null) return NO_CHANGE;
  // What is over is paused for that, and deleted after its own grace.
  if (first.ownerId !== second.ownerId || hasEnded(first) || isKeyOver(first, at)) return NO_CHANGE;
  const begun = beginOverlap(first, { by: accessKeyId, overlapMs: rotation.overlapMs, at });
  const { keyName } = first;
  return step("bot", {
    key: { ...begun, outcome: `${rotation.overlapMs} ms` },
    tell: ringOn(first, { code: "followed", about: { keyName, by: accessKeyId, at: at + rotation.overlapMs } }),
  });
}

/** The second key's side of the same. */
export function decideSecond({ key: second }: Recorded, first: Key | null): Step {
  if (second?.rotation?.kind !== "follows") return NO_CHANGE;
  const isFollowed = first !== null && isFollowedBy(first, second.accessKeyId) && canBeDeleted(second.state);
  if (!isFollowed) return step("bot", { key: { ...endRotation(second), outcome: "not_followed" } });
  const begun = noteBegun(second);
  return begun === null ? LOOKED : step("bot", { key: { ...begun, outcome: "begun" } });
}

/** One thing at a time: what follows has a moment of its own. */
export function decideOverlap(recorded: Recorded, beside: Beside): Step {
  const { key: first } = recorded;
  if (first?.rotation?.kind !== "followed" || !canBeDeleted(first.state)) return LOOKED;
  if (leaverHold(first) !== null) return quietly(first, "owner_left");
  if (isReplaced(first)) return decideDeletion(first, beside);
  const { pausesAt } = first.rotation;
  const { second, at } = beside;
  switch (overlapMoment(pausesAt, at)) {
    case "to_come":
      return LOOKED;
    case "untrue": {
      const overlapMs = second?.rotation?.kind === "follows" ? second.rotation.overlapMs : MAX_OVERLAP_MS;
      const later = pauseLater(first, at + overlapMs);
      return later === null ? LOOKED : step("bot", { key: { ...later, outcome: "clock_set" } });
    }
    case "come":
      return decidePauseByOverlap(first, beside);
  }
}

/** Never for nothing: the second key has to work. What has ended is paused already. */
function decidePauseByOverlap(first: Key, { second, isPauseOpen, at }: Beside): Step {
  if (hasEnded(first) || isKeyOver(first, at)) return quietly(first, "ended");
  const place = placeTakenBy(second, first, at);
  if (place === "not_yet") return NO_CHANGE;
  if (place === "no") return decideCallOff(first);
  const held = addHold(first, { kind: "overlap", byId: "bot", at });
  if (held.kind === "refused") return LOOKED;
  const begins = mayHavePower(first) && !isPauseOpen;
  return step("bot", {
    key: { ...held, event: "key.replaced", outcome: "in_time" },
    ...(begins ? { begin: beginPause(first, `replaced-${first.accessKeyId}-${at}`, at) } : {}),
  });
}

/** Only what is paused for certain, whose owner was told of it for its whole time, and while the second key works. */
function decideDeletion(first: Key, { second, at }: Beside): Step {
  const { rotation, pause } = first;
  if (rotation?.kind !== "followed" || rotation.deletesAt === null || pause.stands === "pausing") return LOOKED;
  switch (overlapMoment(rotation.deletesAt, at)) {
    case "to_come":
      return LOOKED;
    case "untrue": {
      const anew = noteReplaced(first, at);
      return anew === null ? LOOKED : step("bot", { key: { ...anew, outcome: "clock_set" } });
    }
    case "come": {
      const place = placeTakenBy(second, first, at);
      if (place === "not_yet") return NO_CHANGE;
      if (place === "no") return decideCallOff(first);
      const gone = deleteItself(first, { why: "replaced", at });
      return gone === null ? LOOKED : step("bot", { key: { ...gone, outcome: "replaced" } });
    }
  }
}

/** Nothing takes its place any more: its owner is told. What is paused stays so, since only a click gives power. */
function decideCallOff(first: Key): Step {
  const off = callOff(first);
  if (off === null) return LOOKED;
  const { keyName } = first;
  return step("bot", {
    key: { ...off, outcome: "no_follower" },
    tell: ringOn(first, { code: "overlap_off", about: { keyName, isPaused: isReplaced(first) } }),
  });
}

function quietly(first: Key, outcome: string): Step {
  const off = callOff(first);
  return off === null ? LOOKED : step("bot", { key: { ...off, outcome } });
}

/** The owner of a key was told that it is paused, since another one has its place: it is deleted a day from now. */
export async function noteReplacedTold(ports: ChangePorts, requestId: string): Promise<void> {
  const key = await ports.store.read((record) => record.keys.findByRequest(requestId));
  if (key === null) return;
  await change(ports, { about: { accessKeyId: key.accessKeyId }, decide: decideReplacedTold });
}

/** Told once: a second message gives no more time. What may still work has no time that could run. */
export function decideReplacedTold({ key }: Recorded, at: number): Step {
  if (key?.rotation?.kind !== "followed" || key.rotation.deletesAt !== null || !isReplaced(key)) return NO_CHANGE;
  if (key.pause.stands === "pausing" || !canBeDeleted(key.state)) return NO_CHANGE;
  const told = noteReplaced(key, at);
  return told === null ? NO_CHANGE : step("bot", { key: { ...told, outcome: "told" } });
}
