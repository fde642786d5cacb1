import type { PersonData } from "../options";
import type { Workspace } from "../workspace";
import { failure, type Method, textOf } from "./method";

export const peopleMethods: Record<string, Method> = {
  "auth.test": {
    scopes: [],
    required: [],
    token: "bot",
    run: ({ team, app, people }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: people.get(app.botUserId)?.name ?? app.botUserId,
      team_id: team.id,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
      ...(team.enterpriseId ? { enterprise_id: team.enterpriseId } : {}),
    }),
  },
  "users.info": {
    scopes: ["users:read"],
    required: ["user"],
    token: "bot",
    run: (workspace, params) => {
      const id = textOf(params, "user") ?? "";
      const person = workspace.people.get(id) ?? inOrganization(workspace, id);
      return person ? { user: userObject(workspace, person) } : failure("user_not_found");
    },
  },
  "usergroups.users.list": {
    scopes: ["usergroups:read"],
    required: ["usergroup"],
    token: "bot",
    run: (workspace, params) => {
      const group = workspace.userGroups.get(textOf(params, "usergroup") ?? "");
      return group ? { users: group.users } : failure("no_such_subteam");
    },
  },
};

function inOrganization({ people }: Workspace, id: string): PersonData | undefined {
  return [...people.values()].find(({ enterpriseUser }) => enterpriseUser?.id === id);
}

/** All that Slack says of somebody. */
export function userObject(workspace: Workspace, person: PersonData): Record<string, unknown> {
  return {
    id: person.id,
    team_id: person.teamId ?? workspace.team.id,
    name: person.name,
    real_name: person.realName,
    deleted: person.deleted ?? false,
    tz: person.tz,
    is_admin: person.isAdmin ?? false,
    is_bot: person.isBot ?? false,
    is_restricted: person.isRestricted ?? person.isUltraRestricted ?? false,
    is_ultra_restricted: person.isUltraRestricted ?? false,
    ...(person.isStranger === undefined ? {} : { is_stranger: person.isStranger }),
    ...(person.enterpriseUser ? { enterprise_user: enterpriseUserObject(person.enterpriseUser) } : {}),
    profile: { real_name: person.realName, display_name: person.name },
    ...person.userInfo,
  };
}

function enterpriseUserObject({ id, enterpriseId, teams }: NonNullable<PersonData["enterpriseUser"]>): object {
  return { id, enterprise_id: enterpriseId, teams };
}
