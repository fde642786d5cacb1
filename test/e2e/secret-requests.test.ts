import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { answers, approvalsCard, askForReadOnly, card, keep, secretAfter, secretMessages } from "./play";
import {
  type AdminKey,
  approveNewSecret,
  askForNewSecret,
  keyCard,
  labels,
  openSecretForm,
  pressReveal,
  rotations,
  save,
  savedKey,
  secretApprovalsCard,
  secretCard,
  WHY,
  works,
} from "./play-secrets";

const HOUR = 3_600_000;

let world: World;
let key: AdminKey;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(async () => {
  key = await savedKey(world);
});

const isAsked = () => secretCard(world.dana) !== undefined;
const isUnchanged = async () => (await works(world, key)) && rotations(world) === 0;

describe("a new secret of an Admin key whose last one was saved", () => {
  test("is asked for in a form: nothing is rotated by the click", async () => {
    const { dana } = world;
    await openSecretForm(world, key);
    const form = dana.modal();
    expect(form?.title).toBe("Ask for a new secret");
    expect(form?.text).toContain("deploy · Admin · whole organization");
    expect(form?.text).toContain("The old one works until the new one is shown.");
    expect(form?.fields.Reason).toMatchObject({ isRequired: true, value: null });
    expect(await isUnchanged()).toBe(true);
    await dana.close();
    expect(isAsked()).toBe(false);
  });

  test("needs a reason that says something, and what was typed is kept", async () => {
    const { dana } = world;
    await openSecretForm(world, key);
    await dana.fill({ Reason: "lost" });
    await dana.submit();
    await dana.until("the mistake", () => dana.modal()?.text.includes("at least 10 characters"));
    expect(dana.modal()?.fields.Reason?.value).toBe("lost");
    expect(isAsked()).toBe(false);
    await dana.fill({ Reason: WHY });
    await dana.submit();
    await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
    await dana.until("the card", isAsked);
  });

  test("approvers read why on a card of its own, and its requester can't approve", async () => {
    const { dana, ann } = world;
    await askForNewSecret(world, key);
    expect(secretApprovalsCard(world)?.text).toContain("New secret of an Admin key for @dana");
    expect(secretApprovalsCard(world)?.text).toContain(WHY);
    expect(secretApprovalsCard(world)?.pings).toBe(true);
    await dana.press("Approve", { in: APPROVALS });
    await dana.until("the refusal", () => answers(dana, APPROVALS).some((text) => text.includes("You asked for this")));
    expect(labels(secretCard(dana))).toEqual(["Remind", "Cancel request"]);
    expect(labels(secretApprovalsCard(world))).toEqual(["Approve", "Deny"]);
    expect(ann.screen(APPROVALS).find(({ text }) => text.includes("@dana has 1 key (1 Admin)"))).toBeDefined();
    expect(await isUnchanged()).toBe(true);
  });

  test("is revealed once it is approved: the new one works, the old one has stopped, and the key's card is right", async () => {
    const { dana, ann } = world;
    await askForNewSecret(world, key);
    await approveNewSecret(world);
    expect(await isUnchanged()).toBe(true);
    const renewed = await secretAfter(world, () => pressReveal(world));
    expect(renewed.accessKeyId).toBe(key.accessKeyId);
    expect([await works(world, renewed), await works(world, key)]).toEqual([true, false]);
    await dana.until("its card", () => /^🔑 Made · New secret of the /.test(secretCard(dana)?.text ?? ""));
    expect(labels(secretCard(dana))).toEqual([]);
    await dana.until("the key's card", () => keyCard(world, key)?.text.includes("secret not confirmed yet"));
    expect(labels(keyCard(world, key))).toEqual(["I've saved it", "New secret", "Pause", "Delete key"]);
    await ann.until("the approvals card", () => secretApprovalsCard(world)?.text.includes("new secret made"));
    expect(labels(secretApprovalsCard(world))).toEqual([]);
    expect(approvalsCard(world, "deploy")?.text).toContain("→ On since");
    await save(world, key);
    await dana.until("the secret gone", () => secretMessages(dana).length === 0);
    expect([await works(world, renewed), rotations(world)]).toEqual([true, 1]);
  });
});

describe("a request for a new secret that comes to nothing leaves the old one as it was", () => {
  beforeEach(() => askForNewSecret(world, key));
  afterEach(async () => {
    expect(await isUnchanged()).toBe(true);
    expect(keyCard(world, key)?.text).toContain("secret saved");
  });

  test("denied: its requester reads why, and asks again with the same reason", async () => {
    const { dana, ann } = world;
    await ann.press("Deny", { in: APPROVALS });
    await ann.until("the form", () => ann.modal()?.fields.Reason);
    expect(ann.modal()?.text).toContain("New secret of the Admin key deploy, asked for by @dana");
    await ann.fill({ Reason: "Use the one that you have" });
    await ann.submit();
    await dana.until("the card", () => secretCard(dana)?.text.includes("Denied by @ann"));
    expect(secretCard(dana)?.text).toContain("Use the one that you have");
    expect(secretCard(dana)?.text).toContain("The secret stays as it is.");
    await dana.press("Ask again", { in: dana.dm(), message: secretCard(dana)?.ts ?? "" });
    await dana.until("the form", () => dana.modal()?.fields.Reason);
    expect(dana.modal()?.title).toBe("Ask for a new secret");
    expect(dana.modal()?.fields.Reason?.value).toBe(WHY);
    await dana.submit();
    await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
    await dana.until("its card", () => secretCard(dana)?.text.includes("Waiting for"));
  });

  test("cancelled while it waits, and once it is approved", async () => {
    const { dana, ann } = world;
    await dana.press("Cancel request", { in: dana.dm() });
    await dana.until("the card", () => secretCard(dana)?.text.includes("Canceled by you"));
    await ann.until("the card", () => secretApprovalsCard(world)?.text.includes("Canceled by @dana"));
    await askForNewSecret(world, key);
    await approveNewSecret(world);
    await dana.press("Cancel", { in: dana.dm(), message: secretCard(dana)?.ts ?? "" });
    await dana.until("the card", () => secretCard(dana)?.text.includes("Canceled by you"));
    expect(labels(secretCard(dana))).toEqual(["Ask again"]);
  });

  test("withdrawn by any approver", async () => {
    const { dana, bob } = world;
    await approveNewSecret(world);
    await bob.until("the button", () => bob.screen(APPROVALS).some((shown) => labels(shown).includes("Withdraw")));
    await bob.press("Withdraw", { in: APPROVALS });
    await dana.until("the card", () => secretCard(dana)?.text.includes("Withdrawn by @bob"));
    expect(labels(secretCard(dana))).toEqual(["Ask again"]);
  });

  test("lapsed, since nobody decided", async () => {
    const { dana, clock } = world;
    const isLapsed = () => secretCard(dana)?.text.includes("nobody decided until");
    await passUntil("the card", isLapsed, { clock, stepMs: HOUR });
    expect(labels(secretCard(dana))).toEqual(["Ask again"]);
  });

  test("lapsed, since its approval was not used", async () => {
    const { dana, clock } = world;
    await approveNewSecret(world);
    clock.advance(24 * HOUR);
    await pressReveal(world);
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("lapsed")));
    await dana.until("the card", () => secretCard(dana)?.text.includes("was not used until"));
  });

  test("waiting again, since its approver lost the role", async () => {
    const { dana, slack } = world;
    await approveNewSecret(world);
    slack.setGroup("SAPPROVE1", ["UBOB00001"]);
    await pressReveal(world);
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("@ann is no longer an approver")));
    await dana.until("the card", () => secretCard(dana)?.text.includes("Waiting again"));
  });

  test("a second one is refused while it is open", async () => {
    const { dana, ann } = world;
    const again = async () => {
      await openSecretForm(world, key);
      await dana.fill({ Reason: WHY });
      await dana.submit();
      await dana.until("the refusal", () => dana.modal()?.text.includes("Something about deploy is asked for already"));
      await dana.close();
    };
    await again();
    await approveNewSecret(world);
    await again();
    const cards = ann.screen(APPROVALS).filter(({ text }) => text.includes("New secret of an Admin key"));
    expect(cards).toHaveLength(1);
  });
});

test("of a key that is paused the form and the approvals card say that nothing works before it is resumed, and no longer after", async () => {
  const { dana } = world;
  const onKey = (label: string) => dana.press(label, { in: dana.dm(), message: key.cardTs });
  const PAUSED = "The key is paused: the new secret works only once it is resumed.";
  await onKey("Pause");
  await dana.until("the pause", () => keyCard(world, key)?.text.includes("works nowhere"));
  await openSecretForm(world, key);
  expect(dana.modal()?.text).toContain(PAUSED);
  await dana.fill({ Reason: WHY });
  await dana.submit();
  await dana.until("the card", () => secretApprovalsCard(world)?.text.includes(PAUSED));
  await dana.close();
  await onKey("Resume");
  await dana.until("the card without it", () => secretApprovalsCard(world)?.text.includes(PAUSED) === false);
  await onKey("Pause");
  await dana.until("the card with it", () => secretApprovalsCard(world)?.text.includes(PAUSED));
});

test("a form that arrives twice makes one request", async () => {
  const { dana, slack, ann } = world;
  await openSecretForm(world, key);
  await dana.fill({ Reason: WHY });
  await dana.submit();
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await slack.redeliver(-1);
  await ann.until("the card", () => secretApprovalsCard(world));
  await dana.until("the same again", () => dana.modal()?.text.includes("was sent to"));
  expect(dana.screen().filter(({ text }) => text.includes("New secret of the Admin key"))).toHaveLength(1);
});

test("eleven clicks on New secret after one approval give no secret; eleven on Reveal give one", async () => {
  const { dana, slack } = world;
  const newSecret = () =>
    slack.sendRaw("interaction", click(world, { id: "UDEV00001" }, ACTIONS.newSecret, key.accessKeyId));
  const drawn = () => slack.calls.filter(({ method }) => method === "views.update").length;
  const before = drawn();
  await Promise.all(Array.from({ length: 11 }, newSecret));
  expect(rotations(world)).toBe(0);
  // The one that comes last would take the place of the one that is filled in.
  await until("eleven forms", () => drawn() === before + 11, { seen: drawn });
  await dana.reload();
  await askForNewSecret(world, key);
  await approveNewSecret(world);
  await secretAfter(world, () => pressReveal(world));
  await save(world, key);
  for (let count = 0; count < 11; count++) await slack.redeliver(-1);
  await Promise.all(Array.from({ length: 11 }, newSecret));
  await dana.until("the last form", () => dana.modal()?.fields.Reason);
  expect(rotations(world)).toBe(1);
});

test("a ReadOnly key gets its new secret at once", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  const saved = await keep(dana, "ci");
  const press = () => dana.press("New secret", { in: dana.dm(), message: ({ text }) => text.includes("ci") });
  const renewed = await secretAfter(world, press);
  expect([await works(world, renewed), await works(world, saved)]).toEqual([true, false]);
  await dana.until("the card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
});
