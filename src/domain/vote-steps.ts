import { isLess, type LessAccess } from "./narrow";
import type { Access } from "./permission";
import { withoutRule } from "./policy/alternatives";
import { nextEscalationAt } from "./policy/escalation";
import { decidedRules, rulesFor, rulingOf } from "./policy/judge";
import type { Policy, Rule } from "./policy/rule";
import {
  countingVotes,
  isDecided,
  type Looked,
  type Need,
  needsOf,
  rulesNaming,
  tally,
  type Vote,
} from "./policy/votes";
import { type Refusal, refused } from "./refusal";
import {
  type Approval,
  type Approved,
  type BackReason,
  type Delivered,
  grantedAccess,
  isIn,
  type Lapsed,
  lessAccessOf,
  type Pending,
  type Request,
} from "./request";
import { isLate, moves, noteEscalated, type Step, voidApproval } from "./request-steps";

type Rules = Pick<Policy, "rules">;

/** The state in which a request begins to wait for people. */
export function firstWait(rules: readonly Rule[], { at, requestTtlMs }: { at: number; requestTtlMs: number }): Pending {
  return { ...waiting(rules, { askedAt: at, at, requestTtlMs }), votes: [], narrowed: null, back: null };
}

function waiting(
  rules: readonly Rule[],
  { askedAt, at, requestTtlMs }: { askedAt: number; at: number; requestTtlMs: number },
): Omit<Pending, "votes" | "narrowed" | "back"> {
  const escalatesAt = nextEscalationAt(decidedRules(rules), { askedAt, told: [] });
  return {
    kind: "pending",
    lapsesAt: at + requestTtlMs,
    reminded: "not_yet",
    askedAgainAt: null,
    ruling: rulingOf(rules),
    escalatesAt,
    escalated: [],
  };
}

/**
 * Sets anew by a policy when others may decide about a waiting request; null where that is as it was.
 * @param others the rules that name others by now than those who were told
 */
export function moveEscalation(request: Request, policy: Rules, others: ReadonlySet<string>): Step<Pending> | null {
  if (!isIn(request, "pending")) return null;
  const { escalated, escalatesAt } = request.state;
  const told = escalated.filter((name) => !others.has(name));
  const nextAt = escalationFor(grantedAccess(request), policy, { askedAt: request.askedAt, told });
  return nextAt === escalatesAt && told.length === escalated.length ? null : noteEscalated(request, { told, nextAt });
}

function escalationFor(access: Access, policy: Rules, at: Parameters<typeof nextEscalationAt>[1]): number | null {
  return nextEscalationAt(decidedRules(rulesFor(access, policy)), at);
}

/** What the rules need of a request as it stands, and who may give it now. */
export function needsFor(request: Request, policy: Rules, at: number): Need[] {
  return needsOf(decidedRules(rulesFor(grantedAccess(request), policy)), at - request.askedAt);
}

/** Somebody's yes, with all that a decision about it goes by. */
export type Ballot = {
  approverId: string;
  at: number;
  /** The fresh look at them, and at those who said yes before. */
  actor: Looked;
  voters: ReadonlyMap<string, Looked>;
  requesterIds: readonly string[];
  /** The less that they would give; null for what is asked for. */
  less: LessAccess | null;
  policy: Rules;
  revealTtlMs: number;
};

/**
 * Adds a yes to a waiting request, which is approved once every rule that counts has as many as it needs. With less it is
 * narrowed: who said yes to more has said yes to less.
 */
export function castVote(request: Request, ballot: Ballot): Step<Pending | Approved | Delivered> | Refusal {
  const { approverId, at, actor, less, policy } = ballot;
  const open = openTo(request, actor, at);
  if (open.kind === "refused") return open;
  const { state } = open.request;
  if (less !== null && (request.asked.kind !== "key" || !isLess(less, grantedAccess(request))))
    return refused("not_less", { request });
  const may = mayVote(needsFor(request, policy, at), actor);
  if (may) return may;
  const access = less ?? grantedAccess(request);
  const without = withoutRule(access, policy);
  if (without) return refused("no_rule", without);
  // Whoever said yes meanwhile has to be looked at too.
  if (state.votes.some((vote) => !ballot.voters.has(vote.approverId)))
    return refused("somebody_was_faster", { request, key: null });
  const rules = rulesFor(access, policy);
  const needs = needsOf(decidedRules(rules), at - request.askedAt);
  const seen = { ...ballot, voters: new Map([...ballot.voters, [approverId, actor]]) };
  const own: Vote = { approverId, at, rules: rulesNaming(needs, actor) };
  const votes = [...standing(state.votes, needs, seen), own];
  const narrowed = less ?? state.narrowed;
  // What it is narrowed to may have other rules, by which others may decide after another while.
  const escalatesAt = escalationFor(access, policy, { askedAt: request.askedAt, told: state.escalated });
  if (!isDecided(tally(needs, votes, seen)))
    return moves({ ...state, votes, narrowed, ruling: rulingOf(rules), escalatesAt }, "request.voted");
  const by = { kind: "people", votes, access: narrowed } as const;
  const approval = { by, at, ruling: rulingOf(rules), isAnew: state.back !== null };
  return moves(approvedBy(state, approval, at + ballot.revealTtlMs), "request.approved");
}

/** A request that still waits for somebody's yes. */
export function openTo(
  request: Request,
  actor: Pick<Looked, "ids">,
  at: number,
): { kind: "open"; request: Request<Pending> } | Refusal {
  if (isLate(request, at)) return refused("lapsed");
  if (!isIn(request, "pending")) return refused("already_decided", { request });
  const isGiven = request.state.votes.some(({ approverId }) => actor.ids.includes(approverId));
  return isGiven ? refused("already_voted", { request }) : { kind: "open", request };
}

/** Why somebody's yes counts for nothing; null where it counts. */
export function mayVote(needs: readonly Need[], actor: Looked): Refusal | null {
  if (needs.length === 0) return refused("nobody_decides");
  return rulesNaming(needs, actor).length > 0 ? null : refused("not_decider", { deciders: decidersIn(needs) });
}

/** Whom a sentence names, rule by rule. */
export function decidersIn(needs: readonly Need[]) {
  return needs.map(({ rule, deciders }) => ({ rule: rule.name, people: deciders }));
}

/** The votes that still count for some rule, with the names of those. */
function standing(
  votes: readonly Vote[],
  needs: readonly Need[],
  seen: { requesterIds: readonly string[]; voters: ReadonlyMap<string, Looked> },
): Vote[] {
  return countingVotes(tally(needs, votes, seen), votes).map((vote) => {
    const voter = seen.voters.get(vote.approverId);
    return voter ? { ...vote, rules: rulesNaming(needs, voter) } : vote;
  });
}

/** A key that was held is what it was before: its newest delivery counts again. */
function approvedBy({ back }: Pending, approval: Approval, lapsesAt: number): Approved | Delivered {
  const usable = { approval, lapsesAt, isExtended: false };
  return back?.held
    ? { kind: "delivered", ...usable, ...back.held, named: "first" }
    : { kind: "approved", ...usable, failure: null };
}

/**
 * What was approved needs more than it has: it waits again, with the votes that still count, once. A second time it ends.
 * @param back `votes`: those that still count
 */
export function goBack(
  request: Request<Approved | Delivered>,
  back: {
    why: BackReason;
    votes: readonly Vote[];
    rules: readonly Rule[];
    at: number;
    requestTtlMs: number;
  },
): Step<Pending | Lapsed> {
  const { why, votes, rules, at, requestTtlMs } = back;
  const { state } = request;
  if (state.approval.isAnew) return voidApproval(request, why.kind, at);
  const held =
    state.kind === "delivered" ? { accessKeyId: state.accessKeyId, at: state.at, refusal: state.refusal } : null;
  const waits = waiting(rules, { askedAt: request.askedAt, at, requestTtlMs });
  const narrowed = lessAccessOf(request);
  return moves({ ...waits, votes, narrowed, back: { why, at, held } }, "request.waits_again");
}
