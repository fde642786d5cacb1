import { lookPauseMs, type PauseWork, releaseLease, renewLease } from "../../domain/attempt";
import { canBeDeleted, type Key } from "../../domain/key";
import { graceAnew } from "../../domain/key-over";
import { UNANSWERED_LOOKS_MS } from "../../domain/limits";
import type { KeyAtTigris } from "../../domain/listed-key";
import { markDeletion, notePaused, pauseAgain, takeRoles } from "../../domain/pause-steps";
import { refused } from "../../domain/refusal";
import { keptAnew } from "../../domain/rotation";
import { beginListMade } from "../begin-attempt";
import { done } from "../outcome";
import { NO_CHANGE, type Recorded, type Step, step } from "../step";
import type { Reads } from "../store-port";
import type { ChangeAnswer, KeyRead, ReadFailure } from "../tigris-port";
import { type CallDefinition, type Held, keyIdOf } from "./call";
import { putOff } from "./put-off";
import { type GrantFacts, grantFacts } from "./switch-on";

/** Whether a call that gives the key power is on its way, or got no answer. */
type Facts = { isGrantOpen: boolean };

const factsOf = async (record: Reads, { attempt }: Recorded): Promise<Facts> => ({
  isGrantOpen: attempt?.accessKeyId ? await record.attempts.hasOpenGrant(attempt.accessKeyId) : false,
});

/** Whoever took it over goes on with it; nobody can say yet whether it took effect. */
function late({ key }: Recorded): Step {
  return step("bot", { say: key ? refused("pause_unconfirmed", { keyName: key.keyName }) : refused("unknown_key") });
}

/** `UpdateAccessKey` with Inactive: the key keeps its roles and can do nothing. What the list says is what counts. */
export const setInactive: CallDefinition<PauseWork, Pick<ChangeAnswer, "kind">> = {
  power: "takes",
  make: async ({ tigris }, held) => {
    const { kind } = await tigris.setStatus(keyIdOf(held), "Inactive");
    return { answer: { kind } };
  },
  after: (held, answer, { at }) => {
    const key = heldKey(held);
    if (key === null) return overtaken(held);
    if (answer.kind === "refused") return revoke(held, key, at);
    return step("bot", { attempt: { to: renewLease({ ...held.attempt, work: phase("looking") }, at) } });
  },
  late,
};

/** `ListAccessKeys` of the one key: a key that it still shows as active was not paused, so its roles are taken. */
export const lookAtPause: CallDefinition<PauseWork, KeyRead | ReadFailure, Facts> = {
  power: "reads",
  make: async ({ tigris }, held) => ({ answer: await tigris.readKey(keyIdOf(held)) }),
  facts: factsOf,
  after: (held, answer, { at, facts }) => {
    const key = heldKey(held);
    if (key === null) return overtaken(held);
    if (answer.kind !== "there") return notYet(held, key, at);
    return answer.key.status === "inactive" ? taken(held, key, facts, at) : revoke(held, key, at);
  },
  late,
};

/** `UpdateAccessKeyWithBucketsRole` with no role: another way to take the power of a key whose status did not do. */
export const revokeRoles: CallDefinition<PauseWork, Pick<ChangeAnswer, "kind">, Facts> = {
  power: "takes",
  make: async ({ tigris }, held) => {
    const { kind } = await tigris.setRoles(keyIdOf(held), null);
    return { answer: { kind } };
  },
  facts: factsOf,
  after: (held, answer, { at, facts }) => {
    const key = heldKey(held);
    if (key === null) return overtaken(held);
    return answer.kind === "changed" ? taken(held, key, facts, at) : notYet(held, key, at);
  },
  late,
};

/** The same look later: a call that gives power may have come late, and then the key is paused once more. */
export const watchPause: CallDefinition<PauseWork, KeyRead | ReadFailure, GrantFacts> = {
  power: "reads",
  make: async ({ tigris }, held) => ({ answer: await tigris.readKey(keyIdOf(held)) }),
  facts: grantFacts,
  after: (held, answer, { at, facts }) => {
    const key = heldKey(held);
    // Another hold has its own pause, which does the same.
    if (key === null || facts.isPauseOpen) return overtaken(held);
    const { attempt } = held;
    const isSeen = answer.kind === "there";
    if (isSeen && hasPower(answer.key, key)) {
      const again = renewLease({ ...attempt, tries: 0, work: phase("calling") }, at);
      return step("bot", { attempt: { to: again }, key: { ...pauseAgain(key), outcome: "came_late" } });
    }
    // Without a list nothing was looked at: the same look comes again.
    const isLooked = isSeen || answer.kind === "absent";
    const pauseMs = isLooked ? lookPauseMs(attempt.tries) : UNANSWERED_LOOKS_MS[0];
    if (pauseMs === null) return step("bot", { attempt: { to: { ...attempt, work: phase("paused") } } });
    const tries = attempt.tries + (isLooked ? 1 : 0);
    return step("bot", { attempt: { to: releaseLease({ ...attempt, tries, nextAt: at + pauseMs }) } });
  },
  late: () => NO_CHANGE,
};

const phase = (to: PauseWork["phase"]): PauseWork => ({ kind: "pause", phase: to });

/** Whether the list shows power: of a key whose status did not do, its roles tell. */
function hasPower({ status, roles }: KeyAtTigris, { pause }: Key): boolean {
  if (status === "inactive") return false;
  return pause.areRolesTaken ? roles.length > 0 : true;
}

/** The key of a pause, while it is held and not going. */
function heldKey({ key }: Recorded): Key | null {
  return key === null || !canBeDeleted(key.state) || key.pause.holds.length === 0 ? null : key;
}

function overtaken({ attempt, key, request }: Held<PauseWork>): Step {
  return step("bot", {
    attempt: { to: { ...attempt, work: phase("overtaken") } },
    say: refused("somebody_was_faster", { request, key }),
  });
}

function revoke({ attempt }: Held<PauseWork>, key: Key, at: number): Step {
  return step("bot", {
    attempt: { to: renewLease({ ...attempt, work: phase("revoking") }, at) },
    key: { ...takeRoles(key), outcome: "still_active" },
  });
}

function taken({ attempt }: Held<PauseWork>, key: Key, { isGrantOpen }: Facts, at: number): Step {
  const pauseMs = isGrantOpen || key.pause.unansweredAt !== null ? lookPauseMs(0) : null;
  const watching = releaseLease({ ...attempt, tries: 1, nextAt: at + (pauseMs ?? 0), work: phase("watching") });
  return step("bot", {
    attempt: { to: pauseMs === null ? { ...attempt, work: phase("paused") } : watching },
    // What has ended is kept for its whole grace from when it is paused for certain and its owner was told of that.
    key: { ...notePaused(leftAnew(key)), ...graceAnew(key), ...keptAnew(key) },
    begin: beginListMade(key, attempt, at),
    say: done("paused", { keyName: key.keyName }),
  });
}

/** So is what somebody has left behind: from when that was told to whoever could take it over. */
function leftAnew(key: Key): Key {
  const marked = markDeletion(key, null);
  return marked === null ? key : { ...key, pause: marked.pause };
}

/** Begins anew after a while. */
function notYet(held: Held<PauseWork>, { keyName }: Key, at: number): Step {
  const again = { ...held, attempt: { ...held.attempt, work: phase("calling") } };
  return step("bot", { ...putOff(again, at), say: refused("pause_unconfirmed", { keyName }) });
}
