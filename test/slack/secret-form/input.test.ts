import { readSecretForm } from "../../../src/slack/secret-form/input";
import { ACTOR } from "../payloads/payloads";

const asking = (value: unknown, privateMetadata = "tid_one") =>
  readSecretForm({
    kind: "submission",
    actor: ACTOR,
    viewId: "V1",
    privateMetadata,
    triggerId: null,
    state: { values: { secret_reason: { secret_reason: { value } } } },
  });

test("the form names its key and says why; whether that is enough is no question of reading", () => {
  expect(asking("  The laptop was lost ")).toEqual({
    kind: "form",
    accessKeyId: "tid_one",
    reason: "The laptop was lost",
  });
  for (const nothing of [null, "", "   "]) expect(asking(nothing)).toMatchObject({ kind: "form", reason: "" });
});

test("a form about nothing, or with a reason that is no text, is malformed", () => {
  expect(asking("The laptop was lost", "")).toEqual({ kind: "malformed" });
  expect(asking("The laptop was lost", "x".repeat(201))).toEqual({ kind: "malformed" });
  expect(asking({ text: "The laptop was lost" })).toEqual({ kind: "malformed" });
  expect(asking("x".repeat(3_001))).toEqual({ kind: "malformed" });
});
