import type { FaultHandle } from "../../../sandbox/faults";
import { ADMIN_REASON, askForReadOnly } from "../../e2e/play";
import { testedDatabase } from "../../kit/database";
import { GENERAL } from "../../kit/people";
import { reached } from "../../kit/stand-ins";
import { until } from "../../kit/until";
import { createWorld, endWorld, type World } from "../../kit/world";
import { readRemains } from "./remains";

/** Where a submission is held: before the fresh look, and between the checks and the one write. */
const POINTS = ["users.info", "conversations.open"] as const;
const ORDERS = ["the first goes on first", "the second goes on first", "both go on at once"] as const;
const CASES = POINTS.flatMap((point) => ORDERS.map((order) => [point, order] as const));

type Point = (typeof POINTS)[number];
type Order = (typeof ORDERS)[number];

let world: World;
let ports: [number, number];
afterEach(() => endWorld(world));

/** SQLite has one writer. */
const BOTS = testedDatabase === "postgres" ? 2 : 1;

describe(`with ${BOTS === 2 ? "two bots" : "one bot"} on one store`, () => {
  async function start(maxKeys: number): Promise<void> {
    world = await createWorld("http", { env: { MAX_KEYS_PER_USER: String(maxKeys) } });
    const first = world.port;
    ports = [first, BOTS === 2 ? (await world.startBot()).port : first];
    toBot(0);
  }

  test.each(CASES)("the same form twice, held at %s, %s: one request, one card", async (point, order) => {
    await start(1);
    const { dana, slack } = world;
    await fillIn("ci");
    const before = told().length;
    const first = await heldAt(point, () => dana.submit());
    toBot(1);
    const second = await heldAt(point, () => void slack.redeliver(-1));
    await goOn(order, [first, second], () => told().length - before);
    await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
    for (const { params } of told().slice(-2)) expect(JSON.stringify(params.view)).toContain("is approved");
    await agrees(["ci"]);
  });

  test.each(ORDERS)("two forms for the last free place, %s: one is refused", async (order) => {
    await start(2);
    const { dana } = world;
    await askForReadOnly(dana, "earlier");
    const { held, answered } = await twoForms({});
    await goOn(order, held, answered);
    await tellsBoth(order, "2 keys and open requests, the most that one person may have");
  });

  test.each(ORDERS)("two Admin forms for the last request that may wait, %s: one is refused", async (order) => {
    await start(20);
    const { dana } = world;
    for (const name of ["one", "two"]) {
      await fillIn(name, { Permission: "Admin", Reason: ADMIN_REASON });
      await dana.submit();
      await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
      await dana.close();
    }
    const { held, answered } = await twoForms({ Permission: "Admin", Reason: ADMIN_REASON });
    await goOn(order, held, answered);
    await tellsBoth(order, "3 requests waiting for a decision already");
  });
});

function toBot(index: 0 | 1): void {
  world.slack.deliverTo(`http://127.0.0.1:${ports[index]}/slack/events`);
}

async function fillIn(keyName: string, fields: Record<string, string> = {}): Promise<void> {
  const { dana } = world;
  await dana.command(`/tigris-key create ${keyName}`, { in: GENERAL });
  await dana.until("the form", () => dana.modal()?.fields["Key name"]);
  const { Permission, ...rest } = fields;
  await dana.fill(Permission ? { Permission } : { "Bucket access": "all" });
  await dana.until("the form again", () => !dana.modal()?.fields.Buckets);
  await dana.fill(rest);
}

/** Two forms of one person's, sent to a bot each; the first one is closed while it is checked. */
async function twoForms(fields: Record<string, string>) {
  const point = "conversations.open";
  const { dana } = world;
  await fillIn("left", fields);
  const first = await heldAt(point, () => dana.submit());
  await dana.close();
  toBot(1);
  await fillIn("right", fields);
  const before = told().length;
  const second = await heldAt(point, () => dana.submit());
  return { held: [first, second] as const, answered: () => told().length - before };
}

/** Sends, and resolves once the submission waits where it is held. */
async function heldAt(point: Point, send: () => Promise<void> | void): Promise<FaultHandle> {
  const isDanas = (params: Record<string, unknown>) => [params.user, params.users].includes(world.dana.id);
  const held = world.slack.faults.arm({ call: point, match: isDanas }, { kind: "hold", when: "before" });
  await send();
  await reached(held);
  return held;
}

/** Whatever forms were told, those that are closed included. */
function told() {
  return world.slack.calls.filter(({ method, endedAt }) => method === "views.update" && endedAt !== null);
}

async function goOn(order: Order, held: readonly [FaultHandle, FaultHandle], answered: () => number): Promise<void> {
  const inOrder = order === ORDERS[1] ? [...held].reverse() : held;
  for (const [index, handle] of inOrder.entries()) {
    handle.release();
    if (order !== ORDERS[2]) await until("the answer to a form", () => answered() > index);
  }
  await until("the answers to both forms", () => answered() >= 2);
}

/** Whose form came second reads why in it, or in the DM where it is closed; the other one has its request. */
async function tellsBoth(order: Order, why: string): Promise<void> {
  const { dana } = world;
  const made = (await readRemains(world)).names.filter((name) => ["left", "right"].includes(name));
  expect(made).toHaveLength(1);
  if (order !== ORDERS[2]) expect(made).toEqual([order === ORDERS[0] ? "left" : "right"]);
  const inDm = () => dana.screen().filter(({ text }) => text.includes(why)).length;
  if (made[0] === "left") await dana.until("the refusal in the form", () => dana.modal()?.text.includes(why));
  else {
    await dana.until("the refusal in the DM", () => inDm() === 1);
    expect(dana.modal()?.text).toMatch(/is approved|was sent to/);
  }
  expect(inDm()).toBe(made[0] === "left" ? 0 : 1);
  await agrees(made);
}

/** One request and one card for each of these names, and nothing else owed. */
async function agrees(names: readonly string[]): Promise<void> {
  const { dana, tigris } = world;
  await until("all messages to be sent", async () => (await readRemains(world)).outbox === 0);
  const asked = (await readRemains(world)).names;
  for (const name of ["ci", "left", "right"]) {
    const cards = dana.screen().filter(({ text, buttons }) => buttons.length > 0 && text.includes(name));
    expect({ name, cards: cards.length }).toEqual({ name, cards: names.includes(name) ? 1 : 0 });
    expect(asked.filter((one) => one === name)).toHaveLength(names.includes(name) ? 1 : 0);
  }
  expect(tigris.keys()).toHaveLength(1);
  expect(dana.toasts()).toEqual([]);
}
