import { type Attempt, renewLease, type SwitchWork } from "../../domain/attempt";
import { canBeDeleted, isPaused, type Key, type Pause, type SwitchingOn } from "../../domain/key";
import { finishSwitchingOn, leaveUnanswered, stayOff } from "../../domain/key-steps";
import { noteGivenBeside, type PauseStep, pauseAgain } from "../../domain/pause-steps";
import { type Refusal, refused } from "../../domain/refusal";
import { isIn } from "../../domain/request";
import { giveUseBack, voidUse } from "../../domain/request-steps";
import { beginPause } from "../begin-attempt";
import { done, type Outcome } from "../outcome";
import { type Recorded, type Step, step } from "../step";
import type { Reads } from "../store-port";
import type { ChangeAnswer } from "../tigris-port";
import { type CallDefinition, type Held, keyIdOf } from "./call";

type Answer = { kind: "changed" } | { kind: "refused"; code: string } | { kind: "lost" };

/** `UpdateAccessKeyWithBucketsRole`: gives a key its roles. Its intent is written, and who asked for it was looked at. */
export const switchOn: CallDefinition<SwitchWork, Answer, GrantFacts> = {
  power: "gives",
  make: async ({ tigris, allBuckets }, held) => {
    const { key } = held;
    if (key === null) throw new Error("nothing to switch on");
    const answer = answerOf(await tigris.setRoles(keyIdOf(held), key.access));
    if (answer.kind === "refused" && meansAllBuckets(key, answer.code)) allBuckets.noteRefused();
    return { answer };
  },
  facts: grantFacts,
  after: (held, answer, { at, facts }) => {
    const key = switchedKey(held);
    if (key === null) return overtaken(held, facts, at);
    switch (answer.kind) {
      case "changed":
        return closeOn(held, key, { at, facts });
      case "refused":
        return key.state.isUnanswered ? unanswered(held, key) : closeRefused(held, key, answer.code, at);
      case "lost":
      case "interrupted":
        return look(held, key, at);
    }
  },
  // A clear yes counts whoever has the attempt by now; anything else is theirs to find out.
  late: (recorded, answer, { at, facts }) => {
    if (answer.kind !== "changed") return step("bot", { say: whatHolds(recorded) });
    const key = switchedKey(recorded);
    const held = takeGivenBackLate(recorded, facts, at);
    if (key === null) return step("bot", { ...held, say: whatHolds(recorded) });
    return step("bot", { ...held, key: { ...held.key, ...finishSwitchingOn(at) }, say: switchedOn(key) });
  },
};

/** Whether a pause of the key is on its way: it takes what a call gave that came beside it. */
export type GrantFacts = { isPauseOpen: boolean };

export async function grantFacts(record: Reads, { attempt }: Recorded): Promise<GrantFacts> {
  return { isPauseOpen: attempt?.accessKeyId ? await record.attempts.hasOpenPause(attempt.accessKeyId) : false };
}

/**
 * What follows for a key that was paused while something gave it power: it is paused once more. That may take effect late, or a
 * pause that is on its way may have come before it, whatever its own answer says: the list is read again later.
 */
function pauseOnceMore(
  key: Key,
  attempt: Attempt,
  { isPauseOpen }: GrantFacts,
  at: number,
): { pause: Pause; begin?: Attempt } | null {
  if (key.pause.holds.length === 0) return null;
  const { pause } = noteGivenBeside(key, at);
  return isPauseOpen ? { pause } : { pause, begin: beginPause(key, attempt.id, at) };
}

/** What an attempt gave to a key that is held meanwhile is taken from it; of one that goes, whoever deletes it takes that too. */
export function takeGivenBack(
  { key, attempt }: Recorded,
  facts: GrantFacts,
  at: number,
): { key?: PauseStep & { outcome: string }; begin?: Attempt } {
  if (key === null || attempt === null || !canBeDeleted(key.state)) return {};
  const again = pauseOnceMore(key, attempt, facts, at);
  if (again === null) return {};
  const { pause, begin } = again;
  return { key: { ...pauseAgain(key), pause, outcome: "came_late" }, ...(begin ? { begin } : {}) };
}

/** The same where somebody else has the attempt by then, who may begin a pause of their own. */
export function takeGivenBackLate(recorded: Recorded, facts: GrantFacts, at: number): ReturnType<typeof takeGivenBack> {
  const { attempt } = recorded;
  return takeGivenBack({ ...recorded, attempt: attempt && { ...attempt, id: `${attempt.id}-late` } }, facts, at);
}

/** What a call that sets something of a key has come to. A key that Tigris does not know was refused, as far as the record goes. */
export function answerOf(answer: ChangeAnswer): Answer {
  if (answer.kind === "gone") return { kind: "refused", code: "NoSuchEntity" };
  return answer.kind === "refused" ? { kind: "refused", code: answer.code } : { kind: answer.kind };
}

/** Codes with which Tigris may say that it does not know `*` (unproven). */
const NOT_UNDERSTOOD: ReadonlySet<string> = new Set([
  "InvalidArgument",
  "InvalidInput",
  "InvalidParameterValue",
  "InvalidRequest",
  "MalformedPolicy",
  "MalformedPolicyDocument",
  "NoSuchBucket",
  "ValidationError",
]);

/** Whether a refusal may say that Tigris doesn't take `*` for this permission. */
export function meansAllBuckets({ access }: Pick<Key, "access">, code: string): boolean {
  return access.permission !== "Admin" && access.buckets.kind === "all" && NOT_UNDERSTOOD.has(code);
}

/** The key of an attempt that switches it on, while nothing else has come of it. */
export function switchedKey({ key }: Recorded): Key<SwitchingOn> | null {
  return key?.state.kind === "switching_on" ? { ...key, state: key.state } : null;
}

/** Its roles are there. */
export function closeOn(
  { attempt }: Held<SwitchWork>,
  key: Key,
  { at, facts }: { at: number; facts: GrantFacts },
): Step {
  const { pause, ...begun } = pauseOnceMore(key, attempt, facts, at) ?? {};
  return step(key.ownerId, {
    attempt: { to: { ...attempt, work: { kind: "switch_on", phase: "on" } } },
    key: { ...finishSwitchingOn(at), outcome: "on", ...(pause ? { pause } : {}) },
    ...begun,
    say: switchedOn(key),
  });
}

function switchedOn(key: Key): Outcome {
  const { keyName } = key;
  return isPaused(key) ? refused("key_paused", { keyName }) : done("switched_on", { keyName });
}

/** The list decides, now and later: it may lag, and the call may take effect late. */
function look({ attempt }: Held<SwitchWork>, key: Key<SwitchingOn>, at: number): Step {
  const to = { ...attempt, tries: 0, work: { kind: "switch_on", phase: "looking" } as const };
  return step("bot", {
    attempt: { to: renewLease(to, at) },
    key: { ...leaveUnanswered(key.state), pause: { ...key.pause, unansweredAt: at } },
  });
}

/** An earlier call got no answer, so that this refusal does not say that there is no power. */
function unanswered({ attempt }: Held<SwitchWork>, { keyName }: Key): Step {
  return step("bot", {
    attempt: { to: { ...attempt, work: { kind: "switch_on", phase: "unanswered" } } },
    say: refused("switch_unanswered", { keyName }),
  });
}

/** Nothing was given: the key is off, and its request can be used again; or it ends with its key, where Tigris can't do it at all. */
function closeRefused(held: Held<SwitchWork>, key: Key<SwitchingOn>, code: string, at: number): Step {
  const { attempt, request } = held;
  const { keyName, reference } = key;
  const isAll = meansAllBuckets(key, code);
  const made = request && isIn(request, "made") ? request : null;
  const ended = made && (isAll ? voidUse(made, "all_buckets_refused", at) : null);
  const back = made && giveUseBack(made, { tigrisCode: code, at }, key.state.until);
  return step("bot", {
    attempt: { to: { ...attempt, work: { kind: "switch_on", phase: "refused" } } },
    key: ended
      ? { to: { kind: "deleting", byId: null, why: "never_on", at }, event: "key.dropped" }
      : { ...stayOff(key.state), outcome: code },
    ...(ended
      ? { request: { ...ended, outcome: "all_buckets_refused" } }
      : back
        ? { request: { ...back, outcome: code } }
        : {}),
    say: isAll
      ? refused("all_buckets_refused", { keyName })
      : refused("switch_refused", { keyName, tigrisCode: code, reference }),
  });
}

/**
 * The key was asked to go meanwhile, so that whoever deletes it takes what was given too; or its time was over, and then it is
 * paused once more.
 */
export function overtaken(held: Held<SwitchWork>, facts: GrantFacts, at: number): Step {
  return step("bot", {
    attempt: { to: { ...held.attempt, work: { kind: "switch_on", phase: "overtaken" } }, event: "attempt.closed" },
    ...takeGivenBack(held, facts, at),
    say: whatHolds(held),
  });
}

/** What is known where nobody of this attempt can say more. */
export function whatHolds({ key, request }: Recorded): Refusal {
  if (key === null) return refused("unknown_key");
  return key.state.kind === "switching_on"
    ? refused("switch_unanswered", { keyName: key.keyName })
    : refused("somebody_was_faster", { request, key });
}
