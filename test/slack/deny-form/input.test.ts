import { readDenyForm } from "../../../src/slack/deny-form/input";
import { ACTOR } from "../payloads/payloads";

const denial = (value: unknown, privateMetadata = "request-1") =>
  readDenyForm({
    kind: "submission",
    actor: ACTOR,
    viewId: "V1",
    privateMetadata,
    triggerId: null,
    state: { values: { deny_reason: { deny_reason: { value } } } },
  });

test("a denial names its request and says why", () => {
  expect(denial("  Use Editor ")).toEqual({ kind: "form", requestId: "request-1", reason: "Use Editor" });
  expect(denial("👍".repeat(500))).toMatchObject({ kind: "form" });
});

test("a denial without a reason, or with too long a one, is told beside its field", () => {
  for (const value of [null, "", "   ", "x".repeat(501)])
    expect(denial(value)).toEqual({ kind: "invalid", errors: { deny_reason: expect.any(String) } });
});

test("a denial of nothing, or with a reason that is no text, is malformed", () => {
  expect(denial("Use Editor", "")).toEqual({ kind: "malformed" });
  expect(denial("Use Editor", "x".repeat(101))).toEqual({ kind: "malformed" });
  expect(denial({ text: "Use Editor" })).toEqual({ kind: "malformed" });
  expect(denial("x".repeat(3_001))).toEqual({ kind: "malformed" });
});
