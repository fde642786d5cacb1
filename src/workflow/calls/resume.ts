import { settledAccess } from "../../domain/access-change";
import { lookPauseMs, type ResumeWork, releaseLease, renewLease } from "../../domain/attempt";
import { canBeDeleted, type Key } from "../../domain/key";
import type { KeyAtTigris } from "../../domain/listed-key";
import { noteResumed, noteUnanswered } from "../../domain/pause-steps";
import { refused } from "../../domain/refusal";
import { hasRolesOf } from "../../domain/roles";
import type { OutboxMessage } from "../outbox-message";
import { done } from "../outcome";
import { type Recorded, type Step, step } from "../step";
import type { KeyRead, ReadFailure } from "../tigris-port";
import { type CallDefinition, type Held, keyIdOf } from "./call";
import { answerOf, type GrantFacts, grantFacts, takeGivenBack, takeGivenBackLate } from "./switch-on";

type Answer = ReturnType<typeof answerOf>;

/** Whoever took it over finds out what came of it; where somebody holds the key again, what was given is taken once more. */
function late(recorded: Recorded, answer: { kind: string }, { at, facts }: { at: number; facts: GrantFacts }): Step {
  const { key } = recorded;
  const say = key ? refused("resume_unanswered", { keyName: key.keyName }) : refused("unknown_key");
  return step("bot", { ...(answer.kind === "changed" ? takeGivenBackLate(recorded, facts, at) : {}), say });
}

/** `UpdateAccessKeyWithBucketsRole`: gives back the roles that a pause had to take, and no other; less where its access is to be less. */
export const giveRoles: CallDefinition<ResumeWork, Answer, GrantFacts> = {
  power: "gives",
  make: async ({ tigris }, held) => {
    if (held.key === null) throw new Error("nothing to resume");
    return { answer: answerOf(await tigris.setRoles(keyIdOf(held), settledAccess(held.key))) };
  },
  facts: grantFacts,
  after: (held, answer, { at, facts }) => {
    const key = resumedKey(held);
    if (key === null) return overtaken(held, facts, at);
    switch (answer.kind) {
      case "changed":
        return step("bot", { attempt: { to: renewLease({ ...held.attempt, work: phase("calling") }, at) } });
      case "refused":
        return closeRefused(held, key, answer.code);
      case "lost":
      case "interrupted":
        return look(held, key, at);
    }
  },
  late,
};

/** `UpdateAccessKey` with Active. */
export const setActive: CallDefinition<ResumeWork, Answer, GrantFacts> = {
  power: "gives",
  make: async ({ tigris }, held) => ({ answer: answerOf(await tigris.setStatus(keyIdOf(held), "Active")) }),
  facts: grantFacts,
  after: (held, answer, { at, facts }) => {
    const key = resumedKey(held);
    if (key === null) return overtaken(held, facts, at);
    // One that takes no status was paused by its roles alone: the list shows whether it is active.
    return answer.kind === "changed" ? close(held, key) : look(held, key, at);
  },
  late,
};

/** `ListAccessKeys` of the one key, where one of these calls got no answer; now, and a few times later. */
export const lookAtResume: CallDefinition<ResumeWork, KeyRead | ReadFailure, GrantFacts> = {
  power: "reads",
  make: async ({ tigris }, held) => ({ answer: await tigris.readKey(keyIdOf(held)) }),
  facts: grantFacts,
  after: (held, answer, { at, facts }) => {
    const { attempt } = held;
    const key = resumedKey(held);
    if (key === null) return overtaken(held, facts, at);
    if (answer.kind === "there" && works(answer.key, key)) return close(held, key);
    const pauseMs = lookPauseMs(attempt.tries);
    const next = releaseLease({ ...attempt, tries: attempt.tries + 1, nextAt: at + (pauseMs ?? 0) });
    return step("bot", {
      attempt: { to: pauseMs === null ? { ...attempt, work: phase("unanswered") } : next },
      say: refused("resume_unanswered", { keyName: key.keyName }),
    });
  },
  late,
};

const phase = (to: ResumeWork["phase"]): ResumeWork => ({ kind: "resume", phase: to });

function works({ status, roles }: KeyAtTigris, key: Key): boolean {
  return status !== "inactive" && (!key.pause.areRolesTaken || hasRolesOf(roles, settledAccess(key)));
}

/** The key of an attempt that resumes it, while nobody holds it again and it is not going. */
function resumedKey({ key }: Recorded): Key | null {
  if (key === null || !canBeDeleted(key.state)) return null;
  return key.pause.stands === "resuming" && key.pause.holds.length === 0 ? key : null;
}

function close({ attempt }: Held<ResumeWork>, key: Key): Step {
  return step(attempt.actorId, {
    attempt: { to: { ...attempt, work: phase("resumed") } },
    key: noteResumed(key),
    tell: resumedRing(key, attempt.actorId),
    say: done("resumed", { keyName: key.keyName }),
  });
}

/** An owner whose key somebody else resumed reads of it. */
export function resumedRing({ ownerId, keyName, requestId }: Key, byId: string): OutboxMessage[] {
  if (byId === ownerId) return [];
  return [{ kind: "requester_card", requestId, ring: { code: "resumed_by_other", about: { keyName, byId } } }];
}

/** Tigris gave nothing: the key stays as it is, and may be resumed by another click. */
function closeRefused({ attempt }: Held<ResumeWork>, { keyName, reference }: Key, tigrisCode: string): Step {
  return step("bot", {
    attempt: { to: { ...attempt, work: phase("refused") }, event: "attempt.refused", outcome: tigrisCode },
    say: refused("resume_refused", { keyName, tigrisCode, reference }),
  });
}

function look({ attempt }: Held<ResumeWork>, key: Key, at: number): Step {
  return step("bot", {
    attempt: { to: renewLease({ ...attempt, tries: 0, work: phase("looking") }, at) },
    key: noteUnanswered(key, at),
  });
}

/** Somebody held the key again meanwhile, or wants it to go: what was given is taken once more. */
function overtaken(held: Held<ResumeWork>, facts: GrantFacts, at: number): Step {
  const { attempt, key, request } = held;
  return step("bot", {
    attempt: { to: { ...attempt, work: phase("overtaken") }, event: "attempt.closed" },
    ...takeGivenBack(held, facts, at),
    say: refused("somebody_was_faster", { request, key }),
  });
}
