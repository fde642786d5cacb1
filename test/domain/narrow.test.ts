import fc from "fast-check";
import {
  canBeLess,
  isLess,
  isWithin,
  LESS_PERMISSIONS,
  type LessAccess,
  permissionsWithin,
} from "../../src/domain/narrow";
import { type Access, PERMISSIONS } from "../../src/domain/permission";
import { castVote } from "../../src/domain/vote-steps";
import { BALLOT, policyOf, REQUESTS, RULING, requestIn, SECRETS } from "./samples";

const names = (min: number) =>
  fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: min, maxLength: 5 });
const named = (min: number) => fc.record({ kind: fc.constant("named" as const), names: names(min) });
const less: fc.Arbitrary<LessAccess> = fc.record({
  permission: fc.constantFrom(...LESS_PERMISSIONS),
  buckets: named(0),
});
const asked: fc.Arbitrary<Access> = fc.oneof(
  fc.constant<Access>({ permission: "Admin", buckets: { kind: "all" } }),
  fc.record({
    permission: fc.constantFrom(...LESS_PERMISSIONS),
    buckets: fc.oneof(fc.constant({ kind: "all" as const }), named(1)),
  }),
);

/** What a key may do, as pairs of a deed and a bucket: what each permission lets do, in Tigris's words. */
function deedsOf({ permission, buckets }: Access): Set<string> {
  const all = ["a", "b", "c", "d", "e", "a new one"];
  const deeds = { ReadOnly: ["read"], Editor: ["read", "write"], Admin: ["read", "write", "keys"] }[permission];
  return new Set(
    (buckets.kind === "all" ? all : buckets.names).flatMap((name) => deeds.map((deed) => `${deed} ${name}`)),
  );
}
const has = (all: Set<string>, some: Set<string>) => [...some].every((deed) => all.has(deed));

test("what is within the access asked for may do nothing else", () => {
  fc.assert(fc.property(asked, asked, (one, other) => isWithin(one, other) === has(deedsOf(other), deedsOf(one))));
});

test("less is something, never more, and never as much", () => {
  fc.assert(
    fc.property(less, asked, (one, other) => {
      const [given, wanted] = [deedsOf(one), deedsOf(other)];
      expect(isLess(one, other)).toBe(given.size > 0 && has(wanted, given) && given.size < wanted.size);
    }),
  );
});

test("all that was asked for is not less, in whatever order", () => {
  fc.assert(
    fc.property(less, ({ permission, buckets: { names: all } }) => {
      const other: Access = { permission, buckets: { kind: "named", names: all } };
      expect(isLess({ permission, buckets: { kind: "named", names: all.toReversed() } }, other)).toBe(false);
    }),
  );
});

test("whatever may be chosen in place of what was asked for is within it; where nothing is less, there is none", () => {
  fc.assert(
    fc.property(asked, (access) => {
      for (const permission of PERMISSIONS) {
        const isOffered = permission !== "Admin" && permissionsWithin(access).includes(permission);
        const bucket = access.buckets.kind === "all" ? "a" : (access.buckets.names[0] ?? "");
        const one = permission !== "Admin" && { permission, buckets: { kind: "named" as const, names: [bucket] } };
        expect(isOffered).toBe(one !== false && isWithin(one, access));
      }
      expect(canBeLess(access)).toBe(deedsOf(access).size > 1);
    }),
  );
});

test("no more buckets than a key may name", () => {
  const many = Array.from({ length: 51 }, (_, index) => `b${index}`);
  const access = (count: number): LessAccess => ({
    permission: "Editor",
    buckets: { kind: "named", names: many.slice(0, count) },
  });
  const everything: Access = { permission: "Admin", buckets: { kind: "all" } };
  expect([isLess(access(50), everything), isLess(access(51), everything)]).toEqual([true, false]);
});

describe("approving with less", () => {
  const by = { ...BALLOT, approverId: "UBOB", at: 5_000 };
  const access: LessAccess = { permission: "Editor", buckets: { kind: "named", names: ["builds"] } };

  test("moves a waiting request to approved, for what was given", () => {
    expect(castVote(REQUESTS.pending, { ...by, less: access })).toEqual({
      kind: "moves",
      event: "request.approved",
      to: {
        kind: "approved",
        approval: {
          by: { kind: "people", votes: [{ approverId: "UBOB", at: 5_000, rules: [] }], access },
          at: 5_000,
          ruling: { ...RULING, rules: ["everything else"] },
          isAnew: false,
        },
        lapsesAt: 5_700,
        isExtended: false,
        failure: null,
      },
    });
  });

  test("never gives more than was asked for, nor as much", () => {
    fc.assert(
      fc.property(less, asked, (one, other) => {
        const request = requestIn(REQUESTS.pending.state, { asked: { ...REQUESTS.pending.asked, access: other } });
        const moved = castVote(request, { ...by, policy: policyOf(["editor", "readonly"]), less: one });
        if (moved.kind === "refused") expect(moved.code).toBe("not_less");
        else expect(has(deedsOf(other), deedsOf(one)) && deedsOf(one).size < deedsOf(other).size).toBe(true);
      }),
    );
  });

  test("is for new keys alone, while they wait, in time", () => {
    expect(castVote(SECRETS.pending, { ...by, less: access })).toMatchObject({ code: "not_less" });
    expect(castVote(REQUESTS.denied, { ...by, less: access })).toMatchObject({ code: "already_decided" });
    expect(castVote(REQUESTS.pending, { ...by, at: 10_000, less: access })).toMatchObject({ code: "lapsed" });
  });
});
