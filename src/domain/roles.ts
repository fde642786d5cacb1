import type { Access } from "./permission";

/** A role on a bucket as Tigris writes it; the bucket `*` is all of them. */
export type BucketRole = { bucket: string; role: "ReadOnly" | "Editor" | "NamespaceAdmin" };

/** What Tigris calls an access: a list of roles on buckets. `*` comes only from a scope that says "all". */
export function rolesOf({ permission, buckets }: Access): BucketRole[] {
  if (permission === "Admin") return [{ bucket: "*", role: "NamespaceAdmin" }];
  if (buckets.kind === "all") return [{ bucket: "*", role: permission }];
  return buckets.names.map((bucket) => ({ bucket, role: permission }));
}

/** Whether a key has the roles of an access, and no other. */
export function hasRolesOf(roles: readonly { bucket: string; role: string }[], access: Access): boolean {
  const written = (list: readonly { bucket: string; role: string }[]) =>
    new Set(list.map(({ bucket, role }) => JSON.stringify([bucket, role])));
  const wanted = written(rolesOf(access));
  const found = written(roles);
  return found.size === wanted.size && [...found].every((one) => wanted.has(one));
}
