import { type FieldProblem, keyNameProblem, reasonProblem, shortened, visible } from "../../src/domain/input-rules";
import { newReference, tigrisName } from "../../src/domain/names";
import type { Access } from "../../src/domain/permission";
import { type ApprovalClass, needsApproval } from "../../src/domain/policy";

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
  expect(needsApproval(access, approvalFor)).toBe(needs);
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
  ["x".repeat(49), { code: "too_long", max: 48 }],
  ["", { code: "name_missing" }],
  ["ci uploader", { code: "name_characters" }],
  ["ci\n", { code: "name_characters" }],
  ["<!channel>", { code: "name_characters" }],
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
  expect(reasonProblem("x".repeat(501), false)).toEqual({ code: "too_long", max: 500 });
});

test("nothing unseen stays unseen", () => {
  expect(visible("a\u202Eb\u200Bc\u0000d\uD800e\r\nf")).toBe("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\nf");
  expect(visible("👩‍💻")).toBe("👩‍💻");
  expect(shortened("👩👩👩", 2)).toBe("👩…");
});
