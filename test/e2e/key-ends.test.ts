import { LATER_APPROVALS } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { rule, type SteeredPolicy } from "../kit/steered-policy";
import { minuteByMinute, passUntil, until } from "../kit/until";
import type { World } from "../kit/world";
import { answers, card, keep, reveal, type ShownSecret, SWITCH_ON, secretMessages, shownSecret } from "./play";
import { breakIt, glassForEach, HOUR, questions, told } from "./play-glass";
import { atTigris } from "./play-pause";

/** The end of a key that is on for a while: nothing that is under way on it outlives that. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let world: World;
let policy: SteeredPolicy;
glassForEach(
  (one, steered) => {
    world = one;
    policy = steered;
  },
  { tigrisTimeouts: { mutateMs: 500, readMs: 2_000 } },
);

const toActive = { call: "UpdateAccessKey", match: ({ Status }: Record<string, unknown>) => Status === "Active" };
const SET_ROLES = { call: "UpdateAccessKeyWithBucketsRole" };
const BUSY = { kind: "refuse", status: 503, body: { Code: "SlowDown" } } as const;

const dmCard = () => card(world.dana, "deploy");
const pass = (what: string, isSo: () => unknown, stepMs = SECOND) =>
  passUntil(what, isSo, { clock: world.clock, stepMs, limitMs: 20_000 });
const ended = () => dmCard()?.text.startsWith("⏹️ Ended ");
const works = async ({ accessKeyId, secret }: ShownSecret) => (await world.tigris.use(accessKeyId, secret)).ok;
const press = (label: string) => world.dana.press(label, { in: world.dana.dm(), message: dmCard()?.ts ?? "" });
const pressSaved = () =>
  world.dana.press(SWITCH_ON, { in: world.dana.dm(), message: secretMessages(world.dana).at(-1)?.ts ?? "" });
const pauses = () =>
  world.tigris.calls.filter(({ action, params }) => action === "UpdateAccessKey" && params.Status === "Inactive");
const endsAt = async () => {
  const [row] = await world.database.rows<{ end_json: string }>("select end_json from keys");
  return JSON.parse(row?.end_json ?? "{}").at;
};

/** It has ended for people, and for Tigris. */
async function expectEnded(shown: ShownSecret): Promise<void> {
  await pass("the end on the card", () => ended() && dmCard()?.text.includes("works nowhere"));
  // What came late is taken again by the look after a minute.
  await minuteByMinute("no power", async () => !(await works(shown)), { clock: world.clock, minutes: 10 });
  expect(dmCard()?.buttons.map(({ label }) => label)).toEqual(["Delete key"]);
}

test("a press whose answer is lost: the next one sets the same roles, and the end stays as it was at the first", async () => {
  const { dana, tigris, clock } = world;
  await breakIt(dana);
  const shown = await reveal(dana, "deploy");
  tigris.faults.arm(SET_ROLES, { kind: "lose", when: "before" });
  const pressedAt = clock.now();
  await pressSaved();
  await dana.until("the doubt", () => dmCard()?.text.includes("Tigris has not said whether it is on"));
  clock.advance(HOUR);
  await pressSaved();
  await pass("the key on", () => dmCard()?.text.startsWith("🔑 On until "));
  expect(await works(shown)).toBe(true);
  expect(await endsAt()).toBe(pressedAt + 4 * HOUR);
  clock.advance(3 * HOUR);
  await expectEnded(shown);
});

test("a press that Tigris refused: the end counts from it all the same, and what is over is not switched on", async () => {
  const { dana, tigris, clock } = world;
  await breakIt(dana);
  const shown = await reveal(dana, "deploy");
  tigris.faults.arm(SET_ROLES, { kind: "refuse", status: 403, body: { Code: "AccessDenied", Message: "no" } });
  const pressedAt = clock.now();
  await pressSaved();
  await dana.until("the refusal", () => answers(dana).some((text) => text.includes("Tigris")));
  clock.advance(HOUR);
  await pressSaved();
  await pass("the key on", () => dmCard()?.text.startsWith("🔑 On until "));
  expect(await endsAt()).toBe(pressedAt + 4 * HOUR);
  clock.advance(3 * HOUR);
  await expectEnded(shown);
});

test("a resume on its way at the end, of which Tigris does what it is asked late: its power is taken once more", async () => {
  const { dana, tigris, clock } = world;
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  policy.rules = [rule("free", {})];
  await press("Pause");
  await dana.until("the pause", () => dmCard()?.text.includes("works nowhere"));
  const held = tigris.faults.arm(toActive, { kind: "hold", when: "before" });
  await press("Resume");
  await reached(held);
  clock.advance(4 * HOUR);
  await pass("the end", ended);
  held.release();
  await expectEnded(shown);
  await pass("the watch", async () => (await open()).length === 0, MINUTE);
  expect(await works(shown)).toBe(false);
  expect(atTigris(world, shown)?.status).toBe("inactive");
});

const open = () =>
  world.database.rows<{ kind: string }>("select kind from attempts where closed = 0 and kind <> 'list_made'");

test("a new secret on its way at the end is shown, and opens nothing", async () => {
  const { dana, tigris, clock } = world;
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  policy.rules = [rule("free", {})];
  const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when: "before" });
  await press("New secret");
  await reached(held);
  clock.advance(4 * HOUR);
  await until("the pause at Tigris", () => atTigris(world, shown)?.status === "inactive");
  held.release();
  await expectEnded(shown);
  const secret = shownSecret(dana);
  if (secret) expect(await works(secret)).toBe(false);
});

test("a Tigris that takes no pause for hours: approvers are told in time, and it is tried until it does", async () => {
  const { dana, ann, tigris, clock } = world;
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  for (const call of ["UpdateAccessKey", SET_ROLES.call]) tigris.faults.arm({ call, times: 10_000 }, BUSY);
  clock.advance(4 * HOUR);
  const endedAt = clock.now();
  await pass("the end", ended);
  expect(dmCard()?.text).not.toContain("works nowhere");
  const isTold = () =>
    ann.screen("CAPPROVE1").some(({ text }) => text.includes("I can't pause the access key deploy-"));
  await pass("the alert", isTold, 30 * SECOND);
  const [alerted] = await world.database.rows<{ at: number }>("select at from events where name = 'attempt.alerted'");
  expect(Number(alerted?.at) - endedAt).toBeGreaterThanOrEqual(15 * MINUTE);
  // The first try that fails after that tells it: the longest pause between two tries is ten minutes.
  expect(Number(alerted?.at) - endedAt).toBeLessThan(30 * MINUTE);
  const tried = pauses().length;
  await pass("hours more", () => clock.now() - endedAt > 3 * HOUR, 5 * MINUTE);
  await until("more tries", () => pauses().length > tried + 5);
  expect(await works(shown)).toBe(true);
  tigris.faults.clear();
  await minuteByMinute("the pause", () => dmCard()?.text.includes("works nowhere"), { clock, minutes: 15 });
  expect(await works(shown)).toBe(false);
}, 60_000);

test("a bot that is down at the end takes the power as soon as it is back", async () => {
  const { dana, clock } = world;
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  clock.advance(4 * HOUR - MINUTE);
  await world.restartBot();
  expect(await works(shown)).toBe(true);
  clock.advance(2 * MINUTE);
  await world.restartBot();
  await expectEnded(shown);
});

test.each([
  ["back by a day", -24 * HOUR],
  ["ahead by a day", 24 * HOUR],
])("a clock that is set %s ends it at once, and nobody is asked for a review again and again", async (_where, byMs) => {
  const { dana, ann, bob, clock } = world;
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  for (const one of [ann, bob]) await one.until("the question", () => questions(one).length === 1);
  clock.set(clock.now() + byMs);
  await expectEnded(shown);
  await pass("minutes", () => passed(10 * MINUTE), 10 * SECOND);
  for (const one of [ann, bob]) expect(questions(one).length).toBeLessThanOrEqual(2);
});

/** Whether so much has passed since the first look. */
const passed = (() => {
  let from: number | null = null;
  return (ms: number) => {
    from ??= world.clock.monotonicMs();
    const isOver = world.clock.monotonicMs() - from >= ms;
    if (isOver) from = null;
    return isOver;
  };
})();

test("a clock that is set back by a minute asks nobody again and again, and its key ends by that clock", async () => {
  const { dana, ann, bob, clock } = world;
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  for (const one of [ann, bob]) await one.until("the question", () => questions(one).length === 1);
  clock.set(clock.now() - MINUTE);
  await pass("minutes", () => passed(10 * MINUTE), 10 * SECOND);
  for (const one of [ann, bob]) expect(questions(one).length).toBeLessThanOrEqual(2);
  expect(await works(shown)).toBe(true);
  clock.advance(4 * HOUR - 9 * MINUTE);
  await expectEnded(shown);
  await ann.until("the channel", () => told(world).includes("Ended"));
  expect(ann.screen(LATER_APPROVALS).filter(({ isEphemeral }) => !isEphemeral)).toHaveLength(1);
});
