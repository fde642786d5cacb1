import type { Access } from "./permission";

/** A role on a bucket as Tigris writes it; the bucket `*` is all of them. */
export type BucketRole = { bucket: string; role: "ReadOnly" | "Editor" | "NamespaceAdmin" };

/** What Tigris calls an access: a list of roles on buckets. `*` comes only from a scope that says "all". */
export function rolesOf({ permission, buckets }: Access): BucketRole[] {
  if (permission === "Admin") return [{ bucket: "*", role: "NamespaceAdmin" }];
  if (buckets.kind === "all") return [{ bucket: "*", role: permission }];
  return buckets.names.map((bucket) => ({ bucket, role: permission }));
}

/** The least access that holds roles of Tigris's list; one that we don't know counts as Editor. Null where there is none. */
export function accessHolding(roles: readonly { bucket: string; role: string }[]): Access | null {
  if (roles.length === 0) return null;
  if (roles.some(({ role }) => role === "NamespaceAdmin")) return { permission: "Admin", buckets: { kind: "all" } };
  const permission = roles.every(({ role }) => role === "ReadOnly") ? "ReadOnly" : "Editor";
  if (roles.some(({ bucket }) => bucket === "*")) return { permission, buckets: { kind: "all" } };
  return { permission, buckets: { kind: "named", names: [...new Set(roles.map(({ bucket }) => bucket))] } };
}

/** Whether a key has no role beside those of an access. */
export function hasOnlyRolesOf(roles: readonly { bucket: string; role: string }[], access: Access): boolean {
  const wanted = rolesOf(access);
  return roles.every(({ bucket, role }) => wanted.some((one) => one.bucket === bucket && one.role === role));
}

/** Whether a key has the roles of an access, and no other. */
export function hasRolesOf(roles: readonly { bucket: string; role: string }[], access: Access): boolean {
  const written = (list: readonly { bucket: string; role: string }[]) =>
    new Set(list.map(({ bucket, role }) => JSON.stringify([bucket, role])));
  const wanted = written(rolesOf(access));
  const found = written(roles);
  return found.size === wanted.size && [...found].every((one) => wanted.has(one));
}
