import type { Key } from "../domain/key";
import { isKeyOver, keyOver } from "../domain/key-over";
import { isWithin } from "../domain/narrow";
import { givesRoles, liftable, liftHolds } from "../domain/pause-steps";
import type { Actor } from "../domain/person";
import { needsPeople } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import { type Approved, grantedAccess, isIn, type Request, wasApprovedByPeople } from "../domain/request";
import { isLate, spendOnKey } from "../domain/request-steps";
import { callOff, isReplaced, type Rotation } from "../domain/rotation";
import { type AttemptNames, beginAttempt, lastsUntil, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { resumedRing } from "./calls/resume";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { checkRequester, isAboutThem, requireRequester } from "./check-requester";
import { mayDeleteNow } from "./may-delete-now";
import { done, type Outcome } from "./outcome";
import type { Ids } from "./ports";
import { resumingFacts } from "./resuming-facts";
import { type Recorded, type Step, step } from "./step";
import { whyNotUse } from "./why-not-use";

type ResumePorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };
/** `clickId` names the click: sent twice, it asks Tigris once. */
type Click = { actor: Actor; accessKeyId: string; clickId: string };

/**
 * Lifts what somebody may lift of the holds on a key. Where none is left the key gets back what the record says, and no more: it
 * gives power, so its owner is looked at afresh, and the policy of now has to allow it.
 */
export async function resumeKey(ports: ResumePorts, click: Click): Promise<Outcome> {
  const { actor, accessKeyId, clickId } = click;
  const standing = await readStanding(ports, accessKeyId);
  const { key, asking } = standing;
  const lookedAtMs = ports.clock.monotonicMs();
  const may = await mayResumeNow(ports, actor, key);
  if (may.kind === "refused") return may;
  if (key === null) return refused("unknown_key");
  const { policy } = await ports.policy.inForce();
  const isAsked = needsMoreByNow(policy, standing);
  const notAllowed = isAsked ? await whyNotByApproval(ports, actor, { key, asking }) : null;
  if (notAllowed) return notAllowed;
  const names = newAttemptNames(ports);
  const isApprover = !may.ids.includes(key.ownerId);
  const begun = await change(ports, {
    about: { accessKeyId },
    facts: resumingFacts({ accessKeyId, clickId }),
    decide: (recorded, at, facts) =>
      decideResume(recorded, {
        ...facts,
        names,
        actorId: actor.userId,
        isApprover,
        spends: isAsked ? asking : null,
        clickId,
        at,
      }),
  });
  if (begun.kind === "refused") return begun;
  const { attempt, say }: Step = begun.step;
  const heldUntilMs = lastsUntil(lookedAtMs, begun.heldUntilMs);
  if (attempt) return carryOut(ports, { held: { ...begun.after, attempt: attempt.to }, heldUntilMs });
  return say ?? refused("unknown_key");
}

/** The fresh look: at whoever clicked, and at the owner, who gets the power. */
async function mayResumeNow(
  ports: CheckPorts,
  actor: Actor,
  key: Key | null,
): Promise<{ kind: "allowed"; ids: readonly string[] } | Refusal> {
  if (key?.ownerId === actor.userId) {
    const own = await requireRequester(ports, actor, key.access);
    return own.kind === "refused" ? own : { kind: "allowed", ids: [actor.userId] };
  }
  const may = await mayDeleteNow(ports, actor, key);
  if (may.kind === "refused" || key === null) return may;
  const owner = await checkRequester(ports, key.ownerId, key.access);
  if (owner.kind === "allowed") return may;
  return isAboutThem(owner) ? refused("requester_gone", { requesterId: key.ownerId }) : owner;
}

/** A key with what was asked for it: at first, since then, and now. */
type KeyStanding = { key: Key | null; request: Request | null; used: readonly Request[]; asking: Request | null };

function readStanding({ store }: Pick<ChangePorts, "store">, accessKeyId: string): Promise<KeyStanding> {
  return store.read(async (record) => {
    const key = await record.keys.find(accessKeyId);
    return {
      key,
      request: key && (await record.requests.findReadable(key.requestId)),
      used: await record.requests.usedAbout(accessKeyId),
      asking: await record.requests.findOpenAbout(accessKeyId),
    };
  });
}

/** Whether such a key needs a person's approval by now, and this one never had any. */
function needsMoreByNow(policy: Policy, { key, request, used }: KeyStanding): boolean {
  if (key === null || !needsPeople(key.access, policy)) return false;
  // An approval of less is none of this, and one of what somebody else had is none of its owner's.
  return ![...used, ...(request ? [request] : [])].some(
    (one) => one.requesterId === key.ownerId && wasApprovedByPeople(one) && isWithin(key.access, grantedAccess(one)),
  );
}

/** How a paused key is to work again: at once, or by its owner's asking for it. What is not theirs looks like what is not there. */
export async function resumeWay(
  ports: Pick<ChangePorts, "store"> & Pick<CheckPorts, "policy">,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<"at_once" | "by_asking"> {
  const standing = await readStanding(ports, accessKeyId);
  const isOwn = standing.key?.ownerId === actor.userId;
  const { policy } = await ports.policy.inForce();
  return isOwn && standing.asking === null && needsMoreByNow(policy, standing) ? "by_asking" : "at_once";
}

/** The fresh look at an approval that lets the key work again. */
async function whyNotByApproval(
  ports: ResumePorts,
  actor: Actor,
  { key: { keyName }, asking }: { key: Key; asking: Request | null },
): Promise<Refusal | null> {
  if (asking === null || !isResumable(asking))
    return asking ? refused("already_asked", { keyName }) : refused("resume_needs_approval", { keyName });
  const whyNow = () => (isLate(asking, ports.clock.now()) ? refused("lapsed") : null);
  return whyNotUse(ports, { actor: actor.userId === asking.requesterId ? actor : null, request: asking, whyNow });
}

function isResumable(request: Request): request is Request<Approved> {
  return request.asked.kind === "resume" && isIn(request, "approved");
}

/** Who lets a key work again in whose place there is another one keeps both. */
function calledOffBy(key: Key, pause: Key["pause"]): { rotation?: Rotation | null } {
  const off = isReplaced(key) && !isReplaced({ pause }) ? callOff(key) : null;
  return off === null ? {} : { rotation: off.rotation };
}

/** The intent: the holds are lifted, and from here on the key may have its power again. */
export function decideResume(
  { key, asking }: Recorded,
  click: {
    names: AttemptNames;
    actorId: string;
    isApprover: boolean;
    /** The approved request that it takes; null where it needs none. */
    spends: Request | null;
    isRepeated: boolean;
    isPauseOpen: boolean;
    clickId: string;
    at: number;
  },
) {
  const { names, actorId, isApprover, clickId, at } = click;
  if (key === null) return refused("unknown_key");
  const { requestId, accessKeyId, keyName } = key;
  if (click.isRepeated) return refused("same_click", { keyName });
  // It is about to be paused for good.
  if (isKeyOver(key, at)) return keyOver(key);
  // What is being taken is taken first: otherwise nobody could say what holds.
  if (click.isPauseOpen && liftable(key, { id: actorId, isApprover }).length > 0)
    return refused("pause_unconfirmed", { keyName });
  const without = liftHolds(key, { id: actorId, isApprover });
  if (without.kind === "refused") return without;
  const lifted = { ...without, ...calledOffBy(key, without.pause) };
  const [left] = lifted.pause.holds;
  const isSpendable = asking && asking.id === click.spends?.id && isResumable(asking) && !isLate(asking, at);
  if (click.spends !== null && !isSpendable) return refused("lapsed");
  const spent = isSpendable && !left ? { asking: spendOnKey(asking, { accessKeyId, at }) } : {};
  if (left) {
    const { byId, kind } = left;
    return step(actorId, { key: lifted, say: refused("held_by_other", { keyName, byId, kind }) });
  }
  if (lifted.pause.stands === "none")
    return step(actorId, {
      key: lifted,
      ...spent,
      tell: resumedRing(key, actorId),
      say: done("resumed", { keyName }),
    });
  const work = { kind: "resume", phase: givesRoles(key) ? "giving" : "calling" } as const;
  return step(actorId, {
    key: lifted,
    ...spent,
    attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId, at, work }), clickId },
  });
}
