import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { allSent, answers, askForReadOnly, keep, rang, type ShownSecret, showSecret } from "./play";
import {
  cardOfKey,
  fillRotation,
  HOUR,
  labelsOf,
  MINUTE,
  rotateWithOverlap,
  rotations,
  sendRotation,
} from "./play-rotation";

/** A second key that takes the place of the first: the whole way, and what gets in it. */

let world: World;
worldForEach({ mode: "socket", env: { MAX_KEYS_PER_USER: "2" } }, (one) => {
  world = one;
});

jest.setTimeout(150_000);

const DAY = 24 * HOUR;
const statusOf = (id: string) => world.tigris.keys().find(({ accessKeyId }) => accessKeyId === id)?.status;
const works = async ({ accessKeyId, secret }: ShownSecret) => (await world.tigris.use(accessKeyId, secret)).ok;
const says = (key: ShownSecret, words: string) => () => cardOfKey(world, key)?.text.includes(words);
const pass = (what: string, look: () => unknown, stepMs = 20_000) =>
  passUntil(what, look as () => boolean, { clock: world.clock, stepMs, limitMs: 40_000 });
const press = (key: ShownSecret, label: string) =>
  world.dana.press(label, { in: world.dana.dm(), message: cardOfKey(world, key)?.ts ?? "" });

async function passTo(ms: number, what: string, look: () => unknown): Promise<void> {
  await allSent(world);
  world.clock.advance(ms);
  await pass(what, look);
}

/** Lets time pass, and then minutes in which whatever was due meanwhile is done. */
async function nothingFor(ms: number): Promise<void> {
  const { clock } = world;
  await allSent(world);
  clock.advance(ms);
  const awhile = clock.now() + 3 * MINUTE;
  await pass("minutes", () => clock.now() > awhile);
}

const openPauses = async () =>
  (await world.database.rows("select id from attempts where closed = 0 and kind = 'pause'")).length;

/** Dana's key that is on, and the second one that takes its place after a day, on too. */
async function bothOn(): Promise<[first: ShownSecret, second: ShownSecret]> {
  const { dana } = world;
  await askForReadOnly(dana, "deploy");
  const first = await keep(dana, "deploy");
  const second = await rotateWithOverlap(world, first);
  await dana.until("when the first is paused", says(first, "takes its place"));
  await until("both to know", async () => (await rotations(world, second))?.isBegun);
  return [first, second];
}

test("with overlap: both work, the first is paused when it was told, and deleted a day after that; the second stays", async () => {
  const { dana, tigris } = world;
  const [first, second] = await bothOn();
  expect(rang(world, dana, "Your second key for deploy is on")).toBe(1);
  expect(labelsOf(world, first)).toEqual(["I've switched", "Keep both", "Pause", "Delete key"]);
  await dana.until("whose place the second takes", says(second, `It takes the place of ${first.accessKeyId}`));
  expect(labelsOf(world, second)).toEqual(["New secret", "Change access", "Pause", "Delete key"]);
  expect([await works(first), await works(second)]).toEqual([true, true]);
  await nothingFor(DAY - 10 * MINUTE);
  expect(await works(first)).toBe(true);
  await pass("the pause", says(first, "⏸️ Replaced"));
  await until("the pause at Tigris", () => statusOf(first.accessKeyId) === "inactive");
  await dana.until("what says so", () => rang(world, dana, "The first key of deploy is paused") === 1);
  await dana.until("when it goes", says(first, "It is deleted 2"));
  expect(labelsOf(world, first)).toEqual(["Resume", "Delete key"]);
  expect([await works(first), await works(second)]).toEqual([false, true]);
  await nothingFor(DAY - 10 * MINUTE);
  expect(tigris.keys().map(({ accessKeyId }) => accessKeyId)).toContain(first.accessKeyId);
  await pass("the deletion", says(first, "another key has its place."));
  await until("Tigris without it", () => statusOf(first.accessKeyId) === undefined);
  await until("a key like any other", async () => (await rotations(world, second)) === null);
  await dana.until("its buttons", () => labelsOf(world, second)?.includes("Rotate"));
  expect(await works(second)).toBe(true);
});

test("I've switched: the first is paused at once; a second press changes nothing", async () => {
  const { dana } = world;
  const [first, second] = await bothOn();
  await Promise.all([press(first, "I've switched"), press(first, "I've switched")]);
  await dana.until("the pause", says(first, "works nowhere"));
  await until("the pause at Tigris", () => statusOf(first.accessKeyId) === "inactive");
  await dana.until("when it goes", says(first, "It is deleted 2"));
  await dana.until("the answer", () =>
    answers(dana).some((text) => text.includes("The old deploy is paused, and will be deleted")),
  );
  expect(await works(second)).toBe(true);
  await passTo(DAY - MINUTE, "the deletion", says(first, "another key has its place."));
});

test("Resume of the first calls it off: both work on, count, and nothing is deleted", async () => {
  const { dana, tigris } = world;
  const [first, second] = await bothOn();
  await press(first, "I've switched");
  await dana.until("when it goes", says(first, "It is deleted 2"));
  await press(first, "Resume");
  await dana.until("the key on", says(first, "🔑 On"));
  await until("both to be keys like any other", async () => {
    return (await rotations(world, first)) === null && (await rotations(world, second)) === null;
  });
  await nothingFor(8 * DAY);
  expect([await works(first), await works(second)]).toEqual([true, true]);
  expect(tigris.keys()).toHaveLength(3);
  await dana.command("/tigris-key create more");
  await dana.until("no third", () => dana.modal()?.text.includes("the most that one person may have"));
});

test("Keep both calls it off before anything is paused", async () => {
  const { dana } = world;
  const [first, second] = await bothOn();
  await press(first, "Keep both");
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("You keep both keys")));
  await until("both to be keys like any other", async () => {
    return (await rotations(world, first)) === null && (await rotations(world, second)) === null;
  });
  await dana.until("its buttons", () => labelsOf(world, first)?.includes("Rotate"));
  await nothingFor(8 * DAY);
  expect([await works(first), await works(second)]).toEqual([true, true]);
});

test("the second one takes no place in the quota while it takes the first one's", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "other");
  await keep(dana, "other");
  const [, second] = await bothOn();
  expect(await works(second)).toBe(true);
  await dana.command("/tigris-key create more");
  await dana.until("no third", () => dana.modal()?.text.includes("the most that one person may have"));
});

test("a second one that is deleted calls it off: its owner is told, and the first works on", async () => {
  const { dana } = world;
  const [first, second] = await bothOn();
  await press(second, "Delete key");
  await dana.until("what says so", () => rang(world, dana, "No other key takes the place of deploy") === 1);
  await dana.until("the first like any other", () => labelsOf(world, first)?.includes("Rotate"));
  await nothingFor(8 * DAY);
  expect(await works(first)).toBe(true);
});

test("a second one that is paused when the first is due is no reason to pause that", async () => {
  const { dana } = world;
  const [first, second] = await bothOn();
  await press(second, "Pause");
  await dana.until("the pause", says(second, "works nowhere"));
  await press(first, "I've switched");
  await dana.until("no", () => answers(dana).some((text) => text.includes("does not work just now")));
  await passTo(DAY - MINUTE, "what says so", () => rang(world, dana, "No other key takes the place of deploy") === 1);
  expect(await works(first)).toBe(true);
});

test("a second one that goes while the first is paused: the first is not deleted, and Resume brings it back", async () => {
  const { dana } = world;
  const [first, second] = await bothOn();
  await press(first, "I've switched");
  await dana.until("when it goes", says(first, "It is deleted 2"));
  await press(second, "Delete key");
  await dana.until("what says so", () => rang(world, dana, "No other key takes the place of deploy") === 1);
  await nothingFor(8 * DAY);
  expect(statusOf(first.accessKeyId)).toBe("inactive");
  await press(first, "Resume");
  await dana.until("the key on", says(first, "🔑 On"));
  expect(await works(first)).toBe(true);
});

test("a first one that is deleted meanwhile: the second is a key like any other, and counts", async () => {
  const { dana } = world;
  const [first, second] = await bothOn();
  await press(first, "Delete key");
  await until("a key like any other", async () => (await rotations(world, second)) === null);
  await dana.until("its buttons", () => labelsOf(world, second)?.includes("Rotate"));
  await nothingFor(8 * DAY);
  expect(await works(second)).toBe(true);
});

test("a first one that its owner paused is held for the second too; their Resume lifts both holds", async () => {
  const { dana } = world;
  const [first] = await bothOn();
  await press(first, "Pause");
  await dana.until("the pause", says(first, "works nowhere"));
  await passTo(DAY - MINUTE, "what holds it too", says(first, "Another key has its place"));
  await dana.until("the pause", says(first, "works nowhere"));
  await until("no pause on its way", async () => (await openPauses()) === 0);
  await press(first, "Resume");
  await dana.until("the key on", says(first, "🔑 On"));
  await until("it is called off", async () => (await rotations(world, first)) === null);
  expect(await works(first)).toBe(true);
});

test("a second key that is never switched on changes nothing, and its request can be canceled", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "deploy");
  const first = await keep(dana, "deploy");
  await fillRotation(world, first, "With overlap: both keys work for 1 day");
  await sendRotation(world);
  await showSecret(dana, "deploy");
  await dana.until("it is off", () => dana.screen().some(({ text }) => text.startsWith("🔑 Off")));
  await dana.command("/tigris-key rotate deploy");
  await dana.until("the form", () => dana.modal()?.fields.How);
  await dana.submit();
  await dana.until("no second one", () => dana.modal()?.text.includes("is asked for already"));
  await passTo(25 * HOUR, "the end of it", () => dana.screen().some(({ text }) => text.startsWith("Lapsed")));
  expect(await works(first)).toBe(true);
  expect(await rotations(world, first)).toBe(null);
  await until("Tigris without it", () => world.tigris.keys().length === 2);
});

test("a bot that is down for a week pauses the first when it is back, and keeps it for its whole day", async () => {
  const { dana, clock } = world;
  const [first] = await bothOn();
  await allSent(world);
  clock.advance(7 * DAY);
  await world.restartBot();
  await pass("the pause", says(first, "works nowhere"));
  await dana.until("when it goes", says(first, "It is deleted 2"));
  await nothingFor(DAY - HOUR);
  expect(statusOf(first.accessKeyId)).toBe("inactive");
  await pass("the deletion", says(first, "another key has its place."), 5 * MINUTE);
});
