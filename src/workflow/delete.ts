import { type Attempt, provesGone } from "../domain/attempt";
import type { Key } from "../domain/key";
import { finishDeletion, startDeletion } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { bold, code, type Sentence, user } from "../domain/sentence";
import { type Allowed, mayDelete, mayUse } from "../domain/who-may";
import { isApprover, lookAtActor, requireMember } from "./look";
import { newAttempt } from "./new-attempt";
import { done, type Outcome, unknownKey } from "./outcome";
import type { Ports } from "./ports";
import { putOff } from "./put-off";
import { recordKeyStep } from "./record";

/** Deletes a key: its owner's step, and any approver's. A key that Tigris no longer has counts as deleted. */
export async function deleteKey(ports: Ports, click: { actor: Actor; accessKeyId: string }): Promise<Outcome> {
  const { actor, accessKeyId } = click;
  const key = await ports.store.transact((tx) => tx.keys.find(accessKeyId));
  const may = await mayDeleteNow(ports, actor, key);
  if (may.kind === "refused") return may;
  if (!key) return unknownKey();
  const attempt = await begin(ports, actor, accessKeyId);
  if ("kind" in attempt) return attempt;
  const isDone = await callDelete(ports, attempt);
  if (isDone)
    return done(
      "You deleted ",
      bold(key.keyName),
      " (",
      code(accessKeyId),
      "). Programs that used it have lost access.",
    );
  return refused(
    "tigris_lost",
    "Tigris has not confirmed yet that ",
    bold(key.keyName),
    " is deleted. I go on trying; its card shows when it is done.",
  );
}

/** The fresh look: at the owner as a member, at anybody else as an approver. */
export async function mayDeleteNow(ports: Ports, actor: Actor, key: Key | null): Promise<Allowed | Refusal> {
  if (!key || key.ownerId === actor.userId) return requireMember(ports, actor);
  const seen = await lookAtActor(ports, actor, ports.settings.approvers);
  if (seen.kind === "refused") return seen;
  const use = mayUse(seen.standing);
  return use.kind === "refused" ? use : mayDelete(key, actor.userId, isApprover(seen));
}

/** The intent: from here on the key is on its way out, whoever finishes it. */
async function begin(ports: Ports, actor: Actor, accessKeyId: string): Promise<Attempt | Refusal> {
  return ports.store.transact(async (tx): Promise<Attempt | Refusal> => {
    const key = await tx.keys.find(accessKeyId);
    if (!key) return unknownKey();
    const at = ports.clock.now();
    const step = startDeletion(key, { byId: actor.userId, at });
    if (step.kind === "refused") return step;
    if (!(await recordKeyStep(tx, key, step, { actorId: actor.userId, at })))
      throw new Error("a key changed inside a transaction");
    const attempt = newAttempt(ports, {
      requestId: key.requestId,
      accessKeyId,
      actorId: actor.userId,
      at,
      work: { kind: "delete", phase: "calling" },
    });
    await tx.attempts.insert({ ...attempt, clickId: null });
    return attempt;
  });
}

/**
 * Asks Tigris to delete, which may be repeated, and records that it did; puts it off where it did not.
 * @returns whether the key is deleted
 */
export async function callDelete(ports: Ports, attempt: Attempt): Promise<boolean> {
  if (attempt.accessKeyId === null) throw new Error("nothing to delete");
  const answer = await ports.tigris.deleteKey(attempt.accessKeyId);
  if (answer.kind === "deleted" || (answer.kind === "gone" && (await isSurelyGone(ports, attempt)))) {
    await finish(ports, attempt, answer.kind);
    return true;
  }
  await putOff(ports, attempt);
  // Somebody else may have taken it over meanwhile, and finished it.
  const key = await recordOf(ports, attempt);
  return key?.state.kind === "deleted";
}

async function isSurelyGone(ports: Ports, attempt: Attempt): Promise<boolean> {
  const key = await recordOf(ports, attempt);
  return key === null || provesGone({ madeAt: key.madeAt, tries: attempt.tries }, ports.clock.now());
}

function recordOf(ports: Ports, { accessKeyId }: Attempt): Promise<Key | null> {
  return ports.store.transact((tx) => tx.keys.find(accessKeyId ?? ""));
}

async function finish(ports: Ports, attempt: Attempt, outcome: "deleted" | "gone"): Promise<void> {
  await ports.store.transact(async (tx) => {
    const closed: Attempt = { ...attempt, work: { kind: "delete", phase: "deleted" } };
    if (!(await tx.attempts.save(closed, attempt.lease.workerId))) return;
    const key = attempt.accessKeyId === null ? null : await tx.keys.find(attempt.accessKeyId);
    if (key?.state.kind !== "deleting") return;
    const at = ports.clock.now();
    const byId = key.state.byId;
    await recordKeyStep(tx, key, finishDeletion({ byId, at }), { actorId: byId, at, outcome });
    if (byId !== key.ownerId)
      await tx.outbox.add({ kind: "notice", userId: key.ownerId, sentence: deletedByOther(key, byId) }, at);
  });
  ports.wake();
}

function deletedByOther(key: Key, byId: string): Sentence {
  return [
    user(byId),
    " deleted your key ",
    bold(key.keyName),
    " (",
    code(key.accessKeyId),
    "). Programs that used it have lost access.",
  ];
}
