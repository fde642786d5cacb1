import { type FieldProblem, keyNameProblem, reasonProblem, shortened, visible } from "../../src/domain/input-rules";
import type { KeyState } from "../../src/domain/key";
import { newReference, tigrisName, withFewerMarks } from "../../src/domain/names";
import type { Access } from "../../src/domain/permission";
import type { ApprovalClass } from "../../src/domain/policy/from-settings";
import { needsPeople } from "../../src/domain/policy/judge";
import { newSecretNeedsApproval } from "../../src/domain/policy/key-needs";
import { coverBy, keyIn, policyOf } from "./samples";

const ALL = { kind: "all" } as const;
const SOME = { kind: "named", names: ["b1"] } as const;

test.each<[Access["permission"], "all" | "some", ApprovalClass[], boolean]>([
  ["Admin", "all", [], true],
  ["Admin", "all", ["admin"], true],
  ["Editor", "all", ["admin"], false],
  ["Editor", "some", ["editor-all"], false],
  ["Editor", "all", ["editor-all"], true],
  ["Editor", "some", ["editor"], true],
  ["Editor", "all", ["editor"], true],
  ["ReadOnly", "all", ["editor", "readonly-all"], true],
  ["ReadOnly", "some", ["editor", "readonly-all"], false],
  ["ReadOnly", "some", ["readonly"], true],
])("%s on %s buckets with approvals for %j: %s", (permission, scope, approvalFor, needs) => {
  const access: Access =
    permission === "Admin" ? { permission, buckets: ALL } : { permission, buckets: scope === "all" ? ALL : SOME };
  expect(needsPeople(access, policyOf(approvalFor))).toBe(needs);
});

const COVER = coverBy("UANN", 9_000);
const COVERED: KeyState = { kind: "live", secret: { kind: "unconfirmed", cover: COVER } };

test.each<[string, KeyState, at: number, needs: boolean]>([
  ["that nobody says is saved, within the cover", COVERED, 8_999, false],
  ["that nobody says is saved, at the moment the cover ends", COVERED, 9_000, true],
  ["that was never covered", { kind: "live", secret: { kind: "unconfirmed", cover: null } }, 1, true],
  ["that is saved", { kind: "live", secret: { kind: "confirmed", at: 1 } }, 2, true],
  ["that got lost, within the cover", { kind: "secret_unknown", at: 1, cover: COVER }, 8_999, false],
  ["that got lost, after it", { kind: "secret_unknown", at: 1, cover: COVER }, 9_000, true],
  ["that got lost without a cover", { kind: "secret_unknown", at: 1, cover: null }, 2, true],
])("a new secret of an Admin key, after one %s (%#)", (_what, state, at, needs) => {
  expect(newSecretNeedsApproval(keyIn(state), policyOf([]), at)).toBe(needs);
});

test("a new secret needs no approval where its key needs none, by the policy of now", () => {
  const access = { permission: "Editor", buckets: SOME } as const;
  const key = keyIn({ kind: "live", secret: { kind: "confirmed", at: 1 } }, { access });
  expect(newSecretNeedsApproval(key, policyOf(["admin", "editor-all"]), 2)).toBe(false);
  expect(newSecretNeedsApproval(key, policyOf(["admin", "editor"]), 2)).toBe(true);
});

test.each([
  ["tid_a", ["tid_a"]],
  ["tid_a_", ["tid_a_", "tid_a"]],
  ["tid_a-_", ["tid_a-_", "tid_a-", "tid_a"]],
  ["tid_a----", ["tid_a----", "tid_a---", "tid_a--", "tid_a"]],
])("an id met as %s may end with marks of its own", (met, ids) => {
  expect(withFewerMarks(met)).toEqual(ids);
});

test("each attempt has a name of its own in Tigris", () => {
  expect([1, 2, 3].map((attempt) => tigrisName("ci", "K7QM2XAB", attempt))).toEqual([
    "ci-K7QM2XAB",
    "ci-K7QM2XAB-2",
    "ci-K7QM2XAB-3",
  ]);
});

test("a reference takes every byte to one of 32 characters", () => {
  let byte = 0;
  const seen = new Set(Array.from({ length: 32 }, () => newReference(() => byte++ % 256)).join(""));
  expect(seen.size).toBe(32);
});

test.each<[string, FieldProblem | null]>([
  ["ci-uploader_2.0", null],
  ["x".repeat(48), null],
  ["x".repeat(49), { code: "too_long", max: 48, length: 49 }],
  ["", null],
  ["ci uploader", { code: "name_characters", instead: "ci-uploader" }],
  ["Données!", { code: "name_characters", instead: "Donnees" }],
  ["ключ", { code: "name_characters", instead: null }],
  ["ci\n", { code: "name_characters", instead: "ci" }],
  ["<!channel>", { code: "name_characters", instead: "channel" }],
])("the key name %j: %j", (name, problem) => {
  expect(keyNameProblem(name)).toEqual(problem);
});

const TOO_SHORT: FieldProblem = { code: "reason_too_short", min: 10 };

test("a reason is counted in characters as people see them", () => {
  expect(reasonProblem("😀".repeat(9), true)).toEqual(TOO_SHORT);
  expect(reasonProblem("😀".repeat(10), true)).toBeNull();
  for (const unseen of [
    "\u200D",
    "\u3164",
    "\u2800",
    "\u115F",
    "\uFFA0",
    "\u034F",
    "\uFE0F",
    "\u{E0100}",
    " ",
    "\u202E",
  ])
    expect(reasonProblem(`why ${unseen.repeat(20)}`, true)).toEqual(TOO_SHORT);
  expect(reasonProblem(`short${"\u200B".repeat(20)}`, true)).toEqual(TOO_SHORT);
  expect(reasonProblem(`a${" ".repeat(20)}b`, true)).toEqual(TOO_SHORT);
  expect(reasonProblem(null, false)).toBeNull();
  expect(reasonProblem(null, true)).toEqual(TOO_SHORT);
  expect(reasonProblem("x".repeat(501), false)).toEqual({ code: "too_long", max: 500, length: 501 });
});

test("nothing unseen stays unseen", () => {
  expect(visible("a\u202Eb\u200Bc\u0000d\uD800e\r\nf")).toBe("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\nf");
  expect(visible("👩‍💻")).toBe("👩‍💻");
  expect(shortened("👩👩👩", 2)).toBe("👩…");
});
