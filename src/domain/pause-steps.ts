import type { EventName } from "./event";
import { type Hold, hasEnded, type Key, NO_PAUSE, type Pause } from "./key";
import { keyOver } from "./key-over";
import { whyBusy } from "./key-steps";
import { type Refusal, refused } from "./refusal";

/** A change of what keeps a key from working; its state stays as it is. */
export type PauseStep = { kind: "moves"; to: Key["state"]; pause: Pause; event: EventName };

function moves({ state }: Key, pause: Pause, event: EventName): PauseStep {
  return { kind: "moves", to: state, pause, event };
}

/** Whether a key may have power in Tigris: what is off has none, and needs no call to be kept from working. */
export function mayHavePower({ state }: Pick<Key, "state">): boolean {
  return state.kind !== "off";
}

/** Adds a hold, in every state of a key that is not going. The same hold is added once. */
export function addHold(key: Key, hold: Hold): PauseStep | Refusal {
  const { state, pause, keyName } = key;
  if (state.kind === "deleting" || state.kind === "deleted") return whyBusy(key, state);
  if (pause.holds.some(({ kind, byId }) => kind === hold.kind && byId === hold.byId))
    return refused("already_paused", { keyName });
  const stands = mayHavePower(key) ? "pausing" : pause.stands;
  return moves(key, { ...pause, holds: [...pause.holds, hold], stands }, "key.paused");
}

/** Its roles are about to be taken too: written down before Tigris is asked. */
export function takeRoles(key: Key): PauseStep {
  return moves(key, { ...key.pause, areRolesTaken: true }, "key.pause_failed");
}

/** Tigris shows, or says, that the key has no power. */
export function notePaused(key: Key): PauseStep {
  return moves(key, { ...key.pause, stands: "paused" }, "key.pause_taken");
}

/** What was taken may have been given again by a call that came late: it is taken once more. */
export function pauseAgain(key: Key): PauseStep {
  return moves(key, { ...key.pause, stands: "pausing" }, "key.pause_failed");
}

/** Something gave power beside a pause that is on its way: nobody can say which of the two came last, so it is looked at again. */
export function noteGivenBeside(key: Key, at: number): PauseStep {
  return moves(key, { ...key.pause, stands: "pausing", unansweredAt: at }, "key.pause_failed");
}

/** Holds that are lifted by whoever owns a key. */
const OWNERS: ReadonlySet<Hold["kind"]> = new Set(["owner", "overlap", "leaver"]);

/**
 * The holds that somebody may lift: the owner those of owners, of a key that has its place, and that somebody had left; an approver who is
 * not the owner all others. What has ended stays so.
 */
export function liftable(key: Key, actor: { id: string; isApprover: boolean }): readonly Hold[] {
  const { pause, ownerId } = key;
  if (hasEnded(key)) return [];
  return pause.holds.filter(({ kind }) =>
    OWNERS.has(kind) ? actor.id === ownerId : actor.isApprover && actor.id !== ownerId,
  );
}

/** Lifts the holds that somebody may lift. Only where none is left, and something was taken, Tigris has to be asked. */
export function liftHolds(key: Key, actor: { id: string; isApprover: boolean }): PauseStep | Refusal {
  const { state, pause, keyName } = key;
  if (state.kind === "deleting" || state.kind === "deleted" || state.kind === "rotating") return whyBusy(key, state);
  if (pause.holds.length === 0) {
    if (pause.stands === "none") return refused("not_paused", { keyName });
    return moves(key, { ...pause, stands: "resuming" }, "key.resuming");
  }
  const lifted = new Set(liftable(key, actor));
  const holds = pause.holds.filter((hold) => !lifted.has(hold));
  const [left] = holds;
  if (hasEnded(key)) return keyOver(key);
  if (lifted.size === 0 && left) return refused("held_by_other", { keyName, byId: left.byId, kind: left.kind });
  if (left) return moves(key, { ...pause, holds }, "key.resuming");
  if (pause.stands === "none") return noteResumed(key);
  return moves(key, { ...pause, holds, stands: "resuming" }, "key.resuming");
}

/**
 * Whether a resume begins with the roles: those that the pause took, and those of an access that is to be less, so that it never
 * works with more.
 */
export function givesRoles({ state, pause, accessChange }: Key): boolean {
  const isOn = state.kind === "live" || state.kind === "secret_unknown";
  return isOn && (pause.areRolesTaken || accessChange?.kind === "narrowing");
}

/** Its end was moved: what its time being over has held is lifted. Where nothing else holds it, it works again. */
export function liftEnd(key: Key): PauseStep {
  const { pause } = key;
  const holds = pause.holds.filter(({ kind }) => kind !== "end");
  if (holds.length > 0) return moves(key, { ...pause, holds }, "key.extended");
  if (pause.stands === "none") return moves(key, { ...pause, holds }, "key.extended");
  return moves(key, { ...pause, holds, stands: "resuming" }, "key.extended");
}

/** Somebody has taken it over: what its owner's leaving has held is lifted. Where nothing else holds it, it works again. */
export function liftLeaver(key: Key): PauseStep {
  const { pause } = key;
  const holds = pause.holds.filter(({ kind }) => kind !== "leaver");
  const isLifted = holds.length < pause.holds.length;
  const stands = isLifted && holds.length === 0 && pause.stands !== "none" ? "resuming" : pause.stands;
  return moves(key, { ...pause, holds, stands }, "key.taken_over");
}

/** Its owner was told that it goes then, or no longer: null. */
export function markDeletion(key: Key, deletesAt: number | null): PauseStep | null {
  const { pause } = key;
  const isSo = pause.holds.every((hold) => hold.kind !== "leaver" || hold.deletesAt === deletesAt);
  if (isSo) return null;
  const holds = pause.holds.map((hold) => (hold.kind === "leaver" ? { ...hold, deletesAt } : hold));
  return moves(key, { ...pause, holds }, deletesAt === null ? "key.leaver_back" : "key.leaver_told");
}

/** The key has again what the record says. An earlier call that got no answer may still come, after the next pause too. */
export function noteResumed(key: Key): PauseStep {
  return moves(key, { ...NO_PAUSE, unansweredAt: key.pause.unansweredAt }, "key.resumed");
}

/** A call that gives power got no answer: it may take effect late. */
export function noteUnanswered(key: Key, at: number): PauseStep {
  return moves(key, { ...key.pause, unansweredAt: at }, "key.resume_unanswered");
}
