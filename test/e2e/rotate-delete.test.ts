import type { Fault } from "../../sandbox/faults";
import { APPROVALS } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { allSent, answers, askForReadOnly, card, keep, type ShownSecret, secretAfter, secretMessages } from "./play";
import { keyCard, pressNewSecret, unsavedKey } from "./play-secrets";

let world: World;
let made: ShownSecret;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 500, readMs: 2_000 } } }, (one) => {
  world = one;
});
beforeEach(async () => {
  await askForReadOnly(world.dana, "ci");
  made = await keep(world.dana, "ci");
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
  expect(card(dana, "ci")?.text).toContain("🔑 On · ");
  expect(card(dana, "ci")?.text).toContain("secret saved");
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
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Nobody holds the secret of"));
    expect(isThere()).toBe(true);
    expect(labels()).toEqual(["New secret", "Delete key", "Pause"]);
    const renewed = await secretAfter(world, () => dana.press("New secret", { in: dana.dm() }));
    expect((await tigris.use(renewed.accessKeyId, renewed.secret)).ok).toBe(true);
  });
});

describe("a key that Tigris no longer has", () => {
  const TEN_MINUTES = 600_000;
  beforeEach(() => world.tigris.controls.removeKey(made.accessKeyId));

  test("counts as deleted, by whichever button that is noticed", async () => {
    const { dana, clock } = world;
    clock.advance(TEN_MINUTES);
    await dana.press("New secret", { in: dana.dm() });
    await dana.until("the card", () => card(dana, "ci")?.text.includes("no longer exists in Tigris"));
    expect(labels()).toEqual(["Create again"]);
  });

  test("is deleted without a complaint", async () => {
    const { dana, clock } = world;
    clock.advance(TEN_MINUTES);
    await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Deleted by you"));
  });

  test("has to be missed twice while it is new: Tigris may not know it everywhere yet", async () => {
    const { dana, clock, tigris } = world;
    await dana.press("New secret", { in: dana.dm() });
    await dana.until("the refusal", () => answers(dana).some((text) => text.includes("since it doesn't know the key")));
    await dana.until("the card", () => labels().includes("Delete key"));
    await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("has not confirmed yet")));
    await passUntil("the card", () => card(dana, "ci")?.text.includes("Deleted by you"), {
      clock,
      stepMs: 1_000,
    });
    expect(tigris.calls.filter(({ action }) => action === "DeleteAccessKey")).toHaveLength(2);
  });
});

test("a deletion whose answer is lost goes on until Tigris has confirmed it", async () => {
  const { dana, tigris, clock } = world;
  tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "lose", when: "before" });
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("Tigris has not confirmed yet")));
  expect(isThere()).toBe(true);
  await passUntil("the key to be deleted", () => !isThere(), { clock, stepMs: 1_000 });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Deleted by you"));
});

test("the owner and an approver delete at once: one does it, the other is told", async () => {
  const { dana, ann, tigris, clock } = world;
  const held = tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "hold", when: "before" });
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await reached(held);
  await ann.command(`/tigris-key delete ${made.accessKeyId}`, { in: APPROVALS });
  await ann.until("who was first", () => ann.modal()?.text.includes("is being deleted by @dana"));
  held.release();
  // On a slow machine the first call has run out of time by then.
  await passUntil("the card", () => card(dana, "ci")?.text.includes("Deleted by you"), { clock, stepMs: 1_000 });
});

test("the secret's own Delete button takes the secret off the screen", async () => {
  const { dana } = world;
  await secretAfter(world, () => dana.press("New secret", { in: dana.dm() }));
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
  await dana.until("the answer in its place", () => secretMessages(dana).length === 0);
  expect(isThere()).toBe(false);
  expect(answers(dana).at(-1)).toContain("You deleted ci");
});

test("approvers read of three new secrets of a key in an hour, and again later", async () => {
  const { dana, ann, clock } = world;
  const key = await unsavedKey(world);
  const notes = () => ann.screen(APPROVALS).filter(({ text }) => text.includes("had a new secret made for deploy"));
  const renew = async () => {
    // A card that is drawn meanwhile says that the key is getting a new secret.
    await dana.until("the button", () => keyCard(world, key)?.buttons.some(({ label }) => label === "New secret"));
    await secretAfter(world, () => pressNewSecret(world, key));
  };
  for (let count = 0; count < 5; count++) await renew();
  await until("the third note", () => notes().length === 3);
  expect(notes().map(({ text }) => text.includes("it is not said here"))).toEqual([false, false, true]);
  await allSent(world);
  clock.advance(3_600_000);
  await renew();
  await until("the fourth note", () => notes().length === 4);
}, 40_000);
