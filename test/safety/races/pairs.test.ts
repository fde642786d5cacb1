import { approvalsCard, askForAdmin, card, reveal, secretMessages } from "../../e2e/play";
import { APPROVALS } from "../../kit/people";
import { until } from "../../kit/until";
import { createWorld, deliverTo, endWorld, type World } from "../../kit/world";
import { begin, MOVES, type Move } from "./moves";
import { readStored } from "./record";

type Stage = "waiting" | "approved" | "made";
type Pair = [Stage, Move, Move];

const PAIRS: Pair[] = [
  ["waiting", MOVES.approve, MOVES.approveToo],
  ["waiting", MOVES.approve, MOVES.deny],
  ["waiting", MOVES.approve, MOVES.cancelRequest],
  ["waiting", MOVES.approve, MOVES.lapse],
  ["waiting", MOVES.deny, MOVES.cancelRequest],
  ["waiting", MOVES.deny, MOVES.lapse],
  ["waiting", MOVES.cancelRequest, MOVES.lapse],
  ["approved", MOVES.reveal, MOVES.reveal],
  ["approved", MOVES.reveal, MOVES.cancel],
  ["approved", MOVES.reveal, MOVES.withdraw],
  ["approved", MOVES.reveal, MOVES.lapse],
  ["approved", MOVES.reveal, MOVES.loseApprover],
  ["approved", MOVES.cancel, MOVES.withdraw],
  ["approved", MOVES.withdrawToo, MOVES.withdraw],
  ["made", MOVES.newSecret, MOVES.newSecret],
  ["made", MOVES.newSecret, MOVES.delete],
  ["made", MOVES.newSecret, MOVES.deleteByApprover],
  ["made", MOVES.delete, MOVES.deleteByApprover],
];
const ORDERS = ["one before the other", "the other before the one", "both at once"] as const;

describe.each([1, 2])("with %i bots on one store", (bots) => {
  let world: World;
  afterEach(() => endWorld(world));

  describe.each(PAIRS)("%s: %o and %o", (stage, one, other) => {
    test.each(ORDERS)(`${one.name} and ${other.name}, %s`, async (order) => {
      world = await createWorld("http");
      await bringTo(world, stage);
      const ports = [world.port, bots === 2 ? (await world.startBot()).port : world.port];
      await one.prepare?.(world);
      await other.prepare?.(world);
      await race(world, ports, order === ORDERS[1] ? [other, one] : [one, other], order === ORDERS[2]);
      await agrees(world);
    });
  });
});

async function bringTo(world: World, stage: Stage): Promise<void> {
  const { dana, ann } = world;
  await askForAdmin(world, dana, "deploy");
  if (stage === "waiting") return;
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("was approved by @ann"));
  if (stage === "approved") return;
  await reveal(dana, "deploy");
  await dana.until("the key's card", () => card(dana, "deploy")?.buttons.some(({ label }) => label === "New secret"));
}

/** Lets both begin, each at a bot of its own, and goes on with them in the given order, or with both at once. */
async function race(world: World, ports: number[], moves: [Move, Move], isTogether: boolean): Promise<void> {
  const before = moves.map((move) => move.answered(world));
  const held: Awaited<ReturnType<typeof begin>>[] = [];
  for (const [index, move] of moves.entries()) {
    deliverTo(world, ports[index] ?? 0);
    held.push(await begin(world, move));
  }
  const isSame = moves[0].name === moves[1].name;
  for (const [index, move] of moves.entries()) {
    const hold = held[index];
    if (hold) hold.release();
    else await move.act(world);
    const expected = (before[index] ?? 0) + (isSame && index === 1 ? 2 : 1);
    if (!isTogether && move.by !== null)
      await until(`the answer to ${move.name}`, () => move.answered(world) >= expected);
  }
  for (const [index, move] of moves.entries())
    if (move.by !== null)
      await until(`all answers to ${move.name}`, () => move.answered(world) >= (before[index] ?? 0) + (isSame ? 2 : 1));
}

const DECISIONS = [
  "request.denied",
  "request.cancelled",
  "request.withdrawn",
  "request.lapsed",
  "request.requester_gone",
  "key.posted",
];

/** One outcome, at most one live key, and both cards say the same. */
async function agrees(world: World): Promise<void> {
  await until("every attempt to be closed", () => readStored(world.databaseFile).openAttempts === 0, {
    seen: () => readStored(world.databaseFile),
  });
  const { request, key, events } = readStored(world.databaseFile);
  expect(events.filter((name) => DECISIONS.includes(name)).length).toBeLessThanOrEqual(1);
  expect(events.filter((name) => name === "request.approved").length).toBeLessThanOrEqual(1);
  const live = world.tigris.keys().filter(({ name }) => name.startsWith("deploy-"));
  expect(live).toHaveLength(request === "made" && key !== "deleted" ? 1 : 0);
  expect(key).toBe(request === "made" ? key : null);
  if (request !== "made") expect(secretMessages(world.dana)).toEqual([]);
  const [mine, theirs] = SAYS[key === "deleted" || key === "secret_unknown" ? key : request] ?? ["?", "?"];
  await world.dana.until(`her card: ${mine}`, () => card(world.dana, "deploy")?.text.includes(mine));
  await world.ann.until(`the approvals card: ${theirs}`, () => approvalsCard(world, "deploy")?.text.includes(theirs));
}

/** What the cards say of each state: the requester's, and the one in the approvals channel. */
const SAYS: Record<string, [string, string]> = {
  approved: ["was approved by", "not revealed yet"],
  denied: ["was denied by", "Denied by"],
  cancelled: ["You cancelled", "Cancelled by the requester"],
  withdrawn: ["was withdrawn by", "withdrawn by"],
  lapsed: ["lapsed", "apsed"],
  made: ["🔑", "🔑"],
  deleted: ["was deleted by", "deleted by"],
};
