import { APPROVALS, APPROVERS_GROUP } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { type World, worldForEach } from "../kit/world";
import {
  answers,
  askForAdmin,
  askForReadOnly,
  card,
  keep,
  reveal,
  SWITCH_ON,
  secretAfter,
  secretMessages,
} from "./play";

const SAVED = "I've saved it";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What becomes of a secret on the screen that no longer works, once somebody presses a button beside it. */

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

const isCard = ({ isEphemeral }: { isEphemeral: boolean }) => !isEphemeral;

const press = (label: string) => world.dana.press(label, { in: world.dana.dm(), message: isCard });
const reads = (text: string) => world.dana.until("the card", () => card(world.dana, "ci")?.text.includes(text));

async function older(): Promise<void> {
  await keep(world.dana, "ci");
  await secretAfter(world, () => press("New secret"));
  await reads("not confirmed yet");
  await secretAfter(world, () => press("New secret"));
}

async function ofDeletedKey(): Promise<void> {
  await keep(world.dana, "ci");
  await secretAfter(world, () => press("New secret"));
  await reads("not confirmed yet");
  await press("Delete key");
  await reads("Deleted by you");
}

async function ofDeletedKeyThatWasOff(): Promise<void> {
  await reveal(world.dana, "ci");
  await press("Delete key");
  await reads("Deleted by you");
}

async function replaced(): Promise<void> {
  await reveal(world.dana, "ci");
  await press("New secret");
  await world.dana.until("the other one", () => secretMessages(world.dana).length === 2);
  await reads("opens none of your buckets");
}

async function lapsed(): Promise<void> {
  await reveal(world.dana, "ci");
  world.clock.advance(24 * HOUR);
  await reads("was not used until");
}

async function approverLost(): Promise<void> {
  const { ann, dana, slack } = world;
  await press("Cancel");
  await reads("Canceled by you");
  await askForAdmin(world, dana, "ci");
  await ann.press("Approve", { in: APPROVALS });
  await reads("approved by @ann");
  await reveal(dana, "ci");
  slack.setGroup(APPROVERS_GROUP, ["UBOB00001"]);
}

describe.each<[string, () => Promise<void>, saved: string, said: RegExp, left: number]>([
  ["an older secret", older, SAVED, /no longer works/, 1],
  ["the secret of a deleted key", ofDeletedKey, SAVED, /was deleted/, 0],
  ["the secret of a deleted key that was off", ofDeletedKeyThatWasOff, SWITCH_ON, /was deleted/, 0],
  ["the secret of a key that was off, in whose place another was made", replaced, SWITCH_ON, /no longer works/, 1],
  ["the secret of a key that was off until its time was over", lapsed, SWITCH_ON, /was never on/, 0],
])("%s", (_what, becomesWorthless, saved, said, left) => {
  test.each([saved, "Delete key"])("goes from the screen by %s", async (label) => {
    const { dana } = world;
    await becomesWorthless();
    const secret = secretMessages(dana)[0]?.code[1];
    await dana.press(label, { in: dana.dm(), message: ({ code }) => code[1] === secret });
    await dana.until("the answer in its place", () => secretMessages(dana).length === left);
    expect(secretMessages(dana).some(({ code }) => code[1] === secret)).toBe(false);
    expect(answers(dana)).toContainEqual(expect.stringMatching(said));
  });
});

test("the secret of a key that is off, whose approver may no longer approve, stays: it works once somebody else approves", async () => {
  const { dana, tigris } = world;
  await approverLost();
  await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("@ann is no longer an approver")));
  expect(secretMessages(dana)).toHaveLength(1);
  expect(tigris.calls.map(({ action }) => action)).not.toContain("UpdateAccessKeyWithBucketsRole");
});

test("a secret whose time ends while the press of its button is being looked at goes by that press", async () => {
  const { dana, slack, clock, tigris } = world;
  await reveal(dana, "ci");
  clock.advance(24 * HOUR - MINUTE);
  const look = slack.faults.arm({ call: "users.info" }, { kind: "hold", when: "before" });
  await dana.press(SWITCH_ON, { in: dana.dm(), message: ({ isEphemeral }) => isEphemeral });
  await reached(look);
  clock.advance(MINUTE);
  await reads("was not used until");
  expect(secretMessages(dana)).toHaveLength(1);
  look.release();
  await dana.until("the answer in its place", () => secretMessages(dana).length === 0);
  expect(tigris.calls.map(({ action }) => action)).not.toContain("UpdateAccessKeyWithBucketsRole");
});
