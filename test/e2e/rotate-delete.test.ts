import type { Fault } from "../../sandbox/faults";
import { APPROVALS } from "../kit/people";
import { until } from "../kit/until";
import { createWorld, type World } from "../kit/world";
import { answers, askForReadOnly, card, reveal, type ShownSecret, secretMessages, shownSecret } from "./play";

let world: World;
let made: ShownSecret;
beforeEach(async () => {
  world = await createWorld("socket", { overrides: { tigrisTimeouts: { mutateMs: 500, readMs: 2_000 } } });
  await askForReadOnly(world.dana, "ci");
  made = await reveal(world.dana, "ci");
  await world.dana.until("the key's card", () => labels().includes("New secret"));
});
afterEach(async () => {
  expect(world.secretsFound()).toEqual([]);
  await world.stop();
});

const labels = () => card(world.dana, "ci")?.buttons.map(({ label }) => label) ?? [];
const isThere = () => world.tigris.keys().some(({ accessKeyId }) => accessKeyId === made.accessKeyId);

test("a rotation that Tigris refuses leaves the old secret as it was", async () => {
  const { dana, tigris } = world;
  tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "refuse", status: 403, body: { Code: "AccessDenied" } });
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("the refusal", () =>
    answers(dana).some((text) => text.includes("Tigris refused to make a new secret")),
  );
  expect((await tigris.use(made.accessKeyId, made.secret)).ok).toBe(true);
  expect(card(dana, "ci")?.text).toContain("secret not confirmed yet");
});

describe.each<[string, string, Fault]>([
  ["Tigris's answer is lost", "RotateAccessKey", { kind: "lose", when: "after" }],
  ["Tigris's answer holds no secret", "RotateAccessKey", { kind: "garble", when: "after", body: "{}" }],
  ["Slack's answer is lost", "chat.postEphemeral", { kind: "lose", when: "after" }],
  [
    "Slack refuses to post",
    "chat.postEphemeral",
    { kind: "refuse", status: 200, body: { ok: false, error: "is_archived" } },
  ],
])("a new secret when %s", (_why, call, fault) => {
  test("the key stays, says that nobody holds its secret, and gets another one", async () => {
    const { dana, slack, tigris } = world;
    (call === "RotateAccessKey" ? tigris : slack).faults.arm({ call }, fault);
    await dana.press("New secret", { in: dana.dm() });
    await dana.until("the card", () => card(dana, "ci")?.text.includes("nobody holds the new one"));
    expect(isThere()).toBe(true);
    expect(labels()).toEqual(["New secret", "Delete key"]);
    const before = shownSecret(dana)?.secret;
    await dana.press("New secret", { in: dana.dm() });
    const renewed = await dana.until("the new secret", () => {
      const shown = shownSecret(dana);
      return shown && shown.secret !== before && shown;
    });
    expect((await tigris.use(renewed.accessKeyId, renewed.secret)).ok).toBe(true);
  });
});

test("a key that Tigris no longer has counts as deleted, by whichever button that is noticed", async () => {
  const { dana, tigris } = world;
  tigris.controls.removeKey(made.accessKeyId);
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("no longer exists in Tigris"));
  expect(labels()).toEqual([]);
});

test("a key that Tigris no longer has is deleted without a complaint", async () => {
  const { dana, tigris } = world;
  tigris.controls.removeKey(made.accessKeyId);
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"));
});

test("a deletion whose answer is lost goes on until Tigris has confirmed it", async () => {
  const { dana, tigris, clock } = world;
  tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "lose", when: "before" });
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("Tigris has not confirmed yet")));
  expect(isThere()).toBe(true);
  await until(() => {
    clock.advance(1_000);
    return !isThere();
  });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"));
});

test("the owner and an approver delete at once: one does it, the other is told", async () => {
  const { dana, ann, tigris } = world;
  const held = tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "hold", when: "before" });
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await held.reached;
  await ann.command(`/tigris-key delete ${made.accessKeyId}`, { in: APPROVALS });
  await ann.until("the form", () => ann.modal()?.submit === "Delete key");
  await ann.submit();
  await ann.until("who was first", () => ann.modal()?.text.includes("is being deleted by @dana"));
  held.release();
  await dana.until("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"));
});

test("the secret's own Delete button takes the secret off the screen", async () => {
  const { dana } = world;
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
  await dana.until("the answer in its place", () => secretMessages(dana).length === 0);
  expect(isThere()).toBe(false);
  expect(answers(dana).at(-1)).toContain("You deleted ci");
});
