import { APPROVALS } from "../kit/people";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { allSent, answers, askForAdmin, card, keep, rang, secretMessages, switchOn } from "./play";
import { pressOnCard } from "./play-pause";

/** One message a step: a card that changes is edited, and one that must ring is posted anew, in place of the old one. */

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const MOVED = "deploy · see its card below";
/** What was ever posted into Dana's DM, whether it still shows or not. */
const posted = () =>
  world.slack.calls.filter(
    ({ method, params }) => /^chat\.post/.test(method) && params.channel === world.dana.dm() && params.ts === undefined,
  ).length;
const lasting = () => world.dana.screen().filter(({ isEphemeral }) => !isEphemeral);
const texts = () => lasting().map(({ text }) => text);

async function approved(): Promise<void> {
  const { dana, ann } = world;
  await askForAdmin(world, dana, "deploy");
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
  await dana.until("the old card", () => texts()[0] === MOVED);
}

test("asked, approved, shown and on: three messages, the secret counted, and the one that rang has the button", async () => {
  const { dana } = world;
  await approved();
  expect(card(dana, "deploy")?.notification).toMatch(/^@ann approved deploy: press Show my secret\./);
  expect(card(dana, "deploy")?.buttons.map(({ label }) => label)).toEqual(["Show my secret", "Cancel"]);
  await keep(dana, "deploy");
  expect(posted()).toBe(3);
  await allSent(world);
  expect(texts()).toEqual([MOVED, expect.stringContaining("🔑 On · deploy")]);
  expect(secretMessages(dana)).toEqual([]);
});

test("approved and withdrawn: two messages, and the second one says what holds", async () => {
  const { dana, ann } = world;
  await approved();
  await ann.press("Withdraw", { in: APPROVALS });
  await dana.until("the withdrawal", () => card(dana, "deploy")?.text.includes("Withdrawn by @ann"));
  await allSent(world);
  expect([posted(), lasting().length]).toEqual([2, 2]);
});

test("denied: the message that rings has the reason, and nothing else says so", async () => {
  const { dana, ann } = world;
  await askForAdmin(world, dana, "deploy");
  await ann.press("Deny", { in: APPROVALS });
  await ann.until("the form", () => ann.modal()?.submit);
  await ann.fill({ Reason: "Use Editor instead" });
  await ann.submit();
  await dana.until("the denial", () => card(dana, "deploy")?.text.includes("Denied by @ann"));
  await allSent(world);
  expect(texts()).toEqual([MOVED, expect.stringContaining("Use Editor instead")]);
  expect(card(dana, "deploy")?.notification).toMatch(/^@ann denied deploy: “Use Editor instead”/);
  expect(posted()).toBe(2);
});

test("canceled by its requester: the one card is edited", async () => {
  const { dana } = world;
  await askForAdmin(world, dana, "deploy");
  await pressOnCard(world, "Cancel request", "deploy");
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Canceled by you"));
  await allSent(world);
  expect([posted(), lasting().length]).toEqual([1, 1]);
});

test("a click on what is left of a card does nothing but draw that line again; an outdated button works", async () => {
  const { dana, ann } = world;
  await askForAdmin(world, dana, "deploy");
  const [waiting] = lasting();
  if (!waiting) throw new Error("there is a card");
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the old card", () => texts()[0] === MOVED);
  await dana.press("Cancel request", { in: dana.dm(), outdated: waiting });
  await dana.until("the answer", () =>
    answers(dana).some((text) => text.includes("You canceled the request for deploy")),
  );
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Canceled by you"));
  await allSent(world);
  expect(texts()).toEqual([MOVED, expect.stringContaining("Canceled by you")]);
});

test("a bot that dies after it rang, before it noted that, rings at most once more, and leaves one card", async () => {
  const { dana, ann, slack } = world;
  await askForAdmin(world, dana, "deploy");
  slack.faults.arm({ call: "chat.postMessage" }, { kind: "lose", when: "after" });
  await ann.press("Approve", { in: APPROVALS });
  const rings = () => rang(world, dana, "@ approved deploy: press Show my secret.");
  await passUntil("the second ring", () => rings() === 2, { clock: world.clock, stepMs: 1_000 });
  await allSent(world);
  expect(texts()[0]).toBe(MOVED);
  expect(card(dana, "deploy")?.buttons.map(({ label }) => label)).toEqual(["Show my secret", "Cancel"]);
});

test("deleted by an approver: the card rings once, whatever is drawn beside it", async () => {
  const { dana, ann } = world;
  await approved();
  await keep(dana, "deploy");
  await ann.until("the button", () =>
    ann.screen(APPROVALS).some(({ buttons }) => buttons.some(({ label }) => label === "Delete key")),
  );
  await ann.press("Delete key", { in: APPROVALS });
  await dana.until("the old cards", () => texts().filter((text) => text === MOVED).length === 2);
  expect(rang(world, dana, "@ deleted your key deploy")).toBe(1);
  expect(texts()).toEqual([MOVED, MOVED, expect.stringContaining("Deleted by @ann")]);
});

test("still off: the card rings with its buttons, and is on in place", async () => {
  const { dana, clock } = world;
  await approved();
  await pressOnCard(world, "Show my secret", "deploy");
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("🔑 Off · "));
  clock.advance(11 * 60_000);
  await dana.until("the ring", () => rang(world, dana, "deploy is still off") === 1);
  await allSent(world);
  await switchOn(dana, "deploy");
  await allSent(world);
  expect(texts()).toEqual([MOVED, MOVED, expect.stringContaining("🔑 On · deploy")]);
});
