import type { ShownSecret } from "../../e2e/play";
import { answers } from "../../e2e/play";
import { askForMore, namedKey, openAccess, rolesOf, switchOnWider } from "../../e2e/play-access";
import { atTigris } from "../../e2e/play-pause";
import { testedDatabase } from "../../kit/database";
import { played } from "../../kit/selection";
import { until } from "../../kit/until";
import { createWorld, deliverTo, endWorld, type World } from "../../kit/world";
import { begin, MOVES, type Move } from "./moves";

/** What changes a key's access, beside each thing that could be in its way. */

const less: Move = {
  name: "less access",
  by: "dana",
  act: ({ dana }) => dana.submit(),
  answered: ({ dana }) =>
    /no more|not confirmed|paused|deleted|faster|right now/.test(dana.modal()?.text ?? "") ? 1 : 0,
};
const more: Move = {
  name: "more access",
  by: "dana",
  act: switchOnWider,
  answered: ({ dana }) => answers(dana).length,
};

const PAIRS: [Move, Move][] = [
  [more, less],
  [more, MOVES.pause],
  [more, MOVES.pauseByApprover],
  [more, MOVES.newSecret],
  [more, MOVES.deleteByApprover],
  [less, MOVES.pause],
  [less, MOVES.pauseByApprover],
  [less, MOVES.newSecret],
];
const ORDERS = ["one before the other", "the other before the one", "both at once"] as const;
const PLAYED = played(ORDERS, (order) => (order === ORDERS[2]) === (testedDatabase === "postgres"));
const BOTS = testedDatabase === "postgres" ? 2 : 1;

let world: World;
afterEach(() => endWorld(world));

describe.each(PAIRS)("%o and %o", (one, other) => {
  test.each(PLAYED)(`${one.name} and ${other.name}, %s`, async (order) => {
    world = await createWorld("http");
    const key = await namedKey(world, { Permission: "Editor", Buckets: ["builds", "logs"] }, "deploy");
    if (one === more) await askForMore(world, { Buckets: ["builds", "logs", "media-archive"] }, "deploy");
    if (one === less || other === less)
      await openAccess(world, { Permission: "ReadOnly", Buckets: ["builds"] }, "deploy");
    for (const move of [one, other]) await move.prepare?.(world);
    const ports = [world.port, BOTS === 2 ? (await world.startBot()).port : world.port];
    const moves = order === ORDERS[1] ? [other, one] : [one, other];
    const holds: Awaited<ReturnType<typeof begin>>[] = [];
    for (const [index, move] of moves.entries()) {
      deliverTo(world, ports[index] ?? 0);
      holds.push(await begin(world, move));
    }
    for (const [index, move] of moves.entries()) {
      holds[index]?.release();
      if (order !== ORDERS[2]) await until(`the answer to ${move.name}`, () => move.answered(world) > 0);
    }
    for (const move of moves) await until(`the answer to ${move.name}`, () => move.answered(world) > 0);
    await until("what was asked of Tigris to be recorded", isAtRest);
    // An answer may be to either of two clicks, and the other one is under way still.
    const isAgreed = () =>
      agrees(key).then(
        () => true,
        () => false,
      );
    await until("Tigris to have what the record says", isAgreed).catch(() => agrees(key));
  });
});

async function isAtRest(): Promise<boolean> {
  const open = await world.database.rows(
    "select id from attempts where closed = 0 and phase <> 'watching' and kind <> 'list_made'",
  );
  return open.length === 0;
}

/** Tigris has what the record says, and no more; what is held or gone works nowhere. */
async function agrees(key: ShownSecret): Promise<void> {
  const [row] = await world.database.rows<{
    state: string;
    permission: string;
    buckets: string;
    change: string | null;
    pause: string;
  }>("select state, permission, buckets, access_change_json as change, pause_json as pause from keys");
  const there = atTigris(world, key);
  expect(row?.state === "deleted").toBe(there === undefined);
  if (row === undefined || there === undefined) return;
  expect(row.change).toBeNull();
  const names = JSON.parse(row.buckets) as string[];
  expect(rolesOf(world, key)).toEqual(names.map((name) => `${row.permission} ${name}`).sort());
  const isHeld = JSON.parse(row.pause).holds.length > 0;
  expect(there.status).toBe(isHeld ? "inactive" : "active");
  const open = await world.database.rows<{ state: string }>("select state from requests where kind = 'access'");
  expect(open.every(({ state }) => state === "made" || state === "approved")).toBe(true);
}
