import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, reveal, secretMessages } from "./play";

/** What becomes of a secret on the screen that no longer works, once somebody presses a button beside it. */

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

const isKeyThere = () => world.dana.until("the key's card", () => card(world.dana, "ci")?.text.includes("🔑"));
const isCard = ({ isEphemeral }: { isEphemeral: boolean }) => !isEphemeral;

async function older(): Promise<void> {
  const { dana } = world;
  await reveal(dana, "ci");
  await isKeyThere();
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("the new secret", () => secretMessages(dana).length === 2);
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
}

async function ofDeletedKey(): Promise<void> {
  const { dana } = world;
  await reveal(dana, "ci");
  await isKeyThere();
  await dana.press("Delete key", { in: dana.dm(), message: isCard });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"));
}

async function discarded(): Promise<void> {
  const { dana, slack } = world;
  slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "lose", when: "after" });
  await dana.press("Reveal secret", { in: dana.dm() });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Its key was deleted"));
}

describe.each<[string, () => Promise<void>, said: string, left: number]>([
  ["an older secret", older, "no longer works", 1],
  ["the secret of a deleted key", ofDeletedKey, "was deleted", 0],
  ["a secret that was not delivered for certain, whose key is deleted", discarded, "This secret does not work", 0],
])("%s", (_what, becomesWorthless, said, left) => {
  test.each(["I've saved it", "Delete key"])("goes from the screen by %s", async (label) => {
    const { dana } = world;
    await becomesWorthless();
    const secret = secretMessages(dana)[0]?.code[1];
    await dana.press(label, { in: dana.dm(), message: ({ code }) => code[1] === secret });
    await dana.until("the answer in its place", () => secretMessages(dana).length === left);
    expect(secretMessages(dana).some(({ code }) => code[1] === secret)).toBe(false);
    expect(answers(dana).some((text) => text.includes(said))).toBe(true);
  });
});
