import { GENERAL, LATER_APPROVALS } from "../kit/people";
import type { SteeredPolicy } from "../kit/steered-policy";
import { passUntil } from "../kit/until";
import type { World } from "../kit/world";
import { allSent, answers, card, keep } from "./play";
import { breakIt, glassForEach, HOUR, questions, told } from "./play-glass";

let world: World;
let _policy: SteeredPolicy;
glassForEach((one, steered) => {
  world = one;
  _policy = steered;
});

const _dmCard = () => card(world.dana, "deploy");
const _stateOf = async () => (await world.database.rows<{ state: string }>("select state from requests"))[0]?.state;
const rows = (sql: string) => world.database.rows<Record<string, unknown>>(sql);
const review = () => ({ in: LATER_APPROVALS });

test("two others close its review, in the channel or in their DM, each once; never whoever broke it", async () => {
  const { dana, ann, bob } = world;
  await breakIt(dana);
  await ann.until("the channel", () => told(world).includes("Review 0 of 2"));
  await ann.until("her DM", () => questions(ann).length === 1);
  await ann.press("Mark as reviewed", review());
  await ann.until("the count", () => told(world).includes("Review 1 of 2: @ann"));
  await ann.until("the answer", () => answers(ann, LATER_APPROVALS).at(-1)?.includes("One more person has to."));
  await ann.press("Mark as reviewed", review());
  await ann.until("the no", () => answers(ann, LATER_APPROVALS).at(-1)?.includes("You have reviewed this already"));
  await bob.until("his DM", () => questions(bob).length === 1);
  await bob.press("Mark as reviewed", { in: bob.dm() });
  await bob.until("the answer", () => answers(bob).at(-1)?.includes("Its review is closed."));
  await ann.until("the card", () => told(world).includes("Reviewed by @ann and @bob"));
  await ann.press("Mark as reviewed", { in: ann.dm() });
  await ann.until("the no", () => answers(ann).at(-1)?.includes("This was reviewed by @ann and @bob"));
  expect(
    await rows("select name, actor_id as actor, outcome from events where name in ('review.looked', 'review.closed')"),
  ).toEqual([
    { name: "review.looked", actor: "UANN00001", outcome: "1 of 2" },
    { name: "review.closed", actor: "UBOB00001", outcome: "2 of 2" },
  ]);
});

test("an approver who broke it does not review it", async () => {
  const { ann, bob } = world;
  await breakIt(ann);
  await ann.until("the channel", () => told(world).includes("Review 0 of 2"));
  await ann.press("Mark as reviewed", review());
  await ann.until("the no", () => answers(ann, LATER_APPROVALS).at(-1)?.includes("somebody else has to decide"));
  await bob.until("his DM", () => questions(bob).length === 1);
  await allSent(world);
  expect(questions(ann)).toEqual([]);
});

test("where Slack names no members of groups, whoever is named by id breaks it; the approvers are told as soon as it does", async () => {
  const { dana, ann, slack, clock } = world;
  slack.faults.arm({ call: "usergroups.users.list", times: 1_000 }, { kind: "refuse", status: 500, body: {} });
  await breakIt(dana);
  await keep(dana, "deploy");
  await ann.until("the channel", () => told(world).includes("Review 0 of 2"));
  expect(questions(ann)).toEqual([]);
  await ann.command("/tigris-key break-glass", { in: GENERAL });
  await ann.until("the no", () => ann.modal()?.text.includes("I couldn't check with Slack"));
  slack.faults.clear();
  await passUntil("the question", () => questions(ann).length === 1, { clock, stepMs: 5_000 });
});

test("a channel that can't be posted to holds nobody up, and is told later", async () => {
  const { dana, ann, slack, clock } = world;
  slack.faults.arm(
    { call: "chat.postMessage", times: 1_000, match: ({ channel }) => channel === LATER_APPROVALS },
    { kind: "refuse", status: 500, body: {} },
  );
  await breakIt(dana);
  await keep(dana, "deploy");
  await ann.until("her DM", () => questions(ann).length === 1);
  expect(told(world)).toBe("");
  slack.faults.clear();
  await passUntil("the channel", () => told(world).includes("Review 0 of 2"), { clock, stepMs: 5_000 });
});

test("what nobody has reviewed within a day is asked again, until two have", async () => {
  const { dana, ann, bob, clock } = world;
  await breakIt(dana);
  for (const one of [ann, bob]) await one.until("the question", () => questions(one).length === 1);
  await ann.press("Mark as reviewed", { in: ann.dm() });
  await ann.until("the answer", () => answers(ann).at(-1)?.includes("One more person has to."));
  await allSent(world);
  clock.advance(24 * HOUR - 120_000);
  await passUntil("the day over", () => questions(bob).length === 2, { clock, stepMs: 60_000 });
  expect(questions(bob)[1]).toContain("⏰ Not reviewed yet");
  expect(questions(bob)[1]).toContain("one more person has to");
  expect(questions(ann)).toHaveLength(1);
  await bob.press("Mark as reviewed", { in: bob.dm() });
  await bob.until("the answer", () => answers(bob).at(-1)?.includes("Its review is closed."));
  expect(await rows("select subject_id from timers where kind = 'review'")).toEqual([]);
});
