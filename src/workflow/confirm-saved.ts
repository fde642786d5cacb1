import type { Attempt } from "../domain/attempt";
import { isOpenTimeOver } from "../domain/due";
import { canBeDeleted, isPaused, type Key } from "../domain/key";
import { type KeyAge, newAge, rotatedAge } from "../domain/key-age";
import { endOf, type KeyEnd, newEnd } from "../domain/key-end";
import { isKeyOver, keyOver } from "../domain/key-over";
import { confirm, startSwitchingOn } from "../domain/key-steps";
import type { Actor } from "../domain/person";
import { lastsBy, rulesFor } from "../domain/policy/judge";
import type { Lasts } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import { brokenGlassLasts, grantedAccess, isIn, type Request } from "../domain/request";
import { isLate, spendApproval } from "../domain/request-steps";
import { whyNoSecond } from "../domain/rotation";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, lastsUntil, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change, changeAndSay } from "./change";
import { type CheckPorts, requireMember } from "./check-person";
import { done, type Outcome } from "./outcome";
import type { Ids } from "./ports";
import { recordedOf } from "./recorded";
import { type Recorded, step } from "./step";
import { whyNotUse } from "./why-not-use";

type SavedPorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };

/**
 * `isOnSecret`: the button stands below the secret itself, so whoever pressed it sees that one. `clickId` names the click: sent
 * twice, it asks Tigris once.
 */
type Click = { actor: Actor; deliveryId: string; clickId: string; isOnSecret: boolean };

/**
 * The owner says that they hold the secret of one delivery. A key that is off gets its roles by that, and by nothing else; of
 * one that is on it is noted, since Slack's ok is no proof that it arrived.
 */
export async function saySaved(ports: SavedPorts, click: Click): Promise<Outcome> {
  const { recorded } = await readDelivery(ports, click.deliveryId);
  const found = deliveredKey(recorded, click.actor);
  if (found.kind === "found" && isToSwitchOn(found.key)) return switchKeyOn(ports, click, found.key);
  const member = await requireMember(ports, click.actor);
  if (member.kind === "refused") return member;
  return changeAndSay(ports, {
    about: { attemptId: click.deliveryId },
    decide: (now, at) => decideConfirm(now, { ...click, at }),
  });
}

/** What ends a request whose key is off. */
const ENDS: ReadonlySet<Refusal["code"]> = new Set(["lapsed", "approver_lost", "policy_changed", "no_rule"]);

function isToSwitchOn({ state }: Key): boolean {
  return state.kind === "off" || state.kind === "switching_on";
}

async function switchKeyOn(
  ports: SavedPorts,
  click: Click,
  { accessKeyId, requestId, keyName, state, rotation }: Key,
): Promise<Outcome> {
  const { store, clock } = ports;
  const { actor, deliveryId, clickId } = click;
  const request = await store.read((record) => record.requests.find(requestId));
  if (request === null) return refused("unknown_request");
  // The look comes last before the intent: at the requester, and at the approver again.
  const whyNow = () => {
    if (isLate(request, clock.now())) return refused("lapsed");
    // What waits again is decided first.
    return isIn(request, "pending") ? refused("not_approved", { request }) : null;
  };
  const lookedAtMs = clock.monotonicMs();
  const refusal = await whyNotUse(ports, { actor, request, whyNow });
  // An earlier press may have switched it on: its secret must not be called worthless.
  if (refusal && state.kind === "switching_on" && ENDS.has(refusal.code)) return refused("switch_over", { keyName });
  if (refusal) return refusal;
  const names = newAttemptNames(ports);
  const { policy } = await ports.policy.inForce();
  const lasts = lastsBy(rulesFor(grantedAccess(request), policy));
  const firstId = rotation?.kind === "follows" ? rotation.accessKeyId : null;
  const begun = await change(ports, {
    about: { accessKeyId },
    alone: { people: [], accessKeyId: firstId },
    facts: async (record) => ({
      isRepeated: (await record.attempts.findByClick(clickId)) !== null,
      delivery: await record.attempts.find(deliveryId),
      first: firstId === null ? null : await record.keys.find(firstId),
    }),
    decide: (recorded, at, facts) => decideSwitchOn(recorded, { ...click, ...facts, names, lasts, at }),
  });
  if (begun.kind === "refused") return begun;
  const heldUntilMs = lastsUntil(lookedAtMs, begun.heldUntilMs);
  return carryOut(ports, { held: { ...begun.after, attempt: begun.step.attempt.to }, heldUntilMs });
}

/**
 * The intent: it uses the approval up, and from here on the key may have power. Where an earlier press got no answer, the same
 * roles are set again.
 */
export function decideSwitchOn(
  { request, key: recorded }: Recorded,
  click: Click & {
    delivery: Attempt | null;
    /** The key whose place it takes; null where there is none. */
    first: Key | null;
    names: AttemptNames;
    lasts: Lasts;
    isRepeated: boolean;
    at: number;
  },
) {
  const { actor, names, clickId, isOnSecret, at } = click;
  const found = deliveredKey({ attempt: click.delivery, key: recorded }, actor);
  if (found.kind === "refused") return found;
  const { key } = found;
  const { accessKeyId, keyName, requestId } = key;
  if (request === null) return refused("unknown_request");
  if (click.isRepeated) return refused("same_click", { keyName });
  if (key.deliveryId !== click.deliveryId) return refused("older_secret", { keyName });
  if (key.state.kind === "off" && key.state.shownAt === null && !isOnSecret)
    return refused("not_confirmed", { keyName });
  if (isLate(request, at)) return refused("lapsed");
  if (isKeyOver(key, at)) return keyOver(key);
  if (isPaused(key)) return refused("key_paused", { keyName });
  const whyNot = whyNoSecond(click.first, key);
  if (whyNot) return whyNot;
  const delivered = isIn(request, "delivered") ? request : null;
  const until = key.state.kind === "switching_on" ? key.state.until : delivered?.state.lapsesAt;
  if (until === undefined) return refused("somebody_was_faster", { request, key });
  // Its time is over, and it is about to be paused, for people to decide.
  if (key.state.kind === "switching_on" && isOpenTimeOver(until, at)) return refused("switch_over", { keyName });
  const moved = startSwitchingOn(key, { at, until });
  if (moved.kind === "refused") return moved;
  const work = { kind: "switch_on", phase: "calling" } as const;
  return step(actor.userId, {
    key: { ...moved, ...endOfKey(key, request, click.lasts, at), ...ageOfKey(key, at) },
    ...(delivered ? { request: spendApproval(delivered, at) } : {}),
    attempt: { to: beginAttempt(names, { requestId, accessKeyId, actorId: actor.userId, at, work }), clickId },
  });
}

/** Its secret is of use from the first press on. Of a key that takes the place of another one it is a new secret. */
function ageOfKey({ state, rotation }: Key, at: number): { age: KeyAge } | Record<never, never> {
  if (state.kind !== "off") return {};
  return { age: rotation?.kind === "follows" ? rotatedAge(newAge(at), at) : newAge(at) };
}

/** Its time runs from the first press on, whatever Tigris answers. */
function endOfKey({ end }: Key, request: Request, lasts: Lasts, at: number): { end: KeyEnd } | Record<never, never> {
  if (end !== null) return {};
  const glassMs = brokenGlassLasts(request);
  if (glassMs !== null) return { end: newEnd(at + glassMs, at, true) };
  const life = request.asked.kind === "key" ? request.asked.life : ({ kind: "open" } as const);
  const given = endOf(life, lasts, at);
  return given === null ? {} : { end: given };
}

/** The newest secret of a key that is on is confirmed by its owner; saying so again changes nothing. */
export function decideConfirm(recorded: Recorded, { actor, deliveryId, at }: Omit<Click, "clickId"> & { at: number }) {
  const found = deliveredKey(recorded, actor);
  if (found.kind === "refused") return found;
  const { key } = found;
  if (isReplaced(recorded)) return refused("older_secret", { keyName: key.keyName });
  const confirmed = confirm(key, { id: deliveryId, at });
  if (confirmed.kind === "refused") return confirmed;
  const { keyName } = key;
  // A pause does not change which secret is theirs; whether the key works, its card says.
  const say = done(isPaused(key) ? "confirmed_paused" : "confirmed", { keyName });
  return step(actor.userId, confirmed.to === key.state ? { say } : { key: confirmed, say });
}

/** Whether a key goes, or is gone, in whose place its request has another one: it is not the request's key that goes. */
function isReplaced({ request, key }: Pick<Recorded, "request" | "key">): boolean {
  if (request === null || key === null || canBeDeleted(key.state)) return false;
  const { state } = request;
  return state.kind === "making" || ("accessKeyId" in state && state.accessKeyId !== key.accessKeyId);
}

/** The key whose newest secret came with a delivery, for a button that belongs to it. */
export async function keyOfDelivery(
  ports: Pick<ChangePorts, "store">,
  { actor, deliveryId }: Pick<Click, "actor" | "deliveryId">,
): Promise<{ kind: "found"; key: Key } | Refusal> {
  const { recorded, at } = await readDelivery(ports, deliveryId);
  const found = deliveredKey(recorded, actor);
  if (found.kind === "found" && isReplaced(recorded)) return refused("older_secret", { keyName: found.key.keyName });
  if (found.kind === "refused" || found.key.deliveryId === deliveryId) return found;
  const confirmed = confirm(found.key, { id: deliveryId, at });
  return confirmed.kind === "refused" ? confirmed : found;
}

/** Which request a secret was made for; null where there is no such delivery. Says nothing about who may see it. */
export async function requestOfDelivery(
  { store }: Pick<ChangePorts, "store">,
  deliveryId: string,
): Promise<string | null> {
  return (await store.read((record) => record.attempts.find(deliveryId)))?.requestId ?? null;
}

function readDelivery({ store }: Pick<ChangePorts, "store">, deliveryId: string) {
  return store.read(async (record) => ({
    recorded: await recordedOf(record, { attemptId: deliveryId }),
    at: record.at,
  }));
}

function deliveredKey(
  { attempt, key }: Pick<Recorded, "attempt" | "key">,
  actor: Actor,
): { kind: "found"; key: Key } | Refusal {
  if (attempt === null || !isDelivery(attempt)) return refused("delivery_uncertain");
  // Who began it is whom the secret was made for: how far it got is for nobody else.
  if (attempt.actorId !== actor.userId) return refused("not_yours", { of: "delivery" });
  // Slack shows a secret before it says so: until then nobody knows what becomes of it.
  if (attempt.work.phase === "calling" || attempt.work.phase === "delivering") return refused("delivery_open");
  if (key === null) return refused("delivery_uncertain");
  const may = mayUseKey(key, actor.userId);
  return may.kind === "refused" ? may : { kind: "found", key };
}

function isDelivery({ work }: Attempt): boolean {
  return work.kind === "create" || work.kind === "rotate";
}
