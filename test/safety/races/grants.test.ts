import { ACTIONS } from "../../../src/slack/ids";
import {
  answers,
  approvalsCard,
  askForReadOnly,
  card,
  keep,
  reveal,
  type ShownSecret,
  SWITCH_ON,
  secretMessages,
} from "../../e2e/play";
import { reached } from "../../kit/stand-ins";
import { passUntil, until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { click } from "../attacks/crafted";
import { cardSays, opens } from "../crashes/interrupted";
import { SET_ROLES, SET_STATUS } from "../crashes/points";
import { records } from "../crashes/records";
import { expectNothingLeft, keysInTigris, pausesAsked, poweredInTigris } from "../crashes/recover";

/*
 * What a call that gives power meets while Tigris has it: whatever is pressed meanwhile, and whenever it takes effect, only what
 * the record says has power in the end.
 */

const MINUTE = 60_000;
/** Between two looks at what a late call gave. */
const STEP = 20_000;

let world: World;
worldForEach({ mode: "http", overrides: { tigrisTimeouts: { mutateMs: 2_000, readMs: 2_000 } } }, (one) => {
  world = one;
});

const press = (label: string) =>
  world.dana.press(label, { in: world.dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
const openOf = (kind: string) => world.database.rows(`select id from attempts where closed = 0 and kind = '${kind}'`);
const pressSaved = () =>
  world.dana.press(SWITCH_ON, { in: world.dana.dm(), message: secretMessages(world.dana).at(-1)?.ts ?? "" });
const answered = (text: string) => world.dana.until(text, () => answers(world.dana).some((one) => one.includes(text)));
const roleCalls = () => world.tigris.calls.filter(({ action }) => action === SET_ROLES.call);

async function expectOff(shown: ShownSecret): Promise<void> {
  expect(poweredInTigris(world)).toEqual([]);
  expect(await opens(world, shown)).toEqual([]);
  await expectNothingLeft(world);
}

/** Lets the time pass until nothing is owed: whoever sent a message while the clock jumped leaves it to the next lease. */
async function atRest(): Promise<void> {
  const isQuiet = async () => {
    const { making, changing, owed } = await records(world);
    return making + changing + owed === 0;
  };
  await passUntil("everything to come to rest", isQuiet, { clock: world.clock, stepMs: 5_000, limitMs: 30_000 });
}

/** What approvers did to keys of others is told after a while. */
async function approversTold(): Promise<void> {
  world.clock.advance(2 * MINUTE);
  await atRest();
}

/** Somebody's click on a button that is no longer, or not yet, on their screen. */
async function clickElsewhere(id: string, actionId: string, value: string): Promise<void> {
  await world.slack.sendRaw("interaction", click(world, { id }, actionId, value));
}

describe("while Tigris has the roles of a key", () => {
  let shown: ShownSecret;
  beforeEach(async () => {
    await askForReadOnly(world.dana, "ci");
    shown = await reveal(world.dana, "ci");
  });

  test.each(["before", "after"] as const)("a second press, %s they are set: no other call begins", async (when) => {
    const held = world.tigris.faults.arm({ call: SET_ROLES.call }, { kind: "hold", when });
    await pressSaved();
    await reached(held);
    world.tigris.faults.arm(
      { call: SET_ROLES.call },
      { kind: "refuse", status: 400, body: { Error: { Code: "InvalidArgument", Message: "no" } } },
    );
    await press(SWITCH_ON);
    await answered("may be on already");
    expect(roleCalls()).toHaveLength(1);
    held.release();
    await cardSays(world, "🔑 On · ");
    expect(await opens(world, shown)).not.toEqual([]);
    await expectNothingLeft(world);
  });

  test.each(["before", "after"] as const)("a deletion, %s they are set: the key goes", async (when) => {
    const held = world.tigris.faults.arm({ call: SET_ROLES.call }, { kind: "hold", when });
    await pressSaved();
    await reached(held);
    await clickElsewhere("UDEV00001", ACTIONS.deleteKey, shown.accessKeyId);
    await cardSays(world, "Deleted by you");
    held.release();
    await atRest();
    expect(keysInTigris(world)).toEqual([]);
    await expectOff(shown);
  });

  test.each(["before", "after"] as const)("a pause, %s they are set: it is on, and works nowhere", async (when) => {
    const held = world.tigris.faults.arm({ call: SET_ROLES.call }, { kind: "hold", when });
    await pressSaved();
    await reached(held);
    await clickElsewhere("UDEV00001", ACTIONS.pauseKey, shown.accessKeyId);
    await cardSays(world, "works nowhere");
    held.release();
    await expectOff(shown);
    await press("Resume");
    await cardSays(world, "🔑 On · ");
    expect(await opens(world, shown)).not.toEqual([]);
  });

  test.each(["before", "after"] as const)(
    "the end of its time, %s they are set: what its card says holds",
    async (when) => {
      const held = world.tigris.faults.arm({ call: SET_ROLES.call }, { kind: "hold", when });
      await pressSaved();
      await reached(held);
      world.clock.advance(25 * 60 * MINUTE);
      held.release();
      await atRest();
      await expectNothingLeft(world);
      const isOn = poweredInTigris(world).length === 1;
      await cardSays(world, isOn ? "🔑 On · " : "Paused by me");
      expect((await opens(world, shown)).length > 0).toBe(isOn);
    },
  );

  test("an answer that is lost, and a deletion before it takes effect a minute late: there is no key", async () => {
    world.tigris.faults.arm({ call: SET_ROLES.call }, { kind: "late", ms: MINUTE });
    await pressSaved();
    await cardSays(world, "Tigris has not said whether it is on");
    await press("Delete key");
    await cardSays(world, "Deleted by you");
    world.clock.advance(2 * MINUTE);
    await expectOff(shown);
    expect(keysInTigris(world)).toEqual([]);
  });

  test("an answer that is lost, and an effect a minute late: the list shows it", async () => {
    world.tigris.faults.arm({ call: SET_ROLES.call }, { kind: "late", ms: MINUTE });
    await pressSaved();
    await cardSays(world, "Tigris has not said whether it is on");
    expect(await opens(world, shown)).toEqual([]);
    await passUntil("it to be on", () => card(world.dana, "ci")?.text.includes("🔑 On · "), {
      clock: world.clock,
      stepMs: 20_000,
    });
    expect(await opens(world, shown)).not.toEqual([]);
    await expectNothingLeft(world);
  });

  test("an answer that is lost for good, and nobody presses again: it is paused, raised, and resumed with its roles", async () => {
    world.tigris.faults.arm({ call: SET_ROLES.call }, { kind: "lose", when: "before" });
    await pressSaved();
    await cardSays(world, "Tigris has not said whether it is on");
    world.clock.advance(25 * 60 * MINUTE);
    // The last look at the list comes first; who came before it looks again when the lease is over.
    await until("the last look", async () => (await openOf("switch_on")).length === 0);
    world.clock.advance(MINUTE + 1_000);
    await cardSays(world, "Paused by me");
    await world.ann.until("the alert", () => approvalsCard(world, "so I paused it. Please resume or delete it"));
    await atRest();
    expect(await opens(world, shown)).toEqual([]);
    expect(keysInTigris(world)).toEqual([shown.accessKeyId]);
    await clickElsewhere("UANN00001", ACTIONS.resumeApproved, shown.accessKeyId);
    await cardSays(world, "🔑 On · ");
    expect(await opens(world, shown)).not.toEqual([]);
    await expectNothingLeft(world);
  });
});

describe("while Tigris has a resumption", () => {
  let shown: ShownSecret;
  beforeEach(async () => {
    await askForReadOnly(world.dana, "ci");
    shown = await keep(world.dana, "ci");
    await press("Pause");
    await cardSays(world, "works nowhere");
  });

  async function expectTakenInTime(): Promise<void> {
    const before = pausesAsked(world);
    // The bot may look, and take it, before this does.
    const isThere = async () => {
      await world.tigris.use(shown.accessKeyId, shown.secret);
      return poweredInTigris(world).length === 1 || pausesAsked(world) > before;
    };
    await passUntil("the late effect", isThere, { clock: world.clock, stepMs: 30_000, limitMs: 20_000 });
    const lateAt = world.clock.now();
    await passUntil("it to be taken", () => poweredInTigris(world).length === 0, { clock: world.clock, stepMs: STEP });
    // The clock goes on a step or two while Tigris is asked.
    expect(world.clock.now() - lateAt).toBeLessThanOrEqual(10 * MINUTE + 3 * STEP);
    await expectOff(shown);
  }

  test.each(["before", "after"] as const)("a pause, %s its effect: it works nowhere", async (when) => {
    const held = world.tigris.faults.arm({ call: SET_STATUS.call }, { kind: "hold", when });
    await press("Resume");
    await reached(held);
    await clickElsewhere("UANN00001", ACTIONS.pauseApproved, shown.accessKeyId);
    await until("the pause", () => world.tigris.calls.filter(({ action }) => action === SET_STATUS.call).length >= 3);
    held.release();
    await approversTold();
    await expectOff(shown);
  });

  test("an answer that is lost, and a pause before it takes effect: it is taken within ten minutes", async () => {
    world.tigris.faults.arm({ call: SET_STATUS.call }, { kind: "late", ms: 3 * MINUTE });
    await press("Resume");
    await cardSays(world, "Tigris has not said yet whether it works again");
    await clickElsewhere("UDEV00001", ACTIONS.pauseKey, shown.accessKeyId);
    await cardSays(world, "works nowhere");
    await expectTakenInTime();
  });

  test("an answer that is lost, another that is not, and a pause before the first takes effect: it is taken too", async () => {
    world.tigris.faults.arm({ call: SET_STATUS.call }, { kind: "late", ms: 3 * MINUTE });
    await press("Resume");
    await cardSays(world, "Tigris has not said yet whether it works again");
    await press("Resume");
    await cardSays(world, "🔑 On · ");
    await passUntil("the first one to be given up", async () => (await openOf("resume")).length === 0, {
      clock: world.clock,
      stepMs: 10_000,
    });
    await press("Pause");
    await cardSays(world, "works nowhere");
    await expectTakenInTime();
  });

  test.each(["before", "after"] as const)("a deletion, %s its effect: the key goes", async (when) => {
    const held = world.tigris.faults.arm({ call: SET_STATUS.call }, { kind: "hold", when });
    await press("Resume");
    await reached(held);
    await clickElsewhere("UDEV00001", ACTIONS.deleteKey, shown.accessKeyId);
    await cardSays(world, "Deleted by you");
    held.release();
    await atRest();
    await expectOff(shown);
    expect(keysInTigris(world)).toEqual([]);
  });
});
