import { isDue, MOST_AHEAD_MS } from "../domain/due";
import { canBeDeleted, type Key, leaverHold } from "../domain/key";
import { deleteItself } from "../domain/key-steps";
import { isLeaverIn, isToBePaused, type Leaver, type Left, MAX_LEFT_KEYS, nextOfLeft } from "../domain/leaver";
import { addHold, markDeletion, mayHavePower } from "../domain/pause-steps";
import { needsPeople } from "../domain/policy/judge";
import { ownerOfSubject } from "../domain/timers";
import { beginPause } from "./begin-attempt";
import { change } from "./change";
import { graceOf } from "./end-key";
import { askWhetherGone, type LeaverPorts, lookAtOwner, noteLook } from "./look-at-owner";
import { ringOn } from "./outbox-message";
import { LOOKED, NO_CHANGE, type Recorded, type Step, step } from "./step";

/** What was due about somebody changes nothing that is on record. */
export const NOTHING_NEW = "nothing_new";

/**
 * What is due about an owner: they are looked at, and the keys of whoever has left are paused when it is their time.
 * @returns `NOTHING_NEW` of a full member whom nobody thought gone, as nearly all are: their timers go many at a time
 */
export async function lookAfterOwner(ports: LeaverPorts, subject: string): Promise<typeof NOTHING_NEW | null> {
  const ownerId = ownerOfSubject(subject);
  const says = await askWhetherGone(ports, ownerId);
  if (says === "member" && (await ports.store.read(({ leavers }) => leavers.find(ownerId))) === null)
    return NOTHING_NEW;
  if ((await noteLook(ports, ownerId, says)) !== "gone") return null;
  const { leaver, keys } = await ports.store.read(async (record) => ({
    leaver: await record.leavers.find(ownerId),
    keys: await record.keys.livingOf(ownerId, MAX_LEFT_KEYS),
  }));
  if (!isLeaverIn(leaver, "left") || keys.length === 0) return null;
  for (const key of keys) if (leaverHold(key) === null) await pauseLeft(ports, key);
  await settle(ports, leaver);
  return null;
}

/** What was looked after is due again when something is to come; not where they are something else by now. */
async function settle(ports: LeaverPorts, { ownerId, version }: Leaver): Promise<void> {
  const { orphanGraceMs } = ports.settings.limits;
  await change(ports, {
    about: null,
    alone: { people: [ownerId] },
    facts: async (record) => record.leavers.find(ownerId),
    decide: (_recorded, at, before) => {
      if (!isLeaverIn(before, "left") || before.version !== version) return NO_CHANGE;
      const dueAt = nextOfLeft(before.state, orphanGraceMs, at);
      return step("bot", { leaver: { ownerId, before, to: before.state, dueAt } });
    },
  });
}

async function pauseLeft(ports: LeaverPorts, { accessKeyId, ownerId, access }: Key): Promise<void> {
  const { policy } = await ports.policy.inForce();
  const needsApproval = needsPeople(access, policy);
  const { orphanGraceMs: graceMs } = ports.settings.limits;
  await change(ports, {
    about: { accessKeyId },
    facts: async (record) => ({
      leaver: await record.leavers.find(ownerId),
      isPauseOpen: await record.attempts.hasOpenPause(accessKeyId),
    }),
    decide: (recorded, at, facts) => decideLeftPause(recorded, { ...facts, needsApproval, graceMs, at }),
  });
}

/** Whatever else is under way on it: a pause that is on its way already takes its power for this one too. */
export function decideLeftPause(
  { key }: Recorded,
  due: {
    leaver: Leaver | null;
    isPauseOpen: boolean;
    needsApproval: boolean;
    graceMs: number;
    at: number;
  },
): Step {
  const { leaver, isPauseOpen, at } = due;
  if (key === null || !isLeaverIn(leaver, "left") || key.ownerId !== leaver.ownerId) return NO_CHANGE;
  if (leaverHold(key) !== null || !isToBePaused(leaver.state, due)) return NO_CHANGE;
  const held = addHold(key, { kind: "leaver", byId: "bot", at, deletesAt: null });
  if (held.kind === "refused") return NO_CHANGE;
  const begins = mayHavePower(key) && !isPauseOpen;
  return step("bot", {
    key: { ...held, outcome: "leaver" },
    ...(begins ? { begin: beginPause(key, `left-${key.accessKeyId}-${at}`, at) } : {}),
    ...(leaver.state.isDeactivated
      ? {}
      : { tell: ringOn(key, { code: "paused_as_guest", about: { keyName: key.keyName } }) }),
  });
}

/** Those who could take the keys of somebody over were told of them: what time there is counts from now on. */
export async function noteLeaverTold(ports: LeaverPorts, ownerId: string): Promise<void> {
  await change(ports, {
    about: null,
    alone: { people: [ownerId] },
    facts: async (record) => record.leavers.find(ownerId),
    decide: (_recorded, at, before) =>
      isLeaverIn(before, "left") && before.state.toldAt === null ? decideTold(before, at) : NO_CHANGE,
  });
  const keys = await ports.store.read((record) => record.keys.livingOf(ownerId, MAX_LEFT_KEYS));
  for (const { accessKeyId, pause } of keys) {
    if (!pause.holds.some((hold) => hold.kind === "leaver" && hold.deletesAt === null)) continue;
    await change(ports, {
      about: { accessKeyId },
      facts: async (record) => record.leavers.find(ownerId),
      decide: ({ key }, at, leaver) => decideKeyTold(key, { leaver, graceMs: graceOf(ports, key), at }),
    });
  }
}

function decideTold(before: Leaver<Left>, at: number): Step {
  const { ownerId } = before;
  return step("bot", {
    leaver: { ownerId, before, to: { ...before.state, toldAt: at }, dueAt: at },
    events: [{ name: "leaver.told", actorId: "bot", outcome: ownerId }],
    // From now on it says when.
    tell: [{ kind: "leaver_card", ownerId, isNews: false }],
  });
}

/** Told once: a second message gives no more time. What may still work has no grace that could run. */
export function decideKeyTold(
  key: Key | null,
  { leaver, graceMs, at }: { leaver: Leaver | null; graceMs: number; at: number },
): Step {
  if (key === null || !isLeaverIn(leaver, "left") || key.ownerId !== leaver.ownerId) return NO_CHANGE;
  if (key.pause.stands === "pausing" || leaverHold(key)?.deletesAt !== null) return NO_CHANGE;
  const marked = markDeletion(key, at + graceMs);
  return marked === null ? NO_CHANGE : step("bot", { key: { ...marked, outcome: "told" } });
}

/** The grace of a key that somebody left behind is over: it is deleted, unless they are back. */
export async function deleteLeftKey(ports: LeaverPorts, accessKeyId: string): Promise<void> {
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  if (key === null) return;
  // Where Slack says nothing, it is due again in a minute.
  if (leaverHold(key) !== null && (await lookAtOwner(ports, key.ownerId)) === null) return;
  await change(ports, {
    about: { accessKeyId },
    facts: async (record, recorded) => (recorded.key ? record.leavers.find(recorded.key.ownerId) : null),
    decide: (recorded, at, leaver) => decideLeftDeletion(recorded, { leaver, graceMs: graceOf(ports, key), at }),
  });
}

/** Only what is paused, of somebody who is gone still, and after its whole grace. */
export function decideLeftDeletion(
  { key }: Recorded,
  { leaver, graceMs, at }: { leaver: Leaver | null; graceMs: number; at: number },
): Step {
  const hold = key && leaverHold(key);
  if (key === null || !canBeDeleted(key.state) || hold === null || hold.deletesAt === null) return LOOKED;
  if (!isDue(hold.deletesAt, at, MOST_AHEAD_MS.leaver_grace) || key.pause.stands === "pausing") return LOOKED;
  if (!isLeaverIn(leaver, "left")) return marked(key, null, "back");
  // A moment that can't be true ends no grace: it counts from now on.
  if (at < hold.deletesAt) return marked(key, at + graceMs, "clock_set");
  const gone = deleteItself(key, { why: "left", at });
  return gone === null ? LOOKED : step("bot", { key: { ...gone, outcome: "left" } });
}

function marked(key: Key, deletesAt: number | null, outcome: string): Step {
  const changed = markDeletion(key, deletesAt);
  return changed === null ? LOOKED : step("bot", { key: { ...changed, outcome } });
}
