import { hasEnded, isPaused, type Key } from "../../domain/key";
import { type Approval, type Approved, type Asked, approversOf, type Lapsed, type Request } from "../../domain/request";
import { rulingWords } from "../words/ruling";
import { bold, code, type Sentence, time, user, usersNamed } from "../words/sentence";

/** What became of a request: a line, what was typed about it, and what stands in small print under it. */
export type Told = { line: Sentence; typed: string | null; small: Sentence[] };

/** What became of a request, by whom and when; null while it waits. */
export function outcomeOf(request: Request, key: Key | null): Told | null {
  const { state, asked } = request;
  switch (state.kind) {
    case "pending":
      return null;
    case "approved":
      return told(
        [...approvedBy(request, state.approval, state.failure === null), ...unused(state, asked)],
        ...ruled(state.approval),
      );
    case "making":
      return told([...approvedBy(request, state.approval), ` · ${makingWords(asked)}`], ...ruled(state.approval));
    case "delivered":
      return told([...approvedBy(request, state.approval), whereOff(key)], ...ruled(state.approval));
    case "made":
      return told(whereKeyIs(key, state, asked), approvedSmall(state.approval), ...ruled(state.approval), [
        code(state.accessKeyId),
      ]);
    case "denied":
      return { ...told([bold("Denied"), " by ", user(state.approverId), " ", time(state.at)]), typed: state.reason };
    case "cancelled":
      return told([bold("Canceled"), " by ", user(request.requesterId), " ", time(state.at)]);
    case "withdrawn":
      return told(
        [bold("Withdrawn"), " by ", user(state.approverId), " ", time(state.at)],
        approvedSmall(state.approval),
        ...ruled(state.approval),
      );
    case "lapsed":
      return told([bold("Lapsed"), " ", time(state.at), ...lapsedBecause(state.why, key)]);
    case "requester_gone":
      return told([
        bold("Lapsed"),
        " ",
        time(state.at),
        ": ",
        user(request.requesterId),
        " can no longer ask for keys",
      ]);
  }
}

function makingWords({ kind }: Asked): string {
  if (kind === "access") return "the wider access is being switched on";
  return kind === "secret" ? "its new secret is being made" : "its key is being made";
}

function told(line: Sentence, ...small: Sentence[]): Told {
  return { line: ["→ ", ...line], typed: null, small };
}

function approvedBy({ requesterId }: Request, approval: Approval, isDated = true): Sentence {
  const at: Sentence = isDated ? [" ", time(approval.at)] : [];
  if (approval.by.kind === "break_glass") return [bold("Break glass"), " by ", user(requesterId), ...at];
  return [bold("Approved"), " by ", ...approver(approval), ...at];
}

function approvedSmall(approval: Approval): Sentence {
  return approval.by.kind === "break_glass" ? ["by break glass"] : ["approved by ", ...approver(approval)];
}

function approver(approval: Approval): Sentence {
  const approvers = approversOf(approval);
  return approvers.length === 0 ? ["policy"] : usersNamed(approvers);
}

/** The rules that decided, in small print. */
function ruled({ ruling }: Approval): Sentence[] {
  return rulingWords(ruling);
}

function unused({ failure }: Approved, { kind }: Asked): Sentence {
  if (kind === "resume") return [" · not resumed yet"];
  if (kind === "extend") return [" · not extended yet"];
  if (kind === "takeover" && failure === null) return [" · not taken over yet"];
  if (kind === "access" && failure === null) return [" · not switched on yet"];
  if (failure === null) return [" · secret not shown yet"];
  return [" · the last try failed ", time(failure.at)];
}

/** Nobody but its requester knows whether a secret appeared, where Slack did not say. */
function whereOff(key: Key | null): string {
  const isUnclear = key?.state.kind === "off" && key.state.shownAt === null;
  return isUnclear ? " · key made and off" : " · secret shown, key off";
}

/** Who deleted the key that it was about, where somebody did. */
function lapsedBecause(why: Lapsed["why"], key: Key | null): Sentence {
  if (why !== "key_gone") return [LAPSED[why]];
  if (key?.state.kind !== "deleting" && key?.state.kind !== "deleted") return [": the key is gone"];
  const { byId } = key.state;
  return byId === null ? [": the key no longer exists"] : [": the key was deleted by ", user(byId)];
}

const LAPSED: Record<Exclude<Lapsed["why"], "key_gone">, string> = {
  undecided: ": nobody decided in time",
  unused: ": the approval was not used in time",
  approver_lost: ": its approver is no longer one",
  policy_changed: ": the rules for such keys ask for more by now",
  no_rule: ": no rule lets anybody have such a key by now",
  may_not_break_glass: ": they may no longer break the glass",
  all_buckets_refused: ": Tigris doesn't take all buckets for this permission",
};

/** Where a key is that came of a request, or that it is about. */
function whereKeyIs(key: Key | null, made: { at: number }, { kind }: Asked): Sentence {
  const byOf = (byId: string | null): Sentence => (byId === null ? [] : ["by ", user(byId), " "]);
  if (key !== null && isPaused(key) && key.state.kind !== "deleting" && key.state.kind !== "deleted")
    return pausedBy(key);
  switch (key?.state.kind) {
    case "deleted":
      return [bold("Deleted"), " ", ...byOf(key.state.byId), time(key.state.at)];
    case "deleting":
      return [bold("Being deleted"), " ", ...byOf(key.state.byId), "since ", time(key.state.at)];
    case "switching_on":
      return [bold("Off"), " · being switched on"];
    case "secret_unknown":
      return [bold("On"), " · nobody holds its secret since ", time(key.state.at)];
    default:
      return [bold("On"), GIVEN[kind], time(made.at), ...(key?.end ? [", until ", time(key.end.at)] : [])];
  }
}

const GIVEN = {
  key: " since ",
  secret: " · new secret made ",
  resume: " · resumed ",
  extend: " · extended ",
  takeover: " · taken over ",
  access: " · wider access since ",
} as const;

function pausedBy(key: Key): Sentence {
  const { pause } = key;
  if (hasEnded(key)) return [bold("Ended"), pause.stands === "pausing" ? " · being paused" : " · works nowhere"];
  const [hold] = pause.holds;
  if (hold === undefined) return [bold("Paused"), " · being resumed"];
  if (hold.kind === "overlap")
    return [bold("Replaced"), pause.stands === "pausing" ? " · being paused" : " · works nowhere"];
  const by: Sentence =
    hold.kind === "leaver" ? ["since its owner left"] : hold.kind === "bot" ? ["by me"] : ["by ", user(hold.byId)];
  return [bold(pause.stands === "pausing" ? "Being paused" : "Paused"), " ", ...by, " ", time(hold.at)];
}
