import type { FaultHandle } from "../../../sandbox/faults";
import { answers, askForReadOnly, card, reveal, secretMessages, shownSecret } from "../../e2e/play";
import { type Crash, endCrash, expectNothingLeft, keysInTigris, recover, startCrash } from "./crash";

const CREATE = "CreateAccessKeyWithBucketsRole";
const POST = "chat.postEphemeral";
const modes = ["socket", "http"] as const;
type When = "before" | "after";

let crash: Crash;
afterEach(() => endCrash(crash));

/** Asks for a key, presses Reveal secret, and kills the bot when a call has got to where it is held. */
async function killAt(
  mode: "socket" | "http",
  api: "slack" | "tigris",
  call: string,
  when: When,
): Promise<FaultHandle> {
  crash = await startCrash(mode);
  const { dana, [api]: standIn } = crash.world;
  await askForReadOnly(dana, "ci");
  const held = standIn.faults.arm({ call }, { kind: "hold", when });
  await dana.press("Reveal secret", { in: dana.dm() });
  await held.reached;
  await crash.bot.kill();
  return held;
}

/** What its requester reads when a reveal was cut off; and that the next one works. */
async function expectGivenBack(): Promise<void> {
  const { world } = crash;
  const { dana, tigris } = world;
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"));
  expect(card(dana, "ci")?.text).toContain("Whatever was made is deleted; if a secret did appear, it does not work.");
  expect(dana.screen().some(({ text }) => text.includes("was not shown for certain, so its key was deleted"))).toBe(
    true,
  );
  const lost = shownSecret(dana);
  if (lost) expect((await tigris.use(lost.accessKeyId, lost.secret)).ok).toBe(false);
  const shown = await reveal(dana, "ci");
  expect(shown.accessKeyId).not.toBe(lost?.accessKeyId);
  await expectNothingLeft(world);
  expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
}

describe.each(modes)("killed over %s while Tigris holds the new key", (mode) => {
  test("before it is made, and it never is", async () => {
    await killAt(mode, "tigris", CREATE, "before");
    await recover(crash);
    await expectGivenBack();
  });

  test("before it is made, and it is made after the recovery", async () => {
    const held = await killAt(mode, "tigris", CREATE, "before");
    await recover(crash);
    expect(keysInTigris(crash.world)).toEqual([]);
    held.release();
    await expectGivenBack();
  });

  test("after it is made", async () => {
    await killAt(mode, "tigris", CREATE, "after");
    expect(keysInTigris(crash.world)).toHaveLength(1);
    await recover(crash);
    expect(keysInTigris(crash.world)).toEqual([]);
    expect(secretMessages(crash.world.dana)).toEqual([]);
    await expectGivenBack();
  });
});

describe.each(modes)("killed over %s while Slack holds the secret", (mode) => {
  test("before it is shown, and it never is", async () => {
    await killAt(mode, "slack", POST, "before");
    await recover(crash);
    await expectGivenBack();
  });

  test("before it is shown, and it is shown after the recovery", async () => {
    const held = await killAt(mode, "slack", POST, "before");
    await recover(crash);
    held.release();
    await crash.world.dana.until("the late secret", () => secretMessages(crash.world.dana).length === 1);
    await expectGivenBack();
  });

  test("after it is shown", async () => {
    await killAt(mode, "slack", POST, "after");
    const { dana } = crash.world;
    await dana.until("the secret", () => secretMessages(dana).length === 1);
    await recover(crash);
    await expectGivenBack();
  });

  test("after it is shown, and its reader says that it is saved", async () => {
    await killAt(mode, "slack", POST, "after");
    const { dana } = crash.world;
    await dana.until("the secret", () => secretMessages(dana).length === 1);
    await recover(crash);
    await dana.press("I've saved it");
    await dana.until("the truth", () =>
      answers(dana).some((text) => text.includes("This secret does not work: its key was deleted")),
    );
    expect(secretMessages(dana)).toEqual([]);
    await expectGivenBack();
  });
});
