import { card, keep, type ShownSecret } from "../../e2e/play";
import { breakIt, openGlass, questions, sendGlass, told } from "../../e2e/play-glass";
import { APPROVALS, APPROVERS_GROUP, LATER_APPROVALS } from "../../kit/people";
import { createPolicyFile } from "../../kit/policy-file";
import { passUntil, until } from "../../kit/until";
import { PATIENCE_MS, PATIENT } from "../kit/process";
import { type Crash, endCrash, startAhead, startCrash } from "./crash";
import { opens } from "./interrupted";
import { killAt, type Point, SET_STATUS } from "./points";
import { allClosed, passLeases, pausesAsked, poweredInTigris, recover } from "./recover";

/** A bot that is killed between what it wrote down and what it says of it, or does about it. */

jest.setTimeout(PATIENCE_MS);

const POLICY = `rules:
  - name: everything
    when: { permission: [Editor, ReadOnly], allBuckets: true }
    decide: { groups: [${APPROVERS_GROUP}], count: 1 }
  - name: admin
    when: { permission: [Admin] }
    decide: { groups: [${APPROVERS_GROUP}], count: 1 }
breakGlass: { who: { users: [UDEV00001] }, lasts: 4h, tell: ${LATER_APPROVALS} }
`;
const LASTS_MS = 4 * 3_600_000 + 60_000;
const LATER_MS = LASTS_MS + 61_000;

const file = createPolicyFile();
afterAll(() => file.remove());

let crash: Crash;
beforeEach(async () => {
  file.write(POLICY);
  crash = await startCrash("socket", { POLICY_FILE: file.path });
});
afterEach(() => endCrash(crash));

/** What is said of the glass in a channel: at its start the bot says there which policy is in force. */
const isTo =
  (channel: string) =>
  ({ channel: to, text }: Record<string, unknown>): boolean =>
    to === channel && String(text).includes("deploy");
const dmCard = () => card(crash.world.dana, "deploy");
const rows = (sql: string) => crash.world.database.rows<Record<string, unknown>>(sql);

/** Everybody who is to be told of it is. */
async function expectAllTold(): Promise<void> {
  const { dana, ann, bob } = crash.world;
  await ann.until("the channel", () => told(crash.world).includes("Review 0 of 2"));
  for (const one of [ann, bob]) await one.until("their DM", () => questions(one).length > 0);
  await ann.until("the approvals card", () => ann.screen(APPROVALS).some(({ text }) => text.includes("Break glass")));
  await dana.until("the card", () => dmCard()?.buttons.some(({ label }) => label === "Show my secret"));
}

test.each<[string, Point]>([
  ["the channel is told", { api: "slack", call: "chat.postMessage", when: "before", match: isTo(LATER_APPROVALS) }],
  ["the channel was told", { api: "slack", call: "chat.postMessage", when: "after", match: isTo(LATER_APPROVALS) }],
  ["the approvals card is posted", { api: "slack", call: "chat.postMessage", when: "before", match: isTo(APPROVALS) }],
  ["those who may review it are looked up", { api: "slack", call: "usergroups.users.list", when: "before" }],
  [
    "an approver's DM is opened",
    { api: "slack", call: "conversations.open", when: "after", match: ({ users }) => users === "UBOB00001" },
  ],
  ["the form says so", { api: "slack", call: "views.update", when: "before" }],
])("killed when the glass is broken, as %s: all are told after that, and the key is had", async (_moment, point) => {
  const { dana } = crash.world;
  await openGlass(dana);
  await killAt(crash, point, () => sendGlass(dana));
  await recover(crash);
  await expectAllTold();
  if (dana.modal()) await dana.close();
  const shown = await keep(dana, "deploy");
  expect(await opens(crash.world, shown)).not.toEqual([]);
  expect(await rows("select id from requests")).toHaveLength(1);
  expect(await rows("select id from events where name = 'review.asked'")).toHaveLength(1);
  for (const { text } of crash.world.ann.screen(LATER_APPROVALS)) expect(text).toContain("Break glass");
});

describe("killed at the end of its time", () => {
  let shown: ShownSecret;
  beforeEach(async () => {
    const { dana } = crash.world;
    await breakIt(dana);
    shown = await keep(dana, "deploy");
    await expectTold();
    await crash.bot.kill();
  });

  const expectTold = async () => {
    const { ann } = crash.world;
    await ann.until("the channel", () => told(crash.world).includes("On since"));
  };

  test.each<[string, Point]>([
    ["Tigris is asked", { ...SET_STATUS, when: "before" }],
    ["Tigris has done it", { ...SET_STATUS, when: "after" }],
    ["people are told", { api: "slack", call: "chat.postMessage", when: "before" }],
    ["people were told", { api: "slack", call: "chat.postMessage", when: "after" }],
  ])("as %s: it has no power, it ended once, and all read so", async (_moment, point) => {
    const { dana, ann } = crash.world;
    await killAt(crash, point, async () => {
      crash.bot = await startAhead(crash, LASTS_MS);
    });
    await recover(crash, LATER_MS);
    await allClosed(crash.world);
    await dana.until(
      "the end",
      () => dmCard()?.text.startsWith("⏹️ Ended ") && dmCard()?.text.includes("works nowhere"),
    );
    await ann.until("the channel", () => told(crash.world).includes("Ended"));
    expect(await opens(crash.world, shown)).toEqual([]);
    expect(poweredInTigris(crash.world)).toEqual([]);
    expect(await rows("select id from events where name = 'key.ended'")).toHaveLength(1);
    expect(pausesAsked(crash.world)).toBeLessThanOrEqual(2);
  });

  test("before it: the next bot, hours later, takes its power as soon as it starts", async () => {
    passLeases(crash.world, LASTS_MS);
    expect(await opens(crash.world, shown)).not.toEqual([]);
    crash.bot = await startAhead(crash, LASTS_MS);
    const { world } = crash;
    await until("no power", async () => (await opens(world, shown)).length === 0, PATIENT);
    await passUntil("the card", () => dmCard()?.text.startsWith("⏹️ Ended "), { clock: world.clock, stepMs: 1_000 });
  });
});
