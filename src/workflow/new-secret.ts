import { coverOf, type Key } from "../domain/key";
import { loseCover, startRotation } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { type ApprovalClass, needsApproval, newSecretNeedsApproval } from "../domain/policy";
import { type Refusal, refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, lastsUntil, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, checkPerson, isApprover, requireRequester } from "./check-person";
import type { MessengerPort } from "./messenger-port";
import type { Outcome } from "./outcome";
import type { Ids } from "./ports";
import { requireDm } from "./require-dm";
import { NO_CHANGE, type Recorded, step } from "./step";

/**
 * Replaces the secret of a key by `RotateAccessKey`: the old one stops at once, and the new one is delivered as the first
 * one was. A rotation is never followed by a deletion.
 * @param click `clickId` names the click: sent twice, it rotates once
 */
export async function makeNewSecret(
  ports: CallPorts & ChangePorts & CheckPorts & { ids: Ids; messenger: Pick<MessengerPort, "readyDm"> },
  click: { actor: Actor; accessKeyId: string; clickId: string },
): Promise<Outcome> {
  const { actor, accessKeyId, clickId } = click;
  const key = await ports.store.read((record) => record.keys.find(accessKeyId));
  const names = newAttemptNames(ports);
  const refusal = await whyNot(ports, click, key, names);
  // The look comes last before the intent; who asks for what is not there is looked at all the same.
  const lookedAtMs = ports.clock.monotonicMs();
  const allowed = await requireRequester(ports, actor);
  if (allowed.kind === "refused") return allowed;
  if (refusal) return refusal;
  const lost = key && (await refuseIfCoverLost(ports, key));
  if (lost) return lost;
  const { approvalFor } = ports.settings.policy;
  const begun = await change(ports, {
    about: { accessKeyId },
    facts: async (record) => ({ isRepeated: (await record.attempts.findByClick(clickId)) !== null }),
    decide: (recorded, at, { isRepeated }) =>
      isCoverOther(recorded.key, key)
        ? refused("somebody_was_faster", { request: recorded.request, key: recorded.key })
        : decideRotation(recorded, { names, actorId: actor.userId, clickId, isRepeated, approvalFor, at }),
  });
  if (begun.kind === "refused") return begun;
  const heldUntilMs = lastsUntil(lookedAtMs, begun.heldUntilMs);
  return carryOut(ports, { held: { ...begun.after, attempt: begun.step.attempt.to }, heldUntilMs });
}

/** Looks before the intent: at who may, at the key, and at the DM. Without it the old secret would stop for nothing. */
async function whyNot(
  ports: ChangePorts & CheckPorts & { messenger: Pick<MessengerPort, "readyDm"> },
  { actor, clickId }: { actor: Actor; clickId: string },
  key: Key | null,
  names: AttemptNames,
): Promise<Refusal | null> {
  const { approvalFor } = ports.settings.policy;
  const click = { names, actorId: actor.userId, clickId, isRepeated: false, approvalFor, at: ports.clock.now() };
  const decided = decideRotation({ request: null, key, attempt: null }, click);
  if (decided.kind === "refused") return decided;
  if (key === null) return null;
  const isDoubtful = key.state.kind === "secret_unknown";
  return requireDm(ports, { requestId: key.requestId, userId: key.ownerId, isDoubtful });
}

/** Whether another approval covers the next secret by now than the one whose approver was looked at. */
function isCoverOther(now: Key | null, seen: Key | null): boolean {
  return coverApprover(now) !== coverApprover(seen);
}

function coverApprover(key: Key | null): string | null {
  return key && (coverOf(key.state)?.approverId ?? null);
}

/** Where the approval that covers another secret is by somebody who may no longer approve, it covers none from now on. */
async function refuseIfCoverLost(ports: ChangePorts & CheckPorts, key: Key): Promise<Refusal | null> {
  const { approvers, policy } = ports.settings;
  const cover = coverOf(key.state);
  if (cover === null || !needsApproval(key.access, policy.approvalFor)) return null;
  const approver = await checkPerson(ports, cover.approverId, approvers);
  if (approver.kind === "refused") return approver;
  if (isApprover(approver)) return null;
  await change(ports, {
    about: { accessKeyId: key.accessKeyId },
    decide: (recorded) => {
      const moved = recorded.key && loseCover(recorded.key);
      return moved ? step("bot", { key: { ...moved, outcome: "approver_lost" } }) : NO_CHANGE;
    },
  });
  return refused("approver_lost", { approverId: cover.approverId });
}

/** How a new secret of a key is to be had now: at once, or by asking for it. What is not theirs looks like what is not there. */
export async function newSecretWay(
  { store, settings, clock }: Pick<ChangePorts, "store" | "clock"> & Pick<CheckPorts, "settings">,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<"at_once" | "by_asking"> {
  const key = await store.read((record) => record.keys.find(accessKeyId));
  const asks = key?.ownerId === actor.userId && newSecretNeedsApproval(key, settings.policy.approvalFor, clock.now());
  return asks ? "by_asking" : "at_once";
}

/** The intent: from here on the old secret may have stopped. */
export function decideRotation(
  { key }: Recorded,
  click: {
    names: AttemptNames;
    actorId: string;
    clickId: string;
    isRepeated: boolean;
    approvalFor: readonly ApprovalClass[];
    at: number;
  },
) {
  const { names, actorId, clickId, at } = click;
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actorId);
  if (may.kind === "refused") return may;
  if (click.isRepeated) return refused("same_click", { keyName: key.keyName });
  const moved = startRotation(key);
  if (moved.kind === "refused") return moved;
  if (newSecretNeedsApproval(key, click.approvalFor, at))
    return refused("secret_needs_approval", { keyName: key.keyName });
  const { requestId, accessKeyId } = key;
  const work = { kind: "rotate", phase: "calling" } as const;
  const attempt = beginAttempt(names, { requestId, accessKeyId, actorId, at, work });
  return step(actorId, { key: moved, attempt: { to: attempt, clickId } });
}
