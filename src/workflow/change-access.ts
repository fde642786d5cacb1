import { compareWithKey, needsAsking } from "../domain/access-change";
import { startNarrowing, whyNotChanged } from "../domain/access-steps";
import { reasonProblem } from "../domain/input-rules";
import type { Key } from "../domain/key";
import { MAX_BUCKETS } from "../domain/limits";
import type { Access } from "../domain/permission";
import type { Actor } from "../domain/person";
import { needsPeople } from "../domain/policy/judge";
import { type Refusal, refused } from "../domain/refusal";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, requireMember } from "./check-person";
import { requireRequester } from "./check-requester";
import {
  type Created,
  type CreatePorts,
  checkApprovals,
  checkBuckets,
  createdBy,
  type InvalidField,
  record,
} from "./create";
import type { Outcome } from "./outcome";
import { type Recorded, step } from "./step";

/** What somebody wants a key to open. `viewId` is the form's: sent twice, it changes, or asks, once. */
type Wanted = { actor: Actor; viewId: string; accessKeyId: string; access: Access; reason: string | null };

/** The key whose access somebody may change, before they are shown the form. */
export async function keyToChange(
  ports: CheckPorts & Pick<ChangePorts, "store" | "clock">,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<{ kind: "found"; key: Key } | Refusal> {
  const member = await requireMember(ports, actor);
  if (member.kind === "refused") return member;
  const key = await ports.store.read((stored) => stored.keys.find(accessKeyId));
  return changeable(key, actor, ports.clock.now());
}

function changeable(key: Key | null, { userId }: Actor, at: number): { kind: "found"; key: Key } | Refusal {
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, userId);
  if (may.kind === "refused") return may;
  return whyNotChanged(key, at) ?? { kind: "found", key };
}

/**
 * Changes what a key opens, and leaves its secret: its owner's step. Less is done at once, since taking power away needs no more than
 * a full member; whatever gives something is asked for.
 */
export async function changeAccess(
  ports: CallPorts & CreatePorts,
  wanted: Wanted,
): Promise<Created | InvalidField | Outcome> {
  const { actor, viewId, accessKeyId, access } = wanted;
  const earlier = await ports.store.read((stored) => createdBy(stored, viewId, actor.userId));
  if (earlier) return earlier;
  const key = await ports.store.read((stored) => stored.keys.find(accessKeyId));
  const isMore = key?.ownerId === actor.userId && needsAsking(compareWithKey(key, access));
  if (isMore) return askForAccess(ports, key, wanted);
  const member = await requireMember(ports, actor);
  if (member.kind === "refused") return member;
  const found = changeable(key, actor, ports.clock.now());
  if (found.kind === "refused") return found;
  return countProblem(access) ?? narrow(ports, wanted);
}

function countProblem({ buckets }: Access): InvalidField | null {
  if (buckets.kind === "all" || (buckets.names.length > 0 && buckets.names.length <= MAX_BUCKETS)) return null;
  return { kind: "invalid", field: "buckets", problem: { code: "bucket_count", max: MAX_BUCKETS } };
}

async function narrow(
  ports: CallPorts & CreatePorts,
  { actor, accessKeyId, access, viewId: clickId }: Wanted,
): Promise<Outcome> {
  const names = newAttemptNames(ports);
  const begun = await change(ports, {
    about: { accessKeyId },
    facts: async (stored) => ({
      isRepeated: (await stored.attempts.findByClick(clickId)) !== null,
      isRoleCallOpen: await stored.attempts.hasOtherRoleCall(accessKeyId, names.id),
    }),
    decide: (recorded, at, facts) => decideNarrowing(recorded, { ...facts, names, actor, to: access, clickId, at }),
  });
  if (begun.kind === "refused") return begun;
  const { attempt } = begun.step;
  return carryOut(ports, { held: { ...begun.after, attempt: attempt.to }, heldUntilMs: begun.heldUntilMs });
}

/** The intent: from here on it is to have less, and goes on having what it may have until Tigris has done it. */
export function decideNarrowing(
  { key: recorded, request }: Recorded,
  wanted: {
    names: AttemptNames;
    actor: Actor;
    to: Access;
    clickId: string;
    isRepeated: boolean;
    isRoleCallOpen: boolean;
    at: number;
  },
) {
  const { names, actor, to, clickId, at } = wanted;
  const found = changeable(recorded, actor, at);
  if (found.kind === "refused") return found;
  const { key } = found;
  const { requestId, accessKeyId, keyName } = key;
  if (wanted.isRepeated) return refused("same_click", { keyName });
  const comparison = compareWithKey(key, to);
  if (comparison === "same") return refused("access_is_same", { keyName });
  if (needsAsking(comparison)) return refused("somebody_was_faster", { request, key });
  const work = { kind: "change_access", phase: "taking" } as const;
  return step(actor.userId, {
    key: startNarrowing(key, { to, attemptId: names.id, at, isBeside: wanted.isRoleCallOpen }),
    attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId: actor.userId, at, work }), clickId },
  });
}

/** Asks for an access with something that the key has not: judged as one who asks for a key with all of it. */
async function askForAccess(
  ports: CreatePorts,
  key: Key,
  { actor, viewId, accessKeyId, access, reason }: Wanted,
): Promise<Created | InvalidField | Refusal> {
  const requester = await requireRequester(ports, actor, access);
  if (requester.kind === "refused") return requester;
  const { ids, policy } = requester;
  const whyNot = whyNotChanged(key, ports.clock.now());
  if (whyNot) return whyNot;
  const asksPeople = needsPeople(access, policy);
  const problem = reasonProblem(reason, asksPeople);
  if (problem !== null) return { kind: "invalid", field: "reason", problem };
  const [dm, buckets, approvals] = await Promise.all([
    ports.messenger.openDm(actor.userId),
    checkBuckets(ports, { access }),
    asksPeople ? checkApprovals(ports, { ids, policy, access }) : null,
  ]);
  if (approvals) return approvals;
  if (buckets) return buckets;
  if (dm.kind === "unavailable") return refused("dm_unavailable", { slackCode: dm.reason });
  const { keyName, endpoint } = key;
  const asked = { kind: "access", accessKeyId, keyName, access, endpoint, from: key.access } as const;
  return record(ports, { requesterId: actor.userId, viewId, dmChannelId: dm.channelId, asked, reason, policy });
}
