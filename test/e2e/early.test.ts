import { reached } from "../kit/stand-ins";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, reveal, secretMessages, shownSecret } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "quick"));

const LABELS = ["I've saved it", "Delete key"];
const isSecret = ({ isEphemeral, code }: { isEphemeral: boolean; code: string[] }) => isEphemeral && code.length === 3;

test.each(LABELS)("%s, pressed before Slack has said that it shows the secret, claims nothing", async (label) => {
  const { dana, slack, tigris } = world;
  const held = slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "hold", when: "after" });
  await dana.press("Reveal secret", { in: dana.dm() });
  await reached(held);
  const shown = await dana.until("the secret", () => shownSecret(dana));
  await dana.press(label, { in: dana.dm(), message: isSecret });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("Press again in a moment")));
  expect(secretMessages(dana)).toHaveLength(1);
  held.release();
  await dana.until("the key's card", () => card(dana, "quick")?.text.includes("not confirmed yet"));
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
});

test.each(LABELS)("%s, pressed so early on a new secret, claims nothing", async (label) => {
  const { dana, slack, tigris } = world;
  const before = await reveal(dana, "quick");
  await dana.until("the key's card", () => card(dana, "quick")?.text.includes("not confirmed yet"));
  const held = slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "hold", when: "after" });
  await dana.press("New secret", { in: dana.dm() });
  await reached(held);
  const shown = await dana.until("the secret", () => {
    const newest = shownSecret(dana);
    return newest?.secret === before.secret ? null : newest;
  });
  await dana.press(label, { in: dana.dm(), message: (one) => isSecret(one) && one.code[1] === shown.secret });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("Press again in a moment")));
  held.release();
  await dana.until("the key's card", () => card(dana, "quick")?.text.includes("not confirmed yet"));
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
});

test("a secret that appeared and whose key can't be deleted yet: nobody reads that it does not work", async () => {
  const { dana, slack, tigris } = world;
  slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "lose", when: "after" });
  const refusal = { kind: "refuse", status: 403, body: { Code: "AccessDenied" } } as const;
  tigris.faults.arm({ call: "DeleteAccessKey", times: 3 }, refusal);
  await dana.press("Reveal secret", { in: dana.dm() });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("its key is being deleted")));
  await dana.until("the card", () => card(dana, "quick")?.text.includes("its key is being deleted"));
  await dana.press("I've saved it", { in: dana.dm(), message: isSecret });
  await dana.until("the second answer", () => answers(dana).some((text) => text.includes("Don't use this secret")));
  expect(dana.screen().some(({ text }) => text.includes("does not work"))).toBe(false);
  const { accessKeyId, secret } = shownSecret(dana) ?? { accessKeyId: "", secret: "" };
  expect((await tigris.use(accessKeyId, secret)).ok).toBe(true);
  await passUntil("the card", () => card(dana, "quick")?.text.includes("Its key was deleted"), {
    clock: world.clock,
    stepMs: 1_000,
  });
});
