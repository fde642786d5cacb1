import { reached } from "../kit/stand-ins";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, keep, SWITCH_ON, secretMessages, shownSecret, switchOn } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "quick"));

const isSecret = ({ isEphemeral, code }: { isEphemeral: boolean; code: string[] }) => isEphemeral && code.length === 3;
const changes = () =>
  world.tigris.calls.map(({ action }) => action).filter((action) => /^(Rotate|Update|Delete)/.test(action));

test.each([SWITCH_ON, "Delete key"])(
  "%s, pressed before Slack has said that it shows the secret, claims nothing",
  async (label) => {
    const { dana, slack, tigris } = world;
    const held = slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "hold", when: "after" });
    await dana.press("Show my secret", { in: dana.dm() });
    await reached(held);
    const shown = await dana.until("the secret", () => shownSecret(dana));
    await dana.press(label, { in: dana.dm(), message: isSecret });
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("Press again in a moment")));
    expect(secretMessages(dana)).toHaveLength(1);
    held.release();
    await dana.until("the key's card", () => card(dana, "quick")?.text.includes("🔑 Off · "));
    expect(changes()).toEqual([]);
    await switchOn(dana, "quick");
    expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
  },
);

test.each(["I've saved it", "Delete key"])("%s, pressed so early on a new secret, claims nothing", async (label) => {
  const { dana, slack, tigris } = world;
  await keep(dana, "quick");
  const held = slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "hold", when: "after" });
  await dana.press("New secret", { in: dana.dm() });
  await reached(held);
  const shown = await dana.until("the secret", () => shownSecret(dana));
  await dana.press(label, { in: dana.dm(), message: (one) => isSecret(one) && one.code[1] === shown.secret });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("Press again in a moment")));
  held.release();
  await dana.until("the key's card", () => card(dana, "quick")?.text.includes("not confirmed yet"));
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  expect(changes().filter((action) => action.startsWith("Delete"))).toEqual([]);
});

test("a secret that appeared though Slack never said so: nobody reads that it does not work, and its own button switches it on", async () => {
  const { dana, slack, tigris } = world;
  slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "lose", when: "after" });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the answer", () =>
    answers(dana).some((text) => text.includes("I couldn't confirm that the secret")),
  );
  await dana.until("the card", () => card(dana, "quick")?.text.includes("I couldn't confirm that the secret of"));
  const shown = await dana.until("the secret", () => shownSecret(dana));
  await switchOn(dana, "quick");
  expect(dana.screen().some(({ text }) => /does not work|no longer works|Don't use/.test(text))).toBe(false);
  expect(changes()).toEqual(["UpdateAccessKeyWithBucketsRole"]);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
});
