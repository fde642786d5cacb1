/** The workspace that the bot belongs to; on Enterprise Grid with its organization. */
export type Home = { teamId: string; enterpriseId: string | null };

/** Who acts, as Slack's signed payload says. Nothing in it says what they may do. */
export type Actor = {
  userId: string;
  /** The workspace of the payload, or null where Slack leaves it out. */
  teamId: string | null;
  enterpriseId: string | null;
  /** The person's own workspace, where the payload names it: another one for people from Slack Connect. */
  userTeamId: string | null;
};

/** A person as `users.info` describes them now. */
export type SlackUser = {
  id: string;
  /** The id that they have in the whole organization (Enterprise Grid), else null. */
  enterpriseUserId: string | null;
  teamId: string | null;
  enterpriseId: string | null;
  /** The workspaces of the organization that they are in (Enterprise Grid), else empty. */
  enterpriseTeams: readonly string[];
  deleted: boolean;
  isBot: boolean;
  /** True for guests of either kind. */
  isGuest: boolean;
  isStranger: boolean;
  isInvited: boolean;
  /** The name of their time zone (IANA, such as `Europe/Berlin`); null where Slack does not say. */
  timeZone: string | null;
};

export type Standing = "member" | "guest" | "bot" | "deactivated" | "outsider";

/** Slackbot has `is_bot: false` (Slack, `users.info`). */
const SLACKBOT = "USLACKBOT";

/** Whether a payload comes from our own workspace, as far as it says. A payload that names none is not ours. */
export function isFromHome(actor: Actor, home: Home): boolean {
  const team = actor.teamId === home.teamId;
  const organization = actor.teamId === null && home.enterpriseId !== null && actor.enterpriseId === home.enterpriseId;
  if (!team && !organization) return false;
  return actor.userTeamId === null || actor.userTeamId === home.teamId || home.enterpriseId !== null;
}

/**
 * Whether something of our workspace names an organization that we don't know it to be in: it may have joined one
 * (Enterprise Grid). Ids of organizations begin with E, and a click may name one as the person's own workspace.
 */
export function namesUnknownOrganization(actor: Actor, home: Home): boolean {
  const named = actor.enterpriseId ?? (actor.userTeamId?.startsWith("E") ? actor.userTeamId : null);
  return actor.teamId === home.teamId && named !== null && named !== home.enterpriseId;
}

/** The same for what `users.info` says of somebody. */
export function isOfUnknownOrganization(user: SlackUser, home: Home): boolean {
  const { enterpriseId, enterpriseTeams } = user;
  return enterpriseId !== null && enterpriseId !== home.enterpriseId && enterpriseTeams.includes(home.teamId);
}

/** Every id under which `users.info` knows a person. */
export function idsOf(user: SlackUser): string[] {
  return user.enterpriseUserId === null || user.enterpriseUserId === user.id
    ? [user.id]
    : [user.id, user.enterpriseUserId];
}

/**
 * Whether Slack's answer is about the person that was asked about. On Enterprise Grid one person can have two ids: the
 * answer has to name the one that was asked for, or to differ from it in nothing but W for U.
 */
export function isAbout(user: SlackUser, askedId: string): boolean {
  if (idsOf(user).includes(askedId)) return true;
  return user.enterpriseUserId !== null && idsOf(user).some((id) => sameButForLetter(id, askedId));
}

/** Ids of people begin with U, or with W where they were given by an organization (Slack, Enterprise Grid). */
function sameButForLetter(one: string, other: string): boolean {
  return /^[UW]/.test(one) && /^[UW]/.test(other) && one.slice(1) === other.slice(1);
}

/** What a person is to this workspace, from a fresh look. Whoever cannot be placed is an outsider. */
export function standingOf(user: SlackUser, home: Home): Standing {
  if (user.isBot || user.id === SLACKBOT) return "bot";
  if (!isOfHome(user, home) || user.isStranger) return "outsider";
  if (user.deleted || user.isInvited) return "deactivated";
  if (user.isGuest) return "guest";
  return "member";
}

function isOfHome(user: SlackUser, home: Home): boolean {
  if (user.teamId === home.teamId) return true;
  return (
    home.enterpriseId !== null && user.enterpriseId === home.enterpriseId && user.enterpriseTeams.includes(home.teamId)
  );
}

/** Why somebody counts as an outsider, for the log: a member who is shut out is noticed there. */
export function whyOutsider(
  user: SlackUser,
  home: Home,
): "stranger" | "no_workspace" | "other_organization" | "other_workspace" {
  if (user.isStranger) return "stranger";
  if (user.teamId === null && user.enterpriseTeams.length === 0) return "no_workspace";
  return isOfUnknownOrganization(user, home) ? "other_organization" : "other_workspace";
}

/** Who runs the bot: somebody, or a user group. */
export type Operator = { kind: "user" | "group"; id: string };

/** People named by user ids, and by user groups whose members count. */
export type People = { users: readonly string[]; groups: readonly string[] };

/** All of several lists of people in one, each of them once. */
export function peopleOfAll(lists: readonly People[]): People {
  return {
    users: [...new Set(lists.flatMap(({ users }) => users))],
    groups: [...new Set(lists.flatMap(({ groups }) => groups))],
  };
}
