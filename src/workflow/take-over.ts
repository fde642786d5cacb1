import type { Key, KeyState } from "../domain/key";
import { hasEnded, leaverHold } from "../domain/key";
import { unaskedAge } from "../domain/key-age";
import { graceAnew, isKeyOver, keyOver } from "../domain/key-over";
import type { Leaver } from "../domain/leaver";
import { givesRoles, liftLeaver, markDeletion } from "../domain/pause-steps";
import type { Actor } from "../domain/person";
import { needsPeople } from "../domain/policy/judge";
import { type QuotaUse, quotaRefusal } from "../domain/quota";
import { type Refusal, refused } from "../domain/refusal";
import { type Approved, isIn, type Request } from "../domain/request";
import { endForRequester, isLate, spendOnKey } from "../domain/request-steps";
import { type AttemptNames, beginAttempt, lastsUntil, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { requireRequester } from "./check-requester";
import { quotaUseOf } from "./create";
import { lookAtOwner } from "./look-at-owner";
import { whyNotTaken } from "./may-take-over";
import type { MessengerPort } from "./messenger-port";
import { ringOn } from "./outbox-message";
import { done, type Outcome } from "./outcome";
import type { Ids } from "./ports";
import { resumingFacts } from "./resuming-facts";
import { type Recorded, type Step, step } from "./step";
import { whyNotUse } from "./why-not-use";

type TakePorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids; messenger: Pick<MessengerPort, "openDm"> };
/** `fromId`: whose keys they were shown; null where they asked for this one. `clickId` names the click: sent twice, it acts once. */
type Click = { actor: Actor; fromId: string | null; accessKeyId: string; clickId: string };

/**
 * Makes the key of somebody who has left one's own: any full member's step who may have such keys, and has room for one more. What
 * its owner's leaving has paused works again by it, so that whoever takes it is looked at afresh; where its kind needs an approval,
 * so does this.
 */
export async function takeOver(ports: TakePorts, click: Click): Promise<Outcome> {
  const { actor, accessKeyId, clickId } = click;
  const lookedAtMs = ports.clock.monotonicMs();
  const { key, asking, leaver, fromId } = await readStanding(ports, click);
  const allowed = await requireRequester(ports, actor, key?.access ?? null);
  if (allowed.kind === "refused") return allowed;
  const { policy, ids } = allowed;
  const whyNot = whyNotTaken(key, ids, { ownerId: fromId, leaver });
  if (whyNot || key === null) return whyNot ?? refused("unknown_key");
  const isAsked = needsPeople(key.access, policy);
  const notApproved = isAsked ? await whyNotByApproval(ports, actor, { key, asking }) : null;
  if (notApproved) return notApproved;
  // That they had left is remembered: whether they still have is asked afresh.
  if ((await lookAtOwner(ports, fromId, "decision")) === null) return refused("not_checked");
  const dm = await ports.messenger.openDm(actor.userId);
  if (dm.kind === "unavailable") return refused("dm_unavailable", { slackCode: dm.reason });
  const names = newAttemptNames(ports);
  const resuming = resumingFacts({ accessKeyId, clickId });
  const begun = await change(ports, {
    about: { accessKeyId },
    alone: { people: [actor.userId], accessKeyId },
    facts: async (record) => ({
      ...(await resuming(record)),
      leaver: await record.leavers.find(fromId),
      use: await quotaUseOf(record, actor.userId),
    }),
    decide: (recorded, at, facts) =>
      decideTakeover(recorded, {
        ...facts,
        names,
        actorId: actor.userId,
        actorIds: ids,
        fromId,
        dmChannelId: dm.channelId,
        maxKeysPerUser: policy.maxKeysPerUser,
        spends: isAsked ? asking : null,
        clickId,
        at,
      }),
  });
  if (begun.kind === "refused") return begun;
  const { attempt, say }: Step = begun.step;
  if (!attempt) return say ?? refused("unknown_key");
  const heldUntilMs = lastsUntil(lookedAtMs, begun.heldUntilMs);
  const said = await carryOut(ports, { held: { ...begun.after, attempt: attempt.to }, heldUntilMs });
  return said.kind === "done" && say ? say : said;
}

function readStanding({ store }: Pick<ChangePorts, "store">, { accessKeyId, fromId }: Click) {
  return store.read(async (record) => {
    const key = await record.keys.find(accessKeyId);
    const ownerId = fromId ?? key?.ownerId ?? "";
    return {
      key,
      fromId: ownerId,
      asking: await record.requests.findOpenAbout(accessKeyId),
      leaver: await record.leavers.find(ownerId),
    };
  });
}

/** The fresh look at the approval of a takeover. */
async function whyNotByApproval(
  ports: TakePorts,
  actor: Actor,
  { key: { keyName }, asking }: { key: Key; asking: Request | null },
): Promise<Refusal | null> {
  if (asking === null) return refused("takeover_needs_approval", { keyName });
  if (!isTakeover(asking) || asking.requesterId !== actor.userId) return refused("already_asked", { keyName });
  const whyNow = () => (isLate(asking, ports.clock.now()) ? refused("lapsed") : null);
  return whyNotUse(ports, { actor, request: asking, whyNow });
}

function isTakeover(request: Request): request is Request<Approved> {
  return request.asked.kind === "takeover" && isIn(request, "approved");
}

/** The intent: the key has another owner, and where its owner's leaving held it, it may have its power again from here on. */
export function decideTakeover(
  { key, asking }: Recorded,
  click: {
    names: AttemptNames;
    actorId: string;
    actorIds: readonly string[];
    fromId: string;
    leaver: Leaver | null;
    dmChannelId: string;
    use: QuotaUse;
    maxKeysPerUser: number;
    /** The approved request that it takes; null where it needs none. */
    spends: Request | null;
    isRepeated: boolean;
    isPauseOpen: boolean;
    clickId: string;
    at: number;
  },
) {
  const { names, actorId, fromId, leaver, clickId, at } = click;
  const whyNot = whyNotTaken(key, click.actorIds, { ownerId: fromId, leaver });
  if (whyNot || key === null) return whyNot ?? refused("unknown_key");
  const { requestId, accessKeyId, keyName } = key;
  if (click.isRepeated) return refused("same_click", { keyName });
  // It is about to be paused for that.
  if (isKeyOver(key, at) && !hasEnded(key)) return keyOver(key);
  const full = quotaRefusal(click.use, { maxKeysPerUser: click.maxKeysPerUser, asksPeople: false });
  if (full) return full;
  const ended = endOfAsking(asking ?? null, { ...click, keyName });
  if (ended.kind === "refused") return ended;
  // What is being taken is taken first: its new owner resumes it then.
  const lifted = click.isPauseOpen ? markDeletion(key, null) : liftLeaver(key);
  const pause = lifted?.pause ?? key.pause;
  const about = { keyName, fromId, isPaused: pause.holds.length > 0 };
  const taken = step(actorId, {
    key: {
      to: leftBehind(key, at),
      ownerId: actorId,
      pause,
      // What has ended is kept for its whole grace from when its new owner reads of it.
      ...graceAnew(key),
      age: unaskedAge(key.age),
      event: "key.taken_over" as const,
      outcome: fromId,
    },
    ...(ended.step ? { asking: ended.step } : {}),
    moveCard: { dmChannelId: click.dmChannelId },
    tell: ringOn(key, { code: "taken_over", about }),
    say: done("taken_over", about),
  });
  if (leaverHold(key) === null || pause.stands !== "resuming") return taken;
  const work = { kind: "resume", phase: givesRoles(key) ? "giving" : "calling" } as const;
  return {
    ...taken,
    attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId, at, work }), clickId },
  };
}

/** What was asked about it ends with its owner, or is used up; what somebody else has asked comes first. */
function endOfAsking(
  asking: Request | null,
  click: { spends: Request | null; actorId: string; fromId: string; keyName: string; at: number },
): { kind: "ends"; step: Step["asking"] } | Refusal {
  const { spends, actorId, fromId, keyName, at } = click;
  const isOwn = asking !== null && asking.requesterId === actorId && isTakeover(asking) && !isLate(asking, at);
  if (spends !== null && asking?.id !== spends.id) return refused("lapsed");
  if (isOwn) return { kind: "ends", step: spendOnKey(asking, { accessKeyId: keyIdOf(asking), at }) };
  if (spends !== null) return refused("lapsed");
  if (asking === null) return { kind: "ends", step: null };
  const ended = asking.requesterId === fromId ? endForRequester(asking, at) : null;
  return ended === null ? refused("already_asked", { keyName }) : { kind: "ends", step: ended };
}

function keyIdOf({ asked }: Request): string {
  return asked.kind === "key" ? "" : asked.accessKeyId;
}

/** Whoever owned it before knows its secret; what covered another one of theirs covers none of anybody else's. */
function leftBehind({ state, ownerId }: Key, at: number): KeyState {
  if (state.kind === "secret_unknown") return { ...state, cover: null };
  return state.kind === "live" ? { ...state, secret: { kind: "left_behind", byId: ownerId, at } } : state;
}
