import type { Work } from "../domain/attempt";
import type { Key } from "../domain/key";
import { drop, startRotation } from "../domain/key-steps";
import { tigrisName } from "../domain/names";
import type { Actor } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { aboutKeyId, grantedAccess, isIn, type Request } from "../domain/request";
import { startMaking } from "../domain/request-steps";
import { whyNoSecond } from "../domain/rotation";
import { type Allowed, mayUseRequest } from "../domain/who-may";
import { type AttemptNames, beginAttempt, lastsUntil, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import { requireRequester } from "./check-requester";
import { extendKey } from "./extend-key";
import type { MessengerPort } from "./messenger-port";
import type { Outcome } from "./outcome";
import type { Ids } from "./ports";
import { recordedOf } from "./recorded";
import { requireDm } from "./require-dm";
import { resumeKey } from "./resume-key";
import { type Recorded, step } from "./step";
import { switchWider } from "./switch-wider";
import { takeOver } from "./take-over";
import { whyNotUse } from "./why-not-use";

type RevealPorts = CallPorts &
  ChangePorts &
  CheckPorts & { ids: Ids; messenger: Pick<MessengerPort, "readyDm" | "openDm"> };
/**
 * `clickId` names the click: sent twice, it makes one attempt. `inPlaceOf`: the delivery whose key is off and to be replaced by
 * another one; null for the first.
 */
type Click = { actor: Actor; requestId: string; clickId: string; inPlaceOf: string | null };

/**
 * Makes what an approved request asks for, a key or a new secret, and shows the secret to its requester: this click is the
 * only thing that does. A key is off until they say that they hold its secret.
 */
export async function reveal(ports: RevealPorts, click: Click): Promise<Outcome> {
  const { requestId, clickId, actor, inPlaceOf } = click;
  const { request, key } = await ports.store.read((record) => recordedOf(record, { requestId }));
  const own = request ? mayUseRequest(request, actor.userId) : refused("unknown_request");
  if (request === null || own.kind === "refused") return refuseStranger(ports, actor, own);
  const { asked } = request;
  if (asked.kind === "extend") return extendKey(ports, { actor, accessKeyId: asked.accessKeyId, clickId });
  if (asked.kind === "takeover")
    return takeOver(ports, { actor, fromId: null, accessKeyId: asked.accessKeyId, clickId });
  if (asked.kind === "access") return switchWider(ports, { actor, request, clickId });
  if (asked.kind === "resume") return resumeKey(ports, { actor, accessKeyId: asked.accessKeyId, clickId });
  const whyNow = () => whyNotMade(request, key, { at: ports.clock.now(), inPlaceOf });
  const look = () => whyNotUse(ports, { actor, request, whyNow });
  const notNow = whyNow();
  // Whose time is over may be no requester any more, which ends the request: the look says so.
  if (notNow) return (await look()) ?? notNow;
  const noDm = await requireDm(ports, {
    requestId,
    userId: request.requesterId,
    isDoubtful: wasNotShown(request, key),
  });
  if (noDm) return noDm;
  // The look comes last before the intent: making the DM ready may take a while.
  const lookedAtMs = ports.clock.monotonicMs();
  const refusal = await look();
  if (refusal) return refusal;
  const names = newAttemptNames(ports);
  const firstId = aboutKeyId(asked);
  const begun = await change(ports, {
    about: { requestId },
    alone: { people: [], accessKeyId: firstId },
    facts: async (record) => ({
      isRepeated: (await record.attempts.findByClick(clickId)) !== null,
      first: firstId === null ? null : await record.keys.find(firstId),
    }),
    decide: (recorded, at, facts) =>
      decideReveal(recorded, { ...facts, names, actorId: actor.userId, clickId, inPlaceOf, at }),
  });
  if (begun.kind === "refused") return begun;
  const heldUntilMs = lastsUntil(lookedAtMs, begun.heldUntilMs);
  return carryOut(ports, { held: { ...begun.after, attempt: begun.step.attempt.to }, heldUntilMs });
}

/** Whether Slack refused to show the last secret of a request, or did not say that it took it. */
function wasNotShown({ state }: Request, key: Key | null): boolean {
  if (state.kind === "delivered") return key?.state.kind === "off" && key.state.shownAt === null;
  return state.kind === "approved" && state.failure?.why === "not_delivered";
}

/** Why nothing can be made as things stand; null where it can. */
function whyNotMade(
  request: Request,
  key: Key | null,
  { at, inPlaceOf }: { at: number; inPlaceOf: string | null },
): Refusal | null {
  if (key?.state.kind === "switching_on") return refused("key_switching_on", { keyName: key.keyName });
  const moved = startMaking(request, at, inPlaceOf !== null);
  return moved.kind === "refused" ? moved : null;
}

/**
 * The intent: it takes the request to making, with its attempt, lease and event; where it is for a new secret, its key to
 * rotating; where another key takes the place of one that is off, that one goes.
 */
export function decideReveal(
  { request, key }: Recorded,
  click: {
    names: AttemptNames;
    actorId: string;
    clickId: string;
    inPlaceOf: string | null;
    isRepeated: boolean;
    /** The key whose place the asked one takes, or that a new secret is of; null where there is none. */
    first: Key | null;
    at: number;
  },
) {
  const { names, actorId, clickId, inPlaceOf, at } = click;
  if (request === null) return refused("unknown_request");
  const { asked } = request;
  if (click.isRepeated) return refused("same_click", { keyName: asked.keyName });
  const moved = startMaking(request, at, inPlaceOf !== null);
  if (moved.kind === "refused") return moved;
  const replaced = inPlaceOf !== null && isIn(request, "delivered") ? key : null;
  if (replaced && replaced.deliveryId !== inPlaceOf) return refused("older_secret", { keyName: asked.keyName });
  const number = request.attempts + 1;
  const begin = (accessKeyId: string | null, work: Work) => ({
    request: { ...moved, attempts: number },
    attempt: { to: beginAttempt(names, { requestId: request.id, accessKeyId, actorId, at, work }), clickId },
  });
  if (asked.kind === "key") {
    const whyNot = asked.rotates && whyNoSecond(click.first, { ownerId: actorId, access: grantedAccess(request) });
    if (whyNot) return whyNot;
    const name = tigrisName(asked.keyName, request.reference, number);
    const dropped = replaced && drop(replaced, at);
    const begun = begin(null, { kind: "create", number, tigrisName: name, phase: "calling" });
    return step(actorId, dropped ? { ...begun, key: dropped } : begun);
  }
  if (key === null) return refused("unknown_key");
  const rotating = startRotation(key);
  if (rotating.kind === "refused") return rotating;
  return step(actorId, { ...begin(asked.accessKeyId, { kind: "rotate", phase: "calling" }), key: rotating });
}

/** For no request of theirs: who asks is looked at all the same, so that the way to the answer does not tell why. */
async function refuseStranger(ports: RevealPorts, actor: Actor, own: Allowed | Refusal): Promise<Refusal> {
  const allowed = await requireRequester(ports, actor, null);
  if (allowed.kind === "refused") return allowed;
  return own.kind === "refused" ? own : refused("unknown_request");
}
