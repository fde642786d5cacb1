import { type DeleteWork, isMadeBy, releaseLease, renewLease } from "../../domain/attempt";
import type { Deleting, Key, KeyChanges } from "../../domain/key";
import { type KeyEnd, newEnd } from "../../domain/key-end";
import { finishDeletion, noteRaised } from "../../domain/key-steps";
import { SETTLED_AFTER_MS } from "../../domain/limits";
import type { KeyAtTigris } from "../../domain/listed-key";
import { markDeletion, pauseAgain } from "../../domain/pause-steps";
import { MAX_BREAK_GLASS_MS } from "../../domain/policy/limits";
import { brokenGlassLasts, type Request } from "../../domain/request";
import { endForKey } from "../../domain/request-steps";
import { callOff, type Rotation } from "../../domain/rotation";
import { beginPause } from "../begin-attempt";
import type { Alert } from "../outbox-message";
import { NO_CHANGE, type Step, step } from "../step";
import { type CallDefinition, type Held, keyIdOf } from "./call";
import { putOff } from "./put-off";

type Answer = { kind: "unavailable" } | { kind: "absent" } | { kind: "there"; key: KeyAtTigris; policies: number };
type Facts = { signedWith: ReadonlySet<string> };

/**
 * `ListAccessKeys` and `ListUserPolicies` of one key that was never on, has ended, has another one in its place, or whose owner has left: it goes by itself only where the list shows
 * it as it was made, without any power. Anything else is left to people.
 */
export const lookBeforeDrop: CallDefinition<DeleteWork, Answer, Facts> = {
  power: "reads",
  make: async ({ tigris }, held) => {
    const accessKeyId = keyIdOf(held);
    const [read, policies] = await Promise.all([tigris.readKey(accessKeyId), tigris.policiesOf(accessKeyId)]);
    if (read.kind !== "there") return { answer: { kind: read.kind } };
    if (policies.kind === "unavailable") return { answer: { kind: "unavailable" } };
    return { answer: { kind: "there", key: read.key, policies: policies.names.length } };
  },
  facts: async (record) => ({ signedWith: await record.signedWith() }),
  after: (held, answer, { at, facts }) => {
    const { attempt, key } = held;
    if (key?.state.kind !== "deleting")
      return step("bot", { attempt: { to: { ...attempt, work: { kind: "delete", phase: "deleted" } } } });
    const go = { to: renewLease({ ...attempt, work: { kind: "delete", phase: "calling" } as const }, at) };
    switch (answer.kind) {
      case "unavailable":
      case "interrupted":
        return step("bot", putOff(held, at));
      case "absent": {
        // A list that lags does not show a new key; it has no power, so there is time.
        const settledAt = key.madeAt + SETTLED_AFTER_MS;
        if (at >= settledAt) return absentByNow(held, key.state, at);
        // Where a clock was set back since it was made, it is no longer than that.
        const nextAt = Math.min(settledAt, at + SETTLED_AFTER_MS);
        return step("bot", { attempt: { to: releaseLease({ ...attempt, nextAt }) } });
      }
      case "there": {
        const why = whyNot(key, answer, facts.signedWith);
        return why === null ? step("bot", { attempt: go }) : raise(held, key, why, at);
      }
    }
  },
  late: () => NO_CHANGE,
};

/** A list that does not show it twice in a row says that it is gone: nothing that is not shown is deleted. */
function absentByNow(held: Held<DeleteWork>, state: Deleting, at: number): Step {
  const { attempt, asking } = held;
  if (attempt.tries === 0) return step("bot", putOff(held, at));
  return step("bot", {
    attempt: { to: { ...attempt, work: { kind: "delete", phase: "deleted" } } },
    key: { ...finishDeletion(state, at), outcome: "absent" },
    asking: asking ? endForKey(asking, at) : null,
  });
}

type WhyNot = Extract<Alert, { code: "not_deleted" }>["about"]["why"];

/** What was paused by its status before it went, and may have kept its roles. */
const KEPT_ROLES: ReadonlySet<Deleting["why"]> = new Set(["ended", "replaced", "left"]);

/** Why a key that the record takes for one without power is not deleted by itself; null where it is one. */
export function whyNot(
  { tigrisName, state }: Key,
  { key, policies }: { key: KeyAtTigris; policies: number },
  signedWith: ReadonlySet<string>,
): WhyNot | null {
  // What was paused before may have kept its roles: it was paused by its status.
  const wasPaused = state.kind === "deleting" && KEPT_ROLES.has(state.why);
  const isPausedByStatus = wasPaused && key.status === "inactive";
  if (!isPausedByStatus && (key.roles.length > 0 || policies > 0)) return "has_power";
  if (key.name !== tigrisName) return "other_name";
  return isMadeBy(key, (id) => signedWith.has(id)) ? null : "other_creator";
}

/** The key of a broken glass has an end, whoever gave it its power. */
function endOfRaised({ end }: Key, request: Request | null, at: number): { end?: KeyEnd } {
  // What had ended stays paused, and people decide.
  if (end !== null) return { end: { ...end, deletesAt: null } };
  if (request === null || request.review === null) return {};
  return { end: newEnd(at + (brokenGlassLasts(request) ?? MAX_BREAK_GLASS_MS), at, true) };
}

/** Whoever looks after it decides alone: it takes no place by itself, and none takes its own. */
function rotationOfRaised(key: Key): { rotation?: Rotation | null } {
  if (key.rotation?.kind === "follows") return { rotation: null };
  const off = callOff(key);
  return off === null ? {} : { rotation: off.rotation };
}

/** People decide: nothing that somebody left behind goes by itself after that. */
function heldOfRaised(key: Key, isHeld: boolean): Pick<KeyChanges, "pause"> {
  const marked = markDeletion(key, null);
  const now = marked === null ? key : { ...key, pause: marked.pause };
  if (isHeld) return { pause: pauseAgain(now).pause };
  return marked === null ? {} : { pause: now.pause };
}

/** It counts as on, and stays; what somebody holds has its power taken. The key of a broken glass stays for a while only. */
function raise({ attempt, request }: Held<DeleteWork>, key: Key, why: WhyNot, at: number): Step {
  const { tigrisName, accessKeyId, pause } = key;
  const isHeld = pause.holds.length > 0 && why === "has_power";
  return step("bot", {
    attempt: { to: { ...attempt, alerted: true, work: { kind: "delete", phase: "raised" } } },
    key: {
      ...noteRaised(),
      outcome: why,
      ...heldOfRaised(key, isHeld),
      ...endOfRaised(key, request, at),
      ...rotationOfRaised(key),
    },
    ...(isHeld ? { begin: beginPause(key, attempt.id, at) } : {}),
    alert: { code: "not_deleted", about: { tigrisName, accessKeyId, why } },
  });
}
