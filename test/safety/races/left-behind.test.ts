import { ACTIONS } from "../../../src/slack/ids";
import {
  answers,
  askForReadOnly,
  card,
  reveal,
  type ShownSecret,
  SWITCH_ON,
  secretMessages,
  switchOn,
} from "../../e2e/play";
import { pressInOldList } from "../../e2e/play-pause";
import { APPROVALS } from "../../kit/people";
import { passUntil, until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { click } from "../attacks/crafted";
import { opens } from "../crashes/interrupted";

/*
 * What a key that another one took the place of leaves behind: power that somebody gave it in the Dashboard, and the holds of an
 * approver.
 */

const MINUTE = 60_000;
const ROLES = [{ bucket: "logs", role: "ReadOnly" as const }];

let world: World;
worldForEach({ mode: "http", overrides: { tigrisTimeouts: { mutateMs: 2_000, readMs: 2_000 } } }, (one) => {
  world = one;
});

const keys = () => world.tigris.keys().filter(({ accessKeyId }) => accessKeyId !== "tid_bot_own_key");
const isThere = ({ accessKeyId }: ShownSecret) => keys().some((key) => key.accessKeyId === accessKeyId);
const isRaised = ({ accessKeyId }: ShownSecret) =>
  world.ann.screen(APPROVALS).some(({ text }) => text.includes(accessKeyId) && text.includes("I did not delete it"));
const pass = (what: string, isSo: () => unknown, stepMs = 5_000) =>
  passUntil(what, isSo, { clock: world.clock, stepMs, limitMs: 15_000 });
const pressNewSecret = () => world.dana.press("New secret", { in: world.dana.dm() });

/** The secret of another key, once it is on record that Slack took it: before that no time may pass. */
async function otherSecret(press: () => Promise<unknown>) {
  const { dana, database } = world;
  const before = new Set(secretMessages(dana).map(({ ts }) => ts));
  await press();
  const shown = await dana.until("the secret", () => secretMessages(dana).find(({ ts }) => !before.has(ts)));
  const delivered = async () => (await database.rows("select id from requests where state = 'delivered'")).length === 1;
  await until("it to be recorded", delivered);
  return shown;
}

async function deliveryOf({ accessKeyId }: ShownSecret): Promise<string> {
  const rows = await world.database.rows(`select delivery_id as id from keys where access_key_id = '${accessKeyId}'`);
  return String(rows[0]?.id);
}

test("a key that was given power in the Dashboard is raised also while another one stands in its place", async () => {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  const first = await reveal(dana, "ci");
  tigris.controls.setKeyRoles(first.accessKeyId, ROLES);
  await otherSecret(pressNewSecret);
  await pass("the alert", () => isRaised(first));
  expect(isThere(first)).toBe(true);
  await switchOn(dana, "ci");
  expect(keys()).toHaveLength(2);
});

test("what got power after the look at it is not deleted by a later try", async () => {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  const first = await reveal(dana, "ci");
  tigris.faults.arm({ call: "DeleteAccessKey", times: 1_000 }, { kind: "refuse", status: 503, body: {} });
  await otherSecret(pressNewSecret);
  const tried = () => tigris.calls.filter(({ action }) => action === "DeleteAccessKey").length;
  await pass("a first try", () => tried() > 0);
  tigris.controls.setKeyRoles(first.accessKeyId, ROLES);
  tigris.faults.clear();
  await pass("the alert", () => isRaised(first) || !isThere(first));
  expect(isThere(first)).toBe(true);
});

test("a hold outlives a key whose making got no answer", async () => {
  const { dana, ann, tigris } = world;
  await askForReadOnly(dana, "ci");
  const first = await reveal(dana, "ci");
  // A list offers no pause of a key that is off; whoever presses it in an older one holds it all the same.
  await pressInOldList(world, ann, ACTIONS.pauseListed);
  await dana.until("the hold", () => card(dana, "ci")?.text.includes("Paused by @ann"));
  const create = "CreateAccessKeyWithBucketsRole";
  tigris.faults.arm({ call: create }, { kind: "lose", when: "after" });
  const pressed = click(world, { id: dana.id }, ACTIONS.anotherSecret, await deliveryOf(first));
  await world.slack.sendRaw("interaction", pressed);
  await dana.until("the card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "Show my secret"));
  await pass("what is left behind to go", () => keys().length === 0, MINUTE);
  const secret = await otherSecret(() => dana.press("Show my secret", { in: dana.dm() }));
  // Whoever was drawing it while the minutes passed has lost it, and its lease has to run out.
  await pass("the card", () => card(dana, "ci")?.text.includes("Paused by @ann"));
  await dana.press(SWITCH_ON, { in: dana.dm(), message: secret.ts });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("ci is paused")));
  const [accessKeyId, shown, exports] = secret.code;
  expect(await opens(world, { accessKeyId, secret: shown, exports } as ShownSecret)).toEqual([]);
});
