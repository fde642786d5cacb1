import type { Access } from "../domain/permission";
import { type BucketRole, rolesOf } from "../domain/roles";
import { bucketName } from "./schemas";

/** The roles of an access; null for a scope that is none: no bucket, or a name that no bucket has. */
export function bucketRoles(access: Access): BucketRole[] | null {
  const { buckets } = access;
  if (buckets.kind === "all") return rolesOf(access);
  if (access.permission === "Admin") return null;
  const areNames = buckets.names.length > 0 && buckets.names.every((name) => bucketName.safeParse(name).success);
  return areNames ? rolesOf(access) : null;
}
