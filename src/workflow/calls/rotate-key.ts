import { provesGone, type RotateEnd, type RotateWork, renewLease } from "../../domain/attempt";
import { isOpenTimeOver } from "../../domain/due";
import { coverOf, isFree, type Key, type Rotating } from "../../domain/key";
import { rotatedAge } from "../../domain/key-age";
import { finishRotation, type KeyStep, loseSecret, noteGone, undoRotation, whyBusy } from "../../domain/key-steps";
import { type Refusal, refused } from "../../domain/refusal";
import { coverFrom, isIn, type Making, type Request } from "../../domain/request";
import { endForKey, finishMaking, giveBack, type Step as RequestStep } from "../../domain/request-steps";
import type { OutboxMessage } from "../outbox-message";
import { type Recorded, type Step, step } from "../step";
import type { LostCause } from "../tigris-port";
import { type CallDefinition, type Held, keyIdOf } from "./call";

type Answer =
  | { kind: "rotated" }
  | { kind: "gone" }
  | { kind: "refused"; code: string }
  | { kind: "lost"; cause: LostCause };

/** `RotateAccessKey`: the old secret stops at once. It is never followed by a deletion. */
export const rotateKey: CallDefinition<RotateWork, Answer> = {
  power: "gives",
  make: async ({ tigris }, held) => {
    const answer = await tigris.rotateKey(keyIdOf(held));
    return answer.kind === "rotated" ? { answer: { kind: "rotated" }, secret: answer.secret } : { answer };
  },
  after: (held, answer, { at }) => {
    const { attempt } = held;
    const overtaken = ifOvertaken(held, at);
    if (overtaken) return overtaken;
    const key = rotatingKey(held);
    switch (answer.kind) {
      case "rotated":
        return step("bot", {
          attempt: { to: renewLease({ ...attempt, work: { kind: "rotate", phase: "delivering" } }, at) },
        });
      case "gone":
        return provesGone({ madeAt: key.madeAt, tries: 0 }, at)
          ? { ...closeRotation(held, "gone", "gone", at), say: refused("gone_at_tigris", { keyName: key.keyName }) }
          : { ...closeRotation(held, "refused", "gone", at), say: rotationRefused(key, NO_SUCH_KEY) };
      case "refused":
        return { ...closeRotation(held, "refused", answer.code, at), say: rotationRefused(key, answer.code) };
      case "lost":
        return {
          ...closeRotation(held, "secret_unknown", answer.cause, at),
          say: rotationLost(key, canRevealAgain(held, at)),
        };
      case "interrupted":
        return closeInterrupted(held, at);
    }
  },
  late: ({ key }, answer, { at }) => {
    if (key === null) return step("bot", { say: refused("unknown_key") });
    switch (answer.kind) {
      case "rotated":
      case "lost":
        return rotatedLate(key, at);
      case "gone":
        return step("bot", {
          say: provesGone({ madeAt: key.madeAt, tries: 0 }, at)
            ? refused("gone_at_tigris", { keyName: key.keyName })
            : rotationRefused(key, NO_SUCH_KEY),
        });
      case "refused":
        return step("bot", { say: rotationRefused(key, answer.code) });
      case "interrupted":
        return step("bot", {});
    }
  },
};

/** Tigris's code for a key that it does not have. */
const NO_SUCH_KEY = "NoSuchEntity";

/** The key of a rotation that is open: the two change together. */
export function rotatingKey({ key }: Recorded): Key<Rotating> {
  if (key === null || key.state.kind !== "rotating") throw new Error("a rotation without its key");
  return { ...key, state: key.state };
}

/**
 * What ends a rotation whose key was asked to go meanwhile, even if it is to stay by now: no secret of it goes to anybody.
 * Null while it may go on.
 */
export function ifOvertaken(held: Held<RotateWork>, at: number): Step | null {
  const { attempt, key } = held;
  const state = key?.state;
  if (!key || !state || state.kind === "rotating") return null;
  const request = requestOf(held);
  const lost = { why: "lost", detail: "overtaken", at } as const;
  const isGoing = state.kind === "deleting" || state.kind === "deleted";
  const ended = request && (isGoing ? endForKey(request, at) : giveBack(request, lost));
  return step("bot", {
    attempt: { to: { ...attempt, work: { kind: "rotate", phase: "overtaken" } }, event: "attempt.closed" },
    ...(ended ? { request: ended } : {}),
    say: isFree(state) ? rotationLost(key, canRevealAgain(held, at)) : whyBusy(key, state),
  });
}

/** Closes a rotation, with what it means for the key, and for the request that asked for it where there is one. */
export function closeRotation(held: Held<RotateWork>, phase: RotateEnd, outcome: string, at: number): Step {
  const { attempt } = held;
  const request = requestOf(held);
  const key = rotatingKey(held);
  const { age } = key;
  const moved = keyAfter(key, request, phase, at);
  return step(attempt.actorId, {
    attempt: { to: { ...attempt, work: { kind: "rotate", phase } } },
    key: { ...moved, outcome, ...(phase === "posted" ? { deliveryId: attempt.id, age: rotatedAge(age, at) } : {}) },
    ...(request ? { request: { ...requestAfter(request, held, phase, { outcome, at }), outcome } } : {}),
    asking: phase === "gone" && held.asking ? endForKey(held.asking, at) : null,
  });
}

/** The request for this secret; null where the approval of an earlier one covers it, or none is needed. */
function requestOf({ request, attempt }: Held): Request<Making> | null {
  return request?.asked.kind === "secret" && isIn(request, "making") && request.id === attempt.requestId
    ? request
    : null;
}

/** After a crash in the middle of a rotation. Whoever pressed the button is told by nobody else. */
export function closeInterrupted(held: Held<RotateWork>, at: number): Step {
  return {
    ...closeRotation(held, "secret_unknown", "interrupted", at),
    tell: [lostRing(rotatingKey(held), canRevealAgain(held, at) ? requestOf(held) : null)],
  };
}

function keyAfter(key: Key<Rotating>, request: Request<Making> | null, phase: RotateEnd, at: number): KeyStep {
  switch (phase) {
    case "posted":
      return finishRotation(request ? coverFrom(request) : coverOf(key.state));
    case "secret_unknown":
      // A request that is given back holds its approval itself: one approval gives one secret.
      return loseSecret(at, request ? null : coverOf(key.state));
    case "refused":
      return undoRotation(key);
    case "gone":
      return noteGone(at);
    case "overtaken":
      throw new Error("a key that is rotating is not overtaken");
  }
}

function requestAfter(
  request: Request<Making>,
  { attempt }: Held<RotateWork>,
  phase: RotateEnd,
  { outcome, at }: { outcome: string; at: number },
): RequestStep {
  if (phase === "posted") return finishMaking(request, { accessKeyId: attempt.accessKeyId ?? "", at });
  const gone = phase === "gone" ? endForKey(request, at) : null;
  if (gone) return gone;
  const why = phase === "refused" ? "refused" : outcome === "interrupted" ? "interrupted" : "lost";
  return giveBack(request, { why, detail: outcome, at });
}

/**
 * The lease was lost while Tigris had the call, and somebody else has closed the rotation. It may have taken effect all
 * the same, nobody knows when: a secret that was made meanwhile may have stopped with it.
 */
function rotatedLate(key: Key, at: number): Step {
  switch (key.state.kind) {
    case "off":
    case "switching_on":
    case "deleting":
    case "deleted":
      return step("bot", { say: refused("unknown_key") });
    case "live":
      return step("bot", {
        key: { ...loseSecret(at, coverOf(key.state)), outcome: "rotated_late" },
        say: rotationLost(key, false),
      });
    case "rotating":
      return step("bot", { tell: [lostRing(key, null)], say: rotationLost(key, false) });
    case "secret_unknown":
      return step("bot", { say: rotationLost(key, false) });
  }
}

/** The card with the button that makes another one rings: of the request for it, or else of the key. */
function lostRing({ requestId, keyName }: Key, request: Request | null): OutboxMessage {
  const about = { keyName, isAskedFor: request !== null };
  return { kind: "requester_card", requestId: request?.id ?? requestId, ring: { code: "rotation_lost", about } };
}

function rotationRefused({ keyName, reference }: Key, tigrisCode: string): Refusal {
  return refused("rotation_refused", { keyName, tigrisCode, reference });
}

/** Whether the request for this secret is revealed again, where it got lost; otherwise another one begins at the key. */
export function canRevealAgain(held: Held<RotateWork>, at: number): boolean {
  const request = requestOf(held);
  return request !== null && !isOpenTimeOver(request.state.lapsesAt, at);
}

/** Nobody can say which secret works. */
export function rotationLost({ keyName }: Key, isAskedFor: boolean): Refusal {
  return refused("rotation_lost", { keyName, isAskedFor });
}
