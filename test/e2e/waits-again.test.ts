import { APPROVALS, APPROVERS_GROUP } from "../kit/people";
import type { SteeredPolicy } from "../kit/steered-policy";
import { passUntil, until } from "../kit/until";
import type { World } from "../kit/world";
import { answers, card, rang, reveal, SWITCH_ON, secretMessages, switchOn } from "./play";
import {
  approve,
  askForEditor,
  BUILDS,
  cardText,
  isIn,
  LOGS,
  MEDIA,
  pressOnCard,
  stateOf,
  TWO,
  votesForEach,
} from "./play-votes";

const HOUR = 3_600_000;

let world: World;
let policy: SteeredPolicy;
votesForEach((one, steered) => {
  world = one;
  policy = steered;
});

/** A key that Ann and Bob approved for Dana. */
async function approved(): Promise<void> {
  const { dana, ann, bob } = world;
  await askForEditor(world, "deploy", "media-archive");
  await approve(world, ann, "1 of 2: @ann");
  await approve(world, bob, "Approved by @ann and @bob");
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Ready"));
}

/** Bob loses the role: Ann, whom the rule names by her id, keeps her vote. */
const loseBob = () => world.slack.setGroup(APPROVERS_GROUP, ["UEVE00001"]);
const pressSwitchOn = () =>
  world.dana.press(SWITCH_ON, { in: world.dana.dm(), message: secretMessages(world.dana).at(-1)?.ts ?? "" });
const isWaitingAgain = () => card(world.dana, "deploy")?.text.includes("Waiting again");
const madeKeys = () => world.tigris.keys().length - 1;

test("a voter who lost the role before the reveal: it waits again with the other's vote, and another one completes it", async () => {
  const { dana, ann, eve } = world;
  await approved();
  loseBob();
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("an answer", () => answers(dana).at(-1)?.includes("@bob is no longer an approver"));
  await dana.until("the card", isWaitingAgain);
  expect(rang(world, dana, "@ is no longer an approver, so deploy waits for approval again")).toBe(1);
  await ann.until("the card", () => cardText(world).includes("1 of 2: @ann"));
  expect(cardText(world)).toContain("Waits again: @bob is no longer an approver");
  await ann.until("those who decide to be told", () =>
    ann.screen(APPROVALS).some(({ text, threadTs }) => threadTs && text.includes("was approved, and waits again")),
  );
  expect(madeKeys()).toBe(0);
  await approve(world, eve, "Approved by @ann and @eve");
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Ready"));
  await reveal(dana, "deploy");
});

test("a voter who lost the role before the key was on: it stays off, and its newest button works once it is approved again", async () => {
  const { dana, eve, tigris } = world;
  await approved();
  const { accessKeyId, secret } = await reveal(dana, "deploy");
  loseBob();
  await pressSwitchOn();
  await dana.until("the card", isWaitingAgain);
  expect(card(dana, "deploy")?.text).toContain("Its key is there, and stays off until then");
  await pressSwitchOn();
  await dana.until("an answer", () => answers(dana).at(-1)?.includes("is waiting for a decision again"));
  expect((await tigris.use(accessKeyId, secret)).may).toEqual(["list buckets"]);
  await approve(world, eve, "Approved by @ann and @eve");
  await dana.until("the key", () => card(dana, "deploy")?.text.includes("🔑 Off"));
  await switchOn(dana, "deploy");
  expect((await tigris.use(accessKeyId, secret)).may).toContain("write media-archive");
  expect(madeKeys()).toBe(1);
});

test.each(["denied", "canceled", "lapsed"] as const)(
  "what waits again with a key, and is %s, ends its key",
  async (how) => {
    const { dana, ann, tigris, clock } = world;
    await approved();
    await reveal(dana, "deploy");
    loseBob();
    await pressSwitchOn();
    await dana.until("the card", isWaitingAgain);
    if (how === "canceled") await dana.press("Cancel request", { in: dana.dm() });
    if (how === "denied") {
      await pressOnCard(ann, "Deny");
      await ann.until("the form", () => ann.modal()?.fields.Reason);
      await ann.fill({ Reason: "Ask for less" });
      await ann.submit();
    }
    if (how === "lapsed") {
      clock.advance(23 * HOUR);
      expect(madeKeys()).toBe(1);
      await passUntil("the end", async () => (await stateOf(world)).state === "lapsed", { clock, stepMs: HOUR });
    }
    // Whoever began to delete it while an hour passed has lost that, and its lease has to run out.
    await passUntil("the key to go", () => madeKeys() === 0, { clock, stepMs: 5_000, seen: tigris.keys });
  },
);

test("it waits again once: a second vote that is lost ends it, and its key", async () => {
  const { dana, eve, slack, tigris } = world;
  await approved();
  await reveal(dana, "deploy");
  loseBob();
  await pressSwitchOn();
  await dana.until("the card", isWaitingAgain);
  await approve(world, eve, "Approved by @ann and @eve");
  await dana.until("the key", () => card(dana, "deploy")?.text.includes("🔑 Off"));
  slack.setGroup(APPROVERS_GROUP, ["UBOB00001"]);
  await pressSwitchOn();
  await isIn(world, "lapsed");
  await until("the key to go", () => madeKeys() === 0, { seen: tigris.keys });
});

test("a policy that asks for more by now: it waits for what is missing", async () => {
  const { dana, eve } = world;
  await approved();
  await reveal(dana, "deploy");
  policy.rules = [
    { ...MEDIA, decide: { ...TWO, people: { ...TWO.people, users: ["UANN00001", "UEVE00001"] }, count: 3 } },
  ];
  await pressSwitchOn();
  await dana.until("the card", isWaitingAgain);
  await dana.until("the answer", () => answers(dana).at(-1)?.includes("Such keys need more approval by now"));
  await approve(world, eve, "Approved by @ann, @bob and @eve");
});

test("a rule that is gone while its key is off: it ends with its key", async () => {
  const { dana, tigris } = world;
  await approved();
  await reveal(dana, "deploy");
  policy.rules = [LOGS, BUILDS];
  await pressSwitchOn();
  await dana.until("an answer", () => answers(dana).at(-1)?.includes("No rule lets anybody ask for Editor on"));
  await isIn(world, "lapsed");
  await until("the key to go", () => madeKeys() === 0, { seen: tigris.keys });
});
