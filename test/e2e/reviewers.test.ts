import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS, APPROVERS_GROUP, GENERAL, LATER_APPROVALS, TEAM } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { people, rule, type SteeredPolicy } from "../kit/steered-policy";
import { passUntil, until } from "../kit/until";
import type { World } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { allSent, answers, approvalsCard, card, keep, reveal } from "./play";
import { breakIt, EVERYTHING, GLASS, glassForEach, questions, told } from "./play-glass";
import { hears } from "./play-pause";

/** Who looks at a broken glass, whatever they are called, and whoever they are by then. */

let world: World;
let policy: SteeredPolicy;
glassForEach((one, steered) => {
  world = one;
  policy = steered;
});

const GRID = "EACME0001";
const inGrid = (id: string) => ({ enterpriseUser: { id, enterpriseId: GRID, teams: [TEAM.id] } });
const rows = (sql: string) => world.database.rows<Record<string, unknown>>(sql);
const requestId = async () => String((await rows("select id from requests"))[0]?.id);
const looks = () =>
  rows("select name, actor_id as actor from events where name in ('review.looked', 'review.closed') order by id");

async function isTold(text: string): Promise<void> {
  await world.ann.until(`"${text}" in the channel`, () => told(world).includes(text));
}

test("two at the same moment both count, and close it once", async () => {
  const { dana, ann, bob, slack } = world;
  await breakIt(dana);
  for (const one of [ann, bob]) await one.until("their DM", () => questions(one).length === 1);
  const held = ["UANN00001", "UBOB00001"].map((id) =>
    slack.faults.arm({ call: "users.info", match: ({ user }) => user === id }, { kind: "hold", when: "after" }),
  );
  for (const one of [ann, bob]) await one.press("Mark as reviewed", { in: one.dm() });
  for (const look of held) await reached(look);
  for (const look of held) look.release();
  for (const one of [ann, bob]) await one.until("the answer", () => answers(one).at(-1)?.includes("reviewed"));
  await isTold("Reviewed by ");
  expect((await looks()).map(({ name }) => name)).toEqual(["review.looked", "review.closed"]);
  expect(new Set((await looks()).map(({ actor }) => actor))).toEqual(new Set(["UANN00001", "UBOB00001"]));
});

test("who lost the role counts no more, and what they looked at before stays looked at", async () => {
  const { dana, ann, bob, eve, slack } = world;
  await breakIt(dana);
  await ann.until("her DM", () => questions(ann).length === 1);
  await ann.press("Mark as reviewed", { in: ann.dm() });
  await hears(ann, "One more person has to.");
  slack.setGroup(APPROVERS_GROUP, ["UEVE00001"]);
  await bob.until("his DM", () => questions(bob).length === 1);
  await bob.press("Mark as reviewed", { in: bob.dm() });
  await hears(bob, "Only @key-approvers");
  expect(await looks()).toHaveLength(1);
  const pressed = click(world, { id: eve.id }, ACTIONS.review, await requestId());
  await slack.sendRaw("interaction", pressed);
  await hears(eve, "Its review is closed.", GENERAL);
  await isTold("Reviewed by @ann and @eve");
});

test("nobody reviews their own, or twice, under another one of their ids", async () => {
  const { dana, ann, slack } = world;
  slack.joinOrganization(GRID);
  await world.restartBot();
  slack.setPerson(dana.id, inGrid("WDEV00001"));
  slack.setPerson(ann.id, inGrid("WANN00001"));
  slack.setGroup(APPROVERS_GROUP, ["UANN00001", "WANN00001", "WDEV00001"]);
  await breakIt(dana);
  const id = await requestId();
  const press = (from: string, to: string) =>
    slack.sendRaw("interaction", {
      ...click(world, { id: from }, ACTIONS.review, id),
      response_url: slack.newResponseUrl(to, GENERAL),
    });
  await press("WDEV00001", dana.id);
  await hears(dana, "You asked for this key", GENERAL);
  await press("WANN00001", ann.id);
  await hears(ann, "One more person has to.", GENERAL);
  await press("UANN00001", ann.id);
  await hears(ann, "You have reviewed this already", GENERAL);
  expect(await looks()).toHaveLength(1);
});

test("a group that Slack no longer has keeps nobody of the others from being asked", async () => {
  const { dana, ann, bob } = world;
  policy.rules = [rule("gone", {}, { decide: { people: { users: ["UEVE00001"], groups: ["SGONE0001"] }, count: 1 } })];
  await breakIt(dana);
  for (const one of [ann, bob, world.eve]) await one.until("their DM", () => questions(one).length === 1);
  await world.eve.press("Mark as reviewed", { in: world.eve.dm() });
  await hears(world.eve, "One more person has to.");
});

test("who may decide after a while only is asked at once, and counts at once", async () => {
  const { dana, eve } = world;
  const escalate = { afterMs: 1_800_000, to: people("UEVE00001") };
  policy.rules = [rule("late", {}, { decide: EVERYTHING.decide, escalate })];
  await breakIt(dana);
  await eve.until("her DM", () => questions(eve).length === 1);
  await eve.press("Mark as reviewed", { in: eve.dm() });
  await hears(eve, "One more person has to.");
});

test("who is in a group and no full member reads nothing of it, and neither does whoever broke it, by another id", async () => {
  const { dana, ann, bob, eve, gus, slack } = world;
  slack.joinOrganization(GRID);
  await world.restartBot();
  slack.setPerson(dana.id, inGrid("WDEV00001"));
  slack.setPerson(ann.id, inGrid("WANN00001"));
  slack.setPerson(bob.id, { deleted: true });
  slack.setPerson(eve.id, { isStranger: true });
  slack.setGroup(APPROVERS_GROUP, [ann.id, bob.id, eve.id, gus.id, "WDEV00001"]);
  await breakIt(dana);
  await ann.until("her DM", () => questions(ann).length === 1);
  await allSent(world);
  const posted = slack.calls.filter(
    ({ method, params }) => method === "chat.postMessage" && String(params.text).includes("Ask them what it was for"),
  );
  expect(posted.map(({ params }) => params.channel)).toEqual([ann.dm()]);
  const opened = slack.calls.filter(({ method }) => method === "conversations.open").map(({ params }) => params.users);
  expect(new Set(opened)).toEqual(new Set([dana.id, ann.id]));
});

test("while Slack does not say who somebody is, they are not asked; they are as soon as it does", async () => {
  const { dana, ann, bob, slack, clock } = world;
  slack.faults.arm(
    { call: "users.info", times: 1_000, match: ({ user }) => user === bob.id },
    { kind: "refuse", status: 500, body: {} },
  );
  await breakIt(dana);
  await ann.until("her DM", () => questions(ann).length === 1);
  expect(questions(bob)).toEqual([]);
  slack.faults.clear();
  await passUntil("his DM", () => questions(bob).length === 1, { clock, stepMs: 5_000 });
});

test("a request that was taken back is not forgotten before others have looked at it", async () => {
  const { dana, ann, bob, clock } = world;
  await breakIt(dana);
  await dana.press("Cancel", { in: dana.dm() });
  await dana.until("the end", () => card(dana, "deploy")?.text.includes("Canceled by you"));
  await allSent(world);
  await world.restartBot({ KEEP_DAYS: "30" });
  clock.advance(31 * 86_400_000);
  await passUntil("the question", () => questions(bob).length > 1, { clock, stepMs: 5_000 });
  expect(await rows("select state from requests")).toEqual([{ state: "cancelled" }]);
  for (const one of [ann, bob]) {
    await one.press("Mark as reviewed", { in: one.dm() });
    await one.until("the answer", () =>
      answers(one)
        .at(-1)
        ?.match(/reviewed|closed/),
    );
  }
  await passUntil("it to be forgotten", async () => (await rows("select id from requests")).length === 0, {
    clock,
    stepMs: 5_000,
  });
});

describe("the cards", () => {
  const drawn = (channel: string) =>
    world.slack.calls.filter(({ method, params }) => method === "chat.update" && params.channel === channel).length;
  const cardsIn = (channel: string) => world.ann.screen(channel).filter(({ isEphemeral }) => !isEphemeral);

  /** A click that says that it comes from a message. */
  async function clickAt(actionId: string, channel: string, ts: string): Promise<void> {
    const container = { type: "message", channel_id: channel, message_ts: ts, is_ephemeral: false };
    const before = answers(world.ann, GENERAL).length;
    const pressed = click(world, { id: "UANN00001" }, actionId, await requestId(), { container });
    await world.slack.sendRaw("interaction", pressed);
    await world.ann.until("an answer", () => answers(world.ann, GENERAL).length > before);
    await allSent(world);
  }

  test("no click draws one over another, or where it does not belong", async () => {
    const { dana, ann } = world;
    await breakIt(dana);
    await keep(dana, "deploy");
    await breakIt(dana, "again");
    await ann.until("two cards", () => cardsIn(LATER_APPROVALS).length === 2);
    await ann.until("two cards", () => cardsIn(APPROVALS).length === 2);
    await allSent(world);
    const others = [
      [APPROVALS, cardsIn(APPROVALS).at(-1)],
      [APPROVALS, cardsIn(APPROVALS).at(0)],
      [LATER_APPROVALS, cardsIn(LATER_APPROVALS).at(-1)],
      [GENERAL, { ts: "1764000000.000001", text: "" }],
    ] as const;
    for (const [channel, message] of others) await clickAt(ACTIONS.review, channel, message?.ts ?? "");
    expect(cardsIn(LATER_APPROVALS).at(-1)?.text).toContain("again");
    expect(cardsIn(APPROVALS).at(-1)?.text).toContain("again");
    for (const { text } of cardsIn(APPROVALS)) expect(text).not.toContain("took an Editor key without an approval");
    for (const { text } of cardsIn(LATER_APPROVALS)) expect(text).toContain("took an Editor key without an approval");
    expect(drawn(GENERAL)).toBe(0);
  });

  test("both stand beside each other where the approvals channel is the one that is told", async () => {
    const { dana, ann, bob } = world;
    policy.breakGlass = { ...GLASS, tellChannelId: APPROVALS };
    await breakIt(dana);
    await ann.until("two cards", () => cardsIn(APPROVALS).length === 2);
    await reveal(dana, "deploy");
    const reviewed = () => cardsIn(APPROVALS).find(({ text }) => text.includes("Review "));
    for (const one of [ann, bob]) {
      await one.press("Mark as reviewed", { in: APPROVALS });
      await one.until("the answer", () =>
        answers(one, APPROVALS)
          .at(-1)
          ?.match(/One more person|closed/),
      );
    }
    await ann.until("the card", () =>
      cardsIn(APPROVALS).some(({ text }) => text.includes("Reviewed by @ann and @bob")),
    );
    await ann.press("Withdraw", { in: APPROVALS, message: approvalsCard(world, "deploy")?.ts ?? "" });
    await until("both drawn", () => cardsIn(APPROVALS).every(({ text }) => text.includes("Withdrawn by @ann")));
    expect(reviewed()).toBeUndefined();
    expect(cardsIn(APPROVALS)).toHaveLength(2);
  });
});
