import type { LessAccess } from "../domain/narrow";
import { type Actor, type People, peopleOfAll } from "../domain/person";
import { decidedRules, rulesFor } from "../domain/policy/judge";
import type { Policy } from "../domain/policy/rule";
import { everDecidersOf, type Looked, type Need, needsOf, type Vote } from "../domain/policy/votes";
import { type Refusal, refused } from "../domain/refusal";
import { grantedAccess, isIn, type Request } from "../domain/request";
import { decidersIn, mayVote, needsFor } from "../domain/vote-steps";
import { mayDecideFor, mayUse } from "../domain/who-may";
import type { ChangePorts } from "./change";
import { asOneLook, type CheckPorts, lookAtActor, lookAtPerson, type PersonLook } from "./check-person";
import { askersOf, isAboutThem, judgeRequester } from "./check-requester";
import { endForRequester } from "./end-request";

type DecidePorts = ChangePorts & CheckPorts;
type Click = { actor: Actor; requestId: string };

/**
 * What somebody wants to do with a request: its rules say who may approve it, and look at it afterwards. All of it they read, if it
 * is their own too.
 */
export type DecisionKind = "approve" | "deny" | "withdraw" | "read" | "review";

/** A request that somebody may decide now, with the look at them and the policy by which they may. */
export type ToDecide = { kind: "to_decide"; request: Request; policy: Policy; actor: Looked };

/**
 * The request, if this person may decide about it now. Whether there is such a request is for those who decide alone.
 * @param click `less`: what they would give in its place, by other rules
 */
export async function requestToDecide(
  ports: DecidePorts,
  { actor, requestId, less = null }: Click & { less?: LessAccess | null },
  kind: DecisionKind,
): Promise<ToDecide | Refusal> {
  const { policy } = await ports.policy.inForce();
  const request = await ports.store.read((stored) => stored.requests.find(requestId));
  const { approvers } = ports.settings;
  const insiders = [approvers, ...decidedRules(policy.rules).map(everDecidersOf)];
  // Who may decide after a while is asked to look at a broken glass from the beginning.
  const at = kind === "review" ? Number.POSITIVE_INFINITY : ports.clock.now();
  const needs = request === null ? [] : needsFor(request, policy, at);
  const deciders = needs.map((need) => need.deciders);
  const lists = listsFor(kind, deciders, approvers);
  const near = less === null ? lists : [...lists, ...decidersOfAccess(less, policy)];
  const look = await lookFromNear(asOneLook(ports), actor, { near, insiders });
  if (look.kind === "refused") return look;
  const use = mayUse(look.standing);
  if (use.kind === "refused") return use;
  const own = request?.needsApproval ? mayDecideFor(request, look.ids) : null;
  if (own?.kind === "refused" && kind !== "read") return own;
  const inside = lookedOfAny(look, insiders);
  if ("code" in inside) return inside;
  if (!insiders.some(inside.isAmong)) return refused("not_approver", { approvers });
  if (!request?.needsApproval) return refused("unknown_request");
  const looked = kind === "approve" ? lookedOf(look, lists) : lookedOfAny(look, lists);
  if ("code" in looked) return looked;
  const refusal = whyNot(kind, { request, needs, looked, approvers });
  return refusal ?? { kind: "to_decide", request, policy, actor: looked };
}

/**
 * Looks for somebody among those who decide about this, and only where they are none of these, among all who decide about
 * anything: each group is a call that Slack allows seldom. Whoever is among none is looked for in each list once, whether there is
 * such a request or not: the way to the answer does not tell either.
 */
async function lookFromNear(
  ports: CheckPorts,
  actor: Actor,
  { near, insiders }: { near: readonly People[]; insiders: readonly People[] },
): Promise<PersonLook | Refusal> {
  const look = await lookAtActor(ports, actor, near);
  if (look.kind === "refused" || near.some((people) => look.isAmong(people) === true)) return look;
  return lookAtActor(ports, actor, [...near, ...insiders]);
}

function decidersOfAccess(access: LessAccess, policy: Policy): People[] {
  return decidedRules(rulesFor(access, policy)).map(everDecidersOf);
}

/** One no ends a request: whoever looks after all keys may say it, and whoever decides by one of its rules. */
function listsFor(kind: DecisionKind, deciders: readonly People[], approvers: People): People[] {
  switch (kind) {
    case "approve":
      return deciders.length > 0 ? [...deciders] : [approvers];
    case "deny":
    case "read":
    case "review":
      return [...deciders, approvers];
    case "withdraw":
      return [approvers];
  }
}

function whyNot(
  kind: DecisionKind,
  {
    request,
    needs,
    looked,
    approvers,
  }: { request: Request; needs: readonly Need[]; looked: Looked; approvers: People },
): Refusal | null {
  const isNamed = looked.isAmong(approvers);
  switch (kind) {
    case "approve":
      // What is decided says so itself, to those who look after it too.
      return isNamed && needs.length === 0 && !isIn(request, "pending") ? null : mayVote(needs, looked);
    case "deny":
      if (isNamed) return null;
      return needs.length === 0
        ? refused("not_approver", { approvers })
        : mayVote(needs, looked) && refused("not_decider", { deciders: decidersIn(needs) });
    case "read":
    case "review": {
      const readers = [approvers, ...needs.map(({ deciders }) => deciders)];
      return readers.some(looked.isAmong) ? null : refused("not_approver", { approvers: peopleOfAll(readers) });
    }
    case "withdraw":
      return isNamed ? null : refused("not_approver", { approvers });
  }
}

/** A look in which each list has its answer; who is no full member is on none. @returns why one has none */
function lookedOf({ ids, standing, isAmong }: PersonLook, lists: readonly People[]): Looked | Refusal {
  const unknown = lists.map((people) => isAmong(people)).find((among) => typeof among !== "boolean");
  return unknown ?? { ids, isAmong: (people) => standing === "member" && isAmong(people) === true };
}

/** The same where being on one of them does. */
function lookedOfAny(look: PersonLook, lists: readonly People[]): Looked | Refusal {
  return lookedOf(look, lists.some((people) => look.isAmong(people) === true) ? [] : lists);
}

/** The fresh look at everybody who said yes, by whom each vote counts or does not. */
export async function lookAtVoters(
  ports: CheckPorts,
  votes: readonly Vote[],
  needs: readonly Need[],
): Promise<ReadonlyMap<string, Looked> | Refusal> {
  const lists = needs.map(({ deciders }) => deciders);
  const voters = new Map<string, Looked>();
  if (lists.length === 0) return voters;
  const looks = await Promise.all(
    votes.map(async ({ approverId }) => ({ approverId, look: await lookAtPerson(ports, approverId, lists) })),
  );
  for (const { approverId, look } of looks) {
    const looked = look.kind === "refused" ? look : lookedOf(look, lists);
    if ("code" in looked) return looked;
    voters.set(approverId, looked);
  }
  return voters;
}

/** What a decision to approve goes by beside whoever clicks. */
export type Others = { requesterIds: readonly string[]; voters: ReadonlyMap<string, Looked> };

/** The fresh look at whoever asked, who may still have such keys, and at those who said yes before. */
export async function lookAtOthers(
  ports: DecidePorts,
  { request, policy }: ToDecide,
  less: LessAccess | null,
): Promise<Others | Refusal> {
  const access = grantedAccess(request);
  const both = less === null ? [access] : [access, less];
  const waitedMs = ports.clock.now() - request.askedAt;
  const needs = both.flatMap((one) => needsOf(decidedRules(rulesFor(one, policy)), waitedMs));
  const votes = isIn(request, "pending") ? request.state.votes : [];
  const [requester, voters] = await Promise.all([
    lookAtPerson(
      ports,
      request.requesterId,
      both.flatMap((one) => askersOf(policy, one)),
    ),
    lookAtVoters(ports, votes, needs),
  ]);
  if (requester.kind === "refused") return requester;
  const may = judgeRequester(requester, policy, access);
  if (may.kind === "refused") return refuseGone(ports, request, may);
  const mayLess = less && judgeRequester(requester, policy, less);
  if (mayLess?.kind === "refused") return lessRefusal(request, mayLess);
  return "code" in voters ? voters : { requesterIds: requester.ids, voters };
}

/** What nobody can say now, or what no rule fits, ends nothing. */
async function refuseGone(ports: DecidePorts, { id, requesterId }: Request, refusal: Refusal): Promise<Refusal> {
  if (!isAboutThem(refusal)) return refusal;
  await endForRequester(ports, id);
  return refused("requester_gone", { requesterId });
}

function lessRefusal({ requesterId }: Request, refusal: Refusal): Refusal {
  if (refusal.code !== "not_requester") return refusal;
  return refused("less_not_theirs", { requesterId, rule: refusal.about.rule ?? "" });
}
