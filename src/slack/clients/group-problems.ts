import type { People } from "../../domain/person";
import { REMEMBER_GROUPS_MS, REMEMBER_UNREADABLE_GROUPS_MS } from "../../domain/service-limits";
import type { PeoplePort } from "../../workflow/check-person";
import type { Clock } from "../../workflow/clock";
import { UNKNOWN_GROUP } from "./people";

/** What is wrong with user groups: `reasons` why none can be read, and `warnings` about single ones that Slack does not know. */
export type GroupProblems = { reasons: string[]; warnings: string[] };

type Look = { at: number; slackCode: string | null };

/**
 * Looks whether the user groups that people are named by can be read. It comes last where Slack's limit is near, and asks
 * seldom; a group that Slack only does not answer about now is no problem of its own. Of groups that are only mentioned a
 * warning is enough.
 */
export function createGroupCheck(
  clock: Pick<Clock, "monotonicMs">,
  people: PeoplePort,
): (named: readonly (People | null)[], mentioned?: People | null) => Promise<GroupProblems> {
  const asking = people.lookingFor("options");
  const looks = new Map<string, Look>();

  /** @returns why Slack refuses to say who is in a group, or null */
  async function refusalOf(groupId: string): Promise<string | null> {
    const at = clock.monotonicMs();
    const known = looks.get(groupId);
    if (known && at - known.at < (known.slackCode === null ? REMEMBER_GROUPS_MS : REMEMBER_UNREADABLE_GROUPS_MS))
      return known.slackCode;
    const list = await asking.groupMembers(groupId);
    if (list.kind === "unavailable") return known?.slackCode ?? null;
    const slackCode = list.kind === "look_refused" ? list.slackCode : null;
    looks.set(groupId, { at, slackCode });
    return slackCode;
  }

  return async (named, mentioned = null) => {
    const deciding = new Set(named.flatMap((each) => each?.groups ?? []));
    const groupIds = [...new Set([...deciding, ...(mentioned?.groups ?? [])])];
    const found = await Promise.all(groupIds.map(async (id) => ({ id, code: await refusalOf(id) })));
    const refused = found.filter(({ code }) => code !== null);
    const isReason = ({ id, code }: (typeof refused)[number]) => code !== UNKNOWN_GROUP && deciding.has(id);
    return {
      reasons: refused.filter(isReason).map(inWords),
      warnings: refused.filter((one) => !isReason(one)).map(inWords),
    };
  };
}

function inWords({ id, code }: { id: string; code: string | null }): string {
  return `Slack doesn't say who is in the user group ${id} (${code}).`;
}
