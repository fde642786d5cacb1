import { APPROVALS } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { type World, worldForEach } from "../kit/world";
import { answers, secretAfter, secretMessages, shownSecret } from "./play";
import {
  type AdminKey,
  approveNewSecret,
  askForNewSecret,
  deleteKey,
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
} from "./play-secrets";

let world: World;
let key: AdminKey;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(async () => {
  key = await savedKey(world);
});

const isAsked = () => secretCard(world.dana) !== undefined;

describe("Delete needs no approval", () => {
  /** Whatever became of the request: nobody gets a secret any more. */
  async function expectNothingMore(): Promise<void> {
    const { dana } = world;
    if (labels(secretCard(dana)).includes("Show my secret")) {
      await pressReveal(world);
      await dana.until("the refusal", () =>
        answers(dana).some((text) => /was deleted by @dana|the key is gone/.test(text)),
      );
    }
    expect(secretMessages(dana)).toEqual([]);
  }

  test("while a new secret waits for an approval", async () => {
    await askForNewSecret(world, key);
    await deleteKey(world, key);
    await expectNothingMore();
    expect(rotations(world)).toBe(0);
  });

  test("while it is approved", async () => {
    await askForNewSecret(world, key);
    await approveNewSecret(world);
    await deleteKey(world, key);
    await expectNothingMore();
    expect(rotations(world)).toBe(0);
  });

  test.each(["before", "after"] as const)("while it is being made (%s Tigris)", async (when) => {
    const { dana, tigris } = world;
    await askForNewSecret(world, key);
    await approveNewSecret(world);
    const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when });
    await pressReveal(world);
    await reached(held);
    await deleteKey(world, key);
    held.release();
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("deploy was deleted by @dana")));
    await expectNothingMore();
  });

  test("after it was made and saved, and after it was denied", async () => {
    const { dana, ann } = world;
    await askForNewSecret(world, key);
    await ann.press("Deny", { in: APPROVALS });
    await ann.until("the form", () => ann.modal()?.fields.Reason);
    await ann.fill({ Reason: "Not today, please" });
    await ann.submit();
    await dana.until("the card", () => secretCard(dana)?.text.includes("Denied by @ann"));
    await askForNewSecret(world, key);
    await approveNewSecret(world);
    await secretAfter(world, () => pressReveal(world));
    await save(world, key);
    await deleteKey(world, key);
    await expectNothingMore();
  });

  test("and ends the request: nobody is asked to approve, or offered, a secret of a key that is gone", async () => {
    const { dana, ann } = world;
    await askForNewSecret(world, key);
    await deleteKey(world, key);
    await ann.until("the approvals card", () => labels(secretApprovalsCard(world)).length === 0);
    expect(labels(secretCard(dana))).not.toContain("Cancel request");
  });

  test("and the card of a secret that was on its way says that the key was deleted", async () => {
    const { dana, tigris } = world;
    await askForNewSecret(world, key);
    await approveNewSecret(world);
    const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when: "after" });
    await pressReveal(world);
    await reached(held);
    await deleteKey(world, key);
    held.release();
    await dana.until("the card", () => secretCard(dana)?.text.includes("the key was deleted by you"));
    expect(secretCard(dana)?.text).not.toContain("Tigris refused");
    expect(labels(secretCard(dana))).not.toContain("Show my secret");
  });
});

test("New secret and the form say the same while the key is being deleted", async () => {
  const { dana, tigris } = world;
  await openSecretForm(world, key);
  const held = tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "hold", when: "before" });
  await dana.press("Delete key", { in: dana.dm(), message: key.cardTs });
  await reached(held);
  await dana.fill({ Reason: WHY });
  await dana.submit();
  await dana.until("the refusal", () => dana.modal()?.text.includes("is being deleted by @dana"));
  held.release();
  await dana.until("the card", () => keyCard(world, key)?.text.includes("Deleted by you"));
  expect([isAsked(), shownSecret(dana)]).toEqual([false, null]);
});
