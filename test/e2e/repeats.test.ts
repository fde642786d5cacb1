import { APPROVALS } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { until } from "../kit/until";
import { createWorld, endWorld, type Mode, type World } from "../kit/world";
import {
  answers,
  ask,
  askForAdmin,
  askForReadOnly,
  card,
  keep,
  reveal,
  SWITCH_ON,
  secretAfter,
  secretMessages,
  switchOn,
} from "./play";

describe.each<Mode>(["socket", "http"])("what arrives twice has one effect, over %s", (mode) => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(mode);
  });
  afterEach(() => endWorld(world));

  const made = () => world.tigris.calls.filter(({ action }) => action === "CreateAccessKeyWithBucketsRole").length;

  test("a redelivered click on Reveal", async () => {
    const { dana, slack } = world;
    await askForReadOnly(dana, "ci");
    await reveal(dana, "ci");
    await slack.redeliver(-1);
    await dana.until("the answer", () => answers(dana).length > 0);
    expect(made()).toBe(1);
    expect(secretMessages(dana)).toHaveLength(1);
  });

  test("two clicks on Reveal at once", async () => {
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    const held = tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "hold", when: "before" });
    await dana.press("Show my secret", { in: dana.dm() });
    await reached(held);
    await dana.press("Show my secret", { in: dana.dm() });
    await dana.until("the answer to the second", () =>
      answers(dana).some((text) => text.includes("is being made right now")),
    );
    held.release();
    await dana.until("the secret", () => secretMessages(dana).length === 1);
    expect(made()).toBe(1);
  });

  const roleCalls = () => world.tigris.calls.filter(({ action }) => action === "UpdateAccessKeyWithBucketsRole").length;

  test("a redelivered click on I've saved it", async () => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    const shown = await reveal(dana, "ci");
    await switchOn(dana, "ci");
    await slack.redeliver(-1);
    await dana.until("the answer to the first to go, as after any I've saved it", () => answers(dana).length === 0);
    expect(roleCalls()).toBe(1);
    expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
  });

  test("a redelivered click on I've saved it whose call Tigris refused: it asks for no power again", async () => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    const shown = await reveal(dana, "ci");
    tigris.faults.arm(
      { call: "UpdateAccessKeyWithBucketsRole" },
      { kind: "refuse", status: 403, body: { Code: "AccessDenied" } },
    );
    await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
    await dana.until("the refusal", () => answers(dana).some((text) => text.includes("since it doesn't allow me to")));
    await slack.redeliver(-1);
    await dana.until("the answer", () =>
      answers(dana).some((text) => text.includes("Your click came twice and was done once")),
    );
    expect(roleCalls()).toBe(1);
    expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toEqual(["list buckets"]);
  });

  test("two clicks on I've saved it at once: the roles are set once, the second is told", async () => {
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    await reveal(dana, "ci");
    const held = tigris.faults.arm({ call: "UpdateAccessKeyWithBucketsRole" }, { kind: "hold", when: "before" });
    await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
    await reached(held);
    await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
    await dana.until("the answer to the second", () =>
      answers(dana).some((text) => text.includes("ci may be on already")),
    );
    held.release();
    await dana.until("the key on", () => card(dana, "ci")?.text.includes("🔑 On · "));
    expect(roleCalls()).toBe(1);
  });

  test("a redelivered submission", async () => {
    const { dana, slack } = world;
    await ask(dana, "ci");
    await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
    await slack.redeliver(-1);
    await dana.until("the card", () => card(dana, "ci"));
    expect(dana.screen().filter(({ buttons }) => buttons.some(({ label }) => label === "Show my secret"))).toHaveLength(
      1,
    );
  });

  test("a submission with the form of somebody else's shows nothing of theirs", async () => {
    const { dana, slack } = world;
    await ask(dana, "ci");
    await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
    const sent = slack.deliveries.at(-1)?.payload ?? {};
    const updates = () => slack.calls.filter(({ method }) => method === "views.update");
    const before = updates().length;
    await slack.sendRaw("interaction", { ...sent, user: { id: "UEVE00001", team_id: "TACME0001" } });
    await until("the form to be drawn again", () => updates().length > before);
    expect(JSON.stringify(updates().slice(before))).not.toContain("is approved");
  });

  test("two approvals: the second learns who was first", async () => {
    const { dana, ann, bob } = world;
    await askForAdmin(world, dana, "deploy");
    await bob.until("the card", () => bob.screen(APPROVALS).length > 0);
    await Promise.all([ann.press("Approve", { in: APPROVALS }), bob.press("Approve", { in: APPROVALS })]);
    const told = () => [...answers(ann, APPROVALS), ...answers(bob, APPROVALS)];
    await bob.until("both answers", () => told().length === 2);
    expect(told().filter((text) => text.includes("You approved deploy"))).toHaveLength(1);
    expect(told().filter((text) => /@(ann|bob) approved this/.test(text))).toHaveLength(1);
  });

  test("two new secrets at once: one is made, the other click is told", async () => {
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    await keep(dana, "ci");
    const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when: "after" });
    await dana.press("New secret", { in: dana.dm() });
    await reached(held);
    await dana.press("New secret", { in: dana.dm() }).catch(() => undefined);
    await dana.until("the answer", () =>
      answers(dana).some((text) => text.includes("is getting a new secret right now")),
    );
    held.release();
    await dana.until("the new secret", () => secretMessages(dana).length === 1);
    expect(tigris.calls.filter(({ action }) => action === "RotateAccessKey")).toHaveLength(1);
  });

  test("a redelivered click on Reveal whose attempt gave no key: it makes no second attempt", async () => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    tigris.faults.arm(
      { call: "CreateAccessKeyWithBucketsRole" },
      { kind: "refuse", status: 403, body: { Code: "AccessDenied" } },
    );
    await dana.press("Show my secret", { in: dana.dm() });
    await dana.until("the refusal", () => answers(dana).some((text) => text.includes("Tigris refused to make ci")));
    await slack.redeliver(-1);
    await dana.until("the answer", () =>
      answers(dana).some((text) => text.includes("Your click came twice and was done once")),
    );
    expect(made()).toBe(1);
  });

  test("a redelivered click on New secret: it makes no second one", async () => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    await keep(dana, "ci");
    await secretAfter(world, () => dana.press("New secret", { in: dana.dm() }));
    await slack.redeliver(-1);
    await dana.until("the answer", () =>
      answers(dana).some((text) => text.includes("Your click came twice and was done once")),
    );
    expect(tigris.calls.filter(({ action }) => action === "RotateAccessKey")).toHaveLength(1);
  });
});
