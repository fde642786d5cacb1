import { type Attempt, type CreateEnd, type CreateWork, renewLease } from "../../domain/attempt";
import { STALE_AFTER_MS } from "../../domain/limits";
import { isIn, type Making, type Request, type RevealFailure } from "../../domain/request";
import { giveBack, noteFailure } from "../../domain/request-steps";
import type { OutboxMessage } from "../outbox-message";
import { type Step, step } from "../step";
import type { Held } from "./call";

type Why = Pick<RevealFailure, "why" | "detail">;

/** An attempt gave no key that anybody holds: what has to be done about it, and the request that waits for that. */
export function failAttempt(
  held: Held<CreateWork>,
  phase: "discarding" | "searching",
  { why, detail, at }: RevealFailure,
): Step {
  const { attempt } = held;
  const outcome = detail ?? why;
  const request = waitingRequest(held);
  const next: Attempt = { ...attempt, nextAt: at, tries: 0, work: { ...attempt.work, phase } };
  return step("bot", {
    attempt: {
      to: renewLease(next, at),
      event: phase === "searching" ? "attempt.lost" : "attempt.discarding",
      outcome,
    },
    ...(request ? { request: { ...noteFailure(request, { why, detail, at }), outcome } } : {}),
  });
}

/** Closes an attempt that leaves no key behind, and gives its request back where it still waits for this attempt. */
export function closeWithoutKey(
  held: Held<CreateWork>,
  phase: Exclude<CreateEnd, "posted">,
  { at, failure = null }: { at: number; failure?: Why | null },
): Step {
  const { attempt } = held;
  const event =
    phase === "refused" ? "attempt.refused" : phase === "discarded" ? "attempt.discarded" : "attempt.closed";
  return step("bot", {
    attempt: {
      to: { ...attempt, work: { ...attempt.work, phase } },
      event,
      outcome: failure?.detail ?? phase,
    },
    ...giveRequestBack(held, at, failure),
  });
}

/**
 * Lets a request that waits for this attempt be revealed again, and tells its requester what became of the key.
 * @param failure why there is no key, where the request does not say so already
 */
export function giveRequestBack(
  held: Held<CreateWork>,
  at: number,
  failure: Why | null = null,
): Pick<Step, "request" | "tell"> {
  const request = waitingRequest(held);
  if (!request) return {};
  const { why, detail } = failure ?? request.state.failure ?? { why: "interrupted", detail: null };
  return { request: { ...giveBack(request, { why, detail, at }), outcome: why }, tell: noticesOf(request, why) };
}

/** The request of an attempt, if this attempt is the one that it waits for. */
function waitingRequest({ request, attempt }: Held<CreateWork>): Request<Making> | null {
  return request && isIn(request, "making") && request.attempts === attempt.work.number ? request : null;
}

/** What the requester is told beside the card; nothing where whoever pressed the button has read it already. */
function noticesOf(
  { requesterId, reference, asked: { keyName } }: Request,
  why: RevealFailure["why"],
): OutboxMessage[] {
  switch (why) {
    case "refused":
    case "lost":
      return [];
    case "ambiguous":
      return [{ kind: "notice", userId: requesterId, notice: { code: "ambiguous", about: { keyName, reference } } }];
    case "not_delivered":
    case "interrupted":
      return [
        { kind: "notice", userId: requesterId, notice: { code: "not_delivered", about: { keyName, reference } } },
      ];
  }
}

/**
 * After a crash in the middle of making a key: what it may have left behind goes. Of one that was interrupted long ago
 * nobody can say whether somebody uses the key: nothing is deleted, and the approvers are asked to look.
 */
export function afterInterruption(held: Held<CreateWork>, phase: "discarding" | "searching", at: number): Step {
  const { attempt } = held;
  if (at - attempt.startedAt < STALE_AFTER_MS)
    return failAttempt(held, phase, { why: "interrupted", detail: null, at });
  const { accessKeyId, work } = attempt;
  const left = { ...held, attempt: { ...attempt, alerted: true } };
  return {
    ...closeWithoutKey(left, "ambiguous", { at, failure: { why: "ambiguous", detail: null } }),
    alert: { code: "left_to_people", about: { tigrisName: work.tigrisName, accessKeyId } },
  };
}
