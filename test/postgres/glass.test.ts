import { allSent, answers, card, keep } from "../e2e/play";
import { breakIt, glassForEach, HOUR, questions, told } from "../e2e/play-glass";
import { passUntil, until } from "../kit/until";
import type { World } from "../kit/world";

/** Two bots with one database, both of which see what is due. */

let world: World;
glassForEach((one) => {
  world = one;
});
beforeEach(async () => {
  await world.startBot();
});

const rows = (sql: string) => world.database.rows<{ name: string }>(sql);
const cardsTold = () =>
  world.slack.calls.filter(({ method, params }) => method === "chat.postMessage" && params.channel === "CAPPROVE2")
    .length;
const pauses = () =>
  world.tigris.calls.filter(({ action, params }) => action === "UpdateAccessKey" && params.Status === "Inactive");

test("each approver is asked once, the channel is told once, and the key is paused once", async () => {
  const { dana, ann, bob, clock } = world;
  await breakIt(dana);
  const { accessKeyId, secret } = await keep(dana, "deploy");
  for (const one of [ann, bob]) await one.until("their DM", () => questions(one).length === 1);
  clock.advance(4 * HOUR);
  await passUntil("the end", () => card(dana, "deploy")?.text.includes("works nowhere"), { clock, stepMs: 1_000 });
  await until("no power", async () => !(await world.tigris.use(accessKeyId, secret)).ok);
  await allSent(world);
  expect(pauses()).toHaveLength(1);
  expect(cardsTold()).toBe(1);
  for (const one of [ann, bob]) expect(questions(one)).toHaveLength(1);
  const names = (
    await rows("select name from events where name like 'review.%' or name = 'key.ended' order by id")
  ).map(({ name }) => name);
  expect(names).toEqual(["review.asked", "key.ended"]);
});

test("what two bots are told at the same moment closes a review once", async () => {
  const { dana, ann, bob } = world;
  await breakIt(dana);
  for (const one of [ann, bob]) await one.until("their DM", () => questions(one).length === 1);
  await Promise.all([ann, bob].map((one) => one.press("Mark as reviewed", { in: one.dm() })));
  for (const one of [ann, bob]) await one.until("the answer", () => answers(one).length > 0);
  await ann.until("the card", () => told(world).includes("Reviewed by "));
  const names = (
    await rows("select name from events where name in ('review.looked', 'review.closed') order by id")
  ).map(({ name }) => name);
  expect(names).toEqual(["review.looked", "review.closed"]);
});
