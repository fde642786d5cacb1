import type { People } from "../person";
import type { DecidedRule } from "./judge";
import { everDecidersOf } from "./votes";

/** Somebody by every id that they have, and the user groups that they are in. */
export type PersonInGroups = { ids: readonly string[]; groups: readonly string[] };

/** Who is in which user group, by its id. A group that is not there is one of which nobody knows. */
export type Memberships = ReadonlyMap<string, readonly string[]>;

/** Who could say yes by a rule; `isWhole` is whether that is all of them, since each group's members are known. */
export type Candidates = { ids: ReadonlySet<string>; isWhole: boolean };

/** Whether people are named by an id of somebody's, or by a group that they are in. */
export function isNamedAmong({ users, groups }: People, { ids, groups: theirs }: PersonInGroups): boolean {
  return users.some((id) => ids.includes(id)) || groups.some((id) => theirs.includes(id));
}

/** Who could decide by a rule, once it has been widened; whoever is named in several ways counts once. */
export function candidatesOf(rule: DecidedRule, members: Memberships): Candidates {
  const { users, groups } = everDecidersOf(rule);
  const ids = [...users, ...groups.flatMap((id) => members.get(id) ?? [])];
  return { ids: new Set(ids), isWhole: groups.every((id) => members.has(id)) };
}

/** Whether so many could never say yes to somebody's request, since nobody decides about their own. Unsure is no. */
export function isShortOfDeciders(rule: DecidedRule, requesterIds: readonly string[], members: Memberships): boolean {
  const { ids, isWhole } = candidatesOf(rule, members);
  const others = [...ids].filter((id) => !requesterIds.includes(id));
  return isWhole && others.length < rule.decide.count;
}
