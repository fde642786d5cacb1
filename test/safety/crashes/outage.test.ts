import {
  answers,
  approvalsCard,
  askForAdmin,
  askForReadOnly,
  keep,
  reveal,
  type ShownSecret,
  SWITCH_ON,
} from "../../e2e/play";
import { APPROVALS } from "../../kit/people";
import { passUntil } from "../../kit/until";
import { PATIENT } from "../kit/process";
import { type Crash, crashForEach, pressReveal, secretOn } from "./crash";
import { cardSays, expectPowerless, opens } from "./interrupted";
import { CREATE, DELETE, killAt, POST, ROTATE, SET_ROLES, SET_STATUS } from "./points";
import { allClosed, expectNothingLeft, keysInTigris, nothingHangs } from "./recover";

/** More than an approval can be used, and an hour's extension. */
const OUTAGE_MS = 26 * 3_600_000;

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});

const press = (label: string) =>
  crash.world.dana.press(label, { in: crash.world.dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
const pressSaved = () => crash.world.dana.press(SWITCH_ON, { in: crash.world.dana.dm() });
const says = (text: string) => cardSays(crash.world, text);
const works = async (shown: ShownSecret) => (await opens(crash.world, shown)).length > 0;

/** The bot is away for longer than any time of a request; then another one goes on until nothing is open. */
async function outage(): Promise<void> {
  const { world } = crash;
  await crash.bot.kill();
  world.clock.advance(OUTAGE_MS);
  await world.startBot();
  await nothingHangs(world);
  await allClosed(world);
  await allOver();
}

/** Lets time pass until all that is over has ended: it is left for a minute where its key was being put right at that moment. */
async function allOver(): Promise<void> {
  const { world } = crash;
  const late = () =>
    world.database.rows(
      `select subject_id as id from timers where kind in ('lapse', 'switch_expires') and due_at <= ${world.clock.now()}`,
    );
  const isOver = async () => (await late()).length === 0;
  await passUntil("all that is over to end", isOver, { ...PATIENT, clock: world.clock, stepMs: 2_000, seen: late });
  await allClosed(world);
}

/** Nothing has power, nothing is left, and the person can ask anew. */
async function expectOver(): Promise<void> {
  const { world } = crash;
  await says("was not used until");
  const ended = world.dana.screen().find(({ text }) => text.includes("was not used until"));
  expect(ended?.buttons.map(({ label }) => label)).toEqual(["Ask again"]);
  expect(keysInTigris(world)).toEqual([]);
  await expectNothingLeft(world);
  await askForReadOnly(world.dana, "next");
  expect(await works(await keep(world.dana, "next"))).toBe(true);
}

describe("a day's outage before a key is on", () => {
  beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

  test("after the approval: it has lapsed", async () => {
    await outage();
    await expectOver();
  });

  test.each(["before", "after"] as const)("while Tigris holds the new key, %s it is made: it goes", async (when) => {
    await killAt(crash, { ...CREATE, when }, () => pressReveal(crash));
    await outage();
    await expectOver();
  });

  test.each(["before", "after"] as const)(
    "while Slack holds the secret, %s it is shown: its holder has an hour, then it goes",
    async (when) => {
      const { world } = crash;
      await killAt(crash, { ...POST, when }, () => pressReveal(crash));
      await outage();
      await says("I couldn't confirm that the secret of");
      await expectPowerless(world);
      world.clock.advance(2 * 3_600_000);
      await allOver();
      await expectOver();
    },
  );

  test("after the secret was shown: it opened nothing all the time, and is worth nothing", async () => {
    const { world } = crash;
    const shown = await reveal(world.dana, "ci");
    await outage();
    await pressSaved();
    await world.dana.until("the answer", () =>
      answers(world.dana).some((text) => text.includes("was never on, and was deleted")),
    );
    expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
    await expectOver();
  });

  // What comes first at the start is open: the look at its list, or the end of its time.
  test("after Tigris has switched it on: it is on, or paused and raised, as its card says", async () => {
    const { world } = crash;
    const shown = await reveal(world.dana, "ci");
    await killAt(crash, { ...SET_ROLES, when: "after" }, pressSaved);
    await outage();
    const isOn = await works(shown);
    await says(isOn ? "🔑 On · " : "Paused by me");
    if (!isOn) await world.ann.until("the alert", () => approvalsCard(world, "so I paused it"));
    expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
    await expectNothingLeft(world);
  });

  test("before Tigris switches it on: it is paused, and raised; an approver gives it what its holder was to have", async () => {
    const { world } = crash;
    const shown = await reveal(world.dana, "ci");
    await killAt(crash, { ...SET_ROLES, when: "before" }, pressSaved);
    await outage();
    await expectPowerless(world);
    await says("Paused by me");
    await world.ann.until("the alert", () => approvalsCard(world, "so I paused it. Please resume or delete it"));
    expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
    await world.ann.command("/tigris-key list all");
    await world.ann.until("the list", () => answers(world.ann).some((text) => text.includes("ci")));
    await world.ann.press("Resume", { message: ({ text }) => text.includes("ci") });
    await says("🔑 On · ");
    expect(await works(shown)).toBe(true);
    await expectNothingLeft(world);
  });
});

describe("a day's outage in the middle of a change", () => {
  let shown: ShownSecret;
  beforeEach(async () => {
    await askForReadOnly(crash.world.dana, "ci");
    shown = await keep(crash.world.dana, "ci");
  });

  test.each(["before", "after"] as const)("of a pause, %s its effect: it is paused", async (when) => {
    await killAt(crash, { ...SET_STATUS, when }, () => press("Pause"));
    await outage();
    await says("works nowhere");
    await expectPowerless(crash.world);
    await press("Resume");
    await says("🔑 On · ");
    expect(await works(shown)).toBe(true);
  });

  test.each(["before", "after"] as const)(
    "of a resumption, %s its effect: nothing but it gives power",
    async (when) => {
      await press("Pause");
      await says("works nowhere");
      await killAt(crash, { ...SET_STATUS, when }, () => press("Resume"));
      await outage();
      expect(await works(shown)).toBe(when === "after");
      if (when === "before") await press("Resume");
      await says("🔑 On · ");
      expect(await works(shown)).toBe(true);
      await expectNothingLeft(crash.world);
    },
  );

  test("of a deletion: it goes", async () => {
    await killAt(crash, { ...DELETE, when: "before" }, () => press("Delete key"));
    await outage();
    await says("Deleted by you");
    expect(keysInTigris(crash.world)).toEqual([]);
    await expectNothingLeft(crash.world);
  });

  test("of a new secret: nobody holds it, and another one is to be had", async () => {
    await killAt(crash, { ...ROTATE, when: "after" }, () => press("New secret"));
    await outage();
    await says("Nobody holds the secret of");
    await press("New secret");
    expect(await works(await secretOn(crash.world.dana))).toBe(true);
  });
});

test("a day's outage between an approval and the reveal of an Admin key: nothing is made", async () => {
  const { world } = crash;
  await askForAdmin(world, world.dana, "ci");
  await world.ann.press("Approve", { in: APPROVALS });
  await says("approved by @ann");
  await outage();
  await says("was not used until");
  expect(keysInTigris(world)).toEqual([]);
});
