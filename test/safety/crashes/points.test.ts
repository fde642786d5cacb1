import type { FaultHandle } from "../../../sandbox/faults";
import { approvalsCard, askForAdmin, askForReadOnly, card, reveal, secretMessages } from "../../e2e/play";
import { reached } from "../../kit/stand-ins";
import { until } from "../../kit/until";
import { PATIENT } from "../kit/process";
import { type Crash, crashForEach, pressReveal, secretOn } from "./crash";
import { expectGivenBack, isToldDeleted } from "./interrupted";
import { CREATE, DELETE, holdAt, killAt, POST, SEARCH } from "./points";
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
  expect(records(crash.world.databaseFile)).toMatchObject({ making: 0, open: [] });
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
    expect(records(crash.world.databaseFile)).toMatchObject({ making: 0, open: [] });
    await recover(crash);
    await reveal(crash.world.dana, "ci");
    await expectNothingLeft(crash.world);
  },
);

test("killed between Tigris's answer and its record: the key is found by its name, and deleted", async () => {
  const { dana, databaseFile, tigris } = crash.world;
  await askForReadOnly(dana, "ci");
  const made = await holdAt(crash, { ...CREATE, when: "after" }, act);
  const lock = lockDatabase(databaseFile);
  made.release();
  await until(
    "Tigris's answer",
    () => tigris.calls.some(({ action, endedAt }) => action === CREATE.call && endedAt !== null),
    PATIENT,
  );
  await crash.bot.kill();
  lock.release();
  expect(records(databaseFile).open).toMatchObject([{ kind: "create", phase: "calling" }]);
  await recover(crash);
  expect(keysInTigris(crash.world)).toEqual([]);
  expect(secretMessages(dana)).toEqual([]);
  await expectGivenBack(crash.world);
});

test("killed between the record of the key and its delivery, while it waits for Slack: the key is deleted", async () => {
  const { dana, slack, databaseFile } = crash.world;
  await askForReadOnly(dana, "ci");
  const refused = slack.faults.arm(
    { call: POST.call },
    { kind: "refuse", status: 429, headers: { "retry-after": "9" }, body: { ok: false, error: "ratelimited" } },
  );
  await act();
  await reached(refused, PATIENT);
  await crash.bot.kill();
  expect(records(databaseFile).open).toMatchObject([{ kind: "create", phase: "delivering" }]);
  await recover(crash);
  expect(isToldDeleted(crash.world)).toBe(true);
  expect(secretMessages(dana)).toEqual([]);
  await expectGivenBack(crash.world);
});

test.each(["before", "after"] as const)(
  "killed while Tigris holds the deletion of a key that was not shown, %s it takes effect",
  async (when) => {
    const { dana, slack } = crash.world;
    await askForReadOnly(dana, "ci");
    slack.faults.arm({ call: POST.call }, { kind: "lose", when: "after" });
    await killAt(crash, { ...DELETE, when }, act);
    await secretOn(dana);
    expect(keysInTigris(crash.world)).toHaveLength(when === "before" ? 1 : 0);
    await recover(crash);
    expect(isToldDeleted(crash.world)).toBe(true);
    await expectGivenBack(crash.world);
  },
);

test("killed while a key is looked for whose answer was lost", async () => {
  const { dana, tigris } = crash.world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: CREATE.call }, { kind: "lose", when: "after" });
  await killAt(crash, { ...SEARCH, when: "before" }, act);
  expect(keysInTigris(crash.world)).toHaveLength(1);
  await recover(crash);
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Tigris gave no clear answer"));
  expect(keysInTigris(crash.world)).toEqual([]);
  await expectGivenBack(crash.world);
});

test("killed before the card of a key is drawn: the secret works, and the next bot draws it", async () => {
  const { dana, tigris } = crash.world;
  await askForReadOnly(dana, "ci");
  // The card is drawn once before the key is made, and once after that.
  await killAt(crash, { api: "slack", call: "chat.update", nth: 2, when: "before" }, act);
  const shown = await secretOn(dana);
  await recover(crash);
  await expectMade(shown.accessKeyId);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  await dana.press("I've saved it");
  await dana.until("the confirmation", () => card(dana, "ci")?.text.includes("confirmed as saved"));
  await expectNothingLeft(crash.world);
});

async function expectMade(accessKeyId: string): Promise<void> {
  const { dana } = crash.world;
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes(accessKeyId));
  expect(keysInTigris(crash.world)).toEqual([accessKeyId]);
  await expectNothingLeft(crash.world);
}

describe("an Admin key", () => {
  async function killAdminAt(when: "before" | "after"): Promise<FaultHandle> {
    const { world } = crash;
    await askForAdmin(world, world.dana, "ci");
    await world.ann.press("Approve", { in: "CAPPROVE1" });
    await world.dana.until("the approval", () => card(world.dana, "ci")?.text.includes("was approved by @ann"));
    return killAt(crash, { ...CREATE, when }, act);
  }

  test("killed after it is made: both cards agree that there is none, and later that there is one", async () => {
    await killAdminAt("after");
    const { world } = crash;
    await recover(crash);
    expect(keysInTigris(world)).toEqual([]);
    await world.dana.until("the card", () => card(world.dana, "ci")?.text.includes("Making it was interrupted"));
    await world.ann.until("her card", () =>
      approvalsCard(world, "ci")?.text.includes("no key so far, the last try failed"),
    );
    await expectGivenBack(world);
    const [made = ""] = keysInTigris(world);
    await world.ann.until("the key", () => approvalsCard(world, "ci")?.text.includes(made));
  });

  test("killed after it is made, and withdrawn after the recovery: no key is left", async () => {
    await killAdminAt("after");
    const { world } = crash;
    await recover(crash);
    await world.ann.press("Withdraw", { in: "CAPPROVE1" });
    await world.dana.until("the withdrawal", () => card(world.dana, "ci")?.text.includes("was withdrawn by @ann"));
    await allClosed(world);
    expect(keysInTigris(world)).toEqual([]);
    await expectNothingLeft(world);
  });
});
