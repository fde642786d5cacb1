import {
  approvalsCard,
  askForAdmin,
  askForReadOnly,
  card,
  keep,
  reveal,
  type ShownSecret,
  secretMessages,
  shownSecret,
  switchOn,
} from "../../e2e/play";
import { testedDatabase } from "../../kit/database";
import { APPROVALS } from "../../kit/people";
import { played } from "../../kit/selection";
import { passUntil, until } from "../../kit/until";
import { createWorld, deliverTo, endWorld, type World } from "../../kit/world";
import { opens } from "../crashes/interrupted";
import { poweredInTigris } from "../crashes/recover";
import { begin, MOVES, type Move } from "./moves";
import { readStored, type Stored } from "./record";

/** A key that is on is one of policy's in "plain": its new secret needs nobody's yes. */
type Stage = "waiting" | "approved" | "shown" | "replaced" | "on" | "paused" | "plain";
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
  ["shown", MOVES.saved, MOVES.withdraw],
  ["shown", MOVES.saved, MOVES.cancelElsewhere],
  ["shown", MOVES.saved, MOVES.lapse],
  ["shown", MOVES.saved, MOVES.delete],
  ["shown", MOVES.saved, MOVES.deleteByApprover],
  ["shown", MOVES.saved, MOVES.pause],
  ["shown", MOVES.saved, MOVES.pauseByApprover],
  ["shown", MOVES.saved, MOVES.saved],
  ["shown", MOVES.saved, MOVES.savedOnCard],
  ["shown", MOVES.saved, MOVES.newSecret],
  ["shown", MOVES.saved, MOVES.loseApprover],
  ["shown", MOVES.newSecret, MOVES.newSecret],
  ["shown", MOVES.newSecret, MOVES.withdraw],
  ["shown", MOVES.newSecret, MOVES.lapse],
  ["shown", MOVES.newSecret, MOVES.delete],
  ["replaced", MOVES.saved, MOVES.savedOlder],
  ["replaced", MOVES.savedOlder, MOVES.withdraw],
  ["on", MOVES.pause, MOVES.pauseByApprover],
  ["on", MOVES.pause, MOVES.delete],
  ["plain", MOVES.pause, MOVES.newSecret],
  ["paused", MOVES.resume, MOVES.resume],
  ["paused", MOVES.resume, MOVES.pause],
  ["paused", MOVES.resume, MOVES.pauseByApprover],
  ["paused", MOVES.resume, MOVES.delete],
  ["plain", MOVES.newSecret, MOVES.newSecret],
  ["plain", MOVES.newSecret, MOVES.delete],
  ["plain", MOVES.newSecret, MOVES.deleteByApprover],
  ["on", MOVES.delete, MOVES.deleteByApprover],
];
const ORDERS = ["one before the other", "the other before the one", "both at once"] as const;
/**
 * Who comes first decides the same on every database; that it is one who does, where both come at once, is what several bots
 * leave to PostgreSQL. So every order is played by the usual runs, each where it decides most.
 */
const PLAYED = played(ORDERS, (order) => (order === ORDERS[2]) === (testedDatabase === "postgres"));

/** SQLite has one writer. */
const BOTS = testedDatabase === "postgres" ? 2 : 1;

describe(`with ${BOTS === 2 ? "two bots" : "one bot"} on one store`, () => {
  let world: World;
  afterEach(() => endWorld(world));

  describe.each(PAIRS)("%s: %o and %o", (stage, one, other) => {
    test.each(PLAYED)(`${one.name} and ${other.name}, %s`, async (order) => {
      world = await createWorld("http");
      await bringTo(world, stage);
      const ports = [world.port, BOTS === 2 ? (await world.startBot()).port : world.port];
      await one.prepare?.(world);
      await other.prepare?.(world);
      await race(world, ports, order === ORDERS[1] ? [other, one] : [one, other], order === ORDERS[2]);
      await agrees(world, stage);
    });
  });
});

async function bringTo(world: World, stage: Stage): Promise<void> {
  const { dana, ann } = world;
  if (stage === "plain") {
    await askForReadOnly(dana, "deploy");
    await keep(dana, "deploy");
    return;
  }
  await askForAdmin(world, dana, "deploy");
  if (stage === "waiting") return;
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
  if (stage === "approved") return;
  await reveal(dana, "deploy");
  if (stage === "shown") return;
  if (stage === "replaced") {
    const [first] = secretMessages(dana);
    await dana.press("New secret", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
    await dana.until("another key", () => secretMessages(dana).length === 2 && shownSecret(dana));
    const isDrawn = () => says(world, shownSecret(dana)?.accessKeyId ?? "?");
    await dana.until("its card", () => first !== undefined && isDrawn());
    return;
  }
  await switchOn(dana, "deploy");
  if (stage === "on") return;
  await dana.press("Pause", { in: dana.dm() });
  await dana.until("the pause", () => says(world, "works nowhere"));
}

/** Whether a message that lasts says something: a card, or a notice beside it. */
function says({ dana }: World, text: string): boolean {
  return dana.screen().some((message) => !message.isEphemeral && message.text.includes(text));
}

/** Lets both begin, each at a bot of its own, and goes on with them in the given order, or with both at once. */
async function race(world: World, ports: number[], moves: [Move, Move], isTogether: boolean): Promise<void> {
  const before = moves.map((move) => move.answered(world));
  const held: Awaited<ReturnType<typeof begin>>[] = [];
  for (const [index, move] of moves.entries()) {
    deliverTo(world, ports[index] ?? 0);
    held.push(await begin(world, move));
  }
  // Answers to one person stand in one place.
  const isSame = moves[0].by === moves[1].by;
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
  "request.used_up",
];

/** One outcome, at most one key, with power only where the record says so, and both cards say the same. */
async function agrees(world: World, stage: Stage): Promise<void> {
  // What a day that passed has to end is still open for a moment.
  const late = `select subject_id as id from timers where kind = 'lapse' and due_at <= ${world.clock.now()}`;
  const atRest = async () => {
    // What is over becomes an attempt: looked for the other way round, it may be neither any more nor yet.
    if ((await world.database.rows(late)).length > 0) return null;
    const stored = await readStored(world);
    return stored.openAttempts === 0 && stored;
  };
  const seen = () => readStored(world);
  const stored = await until("every attempt to be closed, and what is over", atRest, { seen });
  const { request, key, isHeld, events } = stored;
  expect(events.filter((name) => DECISIONS.includes(name)).length).toBeLessThanOrEqual(1);
  expect(events.filter((name) => name === "request.approved").length).toBeLessThanOrEqual(1);
  const there = world.tigris.keys().filter(({ name }) => name.startsWith("deploy-"));
  const isThere = key !== null && key !== "deleted";
  expect(there).toHaveLength(isThere ? 1 : 0);
  if (isThere) expect({ request, key }).toEqual(STANDS[request]?.(key) ?? "no key");
  const isOn = isThere && key !== "off" && !isHeld;
  expect(poweredInTigris(world)).toHaveLength(isOn ? 1 : 0);
  for (const shown of shownSecrets(world)) if (!isOn) expect(await opens(world, shown)).toEqual([]);
  const [mine, theirs] = SAYS[saidOf(stored)] ?? [/\?/, /\?/];
  const [hers, approvers] =
    isThere && isHeld ? [/Paused by/, request === "made" ? /Paused by/ : theirs] : [mine, theirs];
  // Whoever sent a card while a day passed leaves it to the next round.
  const passing = { clock: world.clock, stepMs: 2_000 };
  const isSaid = () => world.dana.screen().some(({ text, isEphemeral }) => !isEphemeral && hers.test(text));
  await passUntil(`her card: ${hers}`, isSaid, passing);
  // Nobody had to decide about it, so there is no other card.
  if (stage === "plain") return;
  const told = () => approvalsCard(world, "deploy")?.text ?? "";
  await passUntil(`the approvals card: ${approvers}`, () => approvers.test(told()), { ...passing, seen: told });
}

/** What a request may have a key in. */
const STANDS: Record<string, (key: string) => { request: string; key: string }> = {
  delivered: () => ({ request: "delivered", key: "off" }),
  made: (key) => ({ request: "made", key: key === "secret_unknown" ? key : "live" }),
};

function shownSecrets({ dana }: World): ShownSecret[] {
  return secretMessages(dana).flatMap(({ code: [accessKeyId, secret, exports] }) =>
    accessKeyId && secret && exports ? [{ accessKeyId, secret, exports }] : [],
  );
}

/** What the cards go by: the request, and its key once that is what the request became. */
function saidOf({ request, key, isShown }: Stored): string {
  if (request === "made") return key ?? "?";
  return request === "delivered" && !isShown ? "unclear" : request;
}

/** What the cards say of each state: the requester's, and the one in the approvals channel. */
const SAYS: Record<string, [RegExp, RegExp]> = {
  approved: [/approved by/, /secret not shown yet/],
  delivered: [/🔑 Off · /, /secret shown, key off/],
  // A day that passed before Slack's answer was on record.
  unclear: [/🔑 Off · /, /key made and off/],
  denied: [/Denied by/, /Denied by/],
  cancelled: [/Canceled by you/, /Canceled by @dana/],
  withdrawn: [/Withdrawn by/, /Withdrawn by/],
  lapsed: [/Lapsed|Deleted/, /apsed|the key is gone/],
  live: [/🔑 On · /, /On since/],
  deleted: [/Deleted by/, /[Dd]eleted by/],
};
