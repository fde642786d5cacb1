import fc, { type Arbitrary } from "fast-check";
import {
  type AccessChange,
  compareAccess,
  compareWithKey,
  needsAsking,
  settledAccess,
  unionOf,
} from "../../src/domain/access-change";
import { isWithin } from "../../src/domain/narrow";
import type { Access, BucketScope } from "../../src/domain/permission";
import { accessHolding, hasOnlyRolesOf, hasRolesOf, rolesOf } from "../../src/domain/roles";

const of = (permission: "ReadOnly" | "Editor", ...names: string[]): Access => ({
  permission,
  buckets: { kind: "named", names },
});
const all = (permission: "ReadOnly" | "Editor"): Access => ({ permission, buckets: { kind: "all" } });
const ADMIN: Access = { permission: "Admin", buckets: { kind: "all" } };

test.each<[Access, Access, string]>([
  [of("Editor", "a", "b"), of("Editor", "b", "a"), "same"],
  [of("Editor", "a", "b"), of("Editor", "a"), "narrower"],
  [of("Editor", "a", "b"), of("ReadOnly", "a", "b"), "narrower"],
  [of("Editor", "a", "b"), of("Editor", "a", "b", "c"), "wider"],
  [of("ReadOnly", "a"), of("Editor", "a"), "wider"],
  [of("ReadOnly", "a", "b"), of("Editor", "a"), "other"],
  [of("Editor", "a"), of("ReadOnly", "a", "b"), "other"],
  [of("Editor", "a"), of("Editor", "b"), "other"],
  [of("Editor", "a"), all("Editor"), "wider"],
  [all("Editor"), of("Editor", "a"), "narrower"],
  [all("ReadOnly"), of("Editor", "a"), "other"],
  [all("Editor"), ADMIN, "wider"],
  [ADMIN, all("Editor"), "narrower"],
  [ADMIN, of("ReadOnly", "a"), "narrower"],
  [ADMIN, ADMIN, "same"],
])("what there is, what is wanted, and how that compares: %j, %j: %s", (is, wanted, comparison) => {
  expect(compareAccess(is, wanted)).toBe(comparison);
  expect(needsAsking(compareAccess(is, wanted))).toBe(comparison === "wider" || comparison === "other");
});

const scope: Arbitrary<BucketScope> = fc.oneof(
  fc.constant({ kind: "all" as const }),
  fc.subarray(["a", "b", "c", "d"], { minLength: 1 }).map((names) => ({ kind: "named" as const, names })),
);
const access: Arbitrary<Access> = fc.oneof(
  fc.constant(ADMIN),
  fc.record({ permission: fc.constantFrom("ReadOnly" as const, "Editor" as const), buckets: scope }),
);
const change: Arbitrary<AccessChange> = fc.oneof(
  fc.record({
    kind: fc.constant("narrowing" as const),
    to: access,
    attemptId: fc.constant("attempt-1"),
    at: fc.constant(1),
    isBeside: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("widening" as const),
    from: access,
    to: access,
    attemptId: fc.constant("attempt-1"),
    at: fc.constant(1),
    isUnanswered: fc.boolean(),
    endBefore: fc.constant(null),
  }),
);

/** Each thing that an access lets somebody do, one by one. */
const RANKS = ["ReadOnly", "Editor", "Admin"] as const;
const deeds = ({ permission, buckets }: Access): Set<string> => {
  const names = buckets.kind === "all" ? ["a", "b", "c", "d", "a new one"] : buckets.names;
  const able = RANKS.slice(0, RANKS.indexOf(permission) + 1);
  return new Set(names.flatMap((name) => able.map((rank) => `${rank} ${name}`)));
};
const holds = (one: Set<string>, other: Set<string>) => [...other].every((deed) => one.has(deed));

test("narrower gives nothing that was not there, and is never also wider", () => {
  fc.assert(
    fc.property(access, access, (is, wanted) => {
      const comparison = compareAccess(is, wanted);
      const gives = !holds(deeds(is), deeds(wanted));
      expect(needsAsking(comparison)).toBe(gives);
      expect(comparison === "same").toBe(holds(deeds(is), deeds(wanted)) && holds(deeds(wanted), deeds(is)));
      if (comparison === "narrower") expect(compareAccess(wanted, is)).toBe("wider");
    }),
  );
});

test("the union of two holds both, and roles in Tigris are held by the access that is made of them", () => {
  fc.assert(
    fc.property(access, access, (one, other) => {
      const both = unionOf(one, other);
      expect(isWithin(one, both) && isWithin(other, both)).toBe(true);
      expect(hasOnlyRolesOf(rolesOf(one), one) && hasRolesOf(rolesOf(one), one)).toBe(true);
      const held = accessHolding([...rolesOf(one), ...rolesOf(other)]);
      expect(held !== null && isWithin(one, held) && isWithin(other, held)).toBe(true);
    }),
  );
  expect(accessHolding([])).toBeNull();
  expect(accessHolding([{ bucket: "a", role: "ReadWrite" }])).toEqual(of("Editor", "a"));
});

test("while a change is not confirmed, what counts as less is within all that the key may have", () => {
  fc.assert(
    fc.property(access, change, access, (is, accessChange, wanted) => {
      const key =
        accessChange.kind === "narrowing"
          ? { access: unionOf(is, accessChange.to), accessChange }
          : { access: unionOf(accessChange.from, accessChange.to), accessChange };
      const may =
        accessChange.kind === "narrowing" ? [key.access, accessChange.to] : [accessChange.from, accessChange.to];
      const comparison = compareWithKey(key, wanted);
      if (!needsAsking(comparison)) for (const one of may) expect(holds(deeds(one), deeds(wanted))).toBe(true);
      // What gives it roles again gives no more than it has for certain, or is to have.
      expect(isWithin(settledAccess(key), key.access)).toBe(true);
    }),
  );
});

test("a key that gets what was asked for has nothing to do about it", () => {
  const to = of("ReadOnly", "a");
  const narrowing = { kind: "narrowing" as const, to, attemptId: "attempt-1", at: 1, isBeside: false };
  const key = { access: of("Editor", "a", "b"), accessChange: narrowing };
  expect(compareWithKey(key, to)).toBe("same");
  expect(compareWithKey(key, of("Editor", "a", "b"))).toBe("wider");
  expect(settledAccess(key)).toBe(to);
  expect(settledAccess({ ...key, accessChange: null })).toBe(key.access);
});
