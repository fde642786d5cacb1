import type { Fault } from "../../../sandbox/faults";
import { answers, askForAdmin, card, reveal } from "../../e2e/play";
import { APPROVALS } from "../../kit/people";
import { type World, worldForEach } from "../../kit/world";
import { MOVES, type Move } from "../races/moves";
import { readStored } from "../races/record";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const failing = (status: number, body: object, headers = {}): Fault => ({ kind: "refuse", status, headers, body });
const BUSY = failing(429, { ok: false, error: "ratelimited" }, { "retry-after": "30" });

const FAILURES: [string, string, Fault][] = [
  ["users.info", "a 500", failing(500, {})],
  ["users.info", "a 429", BUSY],
  ["users.info", "a cut connection", { kind: "lose", when: "after" }],
  ["users.info", "nobody", failing(200, { ok: true })],
  ["users.info", "another person", failing(200, { ok: true, user: { id: "UANN00001", team_id: "TACME0001" } })],
  ["usergroups.users.list", "a 429", BUSY],
  ["usergroups.users.list", "no_such_subteam", failing(200, { ok: false, error: "no_such_subteam" })],
];

/** What needs the group of approvers; a person who acts for themselves is only looked up. */
const NEEDS_GROUP: string[] = [MOVES.approve, MOVES.deny, MOVES.withdraw, MOVES.reveal, MOVES.deleteByApprover].map(
  ({ name }) => name,
);

test.each(FAILURES)(
  "%s answers with %s at the moment of a decision: no, and try again",
  async (method, _what, fault) => {
    const { dana, ann } = world;
    const isRefused = (move: Move) => method === "users.info" || NEEDS_GROUP.includes(move.name);
    const refuseAll = async (moves: Move[]) => {
      for (const move of moves.filter(isRefused)) await refuses(move, method, fault);
    };
    await askForAdmin(world, dana, "deploy");
    await refuseAll([MOVES.approve, MOVES.deny, MOVES.cancelRequest]);
    await ann.press("Approve", { in: APPROVALS });
    await dana.until("the approval", () => card(dana, "deploy")?.text.includes("was approved by @ann"));
    await refuseAll([MOVES.reveal, MOVES.withdraw, MOVES.cancel]);
    const shown = await reveal(dana, "deploy");
    await dana.until("the key's card", () => card(dana, "deploy")?.buttons.some(({ label }) => label === "New secret"));
    await refuseAll([MOVES.newSecret, MOVES.delete, MOVES.deleteByApprover]);
    expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  },
);

const PEOPLE = { dana: undefined, ann: APPROVALS, bob: APPROVALS };

/** Tries something while Slack's answer fails: nothing changes, and whoever tried reads why, once. */
async function refuses(move: Move, method: string, fault: Fault): Promise<void> {
  const { slack, databaseFile } = world;
  if (move.by === null) throw new Error("nobody acts");
  const person = world[move.by];
  const channel = PEOPLE[move.by];
  await move.prepare?.(world);
  const before = readStored(databaseFile);
  const asked = { tigris: changes(), looks: looks(method) };
  const told = () =>
    answers(person, channel).filter((text) => text.includes(COULD_NOT)).length +
    (person.modal()?.text.includes(COULD_NOT) ? 1 : 0);
  const toldBefore = told();
  const armed = slack.faults.arm({ call: method, times: 100 }, fault);
  await move.act(world);
  await person.until(`why not to ${move.name}`, () => told() > toldBefore);
  armed.release();
  expect(told()).toBe(toldBefore + 1);
  expect({ ...readStored(databaseFile), name: move.name }).toEqual({ ...before, name: move.name });
  expect(changes()).toBe(asked.tigris);
  // At a reveal the requester is looked at, and whoever approved.
  expect(looks(method) - asked.looks).toBeLessThanOrEqual(2);
  if (person.modal()) await person.close();
}

const COULD_NOT = "I couldn't check with Slack whether this is allowed. Nothing was changed; please try again.";
const looks = (method: string) => world.slack.calls.filter((call) => call.method === method).length;
const changes = () => world.tigris.calls.filter(({ action }) => !/^List/.test(action)).length;
