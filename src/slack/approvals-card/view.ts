import type { Key } from "../../domain/key";
import type { People } from "../../domain/person";
import {
  type Approval,
  type Approved,
  type Asked,
  approverOf,
  type Lapsed,
  type Made,
  type Request,
} from "../../domain/request";
import { accessInFull, accessText, referenceOf } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { type Line, type Message, message } from "../blocks/message";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, code, group, joined, type Sentence, time, user } from "../words/sentence";

/** The card in the approvals channel, drawn from the record: who asks for what and why, and what became of it. */
export function approvalsCard(shown: {
  request: Request;
  key: Key | null;
  /** How many live keys the requester has. */
  liveKeys: number;
  approvers: People;
}): Message {
  const { request, key, liveKeys, approvers } = shown;
  const isPending = request.state.kind === "pending";
  const { permission } = request.asked.access;
  const what =
    request.asked.kind === "secret"
      ? `New secret of ${permission === "ReadOnly" ? "a" : "an"} ${permission} key`
      : `${permission} key`;
  const asked: Sentence = [`${what} requested by `, user(request.requesterId)];
  return message({
    lines: [
      isPending ? [...mentions(approvers), " ", ...asked] : asked,
      [bold(request.asked.keyName), " · ", ...accessInFull(request.asked.access)],
      request.reason === null ? ["No reason was given."] : { quote: request.reason },
      factsOf(request, liveKeys),
      ...(isPending ? [] : outcomeOf(request, key)),
    ],
    buttons: buttonsOf(request),
  });
}

function mentions({ users, groups }: People): Sentence {
  return joined([...groups.map((id) => [group(id)]), ...users.map((id) => [user(id)])], " ");
}

function factsOf(request: Request, liveKeys: number): Sentence {
  const { state } = request;
  const lapses: Sentence = state.kind === "pending" ? [" · lapses ", time(state.lapsesAt)] : [];
  const has = ` · has ${liveKeys} live ${liveKeys === 1 ? "key" : "keys"}`;
  return ["Asked ", time(request.askedAt), ...lapses, has, ...referenceOf(request)];
}

/** What became of the request: who, when, why. */
function outcomeOf(request: Request, key: Key | null): Line[] {
  const { state } = request;
  switch (state.kind) {
    case "pending":
      return [["Waiting for a decision"]];
    case "approved":
      return [["✅ ", ...approvedBy(state.approval), ...unused(state, request.asked)]];
    case "making": {
      const isMade = request.asked.kind === "secret" ? " · its secret is being made" : " · its key is being made";
      return [["✅ ", ...approvedBy(state.approval), state.failure ? NO_KEY_YET : isMade]];
    }
    case "made":
      return [keyStands(state, key, request.asked)];
    case "denied":
      return [["⛔ Denied by ", user(state.approverId), " ", time(state.at)], { quote: state.reason }];
    case "cancelled":
      return [["Cancelled by the requester ", time(state.at)]];
    case "withdrawn":
      return [[...approvedBy(state.approval), " · withdrawn by ", user(state.approverId), " ", time(state.at)]];
    case "lapsed":
      return [lapsedBecause(state)];
    case "requester_gone":
      return [["Ended ", time(state.at), ": the requester can no longer ask for keys"]];
  }
}

function lapsedBecause({ why, at }: Lapsed): Sentence {
  if (why === "undecided") return ["Lapsed ", time(at), ": nobody decided in time"];
  return why === "key_gone" ? ["Ended ", time(at), ": the key is gone"] : ["Approval lapsed ", time(at), LAPSED[why]];
}

const NO_KEY_YET = " · no key so far: the last try failed, and whatever it made is being deleted";

function unused({ failure, lapsesAt }: Approved, { kind }: Asked): Sentence {
  const lapses: Sentence = [", lapses ", time(lapsesAt)];
  return failure
    ? [` · no ${kind} so far, the last try failed `, time(failure.at), ...lapses]
    : [" · not revealed yet", ...lapses];
}

const LAPSED = {
  unused: ": it was not used in time",
  approver_lost: ": its approver is no longer one",
  policy_changed: ": it was given by policy, which has changed",
} as const;

function approvedBy(approval: Approval): Sentence {
  const approverId = approverOf(approval);
  return ["Approved by ", approverId === null ? "policy" : user(approverId), " ", time(approval.at)];
}

function keyStands(made: Made, key: Key | null, { kind }: Asked): Sentence {
  const approved: Sentence = [...approvedBy(made.approval), " · "];
  const id = code(made.accessKeyId);
  switch (key?.state.kind) {
    case "deleted": {
      const by: Sentence = key.state.byId === null ? [] : ["by ", user(key.state.byId), " "];
      return [...approved, "key ", id, " deleted ", ...by, time(key.state.at)];
    }
    case "deletion_held":
      return [
        ...approved,
        "key ",
        id,
        ": its deletion, asked for by ",
        user(key.state.byId),
        ", waits for another approver",
      ];
    case "deleting":
      return [...approved, "key ", id, " is being deleted, as ", user(key.state.byId), " asked ", time(key.state.at)];
    case "secret_unknown":
      return ["🔑 ", ...approved, "key ", id, ": nobody holds its secret since ", time(key.state.at)];
    default:
      return ["🔑 ", ...approved, kind === "secret" ? "new secret made " : "key made ", time(made.at), ": ", id];
  }
}

function buttonsOf(request: Request): ButtonSpec[] {
  if (request.state.kind === "pending") return [approveButton(request), denyButton(request)];
  const { state } = request;
  // While what a failed attempt left behind is put right, the approval can be taken back already.
  const isOpen = state.kind === "approved" || (state.kind === "making" && state.failure !== null);
  if (isOpen) return [withdrawButton(request)];
  return [];
}

const CONFIRMED = {
  key: "The key is made when its requester presses Reveal. It gives",
  secret: "The old secret stops when its requester presses Reveal and gets a new one. The key gives",
} as const;

function approveButton(request: Request): ButtonSpec {
  return {
    label: BUTTONS.approve,
    actionId: ACTIONS.approve,
    value: request.id,
    style: "primary",
    spoken: `${BUTTONS.approve} ${request.asked.keyName}`,
    confirm: {
      title: `${BUTTONS.approve} ${request.asked.keyName}?`,
      text: `${CONFIRMED[request.asked.kind]} ${givenText(request)}.`,
      yes: BUTTONS.approve,
    },
  };
}

function givenText({ asked: { access } }: Request): string {
  return access.permission === "Admin" ? "full access to every bucket and key of the organisation" : accessText(access);
}

function denyButton(request: Request): ButtonSpec {
  return {
    label: BUTTONS.deny,
    actionId: ACTIONS.deny,
    value: request.id,
    spoken: `${BUTTONS.deny} ${request.asked.keyName}`,
  };
}

function withdrawButton(request: Request): ButtonSpec {
  return {
    label: BUTTONS.withdraw,
    actionId: ACTIONS.withdraw,
    value: request.id,
    style: "danger",
    spoken: `${BUTTONS.withdraw} the approval of ${request.asked.keyName}`,
    confirm: {
      title: `${BUTTONS.withdraw} the approval?`,
      text: "The key can't be revealed any more. Its requester is told.",
      yes: BUTTONS.withdraw,
    },
  };
}
