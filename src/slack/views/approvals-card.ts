import type { Key } from "../../domain/key";
import type { People } from "../../domain/person";
import { type Approval, approverOf, type Request } from "../../domain/request";
import { bold, code, group, joined, type Sentence, time, user } from "../../domain/sentence";
import { ACTIONS } from "../ids";
import { accessText, referenceOf } from "./access";
import { type ButtonSpec, buttons } from "./button";
import type { Message } from "./message";
import { line, quote, richText, sentenceText } from "./rich";

/** The card in the approvals channel, drawn from the record: who asks for what and why, and what became of it. */
export function approvalsCard(shown: {
  request: Request;
  key: Key | null;
  /** How many live keys the requester has. */
  liveKeys: number;
  approvers: People;
}): Message {
  const { request, key, liveKeys, approvers } = shown;
  const { state } = request;
  const title: Sentence = [`${request.access.permission} key requested by `, user(request.requesterId)];
  const head: Sentence = state.kind === "pending" ? [...mentions(approvers), " ", ...title] : title;
  const specs = buttonsOf(request);
  const body = richText(
    line(...head),
    line(bold(request.keyName), ` · ${reachText(request)}`),
    quote(request.reason ?? "No reason given"),
    line(...factsOf(request, liveKeys)),
    ...(state.kind === "pending" ? [] : [line(...outcomeOf(request, key))]),
  );
  const told: Sentence = state.kind === "pending" ? [": ", request.keyName] : [": ", ...outcomeOf(request, key)];
  return { text: sentenceText([...head, ...told]), blocks: specs.length === 0 ? [body] : [body, buttons(...specs)] };
}

function mentions({ users, groups }: People): Sentence {
  return joined([...groups.map((id) => [group(id)]), ...users.map((id) => [user(id)])], " ");
}

function reachText({ access }: Request): string {
  return access.permission === "Admin" ? "full access to the whole Tigris organisation" : accessText(access);
}

function factsOf(request: Request, liveKeys: number): Sentence {
  const { state } = request;
  const lapses: Sentence = state.kind === "pending" ? [" · lapses ", time(state.lapsesAt)] : [];
  const has = ` · has ${liveKeys} live ${liveKeys === 1 ? "key" : "keys"}`;
  return ["Asked ", time(request.askedAt), ...lapses, has, ...referenceOf(request)];
}

/** What became of the request: who, when, why. */
function outcomeOf(request: Request, key: Key | null): Sentence {
  const { state } = request;
  switch (state.kind) {
    case "pending":
      return ["Waiting for a decision"];
    case "approved":
      return [
        ...approvedBy(state.approval),
        state.failure ? " · no key so far, the last try failed " : " · not revealed yet, lapses ",
        time(state.failure?.at ?? state.lapsesAt),
      ];
    case "making":
      return [...approvedBy(state.approval), " · its key is being made"];
    case "made":
      return [...approvedBy(state.approval), " · ", ...keyStands(state, key)];
    case "denied":
      return ["⛔ Denied by ", user(state.approverId), " ", time(state.at), ": “", state.reason, "”"];
    case "cancelled":
      return ["Cancelled by the requester ", time(state.at)];
    case "withdrawn":
      return [...approvedBy(state.approval), " · withdrawn by ", user(state.approverId), " ", time(state.at)];
    case "lapsed":
      return state.why === "undecided"
        ? ["Lapsed ", time(state.at), ": nobody decided in time"]
        : ["Approval lapsed ", time(state.at), LAPSED[state.why]];
    case "ended":
      return ["Ended ", time(state.at), ": the requester can no longer ask for keys"];
  }
}

const LAPSED = {
  unused: ": it was not used in time",
  approver_lost: ": its approver is no longer one",
  policy_changed: ": it was given by policy, which has changed",
} as const;

function approvedBy(approval: Approval): Sentence {
  const approverId = approverOf(approval);
  return ["✅ Approved by ", approverId === null ? "policy" : user(approverId), " ", time(approval.at)];
}

function keyStands(made: { accessKeyId: string; at: number }, key: Key | null): Sentence {
  const id = code(made.accessKeyId);
  switch (key?.state.kind) {
    case "deleted":
      return [
        "key ",
        id,
        " deleted ",
        ...(key.state.byId ? ["by ", user(key.state.byId), " "] : []),
        time(key.state.at),
      ];
    case "deleting":
      return ["key ", id, " is being deleted, as ", user(key.state.byId), " asked ", time(key.state.at)];
    case "secret_unknown":
      return ["🔑 key ", id, ": nobody holds its secret since ", time(key.state.at)];
    default:
      return ["🔑 key made ", time(made.at), ": ", id];
  }
}

function buttonsOf(request: Request): ButtonSpec[] {
  if (request.state.kind === "pending") return [approveButton(request), denyButton(request)];
  if (request.state.kind === "approved") return [withdrawButton(request)];
  return [];
}

function approveButton(request: Request): ButtonSpec {
  return {
    label: "Approve",
    actionId: ACTIONS.approve,
    value: request.id,
    style: "primary",
    spoken: `Approve ${request.keyName}`,
    confirm: {
      title: `Approve ${request.keyName}?`,
      text:
        request.access.permission === "Admin"
          ? "It gives full access to every bucket and key of the organisation. The key is made when its requester presses Reveal."
          : "The key is made when its requester presses Reveal.",
      yes: "Approve",
    },
  };
}

function denyButton(request: Request): ButtonSpec {
  return { label: "Deny", actionId: ACTIONS.deny, value: request.id, spoken: `Deny ${request.keyName}` };
}

function withdrawButton(request: Request): ButtonSpec {
  return {
    label: "Withdraw",
    actionId: ACTIONS.withdraw,
    value: request.id,
    style: "danger",
    spoken: `Withdraw the approval of ${request.keyName}`,
    confirm: {
      title: "Withdraw the approval?",
      text: "The key can't be revealed any more. Its requester is told.",
      yes: "Withdraw",
    },
  };
}
