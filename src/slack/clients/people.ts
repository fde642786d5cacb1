import type { UsersInfoResponse, WebClient } from "@slack/web-api";
import { LOOK_PURPOSES, type LookPurpose } from "../../domain/look-budget";
import type { SlackUser } from "../../domain/person";
import type { LookRefused, PeoplePort } from "../../workflow/check-person";
import type { Clock } from "../../workflow/clock";
import type { Unavailable } from "../../workflow/ports";
import { type Called, called } from "./call";
import { type GroupRateLimit, rateLimited } from "./group-rate-limit";
import type { LookTurns } from "./look-turns";
import { createRememberedLooks } from "./remembered-looks";
import type { TroubleLog } from "./trouble-log";

type FoundUser = Awaited<ReturnType<PeoplePort["user"]>>;
type ListedGroup = Awaited<ReturnType<PeoplePort["groupMembers"]>>;

const NO_TURN: Unavailable = { kind: "unavailable", reason: "looks_used_up" };

/**
 * Asks Slack who people are, each time anew; only the options of selects go by what it said a moment ago. Those who ask
 * about the same person or group for the same purpose wait for their turn together, and share a call that begins after
 * each of them has asked.
 */
export function createPeople(parts: {
  client: WebClient;
  clock: Clock;
  turns: LookTurns;
  groupRateLimit: GroupRateLimit;
  /** How many processes share Slack's limits now. */
  replicas: () => number;
  note: TroubleLog;
}): PeoplePort {
  const { client, clock, turns, groupRateLimit, replicas, note } = parts;
  const users = createRememberedLooks<FoundUser>(clock);
  const groups = createRememberedLooks<ListedGroup>(clock);
  const waitingForUser = new Map<string, Promise<FoundUser>>();
  const waitingForGroup = new Map<string, Promise<ListedGroup>>();

  /** @param ask begins the call, from where on nobody shares it any more */
  function inTurn<Answer>(
    waiting: Map<string, Promise<Answer | Unavailable>>,
    { id, purpose, method }: { id: string; purpose: LookPurpose; method: string },
    ask: () => Promise<Answer>,
  ): Promise<Answer | Unavailable> {
    const key = keyOf(purpose, id);
    const shared = waiting.get(key);
    if (shared !== undefined) return shared;
    const next = (async () => {
      if (await turns.take(purpose)) return ask();
      waiting.delete(key);
      note({ event: "look.refused", method, code: NO_TURN.reason });
      return NO_TURN;
    })();
    waiting.set(key, next);
    return next;
  }

  async function askUser(userId: string): Promise<FoundUser> {
    for (const purpose of LOOK_PURPOSES) waitingForUser.delete(keyOf(purpose, userId));
    const askedAt = clock.monotonicMs();
    const response = await called(client.users.info({ user: userId }));
    if (response.kind === "failed") return failed("users.info", response);
    const user = toUser(response.result.user);
    const answer = user ? ({ kind: "found", user } as const) : failed("users.info", NO_USER);
    if (answer.kind === "found") users.keep(userId, answer, askedAt);
    return answer;
  }

  const askGroup = rateLimited({ clock, limit: groupRateLimit, replicas }, async (groupId): Promise<ListedGroup> => {
    for (const purpose of LOOK_PURPOSES) waitingForGroup.delete(keyOf(purpose, groupId));
    const askedAt = clock.monotonicMs();
    const response = await called(client.usergroups.users.list({ usergroup: groupId }));
    if (response.kind === "failed") return failed("usergroups.users.list", response, { groupId });
    const answer = { kind: "listed", userIds: response.result.users ?? [] } as const;
    groups.keep(groupId, answer, askedAt);
    return answer;
  });

  /** @param about whom it was about: the log names a group that is gone, since the policy may name many */
  function failed(
    method: string,
    failure: Called<never> & { kind: "failed" },
    about: { groupId?: string } = {},
  ): Unavailable | LookRefused {
    const { code, retryAfterMs } = failure;
    note({ event: "look.refused", method, code, ...(code === UNKNOWN_GROUP ? about : {}) });
    if (retryAfterMs !== null) turns.holdOptions(retryAfterMs);
    return LASTING.has(code) ? { kind: "look_refused", slackCode: code } : { kind: "unavailable", reason: code };
  }

  function lookingFor(purpose: LookPurpose): PeoplePort {
    const isForOptions = purpose === "options";
    return {
      user: async (id) =>
        (isForOptions ? users.find(id) : undefined) ??
        inTurn(waitingForUser, { id, purpose, method: "users.info" }, () => askUser(id)),
      groupMembers: async (id) =>
        (isForOptions ? groups.find(id) : undefined) ??
        inTurn(waitingForGroup, { id, purpose, method: "usergroups.users.list" }, () => askGroup(id)),
      lookingFor,
    };
  }
  return lookingFor("decision");
}

function keyOf(purpose: LookPurpose, id: string): string {
  return `${purpose} ${id}`;
}

/** Slack's word for a user group that there is not, or not any more (`usergroups.users.list`). */
export const UNKNOWN_GROUP = "no_such_subteam";

/** What is asked again in vain until somebody changes the app, its token, or whom it is asked about (Slack, errors). */
const LASTING = new Set([
  "missing_scope",
  "no_permission",
  "permission_denied",
  "access_denied",
  "not_allowed_token_type",
  "token_revoked",
  "token_expired",
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "team_access_not_granted",
  "ekm_access_denied",
  "plan_upgrade_required",
  UNKNOWN_GROUP,
  "user_not_found",
  "user_not_visible",
]);

const NO_USER = { kind: "failed", code: "no_user", retryAfterMs: null } as const;

/** A person without an id or a workspace is nobody. Flags that Slack leaves out are false (`users.info`). */
function toUser(user: UsersInfoResponse["user"]): SlackUser | null {
  const enterprise = user?.enterprise_user;
  const enterpriseTeams = enterprise?.teams ?? [];
  // On Enterprise Grid the workspaces may stand in `enterprise_user` alone.
  if (!user?.id || (!user.team_id && enterpriseTeams.length === 0)) return null;
  return {
    id: user.id,
    enterpriseUserId: enterprise?.id ?? null,
    teamId: user.team_id ?? null,
    enterpriseId: enterprise?.enterprise_id ?? null,
    enterpriseTeams,
    deleted: user.deleted === true,
    isBot: user.is_bot === true,
    isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
    isStranger: isFlagged(user, "is_stranger"),
    isInvited: isFlagged(user, "is_invited_user"),
    timeZone: user.tz ?? null,
  };
}

/** Flags that the library's types do not have. */
function isFlagged(user: object, flag: string): boolean {
  return (user as Record<string, unknown>)[flag] === true;
}
