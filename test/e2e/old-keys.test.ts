import { spreadOf } from "../../src/domain/morning";
import { APPROVALS } from "../kit/people";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { allSent, answers, askForReadOnly, card, keep, secretAfter } from "./play";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;

/** Half past two in the afternoon in Berlin, where Dana is; her ninetieth day is in summer time. */
const BEGIN = Date.parse("2026-02-10T13:30Z");
const DANA = "UDEV00001";

let world: World;
worldForEach({ mode: "socket", now: BEGIN }, (one) => {
  world = one;
});

async function keyOfDana(name: string): Promise<string> {
  await askForReadOnly(world.dana, name);
  const { accessKeyId } = await keep(world.dana, name);
  // The oldest is asked about first.
  world.clock.advance(MINUTE);
  return accessKeyId;
}

/** The messages in Dana's DM that ask her, oldest first. */
const questions = () =>
  world.dana.screen().filter(({ text, isEphemeral }) => !isEphemeral && /^🕰️|^Nothing is asked here/.test(text));
const open = () => questions().filter(({ text }) => text.startsWith("🕰️"));
const posted = () =>
  world.slack.calls.filter(
    ({ method, params }) =>
      method === "chat.postMessage" && params.channel === world.dana.dm() && String(params.text).startsWith("🕰️"),
  ).length;
const pass = (what: string, isSo: () => unknown) =>
  passUntil(what, isSo as () => boolean, { clock: world.clock, stepMs: 20_000 });
const ageOf = async (id: string) => {
  const rows = await world.database.rows<{ access_key_id: string; age_json: string }>("select * from keys");
  return JSON.parse(rows.find((row) => row.access_key_id === id)?.age_json ?? "{}");
};
const owed = async () =>
  (await world.database.rows<{ next_at: number }>("select next_at from outbox where daily = 1")).map((row) =>
    Number(row.next_at),
  );

/** Lets time pass to a moment, which leaves the bot the time of its own steps. */
async function passTo(moment: number): Promise<void> {
  await until(
    "all else to be sent",
    async () => (await world.database.rows("select id from outbox where daily = 0")).length === 0,
  );
  world.clock.advance(moment - world.clock.now());
}

/** Lets some minutes pass, in which the bot does what it has to. */
async function quietly(): Promise<void> {
  const awhile = world.clock.now() + 5 * MINUTE;
  await pass("some minutes", () => world.clock.now() > awhile);
}

/** To the moment of Dana's next morning at which she is asked. */
async function toHerMorning(): Promise<number> {
  const [at = 0] = await until("the message to wait for her morning", async () => {
    const rows = await owed();
    return rows.some((one) => one > world.clock.now()) && rows;
  });
  world.clock.advance(at - world.clock.now() - MINUTE);
  return at;
}

test("at nine in her morning, once a secret is 90 days old: one message for all her keys; each answer is one press", async () => {
  const { dana, clock, tigris } = world;
  const [first, second, third] = [await keyOfDana("first"), await keyOfDana("second"), await keyOfDana("third")];
  const begun = (await ageOf(first)).begunAt;
  await passTo(begun + 90 * DAY - 2 * MINUTE);
  expect(posted()).toBe(0);
  await pass("the question to be owed", async () => (await ageOf(third)).isOwed);
  const at = await toHerMorning();
  const local = new Date(at).toLocaleTimeString("sv-SE", { timeZone: "Europe/Berlin" });
  expect(local.slice(0, 2)).toBe("09");
  expect((at - spreadOf(DANA)) % HOUR).toBe(0);
  await pass("the question", () => open().length === 1);
  expect(posted()).toBe(1);
  const [asked] = open();
  expect(asked?.text).toContain("3 old secrets");
  expect(asked?.text).toContain("Tigris doesn't tell whether a key is still used");
  expect(asked?.buttons.map(({ label }) => label)).toEqual(
    ["first", "second", "third"].flatMap(() => ["Rotate", "New secret", "Keep it", "Pause", "Delete key"]),
  );
  await until("all of it on record", async () => (await ageOf(third)).asked === 1 && (await ageOf(first)).asked === 1);

  const press = (label: string) => dana.press(label, { in: dana.dm(), message: open()[0]?.ts ?? "" });
  await press("Pause");
  await until("the pause", () => tigris.keys().find(({ accessKeyId }) => accessKeyId === first)?.status === "inactive");
  await dana.until("the message without it", () => open()[0]?.text.includes("2 old secrets"));
  await secretAfter(world, () => press("New secret"));
  await dana.until("the message without that", () => open()[0]?.text.includes("An old secret: that of third"));
  expect(await ageOf(second)).toMatchObject({ asked: 0, rotatedAt: expect.any(Number) });
  await press("Keep it");
  await dana.until("the form", () => dana.modal()?.fields.Reason);
  await dana.fill({ Reason: "short" });
  await dana.submit();
  await dana.until("what is wrong", () => dana.modal()?.fields.Reason?.error?.includes("at least 10 characters"));
  await dana.fill({ Reason: "The scanner on floor 3 is replaced <!channel> in autumn" });
  await dana.submit();
  await dana.until("the word", () => dana.modal()?.text.includes("third keeps its secret"));
  await dana.close();
  await dana.until("the message answered", () => questions()[0]?.text.startsWith("Nothing is asked here any more"));
  expect((await ageOf(third)).kept).toMatchObject({ reason: expect.stringContaining("<!channel>") });

  await passTo(clock.now() + 40 * DAY);
  await quietly();
  expect(posted()).toBe(1);
  expect((await ageOf(third)).asked).toBe(0);
});

test("nobody answers: again in the mornings of the 7th, 14th and 30th day, and then the approvers read of it, once", async () => {
  const { ann, clock } = world;
  const id = await keyOfDana("first");
  await passTo((await ageOf(id)).begunAt + 90 * DAY);
  let firstAt = 0;
  for (const [index, days] of [0, 7, 14, 30].entries()) {
    if (index > 0) await passTo(firstAt + days * DAY - 12 * HOUR);
    await pass("the question to be owed", async () => (await ageOf(id)).isOwed);
    await toHerMorning();
    await pass(`question ${index + 1}`, async () => (await ageOf(id)).asked === index + 1);
    if (index === 0) firstAt = (await ageOf(id)).firstAt;
    else expect(Math.abs((await ageOf(id)).lastAt - firstAt - days * DAY)).toBeLessThan(5 * MINUTE);
    expect(posted()).toBe(index + 1);
    await until("the earlier ones to say nothing", () => open().length === 1);
  }
  await passTo(firstAt + 37 * DAY);
  await pass("nobody to have answered", async () => (await ageOf(id)).isRaised);
  const digests = () => ann.screen(APPROVALS).filter(({ text }) => text.includes("No answer about an old key"));
  expect(digests()).toEqual([]);
  await passTo(firstAt + 38 * DAY);
  await pass("the digest", () => digests().length === 1);
  expect(digests()[0]?.text).toContain("first");
  await passTo(clock.now() + 60 * DAY);
  await quietly();
  expect([posted(), digests().length]).toEqual([4, 1]);
});

test("many keys of many days are one message a day; what is due after it waits for the next morning", async () => {
  const { clock } = world;
  const first = await keyOfDana("first");
  await passTo(clock.now() + 18 * HOUR);
  const second = await keyOfDana("second");
  await passTo((await ageOf(first)).begunAt + 90 * DAY);
  await pass("the question to be owed", async () => (await ageOf(first)).isOwed);
  const at = await toHerMorning();
  await pass("the question", () => posted() === 1);
  await pass("the second to be due on the same morning", async () => (await ageOf(second)).isOwed);
  await until("its message to wait", async () => (await owed()).some((next) => next > at + 23 * HOUR));
  expect(posted()).toBe(1);
  await toHerMorning();
  await pass("the second message", () => posted() === 2);
  await until("it to ask both", () => open().length === 1 && open()[0]?.text.includes("2 old secrets"));
});

test("a bot that was down for six weeks asks once, in the morning", async () => {
  const id = await keyOfDana("first");
  await allSent(world);
  world.clock.advance(140 * DAY);
  await pass("the question to be owed", async () => (await ageOf(id)).isOwed);
  await toHerMorning();
  await pass("the question", () => posted() === 1);
  await quietly();
  expect(posted()).toBe(1);
  expect((await ageOf(id)).asked).toBe(1);
});

test("while it is paused nobody asks; once it works again the question comes", async () => {
  const { dana } = world;
  const id = await keyOfDana("first");
  await dana.press("Pause", { in: dana.dm(), message: card(dana, "first")?.ts ?? "" });
  await dana.until("the pause", () => answers(dana).at(-1)?.includes("You paused first"));
  await passTo(BEGIN + 100 * DAY);
  await quietly();
  expect((await ageOf(id)).isOwed).toBe(false);
  await dana.press("Resume", { in: dana.dm(), message: card(dana, "first")?.ts ?? "" });
  await dana.until("the resume", () => answers(dana).at(-1)?.includes("first works again"));
  await pass("the question to be owed", async () => (await ageOf(id)).isOwed);
  await toHerMorning();
  await pass("the question", () => posted() === 1);
});

test("Slack can't say who she is: nothing is posted, and she is asked once it can", async () => {
  const { slack } = world;
  const id = await keyOfDana("first");
  await passTo((await ageOf(id)).begunAt + 90 * DAY);
  slack.faults.arm({ call: "users.info", times: 100_000 }, { kind: "refuse", status: 500, body: {} });
  await pass("the question to be owed", async () => (await ageOf(id)).isOwed);
  await quietly();
  expect(posted()).toBe(0);
  slack.faults.clear();
  await pass("the wait for her morning", async () => (await owed()).some((next) => next > world.clock.now() + HOUR));
  await toHerMorning();
  await pass("the question", () => posted() === 1);
});

test("who is no full member any more reads nothing; it counts as asked, so that the approvers get to know", async () => {
  const { slack } = world;
  const id = await keyOfDana("first");
  await passTo((await ageOf(id)).begunAt + 90 * DAY);
  slack.setPerson(DANA, { deleted: true });
  await pass("the question to be owed", async () => (await ageOf(id)).isOwed);
  await toHerMorning();
  await pass("it to count", async () => (await ageOf(id)).asked === 1);
  expect(posted()).toBe(0);
  expect(await ageOf(id)).toMatchObject({ message: null, isOwed: false });
});
