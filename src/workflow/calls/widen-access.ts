import { finishWidening, leaveWidening, undoWidening, type Widening } from "../../domain/access-steps";
import { type ChangeAccessWork, lookPauseMs, releaseLease, renewLease } from "../../domain/attempt";
import { canBeDeleted } from "../../domain/key";
import { refused } from "../../domain/refusal";
import { isIn, type RevealFailure } from "../../domain/request";
import { giveBack, spendOnKey, voidUse } from "../../domain/request-steps";
import { hasRolesOf } from "../../domain/roles";
import { done } from "../outcome";
import { type Recorded, type Step, step } from "../step";
import type { KeyRead, ReadFailure } from "../tigris-port";
import { type CallDefinition, type Held, keyIdOf } from "./call";
import { answerOf, type GrantFacts, grantFacts, meansAllBuckets, takeGivenBack, takeGivenBackLate } from "./switch-on";

type Answer = ReturnType<typeof answerOf>;

/** `UpdateAccessKeyWithBucketsRole`: gives a key the access that was approved. Its intent is written, and its owner was looked at. */
export const widenAccess: CallDefinition<ChangeAccessWork, Answer, GrantFacts> = {
  power: "gives",
  make: async ({ tigris, allBuckets }, held) => {
    const key = widenedKey(held);
    if (key === null) throw new Error("nothing to widen");
    const { to } = key.accessChange;
    const answer = answerOf(await tigris.setRoles(keyIdOf(held), to));
    if (answer.kind === "refused" && meansAllBuckets({ access: to }, answer.code)) allBuckets.noteRefused();
    return { answer };
  },
  facts: grantFacts,
  after: (held, answer, { at, facts }) => {
    const key = widenedKey(held);
    if (key === null) return overtaken(held, facts, at);
    switch (answer.kind) {
      case "changed":
        return close(held, key, facts, at);
      case "refused":
        return key.accessChange.isUnanswered ? unanswered(held, key, at) : closeRefused(held, key, answer.code, at);
      case "lost":
      case "interrupted":
        return look(held, key, at);
    }
  },
  // Whoever has the attempt by now finds out what came of it; of a key that is held meanwhile, what was given is taken once more.
  late: (recorded, answer, { at, facts }) =>
    step("bot", {
      ...(answer.kind === "changed" ? takeGivenBackLate(recorded, facts, at) : {}),
      say: recorded.key ? whatHolds(recorded) : refused("unknown_key"),
    }),
};

/**
 * `ListAccessKeys` of the one key, where that got no answer: where it shows the roles, the key has them. Where it does not, its owner
 * may press again at once, and the list is read a few times more.
 */
export const lookAtWidening: CallDefinition<ChangeAccessWork, KeyRead | ReadFailure, GrantFacts> = {
  power: "reads",
  make: async ({ tigris }, held) => ({ answer: await tigris.readKey(keyIdOf(held)) }),
  facts: grantFacts,
  after: (held, answer, { at, facts }) => {
    const key = widenedKey(held);
    if (key === null) return overtaken(held, facts, at);
    if (answer.kind === "there" && hasRolesOf(answer.key.roles, key.accessChange.to))
      return close(held, key, facts, at);
    return unanswered(held, key, at);
  },
  late: (recorded) => step("bot", { say: whatHolds(recorded) }),
};

const phase = (to: ChangeAccessWork["phase"]): ChangeAccessWork => ({ kind: "change_access", phase: to });

/** The key of an attempt that widens it, while no later change has taken its place and it is not going. */
function widenedKey({ key, attempt }: Recorded): Widening | null {
  if (key === null || attempt === null || !canBeDeleted(key.state) || key.accessChange?.kind !== "widening")
    return null;
  return key.accessChange.attemptId === attempt.id ? { ...key, accessChange: key.accessChange } : null;
}

/** What it was asked for is used up; one that was given back meanwhile, too. */
function spent({ request, key }: Recorded, at: number): Pick<Step, "request"> {
  if (request === null || key === null || !(isIn(request, "making") || isIn(request, "approved"))) return {};
  return { request: spendOnKey(request, { accessKeyId: key.accessKeyId, at }) };
}

/** It can be used again, while there is time left. */
function givenBack({ request }: Recorded, failure: RevealFailure): Pick<Step, "request"> {
  if (request === null || !isIn(request, "making")) return {};
  return { request: { ...giveBack(request, failure), outcome: failure.why } };
}

/** Where somebody has paused the key meanwhile, what was given is taken once more. */
function close(held: Held<ChangeAccessWork>, key: Widening, facts: GrantFacts, at: number): Step {
  const { attempt } = held;
  const again = takeGivenBack(held, facts, at);
  const { keyName, end, accessChange } = key;
  const isSooner = end !== null && end.since === accessChange.at;
  const isHeld = key.pause.holds.length > 0;
  return step(attempt.actorId, {
    ...again,
    attempt: { to: { ...attempt, work: phase("widened") } },
    key: { ...again.key, ...finishWidening(key), outcome: "widened" },
    ...spent(held, at),
    say: isHeld
      ? refused("key_paused", { keyName })
      : done("access_widened", { keyName, access: accessChange.to, endsAt: isSooner ? end.at : null }),
  });
}

/** The list decides, now and later: it may lag, and the call may take effect late. */
function look({ attempt }: Held<ChangeAccessWork>, key: Widening, at: number): Step {
  return step("bot", {
    attempt: { to: renewLease({ ...attempt, tries: 0, work: phase("looking") }, at) },
    key: { ...leaveWidening(key), pause: { ...key.pause, unansweredAt: at } },
  });
}

/** Nobody can say yet: it can be pressed again at once. */
function unanswered(held: Held<ChangeAccessWork>, key: Widening, at: number): Step {
  const { attempt } = held;
  const isLook = attempt.work.phase === "looking";
  const pauseMs = isLook ? lookPauseMs(attempt.tries) : null;
  const next = { ...attempt, tries: attempt.tries + 1, nextAt: at + (pauseMs ?? 0) };
  return step("bot", {
    attempt: { to: pauseMs === null ? { ...attempt, work: phase("unanswered") } : releaseLease(next) },
    ...givenBack(held, { why: "lost", detail: null, at }),
    say: refused("widening_unanswered", { keyName: key.keyName }),
  });
}

/** Nothing was given: it has what it had, and the approval can be used again; or that ends, where Tigris can't do it at all. */
function closeRefused(held: Held<ChangeAccessWork>, key: Widening, code: string, at: number): Step {
  const { attempt, request } = held;
  const { keyName, accessChange } = key;
  const isAll = meansAllBuckets({ access: accessChange.to }, code);
  const given = request && isAll && isIn(request, "making") ? request : null;
  return step("bot", {
    attempt: { to: { ...attempt, work: phase("refused") } },
    key: { ...undoWidening(key), outcome: code },
    ...(given
      ? { request: { ...voidUse(given, "all_buckets_refused", at), outcome: "all_buckets_refused" } }
      : givenBack(held, { why: "refused", detail: code, at })),
    say: isAll
      ? refused("access_refused_all", { keyName })
      : refused("widening_refused", { keyName, tigrisCode: code, reference: request?.reference ?? key.reference }),
  });
}

/** The key was narrowed or asked to go meanwhile: whoever does that takes what was given too. */
function overtaken(held: Held<ChangeAccessWork>, facts: GrantFacts, at: number): Step {
  return step("bot", {
    attempt: { to: { ...held.attempt, work: phase("overtaken") }, event: "attempt.closed" },
    ...takeGivenBack(held, facts, at),
    // A later press uses it by now.
    ...(held.key?.accessChange?.kind === "widening" ? {} : givenBack(held, { why: "lost", detail: null, at })),
    say: refused("somebody_was_faster", { request: held.request, key: held.key }),
  });
}

function whatHolds({ key, request }: Recorded) {
  return key?.accessChange?.kind === "widening"
    ? refused("widening_unanswered", { keyName: key.keyName })
    : refused("somebody_was_faster", { request, key });
}
