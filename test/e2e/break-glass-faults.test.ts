import { ACTIONS } from "../../src/slack/ids";
import { APPROVERS_GROUP, GENERAL, LATER_APPROVALS } from "../kit/people";
import { rule, type SteeredPolicy } from "../kit/steered-policy";
import { passUntil, until } from "../kit/until";
import type { World } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { allSent, answers, card, keep } from "./play";
import { breakIt, GLASS, glassForEach, HOUR, onCall, openGlass, questions, sendGlass, told } from "./play-glass";
import { hears, opens } from "./play-pause";

/** A glass that is broken while Slack is half down, or while the policy changes. */

let world: World;
let policy: SteeredPolicy;
glassForEach((one, steered) => {
  world = one;
  policy = steered;
});

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const dmCard = () => card(world.dana, "deploy");
const pass = (what: string, isSo: () => unknown, stepMs = 5 * SECOND) =>
  passUntil(what, isSo, { clock: world.clock, stepMs });
const rows = (sql: string) => world.database.rows<Record<string, unknown>>(sql);
const posts = (channel: string) =>
  world.slack.calls.filter(
    ({ method, params }) => method.startsWith("chat.") && method !== "chat.postEphemeral" && params.channel === channel,
  ).length;
const press = (label: string) => world.dana.press(label, { in: world.dana.dm(), message: dmCard()?.ts ?? "" });

test("where Slack does not say who somebody is, nobody breaks it, and they read that they may try again", async () => {
  const { dana, slack } = world;
  const down = { kind: "refuse", status: 500, body: {} } as const;
  slack.faults.arm({ call: "users.info", times: 1_000 }, down);
  await dana.command("/tigris-key break-glass deploy", { in: GENERAL });
  await dana.until("the no", () => dana.modal()?.text.includes("I couldn't check with Slack"));
  await dana.close();
  slack.faults.clear();
  await openGlass(dana);
  slack.faults.arm({ call: "users.info", times: 1_000 }, down);
  await sendGlass(dana);
  await dana.until("the no", () => dana.modal()?.text.includes("I couldn't check with Slack"));
  expect(await rows("select id from requests")).toEqual([]);
  slack.faults.clear();
  await dana.submit();
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
});

test("an approver whose DM can't be opened keeps nobody from being told, and is told later", async () => {
  const { dana, ann, bob, slack } = world;
  const isBobs = ({ users }: Record<string, unknown>) => String(users) === "UBOB00001";
  slack.faults.arm(
    { call: "conversations.open", times: 1_000, match: isBobs },
    { kind: "refuse", status: 200, body: { ok: false, error: "internal_error" } },
  );
  await breakIt(dana);
  await keep(dana, "deploy");
  await ann.until("her DM", () => questions(ann).length === 1);
  await ann.until("the channel", () => told(world).includes("On since"));
  expect(questions(bob)).toEqual([]);
  slack.faults.clear();
  await pass("his DM", () => questions(bob).length === 1);
  expect(questions(ann)).toHaveLength(1);
});

test.each([
  ["archived", { isArchived: true }, { isArchived: false }],
  ["shared with others", { isExtShared: true }, { isExtShared: false }],
])(
  "a channel to be told that is %s gets nothing; all else goes on, and it is told as soon as it may",
  async (...is) => {
    const [_what, broken, mended] = is;
    const { dana, ann, bob, slack } = world;
    slack.setChannel(LATER_APPROVALS, broken);
    await breakIt(dana);
    const shown = await keep(dana, "deploy");
    await until("the key to work", async () => (await world.tigris.use(shown.accessKeyId, shown.secret)).ok);
    for (const one of [ann, bob]) await one.until("their DM", () => questions(one).length === 1);
    await ann.press("Mark as reviewed", { in: ann.dm() });
    await ann.until("the answer", () => answers(ann).at(-1)?.includes("One more person has to."));
    expect(told(world)).toBe("");
    slack.setChannel(LATER_APPROVALS, mended);
    await pass("the channel", () => told(world).includes("Review 1 of 2: @ann"));
  },
);

test("a channel that becomes shared after it was told is not drawn in any more, nor by a click on its card", async () => {
  const { dana, ann, slack } = world;
  await breakIt(dana);
  await ann.until("the channel", () => told(world).includes("Review 0 of 2"));
  // A drawing that was on its way as the channel became shared would count.
  await allSent(world);
  slack.setChannel(LATER_APPROVALS, { isExtShared: true });
  const before = posts(LATER_APPROVALS);
  await ann.press("Mark as reviewed", { in: LATER_APPROVALS });
  await ann.until("the answer", () => answers(ann, LATER_APPROVALS).at(-1)?.includes("One more person has to."));
  await keep(dana, "deploy");
  expect(posts(LATER_APPROVALS)).toBe(before);
  slack.setChannel(LATER_APPROVALS, { isExtShared: false });
  await pass("the card", () => told(world).includes("Review 1 of 2: @ann"));
});

test("a policy that changes its time and its channel changes nothing of what was told", async () => {
  const { dana, ann, clock } = world;
  await breakIt(dana);
  policy.breakGlass = { ...GLASS, lastsMs: 20 * HOUR, tellChannelId: GENERAL };
  const shown = await keep(dana, "deploy");
  await ann.until("the channel", () => told(world).includes("On since"));
  expect(posts(GENERAL)).toBe(0);
  policy.breakGlass = null;
  clock.advance(4 * HOUR - SECOND);
  expect(await opens(world, shown)).toBe(false);
  expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  await pass("the end", () => dmCard()?.text.startsWith("⏹️ Ended "), SECOND);
  await ann.until("the channel", () => told(world).includes("Ended"));
  expect(posts(GENERAL)).toBe(0);
});

test("who lost the role by then pauses the key and deletes it; neither a resume nor a new secret is had without a yes", async () => {
  const { dana, slack } = world;
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  policy.breakGlass = onCall("UBOB00001");
  await press("Pause");
  await dana.until("the pause", () => dmCard()?.text.includes("works nowhere"));
  await press("Resume");
  await dana.until("the form", () => dana.modal()?.fields.Reason);
  await dana.close();
  await press("New secret");
  await dana.until("the form", () => dana.modal()?.fields.Reason);
  await dana.close();
  expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
  slack.setGroup(APPROVERS_GROUP, ["UANN00001"]);
  await press("Delete key");
  await dana.until("the deletion", () => dmCard()?.text.includes("Deleted by you"));
});

test("whoever paused it before resumes it no more once its time is over, by no button of a list that is older", async () => {
  const { dana, ann, tigris } = world;
  policy.rules = [rule("free", {})];
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  await press("Pause");
  await dana.until("the pause", () => dmCard()?.text.includes("works nowhere"));
  await pass("the end", () => dmCard()?.text.startsWith("⏹️ Ended "), 10 * MINUTE);
  for (const who of [dana, ann]) {
    await world.slack.sendRaw("interaction", click(world, { id: who.id }, ACTIONS.resumeListed, shown.accessKeyId));
    await hears(who, "The time of deploy is over for good", GENERAL);
  }
  const secret = click(world, { id: dana.id }, ACTIONS.newSecret, shown.accessKeyId);
  await world.slack.sendRaw("interaction", secret);
  await dana.until(
    "the no",
    () => answers(dana, GENERAL).filter((text) => text.includes("is over for good")).length === 2,
  );
  expect(tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId)?.status).toBe("inactive");
  expect(tigris.calls.filter(({ action }) => action === "RotateAccessKey")).toEqual([]);
});
