import type { Fault } from "../../sandbox/faults";
import { reached } from "../kit/stand-ins";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, secretAfter, secretMessages } from "./play";
import {
  type AdminKey,
  approveNewSecret,
  askForNewSecret,
  keyCard,
  labels,
  openSecretForm,
  pressNewSecret,
  pressReveal,
  rotations,
  save,
  savedKey,
  secretApprovalsCard,
  secretCard,
  works,
} from "./play-secrets";

const SECOND = 1_000;

let world: World;
let key: AdminKey;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 500, readMs: 2_000 } } }, (one) => {
  world = one;
});
beforeEach(async () => {
  key = await savedKey(world);
  await askForNewSecret(world, key);
  await approveNewSecret(world);
});

const isLost = () => secretCard(world.dana)?.text.includes("The new secret got lost");

/** The same approval gives a secret that works, and then its card is done. */
async function revealAgain(): Promise<void> {
  const { dana, ann } = world;
  await dana.until("its buttons", () => labels(secretCard(dana)).join() === "Show my secret,Cancel");
  await ann.until("the button of approvers", () => labels(secretApprovalsCard(world)).join() === "Withdraw");
  const renewed = await secretAfter(world, () => pressReveal(world));
  expect([await works(world, renewed), await works(world, key)]).toEqual([true, false]);
  await dana.until("its card", () => /^🔑 Made · New secret of the /.test(secretCard(dana)?.text ?? ""));
  await dana.until("the key's card", () => keyCard(world, key)?.text.includes("secret not confirmed yet"));
  await ann.until("the approvals card", () => secretApprovalsCard(world)?.text.includes("new secret made"));
}

test("a new secret that Tigris refuses to make leaves the old one as it was, and the approval", async () => {
  const { dana, ann, tigris } = world;
  tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "refuse", status: 403, body: { Code: "AccessDenied" } });
  await pressReveal(world);
  await dana.until("the refusal", () =>
    answers(dana).some((text) =>
      text.includes("Tigris refused to make a new secret for deploy, since it doesn't allow me to"),
    ),
  );
  await dana.until("the card", () => secretCard(dana)?.text.includes("Tigris refused to make it"));
  expect(secretCard(dana)?.text).toContain("since it doesn't allow me to. The old secret is unchanged.");
  await ann.until("the card", () => secretApprovalsCard(world)?.text.includes(" · the last try failed "));
  await dana.until("the key's card", () => keyCard(world, key)?.text.includes("secret saved"));
  expect(await works(world, key)).toBe(true);
  await revealAgain();
});

describe.each<[string, string, Fault]>([
  ["Tigris's answer is lost", "RotateAccessKey", { kind: "lose", when: "after" }],
  ["Tigris's answer holds no secret", "RotateAccessKey", { kind: "garble", when: "after", body: "{}" }],
  ["Slack's answer is lost", "chat.postEphemeral", { kind: "lose", when: "after" }],
  [
    "Slack refuses the post",
    "chat.postEphemeral",
    { kind: "refuse", status: 200, body: { ok: false, error: "is_archived" } },
  ],
])("a new secret when %s", (_why, call, fault) => {
  beforeEach(async () => {
    const { dana, ann, slack, tigris } = world;
    (call === "RotateAccessKey" ? tigris : slack).faults.arm({ call }, fault);
    await pressReveal(world);
    await dana.until("the card", isLost);
    await dana.until("the key's card", () => keyCard(world, key)?.text.includes("Nobody holds the secret of"));
    await ann.until("the card", () => secretApprovalsCard(world)?.text.includes(" · the last try failed "));
  });

  test("got lost, as both cards say, and the request can be revealed again", async () => {
    expect(secretCard(world.dana)?.text).toContain("The old one has probably stopped working.");
    await revealAgain();
  });
});

test("after a loss too, one approval gives one secret that is saved, whichever button it is had by", async () => {
  const { dana, tigris } = world;
  tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "lose", when: "after" });
  await pressReveal(world);
  await dana.until("the key's card", () => keyCard(world, key)?.text.includes("Nobody holds the secret of"));
  await dana.until("the card", isLost);
  // Either the key's card gives one at once, or it sends its owner to the request.
  await pressNewSecret(world, key);
  await dana.until("a secret, or the form", () => secretMessages(dana).length > 0 || dana.modal()?.fields.Reason);
  if (dana.modal()) {
    await dana.close();
    await secretAfter(world, () => pressReveal(world));
  }
  await dana.until("the key's card", () => keyCard(world, key)?.text.includes("secret not confirmed yet"));
  await save(world, key);
  const made = rotations(world);
  await dana.until(
    "the request's card without a button for more",
    () => !labels(secretCard(dana)).includes("Show my secret"),
  );
  await openSecretForm(world, key);
  expect(rotations(world)).toBe(made);
});

test("a bot that hangs after Tigris's answer: it got lost, whoever asked is told, and another one works", async () => {
  const { dana, tigris, clock } = world;
  const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when: "after" });
  await pressReveal(world);
  await reached(held);
  await passUntil("the card", isLost, { clock, stepMs: SECOND });
  held.release();
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("has probably stopped working")));
  expect(secretMessages(dana)).toEqual([]);
  await revealAgain();
});

test("two clicks on Reveal, and one that is redelivered, make one new secret", async () => {
  const { dana, slack, tigris } = world;
  const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when: "before" });
  await pressReveal(world);
  await reached(held);
  const reading = () => answers(dana).some((text) => text.includes("A new secret of deploy is being made right now"));
  await pressReveal(world);
  await dana.until("the answer to the second", reading);
  await secretAfter(world, async () => held.release());
  await slack.redeliver(-1);
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("A new secret of deploy was made")));
  expect(rotations(world)).toBe(1);
});

test("a key that Tigris no longer has gives no new secret, and no card offers one", async () => {
  const { dana, clock, tigris } = world;
  tigris.controls.removeKey(key.accessKeyId);
  clock.advance(600 * SECOND);
  await pressReveal(world);
  await dana.until("the key's card", () => keyCard(world, key)?.text.includes("no longer exists in Tigris"));
  await dana.until("the request's card", () => secretCard(dana)?.text.includes("no longer exists in Tigris"));
  expect(labels(secretCard(dana))).not.toContain("Show my secret");
});
