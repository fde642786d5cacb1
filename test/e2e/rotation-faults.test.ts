import { APPROVALS } from "../kit/people";
import { minuteByMinute, passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { ADMIN_REASON, allSent, ask, askForReadOnly, keep, rang, type ShownSecret } from "./play";
import { isPowerless } from "./play-pause";
import { cardOfKey, fillRotation, HOUR, keepSecond, MINUTE, rotateWithOverlap, rotations } from "./play-rotation";

/** Rotations with overlap of what needs an approval, and while Tigris or Slack refuse what is asked of them. */

let world: World;
worldForEach({ mode: "socket", env: { LASTS_ADMIN: "7d/7d" } }, (one) => {
  world = one;
});

const DAY = 24 * HOUR;
const BUSY = { kind: "refuse", status: 503, body: { Code: "SlowDown" } } as const;
const statusOf = ({ accessKeyId }: ShownSecret) =>
  world.tigris.keys().find((key) => key.accessKeyId === accessKeyId)?.status;
const says = (key: ShownSecret, words: string) => () => cardOfKey(world, key)?.text.includes(words);
const pass = (what: string, look: () => unknown, stepMs = 20_000) =>
  passUntil(what, look as () => boolean, { clock: world.clock, stepMs, limitMs: 40_000 });

async function passTo(ms: number, what: string, look: () => unknown): Promise<void> {
  await allSent(world);
  world.clock.advance(ms);
  await pass(what, look);
}

/** Dana's ReadOnly key, and the second one, which know of each other. */
async function bothOn(): Promise<[first: ShownSecret, second: ShownSecret]> {
  const { dana } = world;
  await askForReadOnly(dana, "deploy");
  const first = await keep(dana, "deploy");
  const second = await rotateWithOverlap(world, first);
  await until("both to know", async () => (await rotations(world, second))?.isBegun);
  await dana.until("when the first is paused", says(first, "takes its place"));
  return [first, second];
}

test("a Tigris that takes no pause for hours: approvers are told, it is tried on, and the day counts from the pause", async () => {
  const { dana, ann, tigris, clock } = world;
  const [first] = await bothOn();
  await allSent(world);
  for (const call of ["UpdateAccessKey", "UpdateAccessKeyWithBucketsRole"])
    tigris.faults.arm({ call, times: 10_000 }, BUSY);
  clock.advance(DAY - MINUTE);
  await pass("the hold", says(first, "Tigris has not confirmed it yet"));
  const heldAt = clock.now();
  const alerted = () => ann.screen(APPROVALS).some(({ text }) => text.includes("I can't pause the access key deploy-"));
  await minuteByMinute("the alert", alerted, { clock, minutes: 40 });
  expect(alerted()).toBe(true);
  expect(clock.now() - heldAt).toBeGreaterThanOrEqual(10 * MINUTE);
  await pass("hours more", () => clock.now() - heldAt > 3 * HOUR, 5 * MINUTE);
  expect(rang(world, dana, "The first key of deploy")).toBe(0);
  tigris.faults.clear();
  await minuteByMinute("the pause", () => isPowerless(world, first), { clock, minutes: 15 });
  await pass("when it goes", says(first, "It is deleted 2"));
  expect(rang(world, dana, "The first key of deploy")).toBe(1);
  await passTo(DAY - HOUR, "a while", () => true);
  expect(isPowerless(world, first)).toBe(true);
  await passTo(HOUR, "the deletion", says(first, "another key has its place."));
}, 150_000);

test("the day counts from the message that told it: while that can't be sent, nothing is deleted", async () => {
  const { dana, slack, clock } = world;
  const [first] = await bothOn();
  await allSent(world);
  slack.faults.arm(
    { call: "chat.postMessage", times: 100_000, match: ({ channel }) => channel === dana.dm() },
    { kind: "refuse", status: 500, body: {} },
  );
  clock.advance(DAY - MINUTE);
  await pass("the pause", () => statusOf(first) === "inactive");
  clock.advance(3 * DAY);
  await pass("tries", () => slack.calls.filter(({ method }) => method === "chat.postMessage").length > 8);
  expect(statusOf(first)).toBe("inactive");
  slack.faults.clear();
  await pass("the message", says(first, "It is deleted 2"));
  await passTo(DAY - MINUTE, "the deletion", says(first, "another key has its place."));
}, 60_000);

/** Dana's Admin key that is on, and the request for a second one in its place. */
async function adminRotation(): Promise<ShownSecret> {
  const { dana, ann } = world;
  await ask(dana, "deploy", { Permission: "Admin", Reason: ADMIN_REASON });
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await dana.close();
  await ann.until("the card", () => ann.screen(APPROVALS).some(({ text }) => text.includes("deploy")));
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () =>
    dana.screen().some(({ text }) => text.startsWith("✅ Ready") || text.includes("approved")),
  );
  const first = await keep(dana, "deploy");
  await fillRotation(world, first, "With overlap: both keys work for 1 hour", ADMIN_REASON);
  await dana.submit();
  await dana.until("the request", () => dana.modal()?.text.includes("a second key in place of the Admin key deploy"));
  await dana.close();
  await ann.until("the question", () =>
    ann.screen(APPROVALS).some(({ text }) => text.includes("Rotation of an Admin key")),
  );
  const asked = ann.screen(APPROVALS).find(({ text }) => text.includes("Rotation of an Admin key"));
  expect(asked?.text).toContain(
    `It takes the place of ${first.accessKeyId}, which is paused 1 hour after this one is on.`,
  );
  return first;
}

const rotationCard = ({ text }: { text: string }) => text.includes("Rotation of an Admin key");

test("where its kind needs an approval, so does the second key; its end is the first one's", async () => {
  const { dana, ann } = world;
  const first = await adminRotation();
  await ann.press("Approve", { in: APPROVALS, message: rotationCard });
  await dana.until("the way on", () =>
    dana.screen().some(({ text }) => text.includes("Ready · Rotation of the Admin key")),
  );
  const second = await keepSecond(world);
  await dana.until("when the first is paused", says(first, "takes its place"));
  const rows = await world.database.rows<{ access_key_id: string; end_json: string }>(
    "select access_key_id, end_json from keys",
  );
  const ends = rows.map(({ end_json }) => JSON.parse(end_json).at);
  expect(ends).toHaveLength(2);
  expect(ends[0]).toBe(ends[1]);
  await passTo(HOUR - MINUTE, "the pause", says(first, "⏸️ Replaced"));
  await until("the pause at Tigris", () => statusOf(first) === "inactive");
  expect(statusOf(second)).toBe("active");
});

test.each([
  [
    "denied",
    async () => {
      const { ann } = world;
      await ann.press("Deny", { in: APPROVALS, message: rotationCard });
      await ann.until("the form", () => ann.modal()?.fields.Reason);
      await ann.fill({ Reason: "Not this week" });
      await ann.submit();
    },
  ],
  [
    "withdrawn",
    async () => {
      const { ann } = world;
      await ann.press("Approve", { in: APPROVALS, message: rotationCard });
      const canWithdraw = () =>
        ann
          .screen(APPROVALS)
          .find(rotationCard)
          ?.buttons.some(({ label }) => label === "Withdraw");
      await ann.until("the approval", canWithdraw);
      await ann.press("Withdraw", { in: APPROVALS, message: rotationCard });
    },
  ],
])("a second key whose request is %s changes nothing of the first, which can be rotated again", async (how, act) => {
  const { dana } = world;
  const first = await adminRotation();
  await act();
  const ended = new RegExp(`^${how}`, "i");
  await dana.until("the end of it", () =>
    dana.screen().some(({ text }) => ended.test(text) || text.includes(` ${how} `)),
  );
  await dana.until("the way to ask again", () =>
    dana
      .screen()
      .some(
        ({ text, buttons }) =>
          text.includes("Rotation of the Admin key") && buttons.some(({ label }) => label === "Ask again"),
      ),
  );
  expect(await rotations(world, first)).toBe(null);
  expect(statusOf(first)).toBe("active");
  await dana.press("Ask again", {
    in: dana.dm(),
    message: ({ text, buttons }) =>
      text.includes("Rotation of the Admin key") && buttons.some(({ label }) => label === "Ask again"),
  });
  await dana.until(
    "the same form",
    () => dana.modal()?.fields.How && dana.modal()?.fields.Reason?.value === ADMIN_REASON,
  );
});
