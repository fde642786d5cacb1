import { isOpenTimeOver } from "../due";
import { coverOf, type Key } from "../key";
import { needsPeople } from "./judge";
import type { Policy } from "./rule";

/**
 * Whether people have to approve a new secret of a key: as for the key itself, unless the approval of its last secret still
 * covers another one, since nobody has said that it was saved.
 */
export function newSecretNeedsApproval(
  { access, state }: Pick<Key, "access" | "state">,
  policy: Pick<Policy, "rules">,
  at: number,
): boolean {
  const cover = coverOf(state);
  return needsPeople(access, policy) && (cover === null || isOpenTimeOver(cover.until, at));
}
