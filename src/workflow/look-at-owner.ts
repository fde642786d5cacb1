import {
  afterLook,
  goneOrMember,
  isLeaverIn,
  isTooManyAtOnce,
  type Leaver,
  LOOK_AGAIN_MS,
  MAX_LEFT_KEYS,
  nextLookAt,
  SWEEP_EVERY_MS,
} from "../domain/leaver";
import type { LookPurpose } from "../domain/look-budget";
import { markDeletion } from "../domain/pause-steps";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, lookAtPerson, lookingFor } from "./check-person";
import type { OutboxMessage } from "./outbox-message";
import { NO_CHANGE, type Step, step } from "./step";

export type LeaverPorts = ChangePorts & CheckPorts;

/** What is on record of an owner at a look: `gone` and `owners` count those who are gone at once, and all. */
type Facts = { leaver: Leaver | null; owns: boolean; gone: number; owners: number };

/**
 * Looks afresh whether an owner of living keys is still a full member, and writes down what that makes of them. A look that fails
 * says nothing, and comes again.
 * @param purpose what for: whoever waits for it has their turn before those whom nobody waits for
 * @returns what it said; null where it said nothing
 */
export async function lookAtOwner(
  ports: LeaverPorts,
  ownerId: string,
  purpose: LookPurpose = "sweep",
): Promise<"member" | "gone" | null> {
  return noteLook(ports, ownerId, await askWhetherGone(ports, ownerId, purpose));
}

/** What a fresh look at somebody says of whether they are still there; null where it says nothing. */
type Says = ReturnType<typeof goneOrMember>;

/** Looks at an owner. @param purpose as of `lookAtOwner` */
export async function askWhetherGone(
  ports: CheckPorts,
  ownerId: string,
  purpose: LookPurpose = "sweep",
): Promise<Says> {
  const look = await lookAtPerson(lookingFor(purpose, ports), ownerId, []);
  return look.kind === "checked" ? goneOrMember(look.standing) : null;
}

/** Writes down what a look at an owner makes of them. @returns as `lookAtOwner` */
export async function noteLook(ports: LeaverPorts, ownerId: string, says: Says): Promise<"member" | "gone" | null> {
  const changed = await change(ports, {
    about: null,
    alone: { people: [ownerId] },
    facts: async (record): Promise<Facts> => {
      const leaver = await record.leavers.find(ownerId);
      // Only a second look goes by how many there are.
      const isCounted = isLeaverIn(leaver, "suspected");
      return {
        leaver,
        owns: (await record.keys.countLivingOf(ownerId)) > 0,
        gone: isCounted ? await record.leavers.countGone(record.at - SWEEP_EVERY_MS) : 0,
        owners: isCounted ? await record.keys.countOwners() : 0,
      };
    },
    decide: (_recorded, at, facts) => decideLook(ownerId, says, { ...facts, at }),
  });
  // Nothing of theirs is to be deleted by itself where they were not on record as somebody who may have left.
  const mayBeMarked = changed.kind === "refused" || changed.step.leaver?.before !== null;
  if (says === "member" && mayBeMarked) await callOff(ports, ownerId);
  return says === null || says === "member" ? says : "gone";
}

/** What a look changes. Whoever owns nothing any more is looked at no more. */
export function decideLook(
  ownerId: string,
  says: Says,
  { leaver: before, owns, gone, owners, at }: Facts & { at: number },
): Step {
  const was = before?.state ?? null;
  if (!owns) {
    const isOpen = was?.kind === "suspected" || was?.kind === "held_back";
    return step("bot", { leaver: { ownerId, before, to: isOpen ? null : was, dueAt: null } });
  }
  if (says === null) return step("bot", { leaver: { ownerId, before, to: was, dueAt: at + LOOK_AGAIN_MS } });
  const to = afterLook(was, says, { at, isTooMany: isTooManyAtOnce({ gone, owners }) });
  const isAnother = to?.kind !== was?.kind;
  const isCertainNow = to?.kind === "left" && to.isDeactivated && !(was?.kind === "left" && was.isDeactivated);
  const isNow = (isAnother && to?.kind === "left") || isCertainNow;
  const dueAt = isNow ? at : nextLookAt(to);
  const kept = JSON.stringify(to) === JSON.stringify(was) ? was : to;
  return step("bot", {
    leaver: { ownerId, before, to: kept, ...(dueAt === undefined ? {} : { dueAt }) },
    ...(kept === was && !isNow ? { isLooked: true as const } : {}),
    ...(isAnother && to !== null ? { events: [eventOf(ownerId, to.kind, says)], tell: tellOf(ownerId, to.kind) } : {}),
    ...(!isAnother && to?.kind === "left" && kept !== was ? { tell: [redrawn(ownerId)] } : {}),
  });
}

function redrawn(ownerId: string): OutboxMessage {
  return { kind: "leaver_card", ownerId, isNews: false };
}

function eventOf(ownerId: string, kind: Leaver["state"]["kind"], says: string) {
  return { name: `leaver.${kind}` as const, actorId: "bot" as const, outcome: `${ownerId} ${says}` };
}

function tellOf(ownerId: string, kind: Leaver["state"]["kind"]): OutboxMessage[] {
  switch (kind) {
    case "left":
    case "back":
      return [{ kind: "leaver_card", ownerId, isNews: kind === "left" }];
    case "held_back":
      return [{ kind: "leavers_held_back" }];
    case "suspected":
      return [];
  }
}

/** Whoever is back loses nothing by itself any more: what is paused stays so until they resume it. */
export async function callOff(ports: ChangePorts, ownerId: string): Promise<void> {
  const keys = await ports.store.read((record) => record.keys.livingOf(ownerId, MAX_LEFT_KEYS));
  for (const { accessKeyId, ...key } of keys) {
    if (markDeletion({ accessKeyId, ...key }, null) === null) continue;
    await change(ports, {
      about: { accessKeyId },
      decide: ({ key: now }) => {
        const marked = now && now.ownerId === ownerId ? markDeletion(now, null) : null;
        return marked === null ? NO_CHANGE : step("bot", { key: { ...marked, outcome: "back" } });
      },
    });
  }
}

/** Slack said that something about somebody changed: who owns living keys, or may have left, is looked at soon. */
export async function noteUserChanged(ports: ChangePorts, userId: string): Promise<void> {
  const isOwner = await ports.store.read(
    async ({ keys, leavers }) => (await keys.countLivingOf(userId)) > 0 || (await leavers.find(userId)) !== null,
  );
  if (!isOwner) return;
  await change(ports, {
    about: null,
    alone: { people: [userId] },
    facts: (record) => record.leavers.find(userId),
    decide: (_recorded, at, before) =>
      step("bot", { leaver: { ownerId: userId, before, to: before?.state ?? null, dueAt: at } }),
  });
}

/** Has all owners looked at, as each day and at a start; and forgets who has left nothing any more. */
export async function sweepOwners(ports: ChangePorts): Promise<void> {
  await change(ports, { about: null, decide: () => step("bot", { looksAtOwners: true }) });
  await ports.store.leavers.forget(SWEEP_EVERY_MS, MAX_LEFT_KEYS);
}
