import { APPROVALS } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { ADMIN_REASON, approvalsCard, ask, card } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const SECOND = 1_000;

/** How the bot says that it is, once nothing is remembered of before. */
async function readyz(): Promise<{ status: number; text: string }> {
  world.clock.advance(20 * SECOND);
  const answer = await fetch(`http://127.0.0.1:${world.port}/readyz`);
  return { status: answer.status, text: await answer.text() };
}

const notices = () => world.dana.screen().filter(({ text }) => text.includes("has not reached the approvers"));

/** Asks for an Admin key. The form says that it was sent. */
async function askFor(keyName: string): Promise<void> {
  const { dana } = world;
  await ask(dana, keyName, { Permission: "Admin", Reason: ADMIN_REASON });
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await dana.close();
  await dana.until("the card", () => card(dana, keyName)?.text.includes("Waiting for"));
}

const failures = () => world.log.filter((line) => line.includes('"kind":"approvals_card"')).length;

test("an approvals channel whose rules leave apps out: the requester reads it once, /readyz says it until a post succeeds", async () => {
  const { slack, clock } = world;
  slack.setChannel(APPROVALS, { isPostingRestricted: true });
  await askFor("deploy");
  await until("the first failure", () => failures() === 1);
  expect((await readyz()).status).toBe(200);
  await passUntil("the notice", () => notices().length > 0, { clock, stepMs: SECOND });
  expect(failures()).toBe(3);
  expect(notices()[0]?.text).toContain("I can't post in #key-approvals, since its posting rules leave me out");
  await until("what /readyz says", async () => (await readyz()).text.includes("takes no posts (restricted_action)"));
  expect((await readyz()).status).toBe(503);
  await passUntil("more failures", () => failures() >= 6, { clock, stepMs: 10 * SECOND });
  await world.restartBot();
  // What it says comes from the record: another process knows it too, before it has tried anything.
  slack.faults.arm({ call: "chat.postMessage" }, { kind: "hold", when: "before" });
  expect(await readyz()).toMatchObject({ status: 503, text: expect.stringContaining("restricted_action") });
  expect(notices()).toHaveLength(1);
  slack.faults.clear();
  slack.setChannel(APPROVALS, { isPostingRestricted: false });
  await passUntil("the approvals card", () => approvalsCard(world, "deploy"), { clock, stepMs: 10 * SECOND });
  await until("a bot that is ready", async () => (await readyz()).status === 200);
  expect(notices()).toHaveLength(1);
});

test("a post that succeeds sends what waited, at once", async () => {
  const { slack, clock, ann } = world;
  slack.setChannel(APPROVALS, { isPostingRestricted: true });
  await askFor("deploy");
  await passUntil("eight failures", () => failures() >= 8, { clock, stepMs: 10 * SECOND });
  slack.setChannel(APPROVALS, { isPostingRestricted: false });
  await askFor("backup");
  await ann.until("the other card", () => approvalsCard(world, "backup"));
  await passUntil("the card that waited", () => approvalsCard(world, "deploy"), { clock, stepMs: 100, limitMs: 2_000 });
  await until("a bot that is ready", async () => (await readyz()).status === 200);
});

test.each([
  ["not_in_channel", ", since I'm not in it."],
  ["is_archived", ", since it is archived."],
  ["restricted_action_read_only_channel", ", since its posting rules leave me out."],
  ["ekm_access_denied", "."],
  ["internal_error", ", since Slack is busy or doesn't answer."],
])("Slack refuses the card with %s: people read why, and whoever runs the bot the code", async (error, why) => {
  const { slack, clock } = world;
  const refusal = { kind: "refuse", status: 200, body: { ok: false, error } } as const;
  const match = ({ channel }: Record<string, unknown>) => channel === APPROVALS;
  slack.faults.arm({ call: "chat.postMessage", match, times: 1_000 }, refusal);
  await askFor("deploy");
  await passUntil("the notice", () => notices()[0]?.text.includes(`I can't post in #key-approvals${why}`), {
    clock,
    stepMs: SECOND,
  });
  await until("what /readyz says", async () => (await readyz()).text.includes(`takes no posts (${error})`));
});

test("a channel that became unfit after the form was sent is told too", async () => {
  const { slack, clock } = world;
  slack.faults.arm({ call: "conversations.info", nth: 2, times: 3 }, { kind: "refuse", status: 500, body: {} });
  await askFor("deploy");
  await passUntil("the notice", () => notices().length === 1, { clock, stepMs: SECOND });
});

test("a card that can't be posted as it is: its requester reads it, and the channel is not blamed", async () => {
  const { slack, dana } = world;
  const refusal = { kind: "refuse", status: 200, body: { ok: false, error: "msg_blocks_too_long" } } as const;
  slack.faults.arm({ call: "chat.postMessage", match: ({ channel }) => channel === APPROVALS }, refusal);
  await askFor("deploy");
  await dana.until("the notice", () => notices()[0]?.text.includes("I can't post in #key-approvals. Until"));
  expect((await readyz()).status).toBe(200);
});

test("who cancels meanwhile is told nothing of it", async () => {
  const { dana, slack, clock } = world;
  slack.setChannel(APPROVALS, { isPostingRestricted: true });
  await askFor("deploy");
  await until("the first failure", () => failures() === 1);
  await dana.press("Cancel request", { in: dana.dm() });
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Canceled by you"));
  await passUntil("more failures", () => failures() >= 5, { clock, stepMs: SECOND });
  expect(notices()).toEqual([]);
});
