import { type Approval, approversOf, type Request } from "../../domain/request";
import { bold, type Sentence, time, user, usersNamed } from "./sentence";

/** Who approved, and when: "@ann approved this today at 14:10". */
export function approvedBy(approval: Approval): Sentence {
  const approvers = approversOf(approval);
  if (approval.by.kind === "break_glass") return ["The glass was broken for this ", time(approval.at)];
  return approvers.length === 0
    ? ["The policy of this workspace approved this ", time(approval.at)]
    : [...usersNamed(approvers), " approved this ", time(approval.at)];
}

/** Where a request stands, who brought it there and when: for those whose click came second. */
export function whatHappened({ state, requesterId, asked }: Request): Sentence {
  const { keyName } = asked;
  const isSecret = asked.kind === "secret";
  if (asked.kind === "extend" && (state.kind === "approved" || state.kind === "made"))
    return [
      ...approvedBy(state.approval),
      state.kind === "made" ? "; the key was extended by it." : "; the key has not been extended by it yet.",
    ];
  if (asked.kind === "takeover" && (state.kind === "approved" || state.kind === "made"))
    return [
      ...approvedBy(state.approval),
      state.kind === "made" ? "; the key was taken over by it." : "; the key has not been taken over by it yet.",
    ];
  if (asked.kind === "access" && state.kind === "making")
    return ["The wider access of ", bold(keyName), " is being switched on right now."];
  if (asked.kind === "access" && (state.kind === "approved" || state.kind === "made"))
    return [
      ...approvedBy(state.approval),
      state.kind === "made"
        ? "; the wider access was switched on by it."
        : "; the wider access is not switched on yet.",
    ];
  if (asked.kind === "resume" && (state.kind === "approved" || state.kind === "made"))
    return [
      ...approvedBy(state.approval),
      state.kind === "made" ? "; the key was resumed by it." : "; the key has not been resumed by it yet.",
    ];
  switch (state.kind) {
    case "pending":
      return ["The request for ", bold(keyName), ` is waiting for a decision${state.back === null ? "" : " again"}.`];
    case "approved":
      return [...approvedBy(state.approval), `; the ${isSecret ? "new secret" : "key"} has not been made yet.`];
    case "making":
      return [isSecret ? "A new secret of " : "The key ", bold(keyName), " is being made right now."];
    case "delivered":
      return ["The secret of ", bold(keyName), " was shown ", time(state.at), "; the key is off."];
    case "made":
      return [isSecret ? "A new secret of " : "The key ", bold(keyName), " was made ", time(state.at), "."];
    case "denied":
      return [user(state.approverId), " denied this ", time(state.at), "."];
    case "cancelled":
      return [user(requesterId), " canceled this ", time(state.at), "."];
    case "withdrawn":
      return [user(state.approverId), " withdrew this approval ", time(state.at), "."];
    case "lapsed":
      return state.why === "key_gone"
        ? ["This ended ", time(state.at), ": the key is gone."]
        : ["This lapsed ", time(state.at), "."];
    case "requester_gone":
      return ["This ended ", time(state.at), ": ", user(requesterId), " can no longer ask for keys."];
  }
}
