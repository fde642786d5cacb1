import { hasEnded, type Key } from "../domain/key";
import { extendedEnd } from "../domain/key-end";
import { whyBusy } from "../domain/key-steps";
import { givesRoles, liftEnd } from "../domain/pause-steps";
import type { Actor } from "../domain/person";
import { lastsBy, needsPeople, rulesFor } from "../domain/policy/judge";
import type { Lasts } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import { type Approved, isIn, type Request } from "../domain/request";
import { isLate, spendOnKey } from "../domain/request-steps";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, lastsUntil, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { requireRequester } from "./check-requester";
import { done, type Outcome } from "./outcome";
import type { Ids } from "./ports";
import { resumingFacts } from "./resuming-facts";
import { type Recorded, type Step, step } from "./step";
import { whyNotUse } from "./why-not-use";

type ExtendPorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };
/** `clickId` names the click: sent twice, it asks Tigris once. */
type Click = { actor: Actor; accessKeyId: string; clickId: string };

/** Why the end of a key can't be moved; null where it can. */
export function whyNotExtended(key: Key): Refusal | null {
  const { keyName, end, state } = key;
  if (state.kind === "deleting" || state.kind === "deleted" || state.kind === "rotating") return whyBusy(key, state);
  if (end === null) return refused("no_end", { keyName });
  return end.isFinal ? refused("end_is_final", { keyName }) : null;
}

/**
 * Moves the end of a key from now on, by as long as it was to live and as the policy of now allows: its owner's step. What has ended
 * works again by it, so that its owner is looked at afresh; where its kind needs an approval, so does this.
 */
export async function extendKey(ports: ExtendPorts, click: Click): Promise<Outcome> {
  const { actor, accessKeyId, clickId } = click;
  const { key, asking } = await ports.store.read(async (record) => ({
    key: await record.keys.find(accessKeyId),
    asking: await record.requests.findOpenAbout(accessKeyId),
  }));
  const lookedAtMs = ports.clock.monotonicMs();
  const own = key?.ownerId === actor.userId ? key : null;
  const allowed = await requireRequester(ports, actor, own?.access ?? null);
  if (allowed.kind === "refused") return allowed;
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actor.userId);
  if (may.kind === "refused") return may;
  const whyNot = whyNotExtended(key);
  if (whyNot) return whyNot;
  const { policy } = allowed;
  const isAsked = needsPeople(key.access, policy);
  const notApproved = isAsked ? await whyNotByApproval(ports, actor, { key, asking }) : null;
  if (notApproved) return notApproved;
  const names = newAttemptNames(ports);
  const lasts = lastsBy(rulesFor(key.access, policy));
  const begun = await change(ports, {
    about: { accessKeyId },
    facts: resumingFacts({ accessKeyId, clickId }),
    decide: (recorded, at, facts) =>
      decideExtension(recorded, {
        ...facts,
        names,
        lasts,
        actorId: actor.userId,
        spends: isAsked ? asking : null,
        clickId,
        at,
      }),
  });
  if (begun.kind === "refused") return begun;
  const { attempt, say }: Step = begun.step;
  const heldUntilMs = lastsUntil(lookedAtMs, begun.heldUntilMs);
  if (!attempt) return say ?? refused("unknown_key");
  const said = await carryOut(ports, { held: { ...begun.after, attempt: attempt.to }, heldUntilMs });
  return said.kind === "done" && say ? say : said;
}

/** The fresh look at the approval of an extension. */
async function whyNotByApproval(
  ports: ExtendPorts,
  actor: Actor,
  { key: { keyName }, asking }: { key: Key; asking: Request | null },
): Promise<Refusal | null> {
  if (asking === null) return refused("extension_needs_approval", { keyName });
  if (!isExtension(asking)) return refused("already_asked", { keyName });
  const whyNow = () => (isLate(asking, ports.clock.now()) ? refused("lapsed") : null);
  return whyNotUse(ports, { actor, request: asking, whyNow });
}

function isExtension(request: Request): request is Request<Approved> {
  return request.asked.kind === "extend" && isIn(request, "approved");
}

/** How the end of a key is moved: at once, or by its owner's asking for it. What is not theirs looks like what is not there. */
export async function extensionWay(
  { store, policy: rules }: Pick<ChangePorts, "store"> & Pick<CheckPorts, "policy">,
  { actor, accessKeyId }: { actor: Actor; accessKeyId: string },
): Promise<"at_once" | "by_asking"> {
  const { policy } = await rules.inForce();
  return store.read(async (record) => {
    const key = await record.keys.find(accessKeyId);
    if (key?.ownerId !== actor.userId || !needsPeople(key.access, policy)) return "at_once";
    return (await record.requests.findOpenAbout(accessKeyId)) === null ? "by_asking" : "at_once";
  });
}

/** The intent: its end is moved, and where it had ended it may have its power again from here on. */
export function decideExtension(
  { key, asking }: Recorded,
  click: {
    names: AttemptNames;
    lasts: Lasts;
    actorId: string;
    /** The approved request that it takes; null where it needs none. */
    spends: Request | null;
    isRepeated: boolean;
    isPauseOpen: boolean;
    clickId: string;
    at: number;
  },
) {
  const { names, actorId, clickId, at } = click;
  if (key === null) return refused("unknown_key");
  const { requestId, accessKeyId, keyName } = key;
  if (click.isRepeated) return refused("same_click", { keyName });
  const whyNot = whyNotExtended(key);
  if (whyNot || key.end === null) return whyNot ?? refused("no_end", { keyName });
  // What is being taken is taken first: otherwise nobody could say what holds.
  if (hasEnded(key) && click.isPauseOpen) return refused("pause_unconfirmed", { keyName });
  // An approval that is no longer needed is spent too, or it would be there for another time.
  const isLooked = click.spends === null || asking?.id === click.spends.id;
  const isSpendable = asking && isLooked && isExtension(asking) && !isLate(asking, at);
  if (click.spends !== null && !isSpendable) return refused("lapsed");
  const spent = isSpendable ? { asking: spendOnKey(asking, { accessKeyId, at }) } : {};
  const end = extendedEnd(key.end, click.lasts, at);
  const say = done("extended", { keyName, at: end.at, isHeld: key.pause.holds.some(({ kind }) => kind !== "end") });
  if (!hasEnded(key))
    return step(actorId, { key: { to: key.state, end, event: "key.extended" as const }, ...spent, say });
  const lifted = liftEnd(key);
  if (lifted.pause.stands !== "resuming") return step(actorId, { key: { ...lifted, end }, ...spent, say });
  const work = { kind: "resume", phase: givesRoles(key) ? "giving" : "calling" } as const;
  return step(actorId, {
    key: { ...lifted, end },
    ...spent,
    say,
    attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId, at, work }), clickId },
  });
}
