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

const refusing = (error: string): Fault => failing(200, { ok: false, error });

const TRY_AGAIN = "I couldn't check with Slack whether this is allowed. Nothing was changed; please try again.";
const tellOperator = (code: string) =>
  `Slack doesn't let me check whether this is allowed (Slack said: ${code}). Nothing was changed; tell whoever runs this bot.`;

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
  ["users.info", "missing_scope", refusing("missing_scope"), tellOperator("missing_scope")],
  ["users.info", "token_revoked", refusing("token_revoked"), tellOperator("token_revoked")],
  ["users.info", "user_not_found", refusing("user_not_found"), tellOperator("user_not_found")],
  ["usergroups.users.list", "a 429", BUSY, TRY_AGAIN],
  ["usergroups.users.list", "no_such_subteam", refusing("no_such_subteam"), tellOperator("no_such_subteam")],
];

/** What needs the group of approvers; a person who acts for themselves is only looked up. */
const NEEDS_GROUP: string[] = [MOVES.approve, MOVES.deny, MOVES.withdraw, MOVES.reveal, MOVES.deleteByApprover].map(
  ({ name }) => name,
);

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
async function refuses(
  move: Move,
  { method, fault, told: words }: { method: string; fault: Fault; told: string },
): Promise<void> {
  const { slack, databaseFile } = world;
  if (move.by === null) throw new Error("nobody acts");
  const person = world[move.by];
  const channel = PEOPLE[move.by];
  await move.prepare?.(world);
  const before = readStored(databaseFile);
  const asked = { tigris: changes(), looks: looks(method) };
  const told = () =>
    answers(person, channel).filter((text) => text.includes(words)).length +
    (person.modal()?.text.includes(words) ? 1 : 0);
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

const looks = (method: string) => world.slack.calls.filter((call) => call.method === method).length;
const changes = () => world.tigris.calls.filter(({ action }) => !/^List/.test(action)).length;
