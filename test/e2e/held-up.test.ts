import { LEASE_MS } from "../../src/domain/limits";
import type { StorePort } from "../../src/workflow/store-port";
import { reached } from "../kit/stand-ins";
import { passUntil } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { allSent, answers, askForReadOnly, card, keep, reveal, SWITCH_ON, secretMessages, switchOn } from "./play";

/** The process stands still for so long right after this event is written. */
let standsStillAfter: string | null;
let world: World;

/** A store after whose commits the process may stand still. */
function pausing(store: StorePort): StorePort {
  return {
    ...store,
    transact: async (work, names) => {
      let isMet = false;
      const result = await store.transact((tx) => {
        const append: typeof tx.events.append = (event) => {
          isMet ||= event.name === standsStillAfter;
          return tx.events.append(event);
        };
        return work({ ...tx, events: { ...tx.events, append } });
      }, names);
      if (isMet) {
        standsStillAfter = null;
        world.clock.advance(LEASE_MS);
      }
      return result;
    },
  };
}

beforeEach(async () => {
  standsStillAfter = null;
  world = await createWorld("socket", { overrides: { store: pausing } });
});
afterEach(() => endWorld(world));

const calls = (action: string) => world.tigris.calls.filter((call) => call.action === action).length;
const hears = (text: string) =>
  world.dana.until(`"${text}"`, () => answers(world.dana).some((answer) => answer.includes(text)));
const hasButton = (label: string) => card(world.dana, "ci")?.buttons.some((button) => button.label === label);

test("a click whose process stood still past its lease makes no key; what it began ends by itself, and can be done again", async () => {
  const { dana, clock } = world;
  await askForReadOnly(dana, "ci");
  standsStillAfter = "attempt.started";
  await dana.press("Show my secret", { in: dana.dm() });
  await hears("I was held up for too long, so I did not go on with ci");
  expect(calls("CreateAccessKeyWithBucketsRole")).toBe(0);
  const isFree = async () => (await world.database.rows("select id from requests where state = 'making'")).length === 0;
  await passUntil("the request to be free", isFree, { clock, stepMs: 2_000 });
  await passUntil("the button", () => hasButton("Show my secret"), { clock, stepMs: 2_000 });
  await keep(dana, "ci");
  expect(calls("CreateAccessKeyWithBucketsRole")).toBe(1);
});

test("a process that stood still with a secret in hand shows it to nobody, and its key opens nothing", async () => {
  const { dana, clock, tigris } = world;
  await askForReadOnly(dana, "ci");
  standsStillAfter = "attempt.answered";
  await dana.press("Show my secret", { in: dana.dm() });
  const isGivenUp = () => /couldn't confirm that the secret of|could not be shown/.test(card(dana, "ci")?.text ?? "");
  await passUntil("the card", isGivenUp, { clock, stepMs: 2_000 });
  expect(secretMessages(dana)).toEqual([]);
  const made = () => tigris.keys().filter(({ name }) => name.startsWith("ci-"));
  expect(made().every(({ bucketsRole }) => bucketsRole.length === 0)).toBe(true);
  await dana.press(hasButton("Show my secret") ? "Show my secret" : "New secret", { in: dana.dm() });
  await dana.until("the secret", () => secretMessages(dana).length === 1);
  await dana.until("the card", () => hasButton(SWITCH_ON));
  await switchOn(dana, "ci");
  await passUntil("the first key to go", () => made().length === 1, { clock, stepMs: 2_000 });
});

test("a switch-on that was held up gives nothing, and neither does whoever goes on with it", async () => {
  const { dana, clock, tigris } = world;
  await askForReadOnly(dana, "ci");
  const shown = await reveal(dana, "ci");
  standsStillAfter = "key.switching_on";
  await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
  await hears("I was held up for too long, so I did not go on with ci");
  const isUnanswered = () => card(dana, "ci")?.text.includes("has not said whether it is on");
  await passUntil("the card", isUnanswered, { clock, stepMs: 2_000 });
  expect(calls("UpdateAccessKeyWithBucketsRole")).toBe(0);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toEqual(["list buckets"]);
  await switchOn(dana, "ci");
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
});

test("a click that was held up between its look and its intent gives nothing: the look may no longer hold", async () => {
  const { dana, slack, clock, tigris } = world;
  await askForReadOnly(dana, "ci");
  const shown = await reveal(dana, "ci");
  await allSent(world);
  const look = slack.faults.arm({ call: "users.info" }, { kind: "hold", when: "after" });
  await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
  await reached(look);
  clock.advance(LEASE_MS);
  look.release();
  await hears("I was held up for too long, so I did not go on with ci");
  expect(calls("UpdateAccessKeyWithBucketsRole")).toBe(0);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toEqual(["list buckets"]);
});

test("a resume that was held up gives nothing back, until it is pressed again", async () => {
  const { dana, clock, tigris } = world;
  await askForReadOnly(dana, "ci");
  const shown = await keep(dana, "ci");
  const works = async () => (await tigris.use(shown.accessKeyId, shown.secret)).ok;
  await dana.press("Pause", { in: dana.dm() });
  await dana.until("the pause", () => card(dana, "ci")?.text.includes("works nowhere"));
  standsStillAfter = "key.resuming";
  await dana.press("Resume", { in: dana.dm() });
  await hears("I was held up for too long, so I did not go on with ci");
  const inFlight = "select id from attempts where kind = 'resume' and phase = 'calling'";
  const isFree = async () => (await world.database.rows(inFlight)).length === 0;
  await passUntil("the key to be free", isFree, { clock, stepMs: 2_000 });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("has not said yet whether it works again"));
  expect([await works(), calls("UpdateAccessKey")]).toEqual([false, 1]);
  await dana.press("Resume", { in: dana.dm() });
  await dana.until("the key on", () => card(dana, "ci")?.text.includes("🔑 On · "));
  expect(await works()).toBe(true);
});

test("a new secret that was held up is not made, and the old one works on", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  const shown = await keep(dana, "ci");
  standsStillAfter = "key.rotation_started";
  await dana.press("New secret", { in: dana.dm() });
  await hears("I was held up for too long, so I did not go on with ci");
  expect(calls("RotateAccessKey")).toBe(0);
  expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
});
