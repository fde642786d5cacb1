import type { Fault } from "../../sandbox/faults";
import { APPROVALS } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import {
  answers,
  askForReadOnly,
  card,
  keep,
  rang,
  type ShownSecret,
  SWITCH_ON,
  secretMessages,
  shownSecret,
  switchOn,
} from "./play";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

/** The names of the keys that Tigris has, but the bot's own. */
const keyNames = () =>
  world.tigris
    .keys()
    .map(({ name }) => name)
    .filter((name) => name !== "root");
const labels = () => card(world.dana, "ci")?.buttons.map(({ label }) => label);
const posts = () => world.slack.calls.filter(({ method }) => method === "chat.postEphemeral").length;
const isTold = (words: string) => world.dana.screen().some(({ text }) => text.includes(words));
const works = async ({ accessKeyId, secret }: ShownSecret) =>
  (await world.tigris.use(accessKeyId, secret)).may.includes("read logs");
const actions = () => world.tigris.calls.map(({ action }) => action);

const pressReveal = () => world.dana.press("Show my secret", { in: world.dana.dm() });
const pressNewSecret = () =>
  world.dana.press("New secret", { in: world.dana.dm(), message: ({ isEphemeral }) => !isEphemeral });

const BUSY = { kind: "refuse", status: 429, body: { ok: false, error: "ratelimited" } } as const;

describe.each<[string, Fault]>([
  ["Slack refuses it", { kind: "refuse", status: 200, body: { ok: false, error: "messages_tab_disabled" } }],
  ["Slack wants to be asked much later", { ...BUSY, headers: { "retry-after": "60" } }],
])("the secret was not shown for certain: %s", (_why, fault) => {
  test("its key, which was never on, goes, the requester is told, and another one can be revealed", async () => {
    const { dana, slack, tigris } = world;
    slack.faults.arm({ call: "chat.postEphemeral" }, fault);
    await pressReveal();
    await dana.until("the answer", () =>
      isTold("The secret of ci could not be shown, so its key goes; it was never on"),
    );
    await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("The secret could not be shown"));
    expect(labels()).toEqual(["Show my secret", "Cancel"]);
    await until("the key to go", () => keyNames().length === 0, { seen: keyNames });
    expect(posts()).toBe(1);
    expect(actions()).not.toContain("UpdateAccessKeyWithBucketsRole");
    const shown = await keep(dana, "ci");
    expect(await works(shown)).toBe(true);
    expect(tigris.keys()).toHaveLength(2);
  });
});

describe.each<[string, Fault, boolean]>([
  ["Slack posts it, but its answer is lost", { kind: "lose", when: "after" }, true],
  ["Slack answers with a 500", { kind: "garble", when: "before", status: 500, body: "" }, false],
])("nobody knows whether the secret was shown: %s", (_why, fault, isShown) => {
  beforeEach(async () => {
    const { dana, slack } = world;
    slack.faults.arm({ call: "chat.postEphemeral" }, fault);
    await pressReveal();
    await dana.until("the answer", () => isTold("I couldn't confirm that the secret of ci appeared"));
    await dana.until("the card", () => card(dana, "ci")?.text.includes("I couldn't confirm that the secret of"));
  });

  test("the key stays off and is not deleted, its card offers no switching on, and New secret makes another one", async () => {
    const { dana } = world;
    expect(labels()).toEqual(["New secret", "Delete key"]);
    expect(secretMessages(dana)).toHaveLength(isShown ? 1 : 0);
    expect(keyNames()).toHaveLength(1);
    await pressNewSecret();
    await dana.until("the new secret", () => secretMessages(dana).length === (isShown ? 2 : 1));
    const shown = await dana.until("the card", () => labels()?.includes(SWITCH_ON) && shownSecret(dana));
    await until("the first key to go", () => keyNames().length === 1, { seen: keyNames });
    await switchOn(dana, "ci");
    expect(await works(shown)).toBe(true);
    expect(keyNames()).toEqual([expect.stringMatching(/-2$/)]);
  });

  test("when its time is over the key goes, and its requester is told", async () => {
    const { dana, clock } = world;
    clock.advance(24 * 60 * MINUTE);
    await dana.until("the card", () => card(dana, "ci")?.text.includes("was not used until"));
    await until("the key to go", () => keyNames().length === 0, { seen: keyNames });
    expect(rang(world, dana, "The approval of ci was not used in time and has lapsed")).toBe(1);
    expect(actions()).not.toContain("UpdateAccessKeyWithBucketsRole");
  });
});

test("a short 429 is waited for, once", async () => {
  const { dana, slack, clock } = world;
  const busy = slack.faults.arm({ call: "chat.postEphemeral" }, { ...BUSY, headers: { "retry-after": "5" } });
  await pressReveal();
  await reached(busy);
  await passUntil("the secret", () => secretMessages(dana).length === 1, { clock, stepMs: SECOND });
  expect(posts()).toBe(2);
});

test("a deletion that keeps failing goes on, holds up nobody, and is told after a quarter of an hour", async () => {
  const { dana, ann, slack, tigris, clock } = world;
  slack.faults.arm({ call: "chat.postEphemeral" }, { ...BUSY, headers: { "retry-after": "60" } });
  tigris.faults.arm(
    { call: "DeleteAccessKey", times: 1_000 },
    { kind: "garble", when: "before", status: 500, body: "" },
  );
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("The secret could not be shown"));
  const shown = await keep(dana, "ci");
  const alert = () => ann.screen(APPROVALS).find(({ text }) => text.includes("I can't delete the access key ci-"));
  for (let passed = 0; passed < 14; passed++) {
    clock.advance(MINUTE);
    expect(alert()).toBeUndefined();
  }
  await passUntil("the alert", () => alert() !== undefined, { clock, stepMs: MINUTE });
  expect(alert()?.text).toMatch(/ci-\w{8} \(tid_/);
  tigris.faults.clear();
  await passUntil("the key to be deleted", () => keyNames().length === 1, { clock, stepMs: MINUTE });
  expect(await works(shown)).toBe(true);
});

test.each([
  ["before", "its post comes late"],
  ["after", "its answer comes late"],
] as const)(
  "a lease that runs out while Slack is asked (%s its effect: %s): the key is kept off, and the secret's own button works",
  async (when, _what) => {
    const { dana, slack, clock } = world;
    const held = slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "hold", when });
    await pressReveal();
    await reached(held);
    const isUnclear = () => card(dana, "ci")?.text.includes("I couldn't confirm that the secret of");
    await passUntil("the card", isUnclear, { clock, stepMs: SECOND });
    await dana.until("the ring", () => rang(world, dana, "I couldn't confirm that the secret of ci appeared") === 1);
    expect(labels()).toEqual(["New secret", "Delete key"]);
    held.release();
    const shown = await dana.until("the secret", () => shownSecret(dana));
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("I couldn't confirm")));
    await switchOn(dana, "ci");
    expect(await works(shown)).toBe(true);
    expect(actions()).not.toContain("DeleteAccessKey");
  },
);
