import { dropNarrowing, finishNarrowing, narrowAgain } from "../../domain/access-steps";
import { type ChangeAccessWork, lookPauseMs, releaseLease, renewLease } from "../../domain/attempt";
import { canBeDeleted, type Key } from "../../domain/key";
import { UNANSWERED_LOOKS_MS } from "../../domain/limits";
import { refused } from "../../domain/refusal";
import { accessHolding, hasOnlyRolesOf } from "../../domain/roles";
import { beginListMade } from "../begin-attempt";
import { done } from "../outcome";
import { NO_CHANGE, type Recorded, type Step, step } from "../step";
import type { Reads } from "../store-port";
import type { KeyRead, ReadFailure } from "../tigris-port";
import { type CallDefinition, type Held, keyIdOf } from "./call";
import { putOff } from "./put-off";
import { answerOf, type GrantFacts, grantFacts, meansAllBuckets, takeGivenBack, takeGivenBackLate } from "./switch-on";

type Answer = ReturnType<typeof answerOf> | { kind: "not_asked" };

/** `isRoleCallOpen`: another call that sets roles of the key is on its way, or got no answer. */
type Facts = GrantFacts & { isRoleCallOpen: boolean };

const factsOf = async (record: Reads, recorded: Recorded): Promise<Facts> => ({
  ...(await grantFacts(record, recorded)),
  isRoleCallOpen: recorded.attempt?.accessKeyId
    ? await record.attempts.hasOtherRoleCall(recorded.attempt.accessKeyId, recorded.attempt.id)
    : false,
});

/** What a pause has taken meanwhile this call may have given again: less than it had, and more than nothing. */
function takenAgain(recorded: Recorded, take: typeof takeGivenBack, facts: Facts, at: number) {
  return recorded.key?.pause.areRolesTaken ? take(recorded, facts, at) : {};
}

/** Whoever took it over goes on with it; nobody can say yet whether it took effect. */
function late(recorded: Recorded, answer: { kind: string }, { at, facts }: { at: number; facts: Facts }): Step {
  const { key } = recorded;
  return step("bot", {
    ...(answer.kind === "changed" ? takenAgain(recorded, takeGivenBackLate, facts, at) : {}),
    say: key ? refused("narrowing_unconfirmed", { keyName: key.keyName }) : refused("unknown_key"),
  });
}

/**
 * `UpdateAccessKeyWithBucketsRole`: sets the whole list to less. Of a key whose roles a pause has taken nothing is set: whoever
 * resumes it gives it these, and no more.
 */
export const narrowAccess: CallDefinition<ChangeAccessWork, Answer, Facts> = {
  power: "takes",
  make: async ({ tigris, allBuckets }, held) => {
    const key = narrowedKey(held);
    if (key === null || key.pause.areRolesTaken) return { answer: { kind: "not_asked" } };
    const { to } = key.accessChange;
    const answer = answerOf(await tigris.setRoles(keyIdOf(held), to));
    if (answer.kind === "refused" && meansAllBuckets({ access: to }, answer.code)) allBuckets.noteRefused();
    return { answer };
  },
  facts: factsOf,
  after: (held, answer, { at, facts }) => {
    const key = narrowedKey(held);
    if (key === null)
      return { ...overtaken(held), ...(answer.kind === "changed" ? takenAgain(held, takeGivenBack, facts, at) : {}) };
    switch (answer.kind) {
      case "changed":
        return settled(settle(held, key, facts, at), takenAgain(held, takeGivenBack, facts, at));
      case "not_asked":
        return key.pause.areRolesTaken && key.pause.stands === "paused"
          ? settle(held, key, facts, at)
          : notYet(held, key, at);
      case "refused":
        return meansAllBuckets({ access: key.accessChange.to }, answer.code) ? drop(held, key) : notYet(held, key, at);
      case "lost":
      case "interrupted":
        return notYet(held, key, at);
    }
  },
  late,
};

/** `ListAccessKeys` of the one key, later: a call that gives more may have come late, and then that is taken once more. */
export const watchAccess: CallDefinition<ChangeAccessWork, KeyRead | ReadFailure> = {
  power: "reads",
  make: async ({ tigris }, held) => ({ answer: await tigris.readKey(keyIdOf(held)) }),
  after: (held, answer, { at }) => {
    const { attempt, key } = held;
    // Another change has its own attempt, which does the same.
    if (key === null || !canBeDeleted(key.state) || key.accessChange !== null) return overtaken(held);
    const isSeen = answer.kind === "there";
    const listed = isSeen ? accessHolding(answer.key.roles) : null;
    // What a pause has taken, the pause looks after.
    const isMore = isSeen && listed !== null && !hasOnlyRolesOf(answer.key.roles, key.access);
    if (isMore && !key.pause.areRolesTaken)
      return step("bot", {
        attempt: { to: renewLease({ ...attempt, tries: 0, work: phase("taking") }, at) },
        key: { ...narrowAgain(key, { listed, attemptId: attempt.id, at }), outcome: "came_late" },
      });
    // Without a list nothing was looked at: the same look comes again.
    const isLooked = isSeen || answer.kind === "absent";
    const pauseMs = isLooked ? lookPauseMs(attempt.tries) : UNANSWERED_LOOKS_MS[0];
    if (pauseMs === null) return step("bot", { attempt: { to: { ...attempt, work: phase("narrowed") } } });
    const tries = attempt.tries + (isLooked ? 1 : 0);
    return step("bot", { attempt: { to: releaseLease({ ...attempt, tries, nextAt: at + pauseMs }) } });
  },
  late: () => NO_CHANGE,
};

const phase = (to: ChangeAccessWork["phase"]): ChangeAccessWork => ({ kind: "change_access", phase: to });

type Narrowed = Key & { accessChange: Extract<NonNullable<Key["accessChange"]>, { kind: "narrowing" }> };

/** The key of an attempt that narrows it, while no later change has taken its place and it is not going. */
function narrowedKey({ key, attempt }: Held<ChangeAccessWork>): Narrowed | null {
  if (key === null || !canBeDeleted(key.state) || key.accessChange?.kind !== "narrowing") return null;
  return key.accessChange.attemptId === attempt.id ? { ...key, accessChange: key.accessChange } : null;
}

function overtaken({ attempt, key, request }: Held<ChangeAccessWork>): Step {
  return step("bot", {
    attempt: { to: { ...attempt, work: phase("overtaken") }, event: "attempt.closed" },
    say: refused("somebody_was_faster", { request, key }),
  });
}

/** It has no more by now. What it has made while it had more goes on working, so it is looked for. */
function settle({ attempt }: Held<ChangeAccessWork>, key: Narrowed, { isRoleCallOpen }: Facts, at: number): Step {
  const isDoubtful = isRoleCallOpen || key.accessChange.isBeside || key.pause.unansweredAt !== null;
  const pauseMs = isDoubtful ? lookPauseMs(0) : null;
  const watching = releaseLease({ ...attempt, tries: 1, nextAt: at + (pauseMs ?? 0), work: phase("watching") });
  return step("bot", {
    attempt: { to: pauseMs === null ? { ...attempt, work: phase("narrowed") } : watching },
    key: { ...finishNarrowing(key), outcome: "narrowed" },
    begin: beginListMade(key, attempt, at),
    say: done("access_narrowed", { keyName: key.keyName, access: key.accessChange.to }),
  });
}

/** What is narrowed, and paused once more where that has to be: the list of what it has made follows that pause then. */
function settled(narrowed: Step, again: ReturnType<typeof takeGivenBack>): Step {
  if (narrowed.key === undefined || again.key === undefined) return narrowed;
  return {
    ...narrowed,
    key: { ...narrowed.key, pause: again.key.pause },
    ...(again.begin ? { begin: again.begin } : {}),
  };
}

/** Tigris can't do it at all. */
function drop({ attempt }: Held<ChangeAccessWork>, key: Narrowed): Step {
  return step("bot", {
    attempt: { to: { ...attempt, work: phase("refused") } },
    key: { ...dropNarrowing(key), outcome: "all_buckets_refused" },
    say: refused("access_refused_all", { keyName: key.keyName }),
  });
}

function notYet(held: Held<ChangeAccessWork>, { keyName }: Key, at: number): Step {
  return step("bot", { ...putOff(held, at), say: refused("narrowing_unconfirmed", { keyName }) });
}
