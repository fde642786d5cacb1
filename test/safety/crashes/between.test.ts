import { askForReadOnly, card, keep, reveal, switchOn } from "../../e2e/play";
import { connected, reached } from "../../kit/stand-ins";
import { PATIENT } from "../kit/process";
import { type Crash, crashForEach, LATER_MS, pressReveal, secretOn, startAhead } from "./crash";
import { expectGivenBack, expectPowerless, opens } from "./interrupted";
import { CREATE, DELETE, holdAt, killAt, POST, SEARCH } from "./points";
import { records } from "./records";
import { expectNothingLeft, keysInTigris, recover } from "./recover";

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
  expect(await records(world)).toMatchObject({ making: 0, open: [] });
  await recover(crash);
  await world.dana.until("the key's card", () => card(world.dana, "ci")?.text.includes(shown.accessKeyId));
  await expectPowerless(world);
  await switchOn(world.dana, "ci");
  expect(await opens(world, shown)).not.toEqual([]);
  await expectNothingLeft(world);
});

test("stopped while it looks for a key whose answer was lost: the key is found and deleted before it ends", async () => {
  const { world } = crash;
  world.tigris.faults.arm({ call: CREATE.call }, { kind: "lose", when: "after" });
  await pressReveal(crash);
  await world.dana.until("the card", () => card(world.dana, "ci")?.text.includes("Tigris gave no clear answer"));
  await crash.bot.kill();
  const held = await holdAt(crash, { ...SEARCH, when: "before" }, async () => {
    crash.bot = await startAhead(crash, LATER_MS);
  });
  crash.bot.signal("SIGTERM");
  await connected(world.slack, 0, PATIENT);
  held.release();
  expect(await crash.bot.ends()).toBe(0);
  await recover(crash, LATER_MS);
  await expectGivenBack(world);
});

test.each([
  ["that is on", keep],
  ["that is off", reveal],
] as const)(
  "killed twice: in the middle of the deletion of a key %s, and in the middle of its recovery",
  async (_state, bringTo) => {
    const { world } = crash;
    const { dana } = world;
    await bringTo(dana, "ci");
    const press = () => dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
    await killAt(crash, { ...DELETE, when: "before" }, press);
    expect(keysInTigris(world)).toHaveLength(1);
    await killAt(crash, { ...DELETE, when: "after" }, async () => {
      crash.bot = await startAhead(crash, LATER_MS);
    });
    expect(keysInTigris(world)).toEqual([]);
    await recover(crash, LATER_MS);
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Deleted by you"));
    // Of a key as new as this one Tigris has to say twice that there is none.
    expect(world.tigris.calls.filter(({ action }) => action === DELETE.call).length).toBeLessThanOrEqual(4);
    await expectNothingLeft(world);
  },
);
