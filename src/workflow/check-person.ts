import { type Actor, isFromHome, type People, type SlackUser, type Standing, standingOf } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { type Allowed, mayRequest, mayUse } from "../domain/who-may";
import type { Settings, Unavailable } from "./ports";

/** Slack's own word on people, asked for afresh each time. */
export type PeoplePort = {
  /** `unavailable` also where Slack knows no such person. */
  user(userId: string): Promise<{ kind: "found"; user: SlackUser } | Unavailable>;
  groupMembers(groupId: string): Promise<{ kind: "listed"; userIds: string[] } | Unavailable>;
};

/** What a check of somebody needs. */
export type CheckPorts = { people: PeoplePort; settings: Settings };

/** What Slack says of somebody now. `isNamed` answers whether they are among the people that were asked about. */
export type PersonCheck = { kind: "checked"; standing: Standing; isNamed: boolean };

/**
 * Asks Slack afresh who somebody is. Nothing is remembered: what cannot be checked now is refused.
 * @param people whom to look for them among; null where that does not matter
 */
export async function checkPerson(
  ports: CheckPorts,
  userId: string,
  people: People | null,
): Promise<PersonCheck | Refusal> {
  const [found, isNamed] = await Promise.all([
    ports.people.user(userId),
    people === null ? false : isAmong(ports, userId, people),
  ]);
  if (found.kind === "unavailable" || isNamed === "unavailable" || found.user.id !== userId)
    return refused("not_checked");
  return { kind: "checked", standing: standingOf(found.user, ports.settings.home), isNamed };
}

/** As `checkPerson`, for the person of a payload: the payload itself must come from our workspace. */
export async function checkActor(
  ports: CheckPorts,
  actor: Actor,
  people: People | null,
): Promise<PersonCheck | Refusal> {
  if (!isFromHome(actor, ports.settings.home)) return refused("outsider");
  return checkPerson(ports, actor.userId, people);
}

/** Whether somebody may use the bot at all: a full member of the workspace, now. */
export async function requireMember(ports: CheckPorts, actor: Actor): Promise<Allowed | Refusal> {
  const checked = await checkActor(ports, actor, null);
  return checked.kind === "refused" ? checked : mayUse(checked.standing);
}

/** Whether somebody may ask for keys and new secrets now. */
export async function requireRequester(ports: CheckPorts, actor: Actor): Promise<Allowed | Refusal> {
  const checked = await checkActor(ports, actor, ports.settings.requesters);
  return checked.kind === "refused" ? checked : judgeRequester(ports.settings, checked);
}

/** The same for somebody who is not here to click. */
export function judgeRequester({ requesters }: Settings, checked: PersonCheck): Allowed | Refusal {
  const use = mayUse(checked.standing);
  return use.kind === "refused" ? use : mayRequest(checked.isNamed, requesters);
}

/** Whether somebody is an approver now, and a full member. */
export function isApprover(checked: PersonCheck): boolean {
  return checked.standing === "member" && checked.isNamed;
}

/** Everybody who may approve, except one; groups are asked for their members. */
export async function approversBut(ports: CheckPorts, userId: string): Promise<string[] | Refusal> {
  const { users, groups } = ports.settings.approvers;
  const lists = await Promise.all(groups.map((id) => ports.people.groupMembers(id)));
  const ids = new Set(users);
  for (const list of lists) {
    if (list.kind === "unavailable") return refused("not_checked");
    for (const id of list.userIds) ids.add(id);
  }
  ids.delete(userId);
  return [...ids];
}

async function isAmong(ports: CheckPorts, userId: string, people: People): Promise<boolean | "unavailable"> {
  if (people.users.includes(userId)) return true;
  const lists = await Promise.all(people.groups.map((id) => ports.people.groupMembers(id)));
  if (lists.some((list) => list.kind === "listed" && list.userIds.includes(userId))) return true;
  return lists.some((list) => list.kind === "unavailable") ? "unavailable" : false;
}
