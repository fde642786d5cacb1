import { APPROVALS, GENERAL } from "../kit/people";
import { createWorld, endWorld, type Mode, type World } from "../kit/world";
import {
  ADMIN_REASON,
  answers,
  approvalsCard,
  ask,
  askForAdmin,
  askForReadOnly,
  card,
  reveal,
  secretMessages,
  shownSecret,
} from "./play";

describe.each<Mode>(["socket", "http"])("the main job over %s", (mode) => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(mode);
  });
  afterEach(() => endWorld(world));

  test("a ReadOnly key: asked for, approved by policy, revealed, saved", async () => {
    const { dana, tigris } = world;
    await ask(dana, "ci-uploader", { Buckets: ["builds", "logs"] });
    const told = await dana.until("the approval", () => dana.modal()?.text.includes("is approved") && dana.modal());
    expect(told.text).toContain(
      "Your ReadOnly key ci-uploader is approved. Open your DM with me and press Reveal secret",
    );
    await dana.close();
    await dana.until("the card", () => card(dana, "ci-uploader"));
    expect(tigris.keys().map(({ name }) => name)).not.toContainEqual(expect.stringContaining("ci-uploader"));

    const shown = await reveal(dana, "ci-uploader");
    expect(shown.exports.split("\n")).toEqual([
      `export AWS_ACCESS_KEY_ID=${shown.accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${shown.secret}`,
      "export AWS_ENDPOINT_URL_S3=https://t3.storage.dev",
      "export AWS_ENDPOINT_URL_IAM=https://iam.storage.dev",
      "export AWS_REGION=auto",
    ]);
    const made = tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId);
    expect(made?.name).toMatch(/^ci-uploader-[A-Z2-7]{8}$/);
    expect(made?.bucketsRole).toEqual([
      { bucket: "builds", role: "ReadOnly" },
      { bucket: "logs", role: "ReadOnly" },
    ]);
    expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
    const [message] = secretMessages(dana);
    expect(message?.notification).toBe("Your secret for ci-uploader is ready in this conversation.");

    await dana.until("the key's card", () => card(dana, "ci-uploader")?.text.includes("secret not confirmed yet"));
    await dana.press("I've saved it");
    await dana.until("the confirmation", () => card(dana, "ci-uploader")?.text.includes("secret confirmed as saved"));
    await dana.until("the secret gone", () => secretMessages(dana).length === 0);
  });

  test("an Admin key: asked for, refused to its requester, approved by another, revealed", async () => {
    const { dana, ann, eve, tigris } = world;
    await askForAdmin(world, dana, "deploy");
    const asked = approvalsCard(world, "deploy");
    expect(asked?.text).toContain(ADMIN_REASON);
    expect(asked?.text).toContain("has 0 live keys");
    expect(ann.mentionsOf()).toHaveLength(1);

    await dana.press("Approve", { in: APPROVALS });
    await dana.until("a refusal", () =>
      answers(dana, APPROVALS).some((text) => text.includes("somebody else has to decide")),
    );
    await eve.press("Approve", { in: APPROVALS });
    await eve.until("a refusal", () =>
      answers(eve, APPROVALS).some((text) => text.includes("Only @key-approvers can do this")),
    );
    await ann.press("Approve", { in: APPROVALS });
    await dana.until("the approval", () => card(dana, "deploy")?.text.includes("was approved by @ann"));
    await ann.until("the card with who approved", () =>
      approvalsCard(world, "deploy")?.text.includes("Approved by @ann"),
    );
    expect(approvalsCard(world, "deploy")?.buttons.map(({ label }) => label)).toEqual(["Withdraw"]);

    const shown = await reveal(dana, "deploy");
    const made = tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId);
    expect(made?.bucketsRole).toEqual([{ bucket: "*", role: "NamespaceAdmin" }]);
    await ann.until("the key", () => approvalsCard(world, "deploy")?.text.includes(shown.accessKeyId));
    expect(approvalsCard(world, "deploy")?.buttons).toEqual([]);
    for (const other of [ann, eve]) expect(shownSecret(other)).toBeNull();
    await dana.reload();
    expect(shownSecret(dana)).toBeNull();
  });

  test("a new secret: the old one stops, buttons of the older message say so, approvers see it", async () => {
    const { dana, ann, tigris } = world;
    await askForAdmin(world, dana, "deploy");
    await ann.press("Approve", { in: APPROVALS });
    await dana.until("the approval", () => card(dana, "deploy")?.text.includes("was approved"));
    const old = await reveal(dana, "deploy");
    await dana.until("the key's card", () => card(dana, "deploy")?.buttons.some(({ label }) => label === "New secret"));
    const [oldMessage] = secretMessages(dana);

    await dana.press("New secret", { in: dana.dm() });
    const renewed = await dana.until("the new secret", () => {
      const shown = shownSecret(dana);
      return shown?.secret !== old.secret && shown;
    });
    expect(renewed.accessKeyId).toBe(old.accessKeyId);
    expect((await tigris.use(old.accessKeyId, old.secret)).ok).toBe(false);
    expect((await tigris.use(renewed.accessKeyId, renewed.secret)).ok).toBe(true);
    await ann.until("the note", () =>
      ann.screen(APPROVALS).some(({ threadTs, text }) => threadTs && text.includes("new secret")),
    );

    await dana.press("I've saved it", { in: dana.dm(), message: oldMessage?.ts ?? "" });
    await dana.until("an answer in its place", () =>
      answers(dana, dana.dm()).some((text) => text.includes("no longer works")),
    );
    expect(card(dana, "deploy")?.text).toContain("not confirmed yet");
  });

  test("a key is deleted from its card, and an approver deletes another", async () => {
    const { dana, ann, tigris } = world;
    await askForReadOnly(dana, "one");
    const one = await reveal(dana, "one");
    await dana.until("the key's card", () => card(dana, "one")?.text.includes(one.accessKeyId));
    await dana.press("Delete key", { in: dana.dm(), message: (m) => !m.isEphemeral && m.text.includes("one") });
    await dana.until("the deletion", () => card(dana, "one")?.text.includes("was deleted by @dana"));
    expect(card(dana, "one")?.buttons).toEqual([]);
    expect((await tigris.use(one.accessKeyId, one.secret)).ok).toBe(false);

    await askForReadOnly(dana, "two");
    const two = await reveal(dana, "two");
    await ann.command(`/tigris-key delete ${two.accessKeyId}`, { in: GENERAL });
    const form = await ann.until("the form", () => ann.modal()?.submit === "Delete key" && ann.modal());
    expect(form.text).toContain("A key of @dana");
    await ann.submit();
    await ann.until("how it went", () => ann.modal()?.text.includes("You deleted two"));
    await dana.until("who did it", () => dana.screen().some(({ text }) => text.includes("@ann deleted your key two")));
    expect(tigris.keys().map(({ accessKeyId }) => accessKeyId)).not.toContain(two.accessKeyId);
  });
});
