import { askForReadOnly, card, keep, type ShownSecret } from "../../e2e/play";
import { leaverCards } from "../../e2e/play-leave";
import { APPROVALS } from "../../kit/people";
import { until } from "../../kit/until";
import { PATIENCE_MS, PATIENT } from "../kit/process";
import { type Crash, endCrash, startAhead, startCrash } from "./crash";
import { holdAt, killAt, type Point, SET_STATUS } from "./points";
import { allClosed, recover } from "./recover";

/** A bot that is killed between what it wrote down about the keys of somebody who left, and what it says of it, or does about it. */

jest.setTimeout(PATIENCE_MS);

const MINUTE = 60_000;
const SEEN_MS = 12 * MINUTE;
/** After the grace of keys that go on, from the card on. */
const OVER_MS = SEEN_MS + 65 * MINUTE;

let crash: Crash;
let shown: ShownSecret;
beforeEach(async () => {
  crash = await startCrash("socket", { ORPHAN_GRACE: "1h" });
  const { dana, slack } = crash.world;
  await askForReadOnly(dana, "ci");
  shown = await keep(dana, "ci");
  slack.setPerson("UDEV00001", { deleted: true });
  await until("the first look", async () => (await stateOf()) === "suspected", PATIENT);
  await crash.bot.kill();
});
afterEach(() => endCrash(crash));

const rows = (sql: string) => crash.world.database.rows<Record<string, string>>(sql);
const stateOf = async () => (await rows("select state from leavers"))[0]?.state ?? null;
const keyRow = async () => (await rows("select * from keys"))[0] ?? {};
const holdsOf = async () => JSON.parse((await keyRow()).pause_json ?? "{}");
const toldAt = async () => JSON.parse((await rows("select state_json from leavers"))[0]?.state_json ?? "{}").toldAt;
const statusOf = () => crash.world.tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId)?.status;
const isTold = async () => Number((await toldAt()) ?? 0) > 0;
const isToApprovers = ({ channel, text }: Record<string, unknown>) =>
  channel === APPROVALS && String(text).includes("Keys without an owner");

/** The bot of some time later, which has told that they left. */
async function startTold(): Promise<void> {
  crash.bot = await startAhead(crash, SEEN_MS);
  await until("the message that told it", isTold, PATIENT);
}

/** The bot after the grace, with the key paused and that told. */
async function startPaused(): Promise<void> {
  await startTold();
  await crash.bot.kill();
  crash.bot = await startAhead(crash, OVER_MS);
  await until("when it goes", async () => Number((await holdsOf()).holds?.[0]?.deletesAt ?? 0) > 0, PATIENT);
  expect(statusOf()).toBe("inactive");
}

async function sendTakeover(): Promise<void> {
  const { eve } = crash.world;
  await eve.until("the card", () => leaverCardOn());
  await eve.press("Take over", { in: APPROVALS, message: leaverCardOn()?.ts ?? "" });
  await eve.until("the form", () => eve.modal()?.fields.Keys);
  await eve.submit();
}

const leaverCardOn = () => leaverCards(crash.world).at(-1);

test.each<[string, Point["when"]]>([
  ["before it is posted", "before"],
  ["once it is", "after"],
])("killed at the card that tells it, %s: it is told, and what time there is counts from then", async (_what, when) => {
  const point = { api: "slack", call: "chat.postMessage", when, match: isToApprovers } as const;
  await killAt(crash, point, async () => {
    crash.bot = await startAhead(crash, SEEN_MS);
  });
  expect(await isTold()).toBe(false);
  crash.world.slack.faults.clear();
  await recover(crash, SEEN_MS);
  await until("the message that told it", isTold, PATIENT);
  expect(statusOf()).toBe("active");
  expect(leaverCards(crash.world).length).toBeGreaterThan(0);
});

test.each(["before", "after"] as const)(
  "killed %s Tigris's pause after the grace: it is paused, and told then",
  async (when) => {
    await startTold();
    await crash.bot.kill();
    await killAt(crash, { ...SET_STATUS, when }, async () => {
      crash.bot = await startAhead(crash, OVER_MS);
    });
    expect(await holdsOf()).toMatchObject({ stands: "pausing", holds: [{ kind: "leaver", deletesAt: null }] });
    crash.world.tigris.faults.clear();
    await recover(crash, OVER_MS);
    await until("the pause", async () => (await holdsOf()).stands === "paused", PATIENT);
    expect(statusOf()).toBe("inactive");
    await until("when it goes", async () => (await holdsOf()).holds[0].deletesAt !== null, PATIENT);
    expect(crash.world.tigris.keys()).toHaveLength(2);
  },
);

test("killed before a takeover is written: the key is nobody's but theirs, and the next press takes it", async () => {
  await startPaused();
  await killAt(crash, { api: "slack", call: "conversations.open", when: "before" }, sendTakeover);
  crash.world.slack.faults.clear();
  expect((await keyRow()).owner_id).toBe("UDEV00001");
  await recover(crash, OVER_MS);
  expect((await keyRow()).owner_id).toBe("UDEV00001");
  expect(statusOf()).toBe("inactive");
});

test.each(["before", "after"] as const)(
  "killed %s Tigris lets a key work again that was taken over: it is the taker's, and their card says how to go on",
  async (when) => {
    const { eve } = crash.world;
    await startPaused();
    const held = await holdAt(crash, { ...SET_STATUS, when }, sendTakeover);
    await crash.bot.kill();
    held.release();
    expect(await keyRow()).toMatchObject({ owner_id: "UEVE00001" });
    expect(await holdsOf()).toMatchObject({ stands: "resuming", holds: [] });
    await recover(crash, OVER_MS);
    await allClosed(crash.world);
    await until("the card", () => card(eve, "ci"), PATIENT);
    expect(await keyRow()).toMatchObject({ owner_id: "UEVE00001", state: "live" });
    const pause = await holdsOf();
    if (pause.stands === "none") expect(statusOf()).toBe("active");
    else {
      expect(card(eve, "ci")?.buttons.map(({ label }) => label)).toContain("Resume");
      await eve.press("Resume", { in: eve.dm() });
      await until("the key on", () => statusOf() === "active", PATIENT);
    }
    expect(await rows("select id from events where name = 'key.taken_over'")).toHaveLength(1);
  },
);
