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
  peopleOfAll,
  type SlackUser,
  type Standing,
  standingOf,
  whyOutsider,
} from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { type Allowed, mayUse } from "../domain/who-may";
import type { HomePort } from "./home-port";
import type { PolicyPort } from "./policy-port";
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
export type CheckPorts = { people: PeoplePort; home: HomePort; settings: Settings; policy: PolicyPort };

/** The ports of something that is no decision: its looks come after those of decisions. */
export function lookingFor<Used extends CheckPorts>(purpose: LookPurpose, ports: Used): Used {
  return { ...ports, people: ports.people.lookingFor(purpose) };
}

/**
 * The ports of one decision: whoever and whatever group is asked about in it, is asked about once. Slack lets groups be looked up
 * seldom, and all of it is judged at one moment.
 */
export function asOneLook<Used extends CheckPorts>(ports: Used): Used {
  return { ...ports, people: eachOnce(ports.people) };
}

function eachOnce(people: PeoplePort): PeoplePort {
  const users = new Map<string, ReturnType<PeoplePort["user"]>>();
  const groups = new Map<string, ReturnType<PeoplePort["groupMembers"]>>();
  return {
    user: (id) => kept(users, id, people.user),
    groupMembers: (id) => kept(groups, id, people.groupMembers),
    lookingFor: (purpose) => eachOnce(people.lookingFor(purpose)),
  };
}

function kept<Answer>(answers: Map<string, Answer>, id: string, ask: (id: string) => Answer): Answer {
  const answer = answers.get(id) ?? ask(id);
  answers.set(id, answer);
  return answer;
}

/**
 * What Slack says of somebody now. `isAmong` answers for the lists of people that were asked about, or says why nobody can;
 * `ids` are all of theirs, the one that was asked for first.
 */
export type PersonLook = {
  kind: "checked";
  standing: Standing;
  ids: readonly string[];
  /** The name of their time zone (IANA), as far as Slack says. */
  timeZone: string | null;
  isAmong: (people: People) => boolean | Refusal;
};

/** The same for one list: `isNamed` answers whether they are on it. */
export type PersonCheck = Omit<PersonLook, "isAmong"> & { isNamed: boolean };

/**
 * Asks Slack afresh who somebody is. No decision goes by what is remembered: what cannot be checked now is refused.
 * @param lists whom to look for them among
 */
export async function lookAtPerson(
  ports: CheckPorts,
  userId: string,
  lists: readonly People[],
): Promise<PersonLook | Refusal> {
  const [found, isAmong] = await Promise.all([ports.people.user(userId), membership(ports, userId, lists)]);
  if (found.kind !== "found") return notLookedUp(found);
  if (!isAbout(found.user, userId)) return refused("not_checked");
  const ids = [...new Set([userId, ...idsOf(found.user)])];
  const home = await homeOf(ports, (known) => isOfUnknownOrganization(found.user, known));
  const standing = standingOf(found.user, home);
  if (standing === "outsider") ports.home.noteOutsider(userId, whyOutsider(found.user, home));
  const { timeZone } = found.user;
  return { kind: "checked", standing, ids, timeZone, isAmong: (people) => isAmong(people, ids) };
}

/** As `lookAtPerson`, for one list. @param people null where that does not matter */
export async function checkPerson(
  ports: CheckPorts,
  userId: string,
  people: People | null,
): Promise<PersonCheck | Refusal> {
  return asCheck(await lookAtPerson(ports, userId, people === null ? [] : [people]), people);
}

function asCheck(look: PersonLook | Refusal, people: People | null): PersonCheck | Refusal {
  if (look.kind === "refused") return look;
  const { isAmong, ...person } = look;
  const isNamed = people !== null && isAmong(people);
  return typeof isNamed === "boolean" ? { ...person, isNamed } : isNamed;
}

/** As `lookAtPerson`, for the person of a payload: the payload itself must come from our workspace. */
export async function lookAtActor(
  ports: CheckPorts,
  actor: Actor,
  lists: readonly People[],
): Promise<PersonLook | Refusal> {
  const home = await homeOf(ports, (known) => namesUnknownOrganization(actor, known));
  if (isFromHome(actor, home)) return lookAtPerson(ports, actor.userId, lists);
  ports.home.noteOutsider(actor.userId, "payload");
  return refused("outsider");
}

/** The same for one list. */
export async function checkActor(
  ports: CheckPorts,
  actor: Actor,
  people: People | null,
): Promise<PersonCheck | Refusal> {
  return asCheck(await lookAtActor(ports, actor, people === null ? [] : [people]), people);
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

/** Everybody of a list except some, as far as Slack says who is in its groups. `missing`: why it does not say all, group by group. */
export async function othersAmong(
  ports: CheckPorts,
  people: People,
  exceptIds: readonly string[],
): Promise<{ ids: string[]; missing: Refusal[] }> {
  const members = [...(await membersOf(ports, people)).values()];
  const known = members.flatMap((one) => ("code" in one ? [] : one));
  const others = new Set([...people.users, ...known]);
  for (const id of exceptIds) others.delete(id);
  return { ids: [...others], missing: members.filter((one) => "code" in one) };
}

/** Who is in some groups, as far as Slack says. */
type Groups = ReadonlyMap<string, readonly string[] | Refusal>;

/** Answers for lists of people whether one of somebody's ids is on them. Groups are left alone where their own id is named. */
async function membership(ports: CheckPorts, userId: string, lists: readonly People[]) {
  const groups = await membersOf(ports, peopleOfAll(lists.filter(({ users }) => !users.includes(userId))));
  return (people: People, ids: readonly string[]): boolean | Refusal => {
    if (ids.some((id) => people.users.includes(id))) return true;
    const members = people.groups.map((id) => groups.get(id) ?? refused("not_checked"));
    return (
      members.some((one) => !("code" in one) && ids.some((id) => one.includes(id))) || (missingOf(members) ?? false)
    );
  };
}

async function membersOf(ports: CheckPorts, { groups }: People): Promise<Groups> {
  return new Map(
    await Promise.all(
      groups.map(async (id) => {
        const list = await ports.people.groupMembers(id);
        return [id, list.kind === "listed" ? list.userIds : notLookedUp(list)] as const;
      }),
    ),
  );
}

/** Why Slack does not say all: a cause that lasts is told, though another group may only be busy. */
export function missingOf(members: Iterable<readonly string[] | Refusal>): Refusal | null {
  const missing = [...members].filter((one) => "code" in one);
  return missing.find(({ code }) => code === "look_refused") ?? missing[0] ?? null;
}

function notLookedUp(look: Unavailable | LookRefused): Refusal {
  return look.kind === "look_refused" ? refused("look_refused", { slackCode: look.slackCode }) : refused("not_checked");
}
