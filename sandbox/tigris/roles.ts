import type { BucketRole, Organization, Role, StoredKey } from "./organization";

type Right = "read" | "write" | "hand out";

/** What each role lets its holder do in its bucket. That ReadWrite may not hand out roles is a guess. */
const RIGHTS: Record<Role, readonly Right[]> = {
  ReadOnly: ["read"],
  ReadWrite: ["read", "write"],
  Editor: ["read", "write", "hand out"],
  NamespaceAdmin: ["read", "write", "hand out"],
};

export function isAdmin({ bucketsRole }: StoredKey): boolean {
  return bucketsRole.some(({ bucket, role }) => bucket === "*" && role === "NamespaceAdmin");
}

/** Whether a key has a right in a bucket; `*` stands for all buckets. */
export function may(key: StoredKey, right: Right, bucket: string): boolean {
  return key.bucketsRole.some(
    (one) => (one.bucket === bucket || one.bucket === "*") && RIGHTS[one.role].includes(right),
  );
}

/**
 * Who may hand out roles on the same buckets may give them to a key, or none at all; only an admin's key makes an admin's.
 * A key without roles makes no key.
 */
export function mayHandOut(caller: StoredKey, roles: readonly BucketRole[]): boolean {
  if (isAdmin(caller)) return true;
  if (!mayManage(caller)) return false;
  return roles.every(({ bucket, role }) => role !== "NamespaceAdmin" && may(caller, "hand out", bucket));
}

/** A guess: Tigris's documentation does not say who may rotate and delete. */
export function mayChange(caller: StoredKey, key: StoredKey): boolean {
  return isAdmin(caller) || (key.creator === caller.accessKeyId && mayManage(caller));
}

/** Whether a key may list keys (documented for ReadOnly, so for every role). */
export function mayList({ bucketsRole }: StoredKey): boolean {
  return bucketsRole.length > 0;
}

/** Whether a key can hand out something, and so make keys. */
function mayManage({ bucketsRole }: StoredKey): boolean {
  return bucketsRole.some(({ role }) => RIGHTS[role].includes("hand out"));
}

/** Roles as a call brings them. @returns null where they are none */
export function readRoles(value: unknown): BucketRole[] | null {
  if (!Array.isArray(value)) return null;
  const roles: BucketRole[] = [];
  for (const one of value as unknown[]) {
    const { bucket, role } = Object(one) as { bucket?: unknown; role?: unknown };
    if (typeof bucket !== "string" || typeof role !== "string" || !isRole(role)) return null;
    roles.push({ bucket, role });
  }
  return roles;
}

/** What is wrong with roles that somebody wants to give to a key; null if nothing. */
export function roleProblem({ buckets }: Organization, roles: readonly BucketRole[]): string | null {
  const named = roles.map(({ bucket }) => bucket);
  if (named.includes("*") && named.length > 1) return "* can't be mixed with named buckets";
  if (new Set(named).size < named.length) return "a bucket is named twice";
  if (roles.some(({ bucket, role }) => role === "NamespaceAdmin" && bucket !== "*")) return "NamespaceAdmin needs *";
  const unknown = named.find((bucket) => bucket !== "*" && !buckets.includes(bucket));
  return unknown === undefined ? null : `bucket ${unknown} does not exist`;
}

function isRole(text: string): text is Role {
  return Object.hasOwn(RIGHTS, text);
}
