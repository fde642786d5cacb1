import type { BucketScope, Permission } from "../domain/permission";
import { bucketName } from "./schemas";

/** A role on a bucket as Tigris writes it; the bucket `*` is all of them. */
export type BucketRole = { bucket: string; role: "ReadOnly" | "Editor" | "NamespaceAdmin" };

/**
 * What Tigris calls a permission: a list of roles on buckets. `*` comes only from a scope that says "all".
 * @returns null for a scope that is none: no bucket, or a name that no bucket has
 */
export function bucketRoles(permission: Permission, buckets: BucketScope): BucketRole[] | null {
  if (permission === "Admin") return buckets.kind === "all" ? [{ bucket: "*", role: "NamespaceAdmin" }] : null;
  if (buckets.kind === "all") return [{ bucket: "*", role: permission }];
  const areNames = buckets.names.length > 0 && buckets.names.every((name) => bucketName.safeParse(name).success);
  return areNames ? buckets.names.map((bucket) => ({ bucket, role: permission })) : null;
}
