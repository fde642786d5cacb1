import type { ShownMessage } from "../../sandbox/slack";
import { DAY_MS } from "../../src/domain/limits";
import { APPROVALS } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { allSent, askForReadOnly, keep } from "./play";
import { leakAlerts, leakNotices, reportLeak } from "./play-leaks";

let world: World;
// Nobody is asked about old secrets, whatever goes by.
worldForEach({ mode: "socket", env: { ROTATE_AFTER: "none" } }, (one) => {
  world = one;
});

/** Keys of Dana's that are on. */
async function danasKeys(...names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    await askForReadOnly(world.dana, name);
    ids.push((await keep(world.dana, name)).accessKeyId);
  }
  return ids;
}

/** Eve reports a message, up to what the approvers and Dana read of it. */
async function told(text: string): Promise<void> {
  await reportLeak(world, world.eve, text);
  await world.ann.until("the alert", () => leakAlerts(world)[0]);
  await world.dana.until("the notice", () => leakNotices(world)[0]);
  await allSent(world);
}

const alert = () => leakAlerts(world)[0];
const notice = () => leakNotices(world)[0];
const labels = (message: ShownMessage | undefined) => message?.buttons.map(({ label }) => label);
const becomes = (what: () => ShownMessage | undefined, text: string) =>
  world.dana.until(`"${text}"`, () => what()?.text.includes(text));
const keyCard = (keyName: string) =>
  world.dana.screen().findLast(({ text }) => /^(?:🔑|⏸️)/.test(text) && text.includes(` ${keyName} `));
const onCard = (label: string, keyName: string) =>
  world.dana.press(label, { in: world.dana.dm(), message: keyCard(keyName)?.ts ?? "" });

test("what is paused, resumed and deleted elsewhere is so in the alert and in the owner's notice, without a new message", async () => {
  const [id] = await danasKeys("ci");
  await told(`look ${id}`);
  expect(labels(alert())).toEqual(["Pause key", "Delete key"]);
  expect(notice()?.text).toContain("It is on. Pause keeps it from working at once.");
  await onCard("Pause", "ci");
  await becomes(alert, "of @dana is paused by @dana: it works nowhere.");
  await becomes(notice, "It is paused by you: it works nowhere.");
  expect(labels(alert())).toEqual(["Delete key"]);
  expect(labels(notice())).toEqual([]);
  await onCard("Resume", "ci");
  await becomes(alert, "of @dana is on.");
  await becomes(notice, "It is on.");
  expect(labels(alert())).toEqual(["Pause key", "Delete key"]);
  expect(labels(notice())).toEqual(["Pause"]);
  await world.ann.press("Delete key", { in: APPROVALS, message: alert()?.ts ?? "" });
  await becomes(alert, "of @dana is deleted by @ann: it opens nothing.");
  await becomes(notice, "It is deleted by @ann: it opens nothing.");
  expect([labels(alert()), labels(notice())]).toEqual([[], []]);
  expect([leakAlerts(world).length, leakNotices(world).length]).toEqual([1, 1]);
});

test("the owner pauses in the notice itself: it says so, and so does the alert", async () => {
  const [id] = await danasKeys("ci");
  await told(`look ${id}`);
  await world.dana.press("Pause", { in: world.dana.dm(), message: notice()?.ts ?? "" });
  await becomes(notice, "It is paused by you: it works nowhere.");
  await becomes(alert, "of @dana is paused by @dana: it works nowhere.");
});

test("of two keys in one alert each is what it is", async () => {
  const [one, other] = await danasKeys("ci", "cd");
  await told(`${one} ${other}`);
  await onCard("Pause", "cd");
  await becomes(alert, "paused by @dana");
  await onCard("Delete key", "ci");
  await becomes(alert, "is deleted by @dana");
  expect(alert()?.text).toContain(`ci (${one}) of @dana is deleted by @dana: it opens nothing.`);
  expect(alert()?.text).toContain(`cd (${other}) of @dana is paused by @dana: it works nowhere.`);
  expect(labels(alert())).toEqual(["Delete key"]);
});

test.each([
  ["somebody deleted", "message_not_found", false],
  ["can't be edited any more", "edit_window_closed", true],
])("an alert that %s: nothing is posted in its place, and the rest goes on", async (_what, error, isLogged) => {
  const [id] = await danasKeys("ci");
  await told(`look ${id}`);
  world.slack.faults.arm(
    { call: "chat.update", match: (params) => params.channel === APPROVALS, times: 100 },
    { kind: "refuse", status: 200, body: { ok: false, error } },
  );
  await onCard("Pause", "ci");
  await becomes(notice, "It is paused by you");
  await allSent(world);
  expect(leakAlerts(world)).toHaveLength(1);
  expect(world.log.some((line) => line.includes("outbox.not_sent") && line.includes(error))).toBe(isLogged);
});

test("what was told as long ago as anything is kept is left as it is", async () => {
  const [id] = await danasKeys("ci");
  await told(`look ${id}`);
  world.clock.advance(401 * DAY_MS);
  await world.dana.until("it to be forgotten", async () => (await places()).length === 0);
  await onCard("Pause", "ci");
  await world.dana.until("the pause", () => keyCard("ci")?.text.includes("works nowhere"));
  await allSent(world);
  expect(alert()?.text).toContain("of @dana is on.");
});

const places = () => world.database.rows("select ts from leak_messages");
