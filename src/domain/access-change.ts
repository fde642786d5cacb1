import type { KeyEnd } from "./key-end";
import { isWithin } from "./narrow";
import { type Access, PERMISSIONS, type Permission } from "./permission";

/**
 * A change of a key's access that Tigris has not confirmed. Meanwhile the key's own access says the most that it may have. Of two
 * changes the later one counts: `attemptId` names it.
 * `isBeside`: another call that sets roles was on its way as it began, and may come after it. `from`: what it has if nothing came of
 * it, and `endBefore` the end that it had then. `isUnanswered`: a call that widens it got no answer.
 */
export type AccessChange =
  | { kind: "narrowing"; to: Access; attemptId: string; at: number; isBeside: boolean }
  | {
      kind: "widening";
      from: Access;
      to: Access;
      attemptId: string;
      at: number;
      isUnanswered: boolean;
      endBefore: KeyEnd | null;
    };

/** How an access compares with another one. `other`: it has something less, and something more. */
export type Comparison = "same" | "narrower" | "wider" | "other";

/** What somebody wants in place of what there is. */
export function compareAccess(is: Access, wanted: Access): Comparison {
  const isLess = isWithin(wanted, is);
  const isMore = isWithin(is, wanted);
  if (isLess && isMore) return "same";
  return isLess ? "narrower" : isMore ? "wider" : "other";
}

/** A key's access, with what it may be beside that. */
export type Changing = { access: Access; accessChange: AccessChange | null };

/**
 * The same of a key whose access may be changing: narrower is what lies within all that it may have, so that it never gives anything.
 */
export function compareWithKey({ access, accessChange }: Changing, wanted: Access): Comparison {
  if (accessChange === null) return compareAccess(access, wanted);
  if (accessChange.kind === "narrowing") return compareAccess(accessChange.to, wanted);
  const { from, to } = accessChange;
  if (isWithin(wanted, from) && isWithin(wanted, to)) return "narrower";
  return isWithin(access, wanted) ? "wider" : "other";
}

/** Whether a change gives something that is not there, so that it has to be asked for. */
export function needsAsking(comparison: Comparison): boolean {
  return comparison === "wider" || comparison === "other";
}

/** What a key is to have as far as that is certain: what gives it roles again gives these, and no more. */
export function settledAccess({ access, accessChange }: Changing): Access {
  if (accessChange === null) return access;
  return accessChange.kind === "narrowing" ? accessChange.to : accessChange.from;
}

/** The least access that holds both. */
export function unionOf(one: Access, other: Access): Access {
  const permission = stronger(one.permission, other.permission);
  if (permission === "Admin") return { permission, buckets: { kind: "all" } };
  if (one.buckets.kind === "all" || other.buckets.kind === "all") return { permission, buckets: { kind: "all" } };
  return {
    permission,
    buckets: { kind: "named", names: [...new Set([...one.buckets.names, ...other.buckets.names])] },
  };
}

function stronger(one: Permission, other: Permission): Permission {
  return PERMISSIONS.indexOf(one) > PERMISSIONS.indexOf(other) ? one : other;
}
