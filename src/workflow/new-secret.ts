import { coverOf, type Key } from "../domain/key";
import { loseCover, startRotation } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { decidedRules, rulesFor } from "../domain/policy/judge";
import { newSecretNeedsApproval } from "../domain/policy/key-needs";
import type { Policy } from "../domain/policy/rule";
import { countingVotes, isDecided, needsOf, tally } from "../domain/policy/votes";
import { type Refusal, refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, lastsUntil, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { requireRequester } from "./check-requester";
import { lookAtVoters } from "./look-to-decide";
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
  const { policy } = await ports.policy.inForce();
  const refusal = await whyNot(ports, { click, key, names, policy });
  // The look comes last before the intent; who asks for what is not there is looked at all the same.
  const lookedAtMs = ports.clock.monotonicMs();
  const allowed = await requireRequester(ports, actor, key?.ownerId === actor.userId ? key.access : null);
  if (allowed.kind === "refused") return allowed;
  if (refusal) return refusal;
  const lost = key && (await refuseIfCoverLost(ports, { key, policy, requesterIds: allowed.ids }));
  if (lost) return lost;
  const begun = await change(ports, {
    about: { accessKeyId },
    facts: async (record) => ({ isRepeated: (await record.attempts.findByClick(clickId)) !== null }),
    decide: (recorded, at, { isRepeated }) =>
      isCoverOther(recorded.key, key)
        ? refused("somebody_was_faster", { request: recorded.request, key: recorded.key })
        : decideRotation(recorded, { names, actorId: actor.userId, clickId, isRepeated, policy, at }),
  });
  if (begun.kind === "refused") return begun;
  const heldUntilMs = lastsUntil(lookedAtMs, begun.heldUntilMs);
  return carryOut(ports, { held: { ...begun.after, attempt: begun.step.attempt.to }, heldUntilMs });
}

/** Looks before the intent: at who may, at the key, and at the DM. Without it the old secret would stop for nothing. */
async function whyNot(
  ports: ChangePorts & CheckPorts & { messenger: Pick<MessengerPort, "readyDm"> },
  {
    click,
    key,
    ...seen
  }: {
    click: { actor: Actor; clickId: string };
    key: Key | null;
    names: AttemptNames;
    policy: Policy;
  },
): Promise<Refusal | null> {
  const { actor, clickId } = click;
  const now = { ...seen, actorId: actor.userId, clickId, isRepeated: false, at: ports.clock.now() };
  const decided = decideRotation({ request: null, key, attempt: null }, now);
  if (decided.kind === "refused") return decided;
  if (key === null) return null;
  const isDoubtful = key.state.kind === "secret_unknown";
  return requireDm(ports, { requestId: key.requestId, userId: key.ownerId, isDoubtful });
}

/** Whether another approval covers the next secret by now than the one whose votes were looked at. */
function isCoverOther(now: Key | null, seen: Key | null): boolean {
  return coverVoters(now) !== coverVoters(seen);
}

function coverVoters(key: Key | null): string | null {
  const cover = key === null ? null : coverOf(key.state);
  return cover === null ? null : cover.votes.map(({ approverId }) => approverId).join(" ");
}

/** Where the approval that covers another secret has too few votes that count by now, it covers none from now on. */
async function refuseIfCoverLost(
  ports: ChangePorts & CheckPorts,
  { key, policy, requesterIds }: { key: Key; policy: Policy; requesterIds: readonly string[] },
): Promise<Refusal | null> {
  const cover = coverOf(key.state);
  if (cover === null) return null;
  const { votes, askedAt } = cover;
  const needs = needsOf(decidedRules(rulesFor(key.access, policy)), ports.clock.now() - askedAt);
  const voters = await lookAtVoters(ports, votes, needs);
  if ("code" in voters) return voters;
  const tallies = tally(needs, votes, { requesterIds, voters });
  if (isDecided(tallies)) return null;
  const counting = countingVotes(tallies, votes);
  const lost = votes.find((vote) => !counting.includes(vote));
  const outcome = lost ? "approver_lost" : "policy_changed";
  await change(ports, {
    about: { accessKeyId: key.accessKeyId },
    decide: (recorded) => {
      const moved = recorded.key && loseCover(recorded.key);
      return moved ? step("bot", { key: { ...moved, outcome } }) : NO_CHANGE;
    },
  });
  return lost
    ? refused("approver_lost", { approverId: lost.approverId })
    : refused("secret_needs_approval", { keyName: key.keyName });
}

/** How a new secret of a key is to be had now: at once, or by asking for it. What is not theirs looks like what is not there. */
export async function newSecretWay(
  { store, policy: rules, clock }: Pick<ChangePorts, "store" | "clock"> & Pick<CheckPorts, "policy">,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<"at_once" | "by_asking"> {
  const key = await store.read((record) => record.keys.find(accessKeyId));
  const { policy } = await rules.inForce();
  const asks = key?.ownerId === actor.userId && newSecretNeedsApproval(key, policy, clock.now());
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
    policy: Policy;
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
  if (newSecretNeedsApproval(key, click.policy, at)) return refused("secret_needs_approval", { keyName: key.keyName });
  const { requestId, accessKeyId } = key;
  const work = { kind: "rotate", phase: "calling" } as const;
  const attempt = beginAttempt(names, { requestId, accessKeyId, actorId, at, work });
  return step(actorId, { key: moved, attempt: { to: attempt, clickId } });
}
