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
import { type Cut, type PostgresProxy, startPostgresProxy } from "../kit/postgres/proxy";
import { played } from "../kit/selection";
import { connected } from "../kit/stand-ins";
import { passUntil } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { records } from "../safety/crashes/records";
import { keysInTigris, poweredInTigris } from "../safety/crashes/recover";
import { AWAY, type Button, CALL, EVERY, isIntent, LOST, UNKNOWN, UNSAID } from "./lost-commits";
import { commitOf } from "./outages";

/*
 * The whole bot behind a connection to PostgreSQL that breaks at a commit. The server did it or not; the bot finds that out by
 * a row that the commit wrote, and where it can't, nothing is taken from anybody or given twice.
 */

let world: World;
let proxy: PostgresProxy;
let dana: Person;
/** The secret of the key that there is before the click, and how often Tigris had been asked for it by then. */
let first: ShownSecret | null;
let before: number;
beforeEach(async () => {
  const { hostname, port } = new URL(process.env[SERVER_VARIABLE] ?? "");
  proxy = await startPostgresProxy({ host: hostname, port: Number(port) });
  world = await createWorld("socket", { withoutBot: true });
  await world.startBot({ DATABASE_URL: proxy.urlOf(world.database.url) });
  await connected(world.slack, 2);
  dana = world.dana;
});
afterEach(async () => {
  await endWorld(world);
  await proxy.stop();
});

/** A request that can be revealed, or a key of it. */
async function prepare(button: Button): Promise<void> {
  await askForReadOnly(dana, "ci");
  first = null;
  if (button === SWITCH_ON) first = await reveal(dana, "ci");
  else if (button !== "Show my secret") first = await keep(dana, "ci");
  if (button === "Resume") {
    await pressOnCard("Pause");
    await dana.until("the pause", () => says(PAUSED));
  }
  before = asked(button);
}

const PAUSED = "works nowhere";

const press = (button: Button) => dana.press(button, { in: dana.dm() });
const pressOnCard = (label: string) => dana.press(label, { message: ({ isEphemeral }) => !isEphemeral });
const asked = (button: Button) => world.tigris.calls.filter(({ action }) => action === CALL[button]).length;
/** How often Tigris was asked for it since the click. */
const calls = (button: Button) => asked(button) - before;
const hears = (text: string) => dana.until(`"${text}"`, () => answers(dana).some((answer) => answer.includes(text)));
const says = (text: string) => card(dana, "ci")?.text.includes(text);
const works = ({ accessKeyId, secret }: ShownSecret) =>
  world.tigris.use(accessKeyId, secret).then(({ may }) => may.includes("read logs"));

/**
 * Lets the time pass until nothing is open; then each key that there is has a record that says so, and only those, and only
 * those have power whose holder has said that they hold the secret. What was never made is looked for each day,
 * and what a key has made for an hour: the first minutes have to do.
 */
async function expectNothingLeft(): Promise<void> {
  const left = () =>
    world.database.rows(
      `select id from attempts where closed = 0 and kind <> 'list_made' and not (phase = 'searching' and tries >= 2)
       union all select cast(id as text) as id from outbox
       union all select id from requests where state = 'making'`,
    );
  const isQuiet = async () => (await left()).length === 0;
  await passUntil("everything to come to rest", isQuiet, {
    clock: world.clock,
    stepMs: 20_000,
    limitMs: 30_000,
    seen: left,
  });
  const { aliveKeys, poweredKeys } = await records(world);
  expect(keysInTigris(world)).toEqual(aliveKeys);
  expect(poweredInTigris(world)).toEqual(poweredKeys);
}

/** As it goes where nothing breaks. */
async function expectDone(button: Button): Promise<void> {
  switch (button) {
    case "Show my secret": {
      const shown = await dana.until("the secret", () => shownSecret(dana));
      await dana.until("the key's card", () => says("🔑 Off · "));
      expect([secretMessages(dana).length, await works(shown)]).toEqual([1, false]);
      await switchOn(dana, "ci");
      expect(await works(shown)).toBe(true);
      break;
    }
    case "New secret": {
      const shown = await dana.until("the secret", () => shownSecret(dana));
      await dana.until("the key's card", () => says("not confirmed yet"));
      expect([secretMessages(dana).length, await works(shown)]).toEqual([1, true]);
      await dana.press("I've saved it");
      await dana.until("the confirmation", () => says("secret saved"));
      break;
    }
    default:
      await isEnded(button);
  }
  expect(calls(button)).toBe(1);
  await expectNothingLeft();
  expect(keysInTigris(world)).toHaveLength(button === "Delete key" ? 0 : 1);
}

/** What a key's card says in the end, and whether its secret works then. */
const ENDS = {
  [SWITCH_ON]: ["🔑 On · ", true],
  Pause: [PAUSED, false],
  Resume: ["🔑 On · ", true],
  "Delete key": ["Deleted by you", false],
} as const;

/** Waits for it. */
async function isEnded(button: keyof typeof ENDS): Promise<void> {
  const [text, isUseful] = ENDS[button];
  await dana.until("the card", () => says(text));
  expect(first && (await works(first))).toBe(isUseful);
}

/** From here on nothing reaches the server, by no connection. */
async function takeAway(cut: Cut): Promise<void> {
  await cut;
  await proxy.refuse();
  proxy.cutAll();
}

test.each(EVERY)(
  "%s: the commit of %s takes effect and its answer is lost: it goes on as always",
  async (button, event) => {
    await prepare(button);
    const cut = proxy.cutAnswerOfNextCommit(commitOf(event));
    await press(button);
    await cut;
    await expectDone(button);
    expect(answers(dana).filter((text) => [AWAY, UNKNOWN].some((one) => text.includes(one)))).toEqual([]);
  },
);

test.each(LOST)(
  "%s: the commit of %s is lost on its way: that is said, and it can be done again",
  async (button, event, cost) => {
    await prepare(button);
    const cut = proxy.cutBeforeNextCommit(commitOf(event));
    await press(button);
    await cut;
    await hears(cost.hears);
    expect(calls(button)).toBe(cost.calls);
    await expectNothingLeft();
    if (first) expect(await works(first)).toBe(cost.works);
    await goOn(button);
  },
);

/** Whatever happened, its person gets there in the end with what the card offers. */
async function goOn(button: Button): Promise<void> {
  if (button === "Show my secret" || button === "New secret") await getSecret();
  else {
    const [, isUseful] = ENDS[button];
    const isThere = button === "Delete key" ? keysInTigris(world).length === 0 : await worksBy(isUseful);
    if (!isThere) await pressOnCard(button);
    await isEnded(button);
  }
  await expectNothingLeft();
}

const worksBy = async (isUseful: boolean) => first !== null && (await works(first)) === isUseful;

/** Has a secret made, anew or of another key, and keeps it. */
async function getSecret(): Promise<void> {
  const shownBefore = secretMessages(dana).length;
  const next = await dana.until("the button", () =>
    card(dana, "ci")?.buttons.find(({ label }) => label === "Show my secret" || label === "New secret"),
  );
  await pressOnCard(next.label);
  const shown = await dana.until("the secret", () => secretMessages(dana).length > shownBefore && shownSecret(dana));
  await dana.until("the key's card", () => says(shown.accessKeyId) && says(first ? "not confirmed yet" : "🔑 Off · "));
  if (!first) await switchOn(dana, "ci");
  await expectNothingLeft();
  expect([await works(shown), keysInTigris(world)]).toEqual([true, [shown.accessKeyId]]);
}

/**
 * Where nobody can say it, these are the ones that go wrong where somebody guesses: an intent on record that nobody follows, and
 * what Tigris did that is on no record. The others resolve as if nothing had been asked, or as if all had gone well.
 */
const PLAYED = played(
  UNSAID,
  ([button, event, isDone]) => button === "Show my secret" || (isDone === "done") === isIntent(event),
);

test.each(PLAYED)(
  "%s: nobody can say of %s whether it is %s: a secret that somebody may hold stays, and it resolves by itself",
  async (button, event, isDone, cost) => {
    await prepare(button);
    const cut =
      isDone === "done" ? proxy.cutAnswerOfNextCommit(commitOf(event)) : proxy.cutBeforeNextCommit(commitOf(event));
    await press(button);
    await takeAway(cut);
    await hears(cost.hears);
    expect(calls(button)).toBe(cost.calls);
    await proxy.accept();
    await expectNothingLeft();
    if (first) expect(await works(first)).toBe(cost.works);
    if (event === "key.delivered" && isDone === "done") {
      const shown = shownSecret(dana);
      expect([secretMessages(dana).length, keysInTigris(world)]).toEqual([1, [shown?.accessKeyId]]);
      await pressOnCard(SWITCH_ON);
      await dana.until("the key on", () => says("🔑 On · "));
      expect(shown && (await works(shown))).toBe(true);
    } else await goOn(button);
  },
);
