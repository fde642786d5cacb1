import type { Fault } from "../../sandbox/faults";
import { APPROVALS } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import {
  answers,
  askForAdmin,
  askForReadOnly,
  card,
  reveal,
  type ShownSecret,
  secretMessages,
  shownSecret,
} from "./play";

let world: World;
let made: ShownSecret;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 500, readMs: 2_000 } } }, (one) => {
  world = one;
});
beforeEach(async () => {
  await askForReadOnly(world.dana, "ci");
  made = await reveal(world.dana, "ci");
  await world.dana.until("the key's card", () => labels().includes("New secret"));
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

describe("a key that Tigris no longer has", () => {
  const TEN_MINUTES = 600_000;
  beforeEach(() => world.tigris.controls.removeKey(made.accessKeyId));

  test("counts as deleted, by whichever button that is noticed", async () => {
    const { dana, clock } = world;
    clock.advance(TEN_MINUTES);
    await dana.press("New secret", { in: dana.dm() });
    await dana.until("the card", () => card(dana, "ci")?.text.includes("no longer exists in Tigris"));
    expect(labels()).toEqual([]);
  });

  test("is deleted without a complaint", async () => {
    const { dana, clock } = world;
    clock.advance(TEN_MINUTES);
    await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
    await dana.until("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"));
  });

  test("has to be missed twice while it is new: Tigris may not know it everywhere yet", async () => {
    const { dana, clock, tigris } = world;
    await dana.press("New secret", { in: dana.dm() });
    await dana.until("the refusal", () => answers(dana).some((text) => text.includes("NoSuchEntity")));
    await dana.until("the card", () => labels().includes("Delete key"));
    await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("has not confirmed yet")));
    await passUntil("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"), {
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
  await dana.until("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"));
});

test("the owner and an approver delete at once: one does it, the other is told", async () => {
  const { dana, ann, tigris } = world;
  const held = tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "hold", when: "before" });
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await reached(held);
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

test("approvers read of three new secrets of a key in an hour, and again later", async () => {
  const { dana, ann, clock } = world;
  await askForAdmin(world, dana, "deploy");
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("was approved by @ann"));
  await reveal(dana, "deploy");
  const notes = () => ann.screen(APPROVALS).filter(({ text }) => text.includes("had a new secret made for deploy"));
  const renew = async () => {
    await dana.until("the button", () => card(dana, "deploy")?.buttons.some(({ label }) => label === "New secret"));
    const before = secretMessages(dana).length;
    await dana.press("New secret", { in: dana.dm(), message: ({ text }) => text.includes("deploy") });
    await dana.until("the secret", () => secretMessages(dana).length > before);
    await dana.until("the card", () => card(dana, "deploy")?.text.includes("secret not confirmed yet"));
  };
  for (let count = 0; count < 5; count++) await renew();
  await until("the third note", () => notes().length === 3);
  expect(notes().map(({ text }) => text.includes("it is not said here"))).toEqual([false, false, true]);
  clock.advance(3_600_000);
  await renew();
  await until("the fourth note", () => notes().length === 4);
});
