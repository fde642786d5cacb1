/** The workspace that the bot belongs to; on Enterprise Grid with its organisation. */
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
  teamId: string | null;
  enterpriseId: string | null;
  /** The workspaces of the organisation that they are in (Enterprise Grid), else empty. */
  enterpriseTeams: readonly string[];
  deleted: boolean;
  isBot: boolean;
  /** True for guests of either kind. */
  isGuest: boolean;
  isStranger: boolean;
  isInvited: boolean;
};

export type Standing = "member" | "guest" | "bot" | "deactivated" | "outsider";

/** Slackbot has `is_bot: false` (Slack, `users.info`). */
const SLACKBOT = "USLACKBOT";

/** Whether a payload comes from our own workspace, as far as it says. A payload that names none is not ours. */
export function isFromHome(actor: Actor, home: Home): boolean {
  const team = actor.teamId === home.teamId;
  const organisation = actor.teamId === null && home.enterpriseId !== null && actor.enterpriseId === home.enterpriseId;
  if (!team && !organisation) return false;
  return actor.userTeamId === null || actor.userTeamId === home.teamId || home.enterpriseId !== null;
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

/** People named by user ids, and by user groups whose members count. */
export type People = { users: readonly string[]; groups: readonly string[] };
