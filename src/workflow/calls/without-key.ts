import { type CreateWork, releaseLease, searchPauseMs } from "../../domain/attempt";
import { isIn, type Making, type Request, type RevealFailure } from "../../domain/request";
import { giveBack } from "../../domain/request-steps";
import { type Step, step } from "../step";
import type { Held } from "./call";

/**
 * Gives an attempt up: what it may have left behind has no power, so its request can be used again at once. It is looked for
 * by its name; nobody waits for that.
 */
export function giveUp(held: Held<CreateWork>, failure: RevealFailure): Step {
  const { attempt } = held;
  const searching = { ...attempt, nextAt: failure.at + searchPauseMs(0), tries: 0 };
  return step("bot", {
    attempt: {
      to: releaseLease({ ...searching, work: { ...attempt.work, phase: "searching" } }),
      event: "attempt.lost",
      outcome: failure.detail ?? failure.why,
    },
    ...giveRequestBack(held, failure),
    ...toldOfCrash(held, failure),
  });
}

/** Whoever pressed the button is told by nobody else. */
function toldOfCrash(held: Held<CreateWork>, { why }: RevealFailure): Pick<Step, "tell"> {
  const request = waitingRequest(held);
  if (why !== "interrupted" || request === null) return {};
  const about = { keyName: request.asked.keyName };
  return { tell: [{ kind: "requester_card", requestId: request.id, ring: { code: "not_delivered", about } }] };
}

/** Tigris refused to make a key, so there is none. */
export function refuseCreate(held: Held<CreateWork>, code: string, at: number): Step {
  const { attempt } = held;
  return step("bot", {
    attempt: {
      to: { ...attempt, work: { ...attempt.work, phase: "refused" } },
      event: "attempt.refused",
      outcome: code,
    },
    ...giveRequestBack(held, { why: "refused", detail: code, at }),
  });
}

/** Lets a request that waits for this attempt be used again. */
export function giveRequestBack(held: Held<CreateWork>, failure: RevealFailure): Pick<Step, "request"> {
  const request = waitingRequest(held);
  return request ? { request: { ...giveBack(request, failure), outcome: failure.why } } : {};
}

/** The request of an attempt, if this attempt is the one that it waits for. */
export function waitingRequest({ request, attempt }: Held<CreateWork>): Request<Making> | null {
  return request && isIn(request, "making") && request.attempts === attempt.work.number ? request : null;
}
