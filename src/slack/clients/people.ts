import type { UsersInfoResponse, WebClient } from "@slack/web-api";
import type { SlackUser } from "../../domain/person";
import type { PeoplePort } from "../../workflow/check-person";
import type { Clock } from "../../workflow/clock";
import { called } from "./call";
import { type GroupRateLimit, rateLimited } from "./group-rate-limit";

/** Asks Slack who people are, each time anew. */
export function createPeople(client: WebClient, clock: Clock, limit: GroupRateLimit): PeoplePort {
  return {
    user: async (userId) => {
      const response = await called(client.users.info({ user: userId }));
      if (response.kind === "failed") return { kind: "unavailable", reason: response.code };
      const user = toUser(response.result.user);
      return user ? { kind: "found", user } : { kind: "unavailable", reason: "no_user" };
    },
    groupMembers: rateLimited(clock, limit, (groupId) => groupMembers(client, groupId)),
  };
}

async function groupMembers(client: WebClient, groupId: string): ReturnType<PeoplePort["groupMembers"]> {
  const response = await called(client.usergroups.users.list({ usergroup: groupId }));
  if (response.kind === "failed") return { kind: "unavailable", reason: response.code };
  return { kind: "listed", userIds: response.result.users ?? [] };
}

/** A person without an id or a workspace is nobody. Flags that Slack leaves out are false (`users.info`). */
function toUser(user: UsersInfoResponse["user"]): SlackUser | null {
  if (!user?.id || !user.team_id) return null;
  return {
    id: user.id,
    teamId: user.team_id,
    enterpriseId: user.enterprise_user?.enterprise_id ?? null,
    enterpriseTeams: user.enterprise_user?.teams ?? [],
    deleted: user.deleted === true,
    isBot: user.is_bot === true,
    isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
    isStranger: isFlagged(user, "is_stranger"),
    isInvited: isFlagged(user, "is_invited_user"),
  };
}

/** Flags that the library's types do not have. */
function isFlagged(user: object, flag: string): boolean {
  return (user as Record<string, unknown>)[flag] === true;
}
