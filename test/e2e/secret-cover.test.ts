import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, keep, secretAfter, secretMessages } from "./play";
import {
  type AdminKey,
  approveNewSecret,
  askForNewSecret,
  keyCard,
  openSecretForm,
  pressNewSecret,
  pressReveal,
  rotations,
  save,
  unsavedKey,
  works,
} from "./play-secrets";

/** An approval covers deliveries until the owner says that one was saved, within `REVEAL_TTL` of it. */

const HOUR = 3_600_000;

let world: World;
let key: AdminKey;
worldForEach({ mode: "socket", env: { REVEAL_TTL: "24h" } }, (one) => {
  world = one;
});
beforeEach(async () => {
  key = await unsavedKey(world);
});

const newSecret = () => secretAfter(world, () => pressNewSecret(world, key));
const isIdle = () => keyCard(world, key)?.text.includes("secret not confirmed yet");

/** How many requests for a new secret there were. */
const requests = ({ screen }: World["dana"]) =>
  screen().filter(({ text }) => text.includes("New secret of the Admin key")).length;

/** New secret opens the form now, and rotates nothing. */
async function expectToBeAsked(): Promise<void> {
  const before = rotations(world);
  await openSecretForm(world, key);
  await world.dana.close();
  expect(rotations(world)).toBe(before);
}

test("while nobody says that a secret was saved, New secret works at once, as often as it is needed", async () => {
  const { dana } = world;
  let last = await newSecret();
  for (let count = 0; count < 3; count++) {
    await dana.until("the card", isIdle);
    last = await newSecret();
  }
  expect([await works(world, last), await works(world, key)]).toEqual([true, false]);
  expect([rotations(world), requests(dana)]).toEqual([5, 1]);
});

test("after “I've saved it” it is asked for", async () => {
  await newSecret();
  await world.dana.until("the card", isIdle);
  await save(world, key);
  await expectToBeAsked();
});

test("until the time to reveal is over it works, from that moment on it is asked for", async () => {
  const { dana, clock } = world;
  clock.advance(23 * HOUR);
  await newSecret();
  await dana.until("the card", isIdle);
  clock.advance(HOUR);
  await expectToBeAsked();
});

test("a secret that got lost is covered as long as the one before it was", async () => {
  const { dana, tigris, clock } = world;
  tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "garble", when: "after", body: "{}" });
  await pressNewSecret(world, key);
  await dana.until("the card", () => keyCard(world, key)?.text.includes("Nobody holds the secret of"));
  await newSecret();
  await dana.until("the card", isIdle);
  tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "garble", when: "after", body: "{}" });
  await pressNewSecret(world, key);
  await dana.until("the card", () => keyCard(world, key)?.text.includes("Nobody holds the secret of"));
  clock.advance(24 * HOUR);
  await expectToBeAsked();
});

test("an approver who lost the role covers nothing any more, even with the role back", async () => {
  const { dana, slack } = world;
  slack.setGroup("SAPPROVE1", ["UBOB00001"]);
  await pressNewSecret(world, key);
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("@ann is no longer an approver")));
  expect(rotations(world)).toBe(1);
  expect(await works(world, key)).toBe(true);
  await expectToBeAsked();
  slack.setGroup("SAPPROVE1", ["UANN00001", "UBOB00001"]);
  await expectToBeAsked();
});

test("an approver who became a guest covers nothing either", async () => {
  const { dana, slack } = world;
  slack.setPerson("UANN00001", { isRestricted: true });
  await pressNewSecret(world, key);
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("@ann is no longer an approver")));
  await expectToBeAsked();
});

test("where Slack does not say who the approver is, nothing is made, and the cover is kept", async () => {
  const { dana, slack } = world;
  slack.faults.arm(
    { call: "users.info", match: ({ user }) => user === "UANN00001" },
    { kind: "refuse", status: 500, body: {} },
  );
  await pressNewSecret(world, key);
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("I couldn't check with Slack")));
  expect(rotations(world)).toBe(1);
  await newSecret();
});

test("a new secret that was asked for is covered by its own approval, until it is saved", async () => {
  const { dana } = world;
  await save(world, key);
  await askForNewSecret(world, key);
  await approveNewSecret(world);
  await secretAfter(world, () => pressReveal(world));
  await dana.until("the card", isIdle);
  const another = await newSecret();
  expect([await works(world, another), rotations(world)]).toEqual([true, 3]);
  await dana.until("the card", isIdle);
  await save(world, key);
  await expectToBeAsked();
});

test("what is not saved by the time that its cover is over is asked for like any other", async () => {
  const { dana, clock } = world;
  clock.advance(24 * HOUR);
  await askForNewSecret(world, key);
  await approveNewSecret(world);
  const renewed = await secretAfter(world, () => pressReveal(world));
  expect([await works(world, renewed), await works(world, key)]).toEqual([true, false]);
  await dana.until("the card", isIdle);
  expect(secretMessages(dana).length).toBeGreaterThan(0);
});

test.each([
  ["saved", true],
  ["not saved", false],
])(
  "a key that policy came to want an approval for, its secret %s: the next one is asked for",
  async (_what, isSaved) => {
    const { dana } = world;
    await askForReadOnly(dana, "ci");
    await keep(dana, "ci");
    const press = () => dana.press("New secret", { in: dana.dm(), message: ({ text }) => text.includes("On · ci") });
    if (!isSaved) {
      await secretAfter(world, press);
      await dana.until("the card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
    }
    const before = rotations(world);
    await world.restartBot({ APPROVAL_FOR: "admin,readonly" });
    await press();
    await dana.until("the form", () => dana.modal()?.fields.Reason);
    expect(rotations(world)).toBe(before);
  },
);
