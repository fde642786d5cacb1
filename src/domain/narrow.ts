import { MAX_BUCKETS } from "./limits";
import { type Access, PERMISSIONS, type Permission } from "./permission";

/** What an approver may give in place of what was asked for: always buckets that they chose. */
export type LessAccess = { permission: LessPermission; buckets: { kind: "named"; names: readonly string[] } };

/** A key that is narrowed is no Admin key, since these reach everything. */
export const LESS_PERMISSIONS = ["ReadOnly", "Editor"] as const satisfies readonly Permission[];
export type LessPermission = (typeof LESS_PERMISSIONS)[number];

/** Each permission may do what the ones before it may (Tigris's documentation). */
function rank(permission: Permission): number {
  return PERMISSIONS.indexOf(permission);
}

/** Whether a key with this access could do nothing that one with the access asked for could not. */
export function isWithin(access: Access, asked: Access): boolean {
  if (rank(access.permission) > rank(asked.permission)) return false;
  if (asked.buckets.kind === "all") return true;
  const { names } = asked.buckets;
  return access.buckets.kind === "named" && access.buckets.names.every((name) => names.includes(name));
}

/** Whether this is something, and less than what was asked for. */
export function isLess(access: LessAccess, asked: Access): boolean {
  const count = access.buckets.names.length;
  return count > 0 && count <= MAX_BUCKETS && isWithin(access, asked) && !isWithin(asked, access);
}

/** The permissions that may be given in place of the one asked for, or with fewer buckets. */
export function permissionsWithin({ permission }: Access): LessPermission[] {
  return LESS_PERMISSIONS.filter((one) => rank(one) <= rank(permission));
}

/** Whether there is anything less than this. */
export function canBeLess({ permission, buckets }: Access): boolean {
  return permission !== "ReadOnly" || buckets.kind === "all" || buckets.names.length > 1;
}
