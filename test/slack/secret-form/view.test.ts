import { NO_PAUSE } from "../../../src/domain/key";
import { secretForm } from "../../../src/slack/secret-form/view";
import { keyIn } from "../../domain/samples";
import { elementOf, inputsOf, rowsOf } from "../reading";

const key = keyIn({ kind: "live", secret: { kind: "confirmed", at: 3_000 } });

test("the form for a new secret holds the key's id, says what becomes of the old one, and wants a reason", () => {
  const view = secretForm({ kind: "secret", key, reason: "", problem: null });
  expect(view).toMatchObject({ private_metadata: "tid_one", submit: { text: "Ask for approval" } });
  expect(rowsOf(view.blocks)).toEqual([
    "deploy · Admin · whole organization · ref K7QM2XAB",
    "A new secret of such a key needs an approval. The old one works until the new one is shown.",
  ]);
  const input = inputsOf(view).secret_reason;
  expect(input).not.toHaveProperty("optional");
  expect(input).toMatchObject({ hint: { text: "At least 10 characters; those who decide read it." } });
  expect(elementOf(input)).toMatchObject({ max_length: 500, multiline: true });
  expect(elementOf(input)).not.toHaveProperty("initial_value");
});

test("of a paused key it says that the new secret works only once it is resumed", () => {
  const pause = { ...NO_PAUSE, stands: "paused", holds: [{ kind: "owner", byId: "UDEV", at: 1 }] } as const;
  const view = secretForm({ kind: "secret", key: { ...key, pause }, reason: "", problem: null });
  expect(rowsOf(view.blocks)[1]).toBe(
    "A new secret of such a key needs an approval. The key is paused: the new secret works only once it is resumed.",
  );
});

test("the form for a resume says that the key stays paused until then", () => {
  const view = secretForm({ kind: "resume", key, reason: "", problem: null });
  expect(view).toMatchObject({
    callback_id: "resume_form",
    private_metadata: "tid_one",
    title: { text: "Ask to resume a key" },
    submit: { text: "Ask for approval" },
  });
  expect(rowsOf(view.blocks)).toEqual([
    "deploy · Admin · whole organization · ref K7QM2XAB",
    "Such keys need an approval by now. It stays paused until you resume it with one.",
  ]);
});

test("what was typed is kept, cut to what the field takes, under what is wrong with it", () => {
  const view = secretForm({ kind: "secret", key, reason: "x".repeat(600), problem: ["Too short"] });
  expect(rowsOf(view.blocks)[0]).toBe("⚠️ Too short");
  const { initial_value } = elementOf(inputsOf(view).secret_reason);
  expect(String(initial_value).length).toBeLessThanOrEqual(500);
  expect(initial_value).toMatch(/^x{100}/);
});
