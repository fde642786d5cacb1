import { APPROVALS } from "../kit/people";
import { minuteByMinute, passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { allSent, answers } from "./play";
import { adminKey, DAY, leaverCards, MINUTE, passLooks, readOnlyKey, stateOf } from "./play-leave";
import { atTigris, isPowerless } from "./play-pause";

let world: World;
const MANY = Array.from({ length: 7 }, (_, at) => `UMANY000${at}`);
const people = MANY.map((id) => ({ id, name: id.toLowerCase(), realName: id, tz: "Etc/UTC" }));
const env = { ORPHAN_GRACE: "3d", END_GRACE: "2d", LASTS_ADMIN: "30d/30d" };
worldForEach({ mode: "socket", env, people }, (one) => {
  world = one;
});

jest.setTimeout(120_000);

const DANA = "UDEV00001";
const pass = (what: string, isSo: () => unknown, stepMs = 20_000) =>
  passUntil(what, async () => Boolean(await isSo()), { clock: world.clock, stepMs, limitMs: 30_000 });
const leaves = (changes: object = { deleted: true }) => world.slack.setPerson(DANA, changes);
const hasCard = () => leaverCards(world).length > 0;
const cardText = () => leaverCards(world).at(-1)?.text ?? "";

test("the time counts from the message that told it: while that can't be sent, nothing is paused but what needed an approval", async () => {
  const { dana, slack, clock } = world;
  const ci = await readOnlyKey(dana, "ci-uploader");
  slack.faults.arm(
    { call: "chat.postMessage", times: 100_000, match: ({ channel }) => channel === APPROVALS },
    { kind: "refuse", status: 500, body: {} },
  );
  leaves();
  await until("the first look", async () => (await stateOf(world)) === "suspected");
  await pass("the second look", async () => (await stateOf(world)) === "left");
  clock.advance(4 * DAY);
  const tried = () => slack.calls.filter(({ method }) => method === "chat.postMessage").length;
  const before = tried();
  await pass("some tries", () => tried() > before + 2);
  expect(atTigris(world, ci)?.status).toBe("active");
  slack.faults.clear();
  await pass("the card", () => cardText().includes("will be paused 2"));
  expect(atTigris(world, ci)?.status).toBe("active");
});

test("a look that fails says nothing, one alone does nothing, and who is back by the second look was never gone", async () => {
  const { dana, slack } = world;
  const admin = await adminKey(world, dana, "deploy");
  slack.faults.arm(
    { call: "users.info", times: 100_000, match: ({ user }) => user === DANA },
    { kind: "refuse", status: 500, body: {} },
  );
  leaves();
  await pass("half an hour", passed(30 * MINUTE), MINUTE);
  expect(await stateOf(world)).toBeNull();
  slack.faults.clear();
  await pass("the first look", async () => (await stateOf(world)) === "suspected");
  slack.setPerson(DANA, { deleted: false }, false);
  await pass("that she is there", async () => (await stateOf(world)) === null);
  expect(hasCard()).toBe(false);
  expect(atTigris(world, admin)?.status).toBe("active");
});

test("an event that got lost: the daily look finds it, and so does a bot that was down for a week", async () => {
  const { dana, slack, clock } = world;
  const ci = await readOnlyKey(dana, "ci-uploader");
  slack.setPerson(DANA, { deleted: true }, false);
  await allSent(world);
  clock.advance(DAY);
  await pass("the daily look", async () => (await stateOf(world)) === "suspected");
  clock.advance(7 * DAY);
  await world.restartBot();
  await pass("the card", hasCard);
  expect(atTigris(world, ci)?.status).toBe("active");
  await pass("its time", () => cardText().includes("will be paused 2"));
  expect(atTigris(world, ci)?.status).toBe("active");
});

test("a Tigris that takes no pause for hours: approvers are told in time, and no grace runs until it is paused", async () => {
  const { dana, ann, tigris, clock } = world;
  const admin = await adminKey(world, dana, "deploy");
  for (const call of ["UpdateAccessKey", "UpdateAccessKeyWithBucketsRole"])
    tigris.faults.arm({ call, times: 100_000 }, { kind: "refuse", status: 503, body: { Code: "SlowDown" } });
  leaves();
  await passLooks(world, "the card", hasCard);
  const isTold = () => ann.screen(APPROVALS).some(({ text }) => text.includes("I can't pause the access key deploy-"));
  await pass("the alert", isTold, MINUTE);
  clock.advance(4 * DAY);
  await pass("an hour", passed(60 * MINUTE), 5 * MINUTE);
  expect(tigris.keys()).toHaveLength(2);
  expect(cardText()).not.toContain("is deleted");
  tigris.faults.clear();
  await minuteByMinute("the pause", () => isPowerless(world, admin), { clock, minutes: 15 });
  await pass("when it goes", () => cardText().includes("will be deleted 2"));
  expect(tigris.keys()).toHaveLength(2);
});

/** Whether so much has passed since the first look. */
function passed(ms: number): () => boolean {
  let from: number | null = null;
  return () => {
    from ??= world.clock.monotonicMs();
    return world.clock.monotonicMs() - from >= ms;
  };
}

describe("more owners than leave at once", () => {
  test("nothing is done until an approver says that they did leave", async () => {
    const { ann, eve, database, slack } = world;
    await owners(MANY);
    for (const id of MANY) slack.setPerson(id, { deleted: true });
    await until("the first looks", async () => (await states("suspected")) === 7);
    await pass("the question", () => ann.screen(APPROVALS).some(isQuestion));
    await pass("all of them", async () => (await states("held_back")) === 7);
    // Who is held back after a question was asked is told by another one, and the last stands for all of them.
    await pass("that all are told", async () => (await world.database.rows(UNTOLD)).length === 0);
    const last = ann.screen(APPROVALS).findLast(isQuestion)?.ts ?? "";
    expect(hasCard()).toBe(false);
    expect(world.tigris.calls.filter(({ action }) => action === "UpdateAccessKey")).toEqual([]);
    await eve.press("They did leave", { in: APPROVALS, message: isQuestion });
    await eve.until("no", () => answers(eve, APPROVALS).some((text) => text.includes("can do this")));
    expect(await states("left")).toBe(0);
    await ann.press("They did leave", { in: APPROVALS, message: last });
    await ann.until("what was done", () => answers(ann, APPROVALS).some((text) => text.includes("did leave")));
    // The clock stands still: one that is on its way would be sent twice by another holding.
    await until("their cards", () => leaverCards(world).length === 7);
    const told = await database.rows<{ actor_id: string }>(
      "select actor_id from events where name = 'leaver.left' and actor_id <> 'bot'",
    );
    expect(new Set(told.map((row) => row.actor_id))).toEqual(new Set(["UANN00001"]));
  });

  test("where they are back, nothing is left to be said", async () => {
    const { ann, slack } = world;
    await owners(MANY);
    for (const id of MANY) slack.setPerson(id, { deleted: true });
    await pass("the question", () => ann.screen(APPROVALS).some(isQuestion));
    for (const id of MANY) slack.setPerson(id, { deleted: false });
    await pass("all back", async () => (await states("held_back")) + (await states("suspected")) === 0);
    await ann.press("They did leave", { in: APPROVALS, message: isQuestion });
    await ann.until("that nobody waits", () => answers(ann, APPROVALS).some((text) => text.includes("Nobody waits")));
    expect(hasCard()).toBe(false);
  });

  const UNTOLD = `select owner_id from leavers where state_json like '%"toldAt":null%'`;
  const isQuestion = ({ text }: { text: string }) => text.includes("owners of keys are gone");
  const states = async (state: string) =>
    (await world.database.rows(`select owner_id from leavers where state = '${state}'`)).length;

  /** Each of these people has a key. */
  async function owners(ids: readonly string[]): Promise<void> {
    for (const id of ids) await readOnlyKey(world.slack.person(id), "ci-uploader");
    await allSent(world);
  }
});
