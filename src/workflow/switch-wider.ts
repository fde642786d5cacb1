import { compareWithKey, needsAsking } from "../domain/access-change";
import { startWidening, whyNotChanged } from "../domain/access-steps";
import { endByPolicy } from "../domain/key-end";
import type { Actor } from "../domain/person";
import { lastsBy, rulesFor } from "../domain/policy/judge";
import type { Lasts } from "../domain/policy/rule";
import { type Refusal, refused } from "../domain/refusal";
import type { Request } from "../domain/request";
import { startMaking } from "../domain/request-steps";
import { mayUseKey } from "../domain/who-may";
import { type AttemptNames, beginAttempt, lastsUntil, newAttemptNames } from "./begin-attempt";
import { type CallPorts, carryOut } from "./calls";
import { type ChangePorts, change } from "./change";
import type { CheckPorts } from "./check-person";
import type { Outcome } from "./outcome";
import type { Ids } from "./ports";
import { type Recorded, step } from "./step";
import { whyNotUse } from "./why-not-use";

type WiderPorts = CallPorts & ChangePorts & CheckPorts & { ids: Ids };
type Click = { actor: Actor; request: Request; clickId: string };

/**
 * Gives a key the wider access that was approved: this click of its owner's is the only thing that does. Who asked and who said yes
 * are looked at afresh, and the policy of now has to allow it.
 */
export async function switchWider(ports: WiderPorts, { actor, request, clickId }: Click): Promise<Outcome> {
  const { access } = request.asked;
  const now = await ports.store.read(async (record) =>
    request.asked.kind === "access" ? record.keys.find(request.asked.accessKeyId) : null,
  );
  const whyNow = (): Refusal | null => {
    const at = ports.clock.now();
    const moved = startMaking(request, at);
    if (moved.kind === "refused") return moved;
    return now === null ? refused("unknown_key") : whyNotChanged(now, at);
  };
  const lookedAtMs = ports.clock.monotonicMs();
  const refusal = await whyNotUse(ports, { actor, request, whyNow });
  if (refusal) return refusal;
  const names = newAttemptNames(ports);
  const { policy } = await ports.policy.inForce();
  const lasts = lastsBy(rulesFor(access, policy));
  const begun = await change(ports, {
    about: { requestId: request.id },
    facts: async (record, { key }) => ({
      isRepeated: (await record.attempts.findByClick(clickId)) !== null,
      isNarrowingOpen: key !== null && (await record.attempts.hasOpenNarrowing(key.accessKeyId)),
    }),
    decide: (recorded, at, facts) => decideWidening(recorded, { ...facts, names, lasts, actor, clickId, at }),
  });
  if (begun.kind === "refused") return begun;
  const heldUntilMs = lastsUntil(lookedAtMs, begun.heldUntilMs);
  return carryOut(ports, { held: { ...begun.after, attempt: begun.step.attempt.to }, heldUntilMs });
}

/** The intent: from here on the key may have what was approved. Where its kind lasts less long, its end comes nearer by it. */
export function decideWidening(
  { request, key }: Recorded,
  click: {
    names: AttemptNames;
    lasts: Lasts;
    actor: Actor;
    clickId: string;
    isRepeated: boolean;
    isNarrowingOpen: boolean;
    at: number;
  },
) {
  const { names, actor, clickId, at } = click;
  if (request === null || request.asked.kind !== "access") return refused("unknown_request");
  const { keyName, access: to, accessKeyId } = request.asked;
  if (click.isRepeated) return refused("same_click", { keyName });
  const moved = startMaking(request, at);
  if (moved.kind === "refused") return moved;
  if (key === null) return refused("unknown_key");
  const may = mayUseKey(key, actor.userId);
  if (may.kind === "refused") return may;
  const whyNot = whyNotChanged(key, at);
  if (whyNot) return whyNot;
  if (click.isNarrowingOpen) return refused("narrowing_open", { keyName });
  if (!needsAsking(compareWithKey(key, to))) return refused("access_is_same", { keyName });
  const end = endByPolicy(key.end, click.lasts, { graceMs: 0, at });
  const work = { kind: "change_access", phase: "giving" } as const;
  const begun = { requestId: request.id, accessKeyId, actorId: actor.userId, at, work };
  return step(actor.userId, {
    request: { ...moved, attempts: request.attempts + 1 },
    key: startWidening(key, { to, attemptId: names.id, end, at }),
    attempt: { to: beginAttempt(names, begun), clickId },
  });
}
