import type { LookPurpose } from "../domain/look-budget";
import {
  type Actor,
  type Home,
  idsOf,
  isAbout,
  isFromHome,
  isOfUnknownOrganization,
  namesUnknownOrganization,
  type People,
  type SlackUser,
  type Standing,
  standingOf,
  whyOutsider,
} from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { type Allowed, mayRequest, mayUse } from "../domain/who-may";
import type { HomePort } from "./home-port";
import type { Settings, Unavailable } from "./ports";

/** Slack refuses to say, and will refuse again until somebody changes what the bot may do, or whom it is asked about. */
export type LookRefused = { kind: "look_refused"; slackCode: string };

/** Slack's own word on people, asked for afresh each time. */
export type PeoplePort = {
  user(userId: string): Promise<{ kind: "found"; user: SlackUser } | Unavailable | LookRefused>;
  groupMembers(groupId: string): Promise<{ kind: "listed"; userIds: string[] } | Unavailable | LookRefused>;
  /** The same for something else than a decision. What it says for `options` may be 30 seconds old. */
  lookingFor(purpose: LookPurpose): PeoplePort;
};

/** What a check of somebody needs. */
export type CheckPorts = { people: PeoplePort; home: HomePort; settings: Settings };

/** The ports of something that is no decision: its looks come after those of decisions. */
export function lookingFor<Used extends CheckPorts>(purpose: LookPurpose, ports: Used): Used {
  return { ...ports, people: ports.people.lookingFor(purpose) };
}

/**
 * What Slack says of somebody now. `isNamed` answers whether they are among the people that were asked about; `ids` are
 * all of theirs, the one that was asked for first.
 */
export type PersonCheck = { kind: "checked"; standing: Standing; isNamed: boolean; ids: readonly string[] };

/**
 * Asks Slack afresh who somebody is. No decision goes by what is remembered: what cannot be checked now is refused.
 * @param people whom to look for them among; null where that does not matter
 */
export async function checkPerson(
  ports: CheckPorts,
  userId: string,
  people: People | null,
): Promise<PersonCheck | Refusal> {
  const [found, named] = await Promise.all([
    ports.people.user(userId),
    people === null ? NOBODY_NAMED : namedAmong(ports, userId, people),
  ]);
  if (found.kind !== "found") return notLookedUp(found);
  if (!isAbout(found.user, userId)) return refused("not_checked");
  const ids = [...new Set([userId, ...idsOf(found.user)])];
  const isNamed = ids.some((id) => named.userIds.has(id));
  if (!isNamed && named.missing !== null) return named.missing;
  const home = await homeOf(ports, (known) => isOfUnknownOrganization(found.user, known));
  const standing = standingOf(found.user, home);
  if (standing === "outsider") ports.home.noteOutsider(userId, whyOutsider(found.user, home));
  return { kind: "checked", standing, isNamed, ids };
}

/** As `checkPerson`, for the person of a payload: the payload itself must come from our workspace. */
export async function checkActor(
  ports: CheckPorts,
  actor: Actor,
  people: People | null,
): Promise<PersonCheck | Refusal> {
  const home = await homeOf(ports, (known) => namesUnknownOrganization(actor, known));
  if (isFromHome(actor, home)) return checkPerson(ports, actor.userId, people);
  ports.home.noteOutsider(actor.userId, "payload");
  return refused("outsider");
}

/** Our workspace. Where something of it names an organization that is not known, Slack is asked once more. */
async function homeOf({ home }: CheckPorts, namesUnknown: (known: Home) => boolean): Promise<Home> {
  const known = home.known();
  return namesUnknown(known) ? home.askAgain() : known;
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

/** Whether somebody may decide about what is others'. */
export async function requireApprover(ports: CheckPorts, actor: Actor): Promise<Allowed | Refusal> {
  const { approvers } = ports.settings;
  const checked = await checkActor(ports, actor, approvers);
  if (checked.kind === "refused") return checked;
  const use = mayUse(checked.standing);
  if (use.kind === "refused") return use;
  return isApprover(checked) ? use : refused("not_approver", { approvers });
}

/** Everybody who may approve, except one; groups are asked for their members. */
export async function approversBut(ports: CheckPorts, userId: string): Promise<string[] | Refusal> {
  const { userIds, missing } = await membersOf(ports, ports.settings.approvers);
  if (missing !== null) return missing;
  userIds.delete(userId);
  return [...userIds];
}

/** Who is among some people, as far as Slack says, and why it does not say all of it. */
type Named = { userIds: Set<string>; missing: Refusal | null };
const NOBODY_NAMED: Named = { userIds: new Set(), missing: null };

/** Groups are left alone where somebody is named by their own id. */
async function namedAmong(ports: CheckPorts, userId: string, people: People): Promise<Named> {
  if (people.users.includes(userId)) return { userIds: new Set(people.users), missing: null };
  return membersOf(ports, people);
}

async function membersOf(ports: CheckPorts, { users, groups }: People): Promise<Named> {
  const lists = await Promise.all(groups.map((id) => ports.people.groupMembers(id)));
  const userIds = new Set(users);
  let missing: Refusal | null = null;
  for (const list of lists) {
    if (list.kind === "listed") for (const id of list.userIds) userIds.add(id);
    // A cause that lasts is told, though another group may only be busy.
    else if (missing === null || list.kind === "look_refused") missing = notLookedUp(list);
  }
  return { userIds, missing };
}

function notLookedUp(look: Unavailable | LookRefused): Refusal {
  return look.kind === "look_refused" ? refused("look_refused", { slackCode: look.slackCode }) : refused("not_checked");
}
