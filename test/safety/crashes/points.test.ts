import type { FaultHandle } from "../../../sandbox/faults";
import { approvalsCard, askForAdmin, askForReadOnly, card, reveal, secretMessages, switchOn } from "../../e2e/play";
import { reached } from "../../kit/stand-ins";
import { until } from "../../kit/until";
import { PATIENT } from "../kit/process";
import { type Crash, crashForEach, LATER_MS, pressReveal, secretOn, startAhead } from "./crash";
import { expectGivenBack, expectPowerless, expectReplaced, isToldDeleted, opens } from "./interrupted";
import { CREATE, DELETE, holdAt, killAt, LOOK, POST, SEARCH } from "./points";
import { lockDatabase, records } from "./records";
import { allClosed, expectNothingLeft, keysInTigris, recover } from "./recover";

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});

const act = () => pressReveal(crash);

test("killed before anything is written: the request is as it was", async () => {
  const { dana } = crash.world;
  await askForReadOnly(dana, "ci");
  await killAt(crash, { api: "slack", call: "users.info", when: "before" }, act);
  expect(await records(crash.world)).toMatchObject({ making: 0, open: [] });
  await recover(crash);
  expect(card(dana, "ci")?.text).not.toContain("⚠️");
  await reveal(dana, "ci");
  await expectNothingLeft(crash.world);
});

test.each(["conversations.open", "chat.update"])(
  "killed while the DM is made ready, at %s: the request is as it was",
  async (call) => {
    await askForReadOnly(crash.world.dana, "ci");
    await killAt(crash, { api: "slack", call, when: "before" }, act);
    expect(await records(crash.world)).toMatchObject({ making: 0, open: [] });
    await recover(crash);
    await reveal(crash.world.dana, "ci");
    await expectNothingLeft(crash.world);
  },
);

test("killed between Tigris's answer and its record: the key opens nothing, is found by its name, and goes", async () => {
  const { dana, tigris } = crash.world;
  await askForReadOnly(dana, "ci");
  const made = await holdAt(crash, { ...CREATE, when: "after" }, act);
  const lock = await lockDatabase(crash.world);
  made.release();
  await until(
    "Tigris's answer",
    () => tigris.calls.some(({ action, endedAt }) => action === CREATE.call && endedAt !== null),
    PATIENT,
  );
  await crash.bot.kill();
  await lock.release();
  expect((await records(crash.world)).open).toMatchObject([{ kind: "create", phase: "calling" }]);
  await recover(crash);
  expect(isToldDeleted(crash.world)).toBe(true);
  await expectPowerless(crash.world);
  expect(secretMessages(dana)).toEqual([]);
  await expectGivenBack(crash.world);
});

test("killed between the record of the key and its delivery, while it waits for Slack: another one takes its place", async () => {
  const { dana, slack } = crash.world;
  await askForReadOnly(dana, "ci");
  const refused = slack.faults.arm(
    { call: POST.call },
    { kind: "refuse", status: 429, headers: { "retry-after": "9" }, body: { ok: false, error: "ratelimited" } },
  );
  await act();
  await reached(refused, PATIENT);
  await crash.bot.kill();
  expect((await records(crash.world)).open).toMatchObject([{ kind: "create", phase: "delivering" }]);
  await recover(crash);
  expect(secretMessages(dana)).toEqual([]);
  await expectReplaced(crash.world);
});

describe("a key whose secret Slack refused to show", () => {
  beforeEach(async () => {
    const { dana, slack } = crash.world;
    await askForReadOnly(dana, "ci");
    slack.faults.arm(
      { call: POST.call },
      { kind: "refuse", status: 200, body: { ok: false, error: "restricted_action" } },
    );
  });

  test.each([
    ["before it is looked at", { ...LOOK, when: "before" }],
    ["after it is looked at", { ...LOOK, when: "after" }],
    ["before it is deleted", { ...DELETE, when: "before" }],
    ["after it is deleted", { ...DELETE, when: "after" }],
  ] as const)("killed %s: it goes all the same", async (_moment, point) => {
    const { world } = crash;
    await killAt(crash, point, act);
    expect(secretMessages(world.dana)).toEqual([]);
    expect(keysInTigris(world)).toHaveLength(point.call === DELETE.call && point.when === "after" ? 0 : 1);
    await recover(crash);
    expect(keysInTigris(world)).toEqual([]);
    await expectGivenBack(world);
  });
});

test.each(["before", "after"] as const)(
  "killed while a key is looked for whose answer was lost, %s the list is read",
  async (when) => {
    const { world } = crash;
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    tigris.faults.arm({ call: CREATE.call }, { kind: "lose", when: "after" });
    await act();
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Tigris gave no clear answer"));
    expect(keysInTigris(world)).toHaveLength(1);
    await crash.bot.kill();
    await killAt(crash, { ...SEARCH, when }, async () => {
      crash.bot = await startAhead(crash, LATER_MS);
    });
    await expectPowerless(world);
    await recover(crash, LATER_MS);
    await expectGivenBack(world);
  },
);

test("killed before the card of a key is drawn: its holder can switch it on, and the next bot draws it", async () => {
  const { dana } = crash.world;
  await askForReadOnly(dana, "ci");
  // The card is drawn once before the key is made, and once after that.
  await killAt(crash, { api: "slack", call: "chat.update", nth: 2, when: "before" }, act);
  const shown = await secretOn(dana);
  await recover(crash);
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes(shown.accessKeyId));
  expect(card(dana, "ci")?.text).toContain("🔑 Off · ");
  expect(keysInTigris(crash.world)).toEqual([shown.accessKeyId]);
  await expectPowerless(crash.world);
  await switchOn(dana, "ci");
  expect(await opens(crash.world, shown)).not.toEqual([]);
  await expectNothingLeft(crash.world);
});

describe("an Admin key", () => {
  async function killAdminAt(when: "before" | "after"): Promise<FaultHandle> {
    const { world } = crash;
    await askForAdmin(world, world.dana, "ci");
    await world.ann.press("Approve", { in: "CAPPROVE1" });
    await world.dana.until("the approval", () => card(world.dana, "ci")?.text.includes("approved by @ann"));
    return killAt(crash, { ...CREATE, when }, act);
  }

  test("killed after it is made: both cards agree that there is none, and later that there is one", async () => {
    await killAdminAt("after");
    const { world } = crash;
    await recover(crash);
    await expectPowerless(world);
    await world.dana.until("the card", () => card(world.dana, "ci")?.text.includes("Making it was interrupted"));
    await world.ann.until("her card", () => approvalsCard(world, "ci")?.text.includes("the last try failed"));
    await expectGivenBack(world);
    const [made = ""] = keysInTigris(world);
    await world.ann.until("the key", () => approvalsCard(world, "ci")?.text.includes(made));
  });

  test("killed after it is made, and withdrawn after the recovery: no key is left", async () => {
    await killAdminAt("after");
    const { world } = crash;
    await recover(crash);
    await world.ann.press("Withdraw", { in: "CAPPROVE1" });
    await world.dana.until("the withdrawal", () => card(world.dana, "ci")?.text.includes("Withdrawn by @ann"));
    await allClosed(world);
    expect(keysInTigris(world)).toEqual([]);
    await expectNothingLeft(world);
  });
});
