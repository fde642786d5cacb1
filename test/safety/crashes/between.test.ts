import { askForReadOnly, card, reveal, secretMessages } from "../../e2e/play";
import { connected, reached } from "../../kit/stand-ins";
import { PATIENT, startProcess } from "../kit/process";
import { type Crash, crashForEach, freeze, pressReveal, secretOn } from "./crash";
import { expectGivenBack, isToldDeleted } from "./interrupted";
import { CREATE, DELETE, holdAt, killAt, POST, SEARCH } from "./points";
import { records } from "./records";
import { expectNothingLeft, keysInTigris, nothingHangs, passLeases, recover } from "./recover";

const LATER_MS = 61_000;

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});
beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

test("stopped between Tigris's answer and the delivery, while it waits for Slack: the secret is shown", async () => {
  const { world, bot } = crash;
  const refused = world.slack.faults.arm(
    { call: POST.call },
    { kind: "refuse", status: 429, headers: { "retry-after": "1" }, body: { ok: false, error: "ratelimited" } },
  );
  await pressReveal(crash);
  await reached(refused, PATIENT);
  bot.signal("SIGTERM");
  expect(await bot.ends()).toBe(0);
  const shown = await secretOn(world.dana);
  expect(records(world.databaseFile)).toMatchObject({ making: 0, open: [] });
  await recover(crash);
  await world.dana.until("the key's card", () => card(world.dana, "ci")?.text.includes(shown.accessKeyId));
  expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  await expectNothingLeft(world);
});

test("stopped while it looks for a key whose answer was lost: the key is found and deleted before it ends", async () => {
  const { world, bot } = crash;
  world.tigris.faults.arm({ call: CREATE.call }, { kind: "lose", when: "after" });
  const held = await holdAt(crash, { ...SEARCH, when: "before" }, () => pressReveal(crash));
  bot.signal("SIGTERM");
  await connected(world.slack, 0, PATIENT);
  held.release();
  expect(await bot.ends()).toBe(0);
  expect(keysInTigris(world)).toEqual([]);
  expect(records(world.databaseFile)).toMatchObject({ making: 0, open: [] });
  await recover(crash);
  await expectGivenBack(world);
});

test("stopped while it is frozen, and its work was taken over: it posts nothing, and ends", async () => {
  const { world, bot } = crash;
  const held = await holdAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
  await freeze(crash);
  world.slack.sockets.cut();
  passLeases(world);
  await world.startBot();
  await nothingHangs(world);
  bot.signal("SIGTERM");
  bot.signal("SIGCONT");
  held.release();
  expect(await bot.ends()).toBe(0);
  expect(world.slack.calls.filter(({ method }) => method === POST.call)).toEqual([]);
  expect(secretMessages(world.dana)).toEqual([]);
  expect(isToldDeleted(world)).toBe(true);
  await expectGivenBack(world);
});

test("killed twice: in the middle of a deletion, and in the middle of its recovery", async () => {
  const { world, mode } = crash;
  const { dana } = world;
  await reveal(dana, "ci");
  const isMade = () => card(dana, "ci")?.buttons.some(({ label }) => label === "Delete key");
  await dana.until("the key's card", isMade);
  const press = () => dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await killAt(crash, { ...DELETE, when: "before" }, press);
  expect(keysInTigris(world)).toHaveLength(1);
  await killAt(crash, { ...DELETE, when: "after" }, async () => {
    crash.bot = await startProcess(world, mode, { aheadMs: LATER_MS });
  });
  expect(keysInTigris(world)).toEqual([]);
  await recover(crash, LATER_MS);
  await dana.until("the card", () => card(dana, "ci")?.text.includes("was deleted by @dana"));
  // Of a key as new as this one Tigris has to say twice that there is none.
  expect(world.tigris.calls.filter(({ action }) => action === DELETE.call).length).toBeLessThanOrEqual(4);
  await expectNothingLeft(world);
});
