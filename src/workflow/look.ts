import { type Actor, isFromHome, type People, type Standing, standingOf } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { type Allowed, mayRequest, mayUse, outsider } from "../domain/who-may";
import { notChecked } from "./outcome";
import type { Ports } from "./ports";

/** What Slack says of somebody now. `isNamed` answers whether they are among the people that were asked about. */
export type Seen = { kind: "seen"; standing: Standing; isNamed: boolean };

type Looks = Pick<Ports, "people" | "settings">;

/**
 * Asks Slack afresh who somebody is. Nothing is remembered: what cannot be checked now is refused.
 * @param people whom to look for them among; null where that does not matter
 */
export async function lookAt(ports: Looks, userId: string, people: People | null): Promise<Seen | Refusal> {
  const [found, isNamed] = await Promise.all([
    ports.people.user(userId),
    people === null ? false : isAmong(ports, userId, people),
  ]);
  if (found.kind === "unavailable" || isNamed === "unavailable" || found.user.id !== userId) return notChecked();
  return { kind: "seen", standing: standingOf(found.user, ports.settings.home), isNamed };
}

/** As `lookAt`, for the person of a payload: the payload itself must come from our workspace. */
export async function lookAtActor(ports: Looks, actor: Actor, people: People | null): Promise<Seen | Refusal> {
  if (!isFromHome(actor, ports.settings.home)) return outsider();
  return lookAt(ports, actor.userId, people);
}

/** Whether somebody may use the bot at all: a full member of the workspace, now. */
export async function requireMember(ports: Looks, actor: Actor): Promise<Allowed | Refusal> {
  const seen = await lookAtActor(ports, actor, null);
  return seen.kind === "refused" ? seen : mayUse(seen.standing);
}

/** Whether somebody may ask for keys and new secrets now. */
export async function requireRequester(ports: Looks, actor: Actor): Promise<Allowed | Refusal> {
  const seen = await lookAtActor(ports, actor, ports.settings.requesters);
  return seen.kind === "refused" ? seen : judgeRequester(ports, seen);
}

/** The same for somebody who is not here to click. */
export function judgeRequester(ports: Looks, seen: Seen): Allowed | Refusal {
  const use = mayUse(seen.standing);
  return use.kind === "refused" ? use : mayRequest(seen.isNamed, ports.settings.requesters);
}

/** Whether somebody is an approver now, and a full member. */
export function isApprover(seen: Seen): boolean {
  return seen.standing === "member" && seen.isNamed;
}

/** Everybody who may approve, except one; groups are asked for their members. */
export async function approversBut(ports: Looks, userId: string): Promise<string[] | Refusal> {
  const { users, groups } = ports.settings.approvers;
  const lists = await Promise.all(groups.map((id) => ports.people.groupMembers(id)));
  const ids = new Set(users);
  for (const list of lists) {
    if (list.kind === "unavailable") return notChecked();
    for (const id of list.userIds) ids.add(id);
  }
  ids.delete(userId);
  return [...ids];
}

async function isAmong(ports: Looks, userId: string, people: People): Promise<boolean | "unavailable"> {
  if (people.users.includes(userId)) return true;
  const lists = await Promise.all(people.groups.map((id) => ports.people.groupMembers(id)));
  if (lists.some((list) => list.kind === "listed" && list.userIds.includes(userId))) return true;
  return lists.some((list) => list.kind === "unavailable") ? "unavailable" : false;
}

export const noOtherApprover = (): Refusal =>
  refused(
    "no_other_approver",
    "Nobody but you could approve this. Ask whoever runs this bot to name another approver, or choose less access.",
  );
