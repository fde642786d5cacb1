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
  keep,
  rang,
  reveal,
  secretAfter,
  secretMessages,
  shownSecret,
  switchOn,
} from "./play";
import { keyCard, pressNewSecret, unsavedKey } from "./play-secrets";

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
      "Your request for the ReadOnly key ci-uploader is approved: press Show my secret in our DM.",
    );
    await dana.close();
    await dana.until("the card", () => card(dana, "ci-uploader"));
    expect(tigris.keys().map(({ name }) => name)).not.toContainEqual(expect.stringContaining("ci-uploader"));

    const shown = await reveal(dana, "ci-uploader");
    expect(shown.exports.split("\n")).toEqual([
      `export AWS_ACCESS_KEY_ID=${shown.accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${shown.secret}`,
      `export AWS_ENDPOINT_URL_S3=${tigris.s3Url}`,
      `export AWS_ENDPOINT_URL_IAM=${tigris.iamUrl}`,
      "export AWS_REGION=auto",
      "export AWS_DEFAULT_REGION=auto",
    ]);
    const made = tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId);
    expect(made?.name).toMatch(/^ci-uploader-[A-Z2-7]{8}$/);
    expect(made?.bucketsRole).toEqual([]);
    expect(await tigris.use(shown.accessKeyId, shown.secret)).toMatchObject({ ok: true, may: ["list buckets"] });
    const [message] = secretMessages(dana);
    expect(message?.notification).toBe("Your secret for ci-uploader is ready in this conversation.");

    expect(card(dana, "ci-uploader")?.text).toContain("opens none of your buckets until you say");
    await switchOn(dana, "ci-uploader");
    await dana.until("the answer in the secret's place", () => secretMessages(dana).length === 0);
    expect(answers(dana)).toContainEqual("ci-uploader is on. Tigris may need a minute.");
    expect(tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId)?.bucketsRole).toEqual([
      { bucket: "builds", role: "ReadOnly" },
      { bucket: "logs", role: "ReadOnly" },
    ]);
    const { may } = await tigris.use(shown.accessKeyId, shown.secret);
    expect([...may].sort()).toEqual(["list buckets", "list keys", "read builds", "read logs"]);
  });

  test("an Admin key: asked for, refused to its requester, approved by another, revealed", async () => {
    const { dana, ann, eve, tigris } = world;
    await askForAdmin(world, dana, "deploy");
    const asked = approvalsCard(world, "deploy");
    expect(asked?.text).toContain(ADMIN_REASON);
    expect(asked?.text).toContain("@dana has no keys");
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
    await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
    await ann.until("the card with who approved", () =>
      approvalsCard(world, "deploy")?.text.includes("Approved by @ann"),
    );
    expect(approvalsCard(world, "deploy")?.buttons.map(({ label }) => label)).toEqual(["Withdraw"]);

    const shown = await reveal(dana, "deploy");
    expect(tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId)?.bucketsRole).toEqual([]);
    await ann.until("what it waits for", () => approvalsCard(world, "deploy")?.text.includes("secret shown, key off"));
    expect(approvalsCard(world, "deploy")?.buttons.map(({ label }) => label)).toEqual(["Withdraw"]);
    for (const other of [ann, eve]) expect(shownSecret(other)).toBeNull();
    await switchOn(dana, "deploy");
    const made = tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId);
    expect(made?.bucketsRole).toEqual([{ bucket: "*", role: "NamespaceAdmin" }]);
    await ann.until("the key", () => approvalsCard(world, "deploy")?.text.includes(shown.accessKeyId));
    expect(approvalsCard(world, "deploy")?.buttons.map(({ label }) => label)).toEqual(["Pause key", "Delete key"]);
    expect(shownSecret(dana)).toBeNull();
  });

  test("a new secret: the old one stops, buttons of the older message say so, approvers see it", async () => {
    const { dana, ann, tigris } = world;
    const old = await unsavedKey(world);
    const [oldMessage] = secretMessages(dana);
    expect((await tigris.use(old.accessKeyId, old.secret)).ok).toBe(true);

    const renewed = await secretAfter(world, () => pressNewSecret(world, old));
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
    expect(keyCard(world, old)?.text).toContain("not confirmed yet");
  });

  test("a key is deleted from its card, and an approver deletes another", async () => {
    const { dana, ann, tigris } = world;
    await askForReadOnly(dana, "one");
    const one = await keep(dana, "one");
    await dana.press("Delete key", { in: dana.dm(), message: (m) => !m.isEphemeral && m.text.includes("one") });
    await dana.until("the deletion", () => card(dana, "one")?.text.includes("Deleted by you"));
    expect(card(dana, "one")?.buttons.map(({ label }) => label)).toEqual(["Create again"]);
    expect((await tigris.use(one.accessKeyId, one.secret)).ok).toBe(false);

    await askForReadOnly(dana, "two");
    const two = await keep(dana, "two");
    await ann.command(`/tigris-key delete ${two.accessKeyId}`, { in: GENERAL });
    const form = await ann.until("the form", () => ann.modal()?.submit === "Delete key" && ann.modal());
    expect(form.text).toContain("A key of @dana");
    await ann.submit();
    await ann.until("how it went", () => ann.modal()?.text.includes("You deleted two"));
    await dana.until("who did it", () => card(dana, "two")?.text.includes("Deleted by @ann"));
    expect(rang(world, dana, "@ deleted your key two")).toBe(1);
    expect(tigris.keys().map(({ accessKeyId }) => accessKeyId)).not.toContain(two.accessKeyId);
  });
});
