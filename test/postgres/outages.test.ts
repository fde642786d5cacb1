import type { Person } from "../../sandbox/slack";
import {
  answers,
  askForReadOnly,
  card,
  keep,
  reveal,
  type ShownSecret,
  SWITCH_ON,
  secretMessages,
  shownSecret,
  switchOn,
} from "../e2e/play";
import { SERVER_VARIABLE } from "../kit/database";
import { startPostgresProxy } from "../kit/postgres/proxy";
import { startTestServer, type TestServer } from "../kit/postgres/server";
import { played } from "../kit/selection";
import { connected } from "../kit/stand-ins";
import { inTime } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { CREATE, DELETE, ROTATE, SET_ROLES, SET_STATUS } from "../safety/crashes/points";
import { expectNothingLeft, nothingHangs, passLeasesBy } from "../safety/crashes/recover";
import { serverTime, type Time } from "../safety/crashes/time";
import { type BotProcess, PATIENCE_MS, PATIENT, startProcess } from "../safety/kit/process";
import { type Button, isWritten, OUTAGES, type Outage, type Rig, STEPS } from "./outages";

jest.setTimeout(3 * PATIENCE_MS);

/*
 * One bot in a process of its own, which nobody restarts through all of this, and a database that goes away at a commit.
 * Whatever was under way, nobody gets two keys or loses one unheard, and all goes on by itself.
 */

/** A session that is ended rolls back as well, and takes less time: of this one the intents are enough. */
const KILLED_BEFORE: Outage = "the server is killed before it commits";

type Case = { button: Button; written: string; outage: Outage };

/**
 * A session that is ended rolls back in the bot as one whose connection is cut, which "lost-commit" plays at every commit: here
 * one button is enough, unless everything is played.
 */
const ENDED: Outage = "its session is ended before it commits";

const CASES = played(
  (Object.keys(STEPS) as Button[])
    .flatMap((button) =>
      (STEPS[button] as readonly string[]).flatMap((written) =>
        (Object.keys(OUTAGES) as Outage[]).map((outage): Case => ({ button, written, outage })),
      ),
    )
    .filter(({ button, written, outage }) => written === STEPS[button][0] || outage !== KILLED_BEFORE),
  ({ button, outage }) => outage !== ENDED || button === "Show my secret",
).map((one, index) => ({ ...one, asker: `case${index}`, askerId: `UCASE${String(index).padStart(4, "0")}` }));
const CALL: Record<Button, string> = {
  "Show my secret": CREATE.call,
  [SWITCH_ON]: SET_ROLES.call,
  "New secret": ROTATE.call,
  Pause: SET_STATUS.call,
  Resume: SET_STATUS.call,
  "Delete key": DELETE.call,
};

let server: TestServer;
let world: World;
let rig: Rig;
let bot: BotProcess;
let time: Time;
beforeAll(async () => {
  server = await startTestServer({ isDurable: true });
  // The world of this file is on it.
  process.env[SERVER_VARIABLE] = server.url;
  const people = CASES.map(({ asker, askerId }) => ({ id: askerId, name: asker, realName: asker, tz: "Etc/UTC" }));
  world = await createWorld("socket", { withoutBot: true, people });
  const proxy = await startPostgresProxy(server);
  rig = { server, proxy, databaseName: new URL(world.database.url).pathname.slice(1) };
  time = serverTime(world);
  world.environment.DATABASE_URL = proxy.urlOf(world.database.url);
  bot = await startProcess(world);
  await connected(world.slack, 2, PATIENT);
});
afterAll(async () => {
  await bot.kill();
  await endWorld(world);
  await rig.proxy.stop();
  await server.stop();
});

const works = ({ accessKeyId, secret }: ShownSecret) =>
  world.tigris.use(accessKeyId, secret).then(({ may }) => may.includes("read logs"));
const calls = (action: string) => world.tigris.calls.filter((call) => call.action === action).length;
/** A person here asks for one key, which has their name. */
const keysOf = (keyName: string) => world.tigris.keys().filter(({ name }) => name.startsWith(`${keyName}-`));

test.each(CASES)("$button, at $written: $outage", async ({ button, written, outage, asker, askerId }) => {
  const person = world.slack.person(askerId);
  await askForReadOnly(person, asker);
  const first = await bringTo(button, person, asker);
  await nothingHangs(world, time);
  const [answered, shown] = [answers(person).length, secretMessages(person).length];
  const before = calls(CALL[button]);
  const over = OUTAGES[outage](rig, written);
  await person.press(button, { in: person.dm() });
  await inTime("the database to be back", over, PATIENT);
  const isAnswered = () => answers(person).length > answered || secretMessages(person).length !== shown;
  await person.until("an answer", isAnswered, PATIENCE_MS / 2);
  // Nothing is asked of Tigris whose intent is not on record.
  if (written === STEPS[button][0] && !isWritten(outage)) expect(calls(CALL[button])).toBe(before);
  await passLeasesBy(time);
  await nothingHangs(world, time);
  await expectNothingLeft(world, time);
  expect(calls(CALL[button]) - before).toBeLessThanOrEqual(MOST_CALLS[button]);
  await GOES_ON[button](person, asker, first);
  await expectNothingLeft(world, time);
});

/** What takes power away is asked for again by whoever takes over; nothing else is. */
const MOST_CALLS: Record<Button, number> = {
  "Show my secret": 1,
  [SWITCH_ON]: 1,
  "New secret": 1,
  Pause: 3,
  Resume: 1,
  "Delete key": 3,
};

const PAUSED = "works nowhere";
const onCard = { message: ({ isEphemeral }: { isEphemeral: boolean }) => !isEphemeral };

/** Everything up to the button. */
async function bringTo(button: Button, person: Person, keyName: string): Promise<ShownSecret | null> {
  if (button === "Show my secret") return null;
  if (button === SWITCH_ON) return reveal(person, keyName);
  const shown = await keep(person, keyName);
  if (button === "Resume") {
    await person.press("Pause", onCard);
    await person.until("the pause", () => card(person, keyName)?.text.includes(PAUSED));
  }
  return shown;
}

/**
 * The card of a key, by its name in Tigris. A session that ends between Slack's answer and the record of it has the card of a
 * request come twice, and the second one stays below.
 */
function keyCard(person: Person, keyName: string) {
  return person.screen().findLast(({ text, isEphemeral }) => !isEphemeral && text.includes(` ${keyName}-`));
}

/** What holds in the end of a key whose secret is known, where its button is pressed again if the card still offers it. */
function endsAs(button: Button, text: string, isUseful: boolean): GoesOn {
  return async (person, keyName, first) => {
    if (first && (await works(first)) !== isUseful) await person.press(button, onCard);
    await person.until("the card", () => keyCard(person, keyName)?.text.includes(text), PATIENCE_MS / 2);
    expect(first && (await works(first))).toBe(isUseful);
    expect(keysOf(keyName)).toHaveLength(1);
  };
}

type GoesOn = (person: Person, keyName: string, first: ShownSecret | null) => Promise<void>;

const GOES_ON: Record<Button, GoesOn> = {
  "Show my secret": async (person, keyName) => {
    const shown = shownSecret(person);
    // Whatever was shown opens nothing yet; a secret of a key that is there can be used, and another one is to be had.
    if (shown) expect(await works(shown)).toBe(false);
    if (shown && keysOf(keyName).some(({ accessKeyId }) => accessKeyId === shown.accessKeyId)) {
      await switchOn(person, keyName);
      expect(await works(shown)).toBe(true);
      return;
    }
    const again = await person.until("the button", () =>
      card(person, keyName)?.buttons.find(({ label }) => label === "Show my secret" || label === "New secret"),
    );
    const before = secretMessages(person).length;
    await person.press(again.label, onCard);
    const next = await person.until("the secret", () => secretMessages(person).length > before && shownSecret(person));
    await person.until("the key's card", () => card(person, keyName)?.text.includes(next.accessKeyId));
    await switchOn(person, keyName);
    await expectNothingLeft(world, time);
    expect([await works(next), keysOf(keyName).map(({ accessKeyId }) => accessKeyId)]).toEqual([
      true,
      [next.accessKeyId],
    ]);
  },
  [SWITCH_ON]: endsAs(SWITCH_ON, "🔑 On · ", true),
  Pause: endsAs("Pause", PAUSED, false),
  Resume: endsAs("Resume", "🔑 On · ", true),
  "New secret": async (person, keyName, first) => {
    const shown = shownSecret(person);
    const cardText = () => keyCard(person, keyName)?.text ?? "";
    const isUnknown = () => cardText().includes("Nobody holds the secret of");
    // What was shown but never recorded counts as held by nobody, though it works.
    if (first && !(await works(first)))
      await person.until("what holds", () => isUnknown() || cardText().includes("not confirmed yet"), PATIENCE_MS / 2);
    if (isUnknown() || !shown || !(await works(shown))) {
      const before = secretMessages(person).length;
      await person.press("New secret", { in: person.dm() });
      await person.until("the new secret", () => secretMessages(person).length > before);
    }
    await person.until("the key's card", () => cardText().includes("not confirmed yet"), PATIENCE_MS / 2);
    const newest = shownSecret(person);
    expect([newest?.accessKeyId, newest && (await works(newest))]).toEqual([first?.accessKeyId, true]);
    expect(keysOf(keyName)).toHaveLength(1);
  },
  "Delete key": async (person, keyName, first) => {
    if (keysOf(keyName).length > 0) {
      expect(first && (await works(first))).toBe(true);
      await person.press("Delete key", { in: person.dm() });
    }
    const isDeleted = () => keyCard(person, keyName)?.text.includes("Deleted by you");
    await person.until("the card", isDeleted, PATIENCE_MS / 2);
    expect(keysOf(keyName)).toEqual([]);
  },
};
