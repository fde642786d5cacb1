import type { Fault } from "../../../sandbox/faults";
import { answers, askForAdmin, card, reveal, switchOn } from "../../e2e/play";
import { APPROVALS, GENERAL } from "../../kit/people";
import { type World, worldForEach } from "../../kit/world";
import { opens } from "../crashes/interrupted";
import { MOVES, type Move } from "../races/moves";
import { readStored } from "../races/record";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const failing = (status: number, body: object, headers = {}): Fault => ({ kind: "refuse", status, headers, body });
const BUSY = failing(429, { ok: false, error: "ratelimited" }, { "retry-after": "30" });

const refusing = (error: string): Fault => failing(200, { ok: false, error });

const TRY_AGAIN = "I couldn't check with Slack whether this is allowed. Nothing was changed; please try again.";
const tellOperator = (why: string) =>
  `Slack doesn't let me check whether this is allowed, so nothing was changed: ${why}. Tell whoever runs this bot.`;

const FAILURES: [string, string, Fault, string][] = [
  ["users.info", "a 500", failing(500, {}), TRY_AGAIN],
  ["users.info", "a 429", BUSY, TRY_AGAIN],
  ["users.info", "a cut connection", { kind: "lose", when: "after" }, TRY_AGAIN],
  ["users.info", "nobody", failing(200, { ok: true }), TRY_AGAIN],
  [
    "users.info",
    "another person",
    failing(200, { ok: true, user: { id: "UANN00001", team_id: "TACME0001" } }),
    TRY_AGAIN,
  ],
  ["users.info", "internal_error", refusing("internal_error"), TRY_AGAIN],
  ["users.info", "missing_scope", refusing("missing_scope"), tellOperator("I lack a permission there")],
  ["users.info", "token_revoked", refusing("token_revoked"), tellOperator("it refuses me")],
  ["users.info", "user_not_found", refusing("user_not_found"), tellOperator("it shows me no such person")],
  ["usergroups.users.list", "a 429", BUSY, TRY_AGAIN],
  [
    "usergroups.users.list",
    "no_such_subteam",
    refusing("no_such_subteam"),
    tellOperator("a user group that says who may do this is gone"),
  ],
];

/** What needs the group of approvers; a person who acts for themselves is only looked up. */
const NEEDS_GROUP: string[] = [
  MOVES.approve,
  MOVES.deny,
  MOVES.withdraw,
  MOVES.reveal,
  MOVES.saved,
  MOVES.savedOnCard,
  MOVES.newSecret,
  MOVES.pauseByApprover,
  MOVES.deleteByApprover,
].map(({ name }) => name);

test.each(FAILURES)(
  "%s answers with %s at the moment of a decision: no, and whoever tried reads whether trying again helps",
  async (method, _what, fault, told) => {
    const { dana, ann } = world;
    const isRefused = (move: Move) => method === "users.info" || NEEDS_GROUP.includes(move.name);
    const refuseAll = async (moves: Move[]) => {
      for (const move of moves.filter(isRefused)) await refuses(move, { method, fault, told });
    };
    await askForAdmin(world, dana, "deploy");
    await refuseAll([MOVES.approve, MOVES.deny, MOVES.cancelRequest]);
    await ann.press("Approve", { in: APPROVALS });
    await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
    await refuseAll([MOVES.reveal, MOVES.withdraw, MOVES.cancel]);
    const shown = await reveal(dana, "deploy");
    await refuseAll([MOVES.saved, MOVES.savedOnCard, MOVES.newSecret]);
    expect(await opens(world, shown)).toEqual([]);
    await switchOn(dana, "deploy");
    await refuseAll([MOVES.pause, MOVES.pauseByApprover, MOVES.delete, MOVES.deleteByApprover]);
    expect(await opens(world, shown)).not.toEqual([]);
    await dana.press("Pause", { in: dana.dm() });
    await dana.until("the pause", () => card(dana, "deploy")?.text.includes("works nowhere"));
    await refuseAll([MOVES.resume]);
    expect(await opens(world, shown)).toEqual([]);
  },
);

const PEOPLE = { dana: undefined, ann: APPROVALS, bob: APPROVALS };

/** Tries something while Slack's answer fails: nothing changes, and whoever tried reads why, once. */
async function refuses(
  move: Move,
  { method, fault, told: words }: { method: string; fault: Fault; told: string },
): Promise<void> {
  const { slack } = world;
  if (move.by === null) throw new Error("nobody acts");
  const person = world[move.by];
  const channel = PEOPLE[move.by];
  await move.prepare?.(world);
  const before = await readStored(world);
  const asked = { tigris: changes(), looks: looks(method) };
  const told = () =>
    [...answers(person, channel), ...answers(person, GENERAL)].filter((text) => text.includes(words)).length +
    (person.modal()?.text.includes(words) ? 1 : 0);
  const toldBefore = told();
  const armed = slack.faults.arm({ call: method, times: 100 }, fault);
  await move.act(world);
  await person.until(`why not to ${move.name}`, () => told() > toldBefore);
  armed.release();
  expect(told()).toBe(toldBefore + 1);
  expect({ ...(await readStored(world)), name: move.name }).toEqual({ ...before, name: move.name });
  expect(changes()).toBe(asked.tigris);
  // At a reveal the requester is looked at, and whoever approved.
  expect(looks(method) - asked.looks).toBeLessThanOrEqual(2);
  if (person.modal()) await person.close();
}

const looks = (method: string) => world.slack.calls.filter((call) => call.method === method).length;
const changes = () => world.tigris.calls.filter(({ action }) => !/^List/.test(action)).length;
