import {
  answers,
  askForReadOnly,
  card,
  keep,
  reveal,
  SWITCH_ON,
  secretMessages,
  shownSecret,
  switchOn,
} from "../e2e/play";
import { played } from "../kit/selection";
import { reached } from "../kit/stand-ins";
import { pressReveal, secretOn } from "../safety/crashes/crash";
import {
  expectGivenBack,
  expectNotConfirmed,
  expectPowerless,
  expectReplaced,
  opens,
} from "../safety/crashes/interrupted";
import { CREATE, DELETE, holdAt, POST, ROTATE, SET_ROLES } from "../safety/crashes/points";
import { expectNothingLeft, keysInTigris, nothingHangs, poweredInTigris } from "../safety/crashes/recover";
import { PATIENCE_MS, PATIENT } from "../safety/kit/process";
import { endTakeOver, freeze, freezeAt, startTakeOver, type TakeOver, takeOver, thaw } from "./take-over";

jest.setTimeout(3 * PATIENCE_MS);

let one: TakeOver;
beforeEach(async () => {
  one = await startTakeOver("http");
  await askForReadOnly(one.world.dana, "ci");
});
afterEach(() => endTakeOver(one));

/** What took effect is seen by the recovery as it is; what did not may still do so, which decides more. */
const SIDES = played(["before", "after"] as const, (when) => when === "before");

/** Secrets that Slack was asked to show. */
const posts = () =>
  one.world.slack.calls.filter(({ method, params }) => method === POST.call && JSON.stringify(params).includes("tsec_"))
    .length;

test.each(SIDES)("frozen while Tigris holds the new key, %s it is made", async (when) => {
  const { world, time } = one;
  const held = await freezeAt(one, { ...CREATE, when }, () => pressReveal(one));
  await expectPowerless(world);
  await thaw(one, held);
  await world.dana.until("the answer", () => answers(world.dana).length > 0);
  expect(posts()).toBe(0);
  await expectGivenBack(world, time);
});

test("frozen while Tigris holds a key that its list does not show yet: it opens nothing, and goes once it does", async () => {
  const { world, time } = one;
  world.tigris.controls.emptyListing(true);
  const held = await freezeAt(one, { ...CREATE, when: "after" }, () => pressReveal(one));
  expect(keysInTigris(world)).toHaveLength(1);
  await thaw(one, held);
  await world.dana.until("the answer", () => answers(world.dana).length > 0);
  expect(posts()).toBe(0);
  await expectPowerless(world);
  world.tigris.controls.emptyListing(false);
  await expectGivenBack(world, time);
});

describe.each(SIDES)("frozen while Slack holds the secret, %s it is shown", (when) => {
  beforeEach(async () => {
    const { world } = one;
    const held = await freezeAt(one, { ...POST, when }, () => pressReveal(one));
    await expectNotConfirmed(world);
    await thaw(one, held);
    await secretOn(world.dana);
    await world.dana.until("the answer", () => answers(world.dana).some((text) => text.includes("I couldn't confirm")));
    await expectPowerless(world);
  });

  test("another key takes its place", () => expectReplaced(one.world, one.time));

  test("whoever sees it switches it on by the button below it", async () => {
    const { world, time } = one;
    const shown = await secretOn(world.dana);
    await switchOn(world.dana, "ci");
    expect(await opens(world, shown)).toContain("read logs");
    await expectNothingLeft(world, time);
    expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
  });
});

test("frozen before the secret is posted: it is not, though its requester has begun anew by then", async () => {
  const { world } = one;
  const { dana, slack, tigris } = world;
  const refused = slack.faults.arm(
    { call: POST.call },
    { kind: "refuse", status: 429, headers: { "retry-after": "5" }, body: { ok: false, error: "ratelimited" } },
  );
  await pressReveal(one);
  await reached(refused, PATIENT);
  await freeze(one);
  await takeOver(one);
  await expectNotConfirmed(world);
  const held = await holdAt(one, { ...CREATE, when: "after" }, () => dana.press("New secret", { in: dana.dm() }));
  await thaw(one);
  // Tigris's answer is waited for by the real time.
  held.release();
  const shown = await secretOn(dana);
  // It may have been frozen before it read Slack's answer, and does not know then.
  await dana.until("the answer", () => answers(dana).some((text) => /took too long|couldn't confirm/.test(text)));
  expect(posts()).toBe(2);
  // Whoever sent the card when the time jumped has lost it.
  await nothingHangs(world, one.time);
  expect(card(dana, "ci")?.text).toContain(shown.accessKeyId);
  expect(secretMessages(dana)).toHaveLength(1);
  await switchOn(dana, "ci");
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
  await expectNothingLeft(world, one.time);
});

describe("with a key that is off", () => {
  const pressSaved = () => one.world.dana.press(SWITCH_ON, { in: one.world.dana.dm() });
  const unsaid = () => card(one.world.dana, "ci")?.text.includes("Tigris has not said whether it is on");

  test("frozen while Tigris holds its roles, before they are set: its holder presses again, what comes late changes nothing", async () => {
    const { world, time } = one;
    const { dana } = world;
    const shown = await reveal(dana, "ci");
    const held = await freezeAt(one, { ...SET_ROLES, when: "before" }, pressSaved);
    await dana.until("the card", unsaid);
    await expectPowerless(world);
    await switchOn(dana, "ci");
    await thaw(one, held);
    await dana.until("the answer", () => answers(dana).length > 0);
    await expectNothingLeft(world, time);
    expect(await opens(world, shown)).toContain("read logs");
    expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
  });

  test("frozen while Tigris holds its roles, which are set: the list shows it, and it is on", async () => {
    const { world, time } = one;
    const { dana } = world;
    const shown = await reveal(dana, "ci");
    const held = await freezeAt(one, { ...SET_ROLES, when: "after" }, pressSaved);
    await dana.until("the key on", () => card(dana, "ci")?.text.includes("🔑 On · "));
    await thaw(one, held);
    await dana.until("the answer", () => answers(dana).length > 0);
    await expectNothingLeft(world, time);
    expect(await opens(world, shown)).toContain("read logs");
  });

  test("frozen while Tigris holds its roles, and deleted meanwhile: what comes late finds no key", async () => {
    const { world, time } = one;
    const { dana } = world;
    const shown = await reveal(dana, "ci");
    const held = await freezeAt(one, { ...SET_ROLES, when: "before" }, pressSaved);
    await dana.until("the card", unsaid);
    await dana.press("Delete key", { message: ({ isEphemeral }) => !isEphemeral });
    await dana.until("the deletion", () => card(dana, "ci")?.text.includes("Deleted by you"));
    await thaw(one, held);
    await expectNothingLeft(world, time);
    expect(keysInTigris(world)).toEqual([]);
    expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
  });

  test("frozen while Tigris holds its roles, and paused meanwhile: what comes late is kept from working", async () => {
    const { world, time } = one;
    const { dana } = world;
    const shown = await reveal(dana, "ci");
    const held = await freezeAt(one, { ...SET_ROLES, when: "before" }, pressSaved);
    await dana.until("the card", unsaid);
    await dana.press("Pause", { message: ({ isEphemeral }) => !isEphemeral });
    await dana.until("the pause", () => card(dana, "ci")?.text.includes("works nowhere"));
    await thaw(one, held);
    await dana.until("the answer", () => answers(dana).length > 0);
    expect(poweredInTigris(world)).toEqual([]);
    await expectNothingLeft(world, time);
    expect(poweredInTigris(world)).toEqual([]);
    expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
  });
});

describe("with a key", () => {
  let accessKeyId: string;
  beforeEach(async () => {
    ({ accessKeyId } = await keep(one.world.dana, "ci"));
  });

  test("frozen while Tigris holds a new secret, which then stops the one that was made meanwhile", async () => {
    const { world, time } = one;
    const { dana, tigris } = world;
    const renew = () => dana.press("New secret", { in: dana.dm() });
    const isUnknown = () => card(dana, "ci")?.text.includes("Nobody holds the secret of");
    const held = await freezeAt(one, { ...ROTATE, when: "before" }, renew);
    await dana.until("the card", isUnknown);
    await renew();
    const meanwhile = await dana.until("the secret", () => shownSecret(dana));
    await dana.until("the key's card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
    await thaw(one, held);
    await nothingHangs(world, time);
    await dana.until("the card", isUnknown);
    expect(secretMessages(dana)).toHaveLength(1);
    expect((await tigris.use(accessKeyId, meanwhile.secret)).ok).toBe(false);
    await expectNothingLeft(world, time);
  });

  test.each(SIDES)("frozen while Tigris holds a deletion, %s it takes effect", async (when) => {
    const { world, time } = one;
    const { dana } = world;
    const held = await freezeAt(one, { ...DELETE, when }, () => dana.press("Delete key", { in: dana.dm() }));
    expect(keysInTigris(world)).toEqual([]);
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Deleted by you"));
    await thaw(one, held);
    await dana.until("the answer", () => dana.screen().some(({ text }) => text.includes("You deleted ci")));
    await expectNothingLeft(world, time);
    expect(card(dana, "ci")?.text).toContain("Deleted by you");
  });
});
