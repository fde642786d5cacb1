import { secretForm } from "../../../src/slack/secret-form/view";
import { keyIn } from "../../domain/samples";
import { elementOf, inputsOf, rowsOf } from "../reading";

const key = keyIn({ kind: "live", secret: { kind: "confirmed", at: 3_000 } });

test("the form for a new secret holds the key's id, says what becomes of the old one, and wants a reason", () => {
  const view = secretForm({ key, reason: "", problem: null });
  expect(view).toMatchObject({ private_metadata: "tid_one", submit: { text: "Ask for approval" } });
  expect(rowsOf(view.blocks)).toEqual([
    "deploy · Admin · whole organisation · ref K7QM2XAB",
    "A new secret of such a key needs an approval. The old one works until you reveal the new one.",
  ]);
  const input = inputsOf(view).secret_reason;
  expect(input).not.toHaveProperty("optional");
  expect(input).toMatchObject({ hint: { text: "At least 10 characters; those who decide read it." } });
  expect(elementOf(input)).toMatchObject({ max_length: 500, multiline: true });
  expect(elementOf(input)).not.toHaveProperty("initial_value");
});

test("what was typed is kept, cut to what the field takes, under what is wrong with it", () => {
  const view = secretForm({ key, reason: "x".repeat(600), problem: ["Too short"] });
  expect(rowsOf(view.blocks)[0]).toBe("⚠️ Too short");
  const { initial_value } = elementOf(inputsOf(view).secret_reason);
  expect(String(initial_value).length).toBeLessThanOrEqual(500);
  expect(initial_value).toMatch(/^x{100}/);
});
