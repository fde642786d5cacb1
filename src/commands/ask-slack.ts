import type { SlackAccess } from "../config-parts";
import { idsOf, isAbout, type People, type Standing, standingOf } from "../domain/person";
import type { SlackFacts } from "../domain/policy/check";
import { SLACK_TIMEOUTS } from "../domain/service-limits";
import { sdkLogger } from "../log";
import { waysOut } from "../proxy";
import { GROUP_RATE_LIMIT } from "../slack/clients/group-rate-limit";
import { createLookTurns } from "../slack/clients/look-turns";
import { approvalsChannel } from "../slack/clients/messenger";
import { createPeople } from "../slack/clients/people";
import { createClients } from "../slack/clients/web-clients";
import { identityOrFail } from "../start";
import type { Clock } from "../workflow/clock";

const nothing = () => {};
/** What Slack does not say is told at the end. */
const silent = { warn: nothing, error: nothing };

/** Slack's words for somebody whom the bot's workspace does not have (`users.info`). */
const NOBODY = new Set(["user_not_found", "user_not_visible"]);

/** The bot itself may run beside this, and needs its part of what Slack allows. */
const sharers = () => 2;

/** What Slack said; `ids` are all of each person's, `unanswered` are those about whom it said nothing now. */
export type Asked = SlackFacts & { ids: ReadonlyMap<string, readonly string[]>; unanswered: readonly string[] };

type Asking = { access: SlackAccess; clock: Clock; stopping: AbortSignal };

/**
 * Asks Slack about people and user groups, one after the other, within the limits that the bot keeps, and about a channel.
 * @param channelId null where none is asked about
 * @throws StartError where Slack does not take the token or does not answer at all
 */
export async function askSlack(
  { users, groups }: People,
  channelId: string | null,
  { access, clock, stopping }: Asking,
): Promise<Asked> {
  const { outbox: client } = createClients({
    ...access,
    timeouts: SLACK_TIMEOUTS,
    logger: sdkLogger(silent, "slack.web-api"),
    operator: null,
    fetch: waysOut(access.proxy, { clock, log: silent }).fetch,
  });
  const { home } = await identityOrFail(client, clock, stopping);
  const turns = createLookTurns(clock, access.looksPerMinute, sharers);
  const limits = { turns, groupRateLimit: GROUP_RATE_LIMIT, replicas: sharers };
  const port = createPeople({ client, clock, ...limits, note: nothing });
  const facts = {
    members: new Map<string, readonly string[]>(),
    refusedGroups: new Map<string, string>(),
    people: new Map<string, Standing | "unknown">(),
    ids: new Map<string, readonly string[]>(),
  };
  const unanswered: string[] = [];
  for (const id of new Set(groups)) {
    const list = await port.groupMembers(id);
    if (list.kind === "listed") facts.members.set(id, list.userIds);
    else if (list.kind === "look_refused") facts.refusedGroups.set(id, list.slackCode);
    else unanswered.push(id);
  }
  for (const id of new Set(users)) {
    const look = await port.user(id);
    if (look.kind === "found" && isAbout(look.user, id)) {
      facts.people.set(id, standingOf(look.user, home));
      facts.ids.set(id, [...new Set([id, ...idsOf(look.user)])]);
    } else if (look.kind === "look_refused" && NOBODY.has(look.slackCode)) facts.people.set(id, "unknown");
    else unanswered.push(id);
  }
  const channel = channelId === null ? null : await approvalsChannel(client, channelId);
  if (channelId !== null && channel?.kind === "unavailable") unanswered.push(channelId);
  return { ...facts, unanswered, unfitChannel: channel?.kind === "unfit" ? channel.channel : null };
}
