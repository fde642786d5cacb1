import fc from "fast-check";
import type { Access } from "../../src/domain/permission";
import { hasRolesOf, rolesOf } from "../../src/domain/roles";

const ADMIN: Access = { permission: "Admin", buckets: { kind: "all" } };
const named = (permission: "ReadOnly" | "Editor", ...names: string[]): Access => ({
  permission,
  buckets: { kind: "named", names },
});
const EVERYTHING: Access = { permission: "Editor", buckets: { kind: "all" } };

test("an access is a list of roles: all buckets only where the scope says so", () => {
  expect(rolesOf(ADMIN)).toEqual([{ bucket: "*", role: "NamespaceAdmin" }]);
  expect(rolesOf(EVERYTHING)).toEqual([{ bucket: "*", role: "Editor" }]);
  expect(rolesOf(named("ReadOnly", "b1", "b2"))).toEqual([
    { bucket: "b1", role: "ReadOnly" },
    { bucket: "b2", role: "ReadOnly" },
  ]);
  expect(rolesOf(named("ReadOnly"))).toEqual([]);
});

const B1 = { bucket: "b1", role: "Editor" };
const B2 = { bucket: "b2", role: "Editor" };

test.each<[string, { bucket: string; role: string }[], Access, boolean]>([
  ["the very list", [B1, B2], named("Editor", "b1", "b2"), true],
  ["in another order", [B2, B1], named("Editor", "b1", "b2"), true],
  ["one said twice", [B1, B1, B2], named("Editor", "b1", "b2"), true],
  ["one less", [B1], named("Editor", "b1", "b2"), false],
  ["one more", [B1, B2], named("Editor", "b1"), false],
  ["none", [], named("Editor", "b1"), false],
  ["another role", [{ bucket: "b1", role: "ReadOnly" }], named("Editor", "b1"), false],
  ["all buckets in place of one", [{ bucket: "*", role: "Editor" }], named("Editor", "b1"), false],
  ["every bucket by name in place of all", [B1, B2], EVERYTHING, false],
  ["an administrator's", [{ bucket: "*", role: "NamespaceAdmin" }], ADMIN, true],
  ["an administrator's as an editor's", [{ bucket: "*", role: "NamespaceAdmin" }], EVERYTHING, false],
  [
    "a role that only looks the same when written together",
    [{ bucket: 'b1","Editor', role: "x" }],
    named("Editor", "b1"),
    false,
  ],
])("a key that has %s has its access: %#", (_what, roles, access, has) => {
  expect(hasRolesOf(roles, access)).toBe(has);
});

test("whatever the buckets, a key with the roles of its access has them, and without one of them it has not", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(names, fc.constantFrom("ReadOnly" as const, "Editor" as const), (buckets, permission) => {
      const access = named(permission, ...buckets);
      const roles = rolesOf(access);
      expect(hasRolesOf([...roles].reverse(), access)).toBe(true);
      expect(hasRolesOf(roles.slice(1), access)).toBe(false);
    }),
  );
});
