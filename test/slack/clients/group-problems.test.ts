import { createGroupCheck } from "../../../src/slack/clients/group-problems";
import type { PeoplePort } from "../../../src/workflow/check-person";
import { createManualClock, type ManualClock } from "../../kit/manual-clock";

type Answer = Awaited<ReturnType<PeoplePort["groupMembers"]>>;
const LISTED: Answer = { kind: "listed", userIds: [] };
const BUSY: Answer = { kind: "unavailable", reason: "ratelimited" };
const refusing = (slackCode: string): Answer => ({ kind: "look_refused", slackCode });

let clock: ManualClock;
let asked: string[];
let answers: Record<string, Answer>;
let check: ReturnType<typeof createGroupCheck>;
beforeEach(() => {
  clock = createManualClock();
  asked = [];
  answers = { SONE: LISTED, STWO: LISTED };
  const people: PeoplePort = {
    user: async () => ({ kind: "unavailable", reason: "not_asked" }),
    groupMembers: async (id) => {
      asked.push(id);
      return answers[id] ?? LISTED;
    },
    lookingFor: (purpose) =>
      purpose === "options" ? people : { ...people, groupMembers: async () => refusing(purpose) },
  };
  check = createGroupCheck(clock, people);
});

const APPROVERS = { users: ["UANN"], groups: ["SONE", "STWO"] };
const REQUESTERS = { users: [], groups: ["STWO"] };
const look = () => check([APPROVERS, REQUESTERS]);
const sentence = (id: string, code: string) => `Slack doesn't say who is in the user group ${id} (${code}).`;

test("each group is looked at once, and that is remembered for five minutes", async () => {
  expect(await look()).toEqual({ reasons: [], warnings: [] });
  clock.advance(299_999);
  await look();
  expect(asked).toEqual(["SONE", "STWO"]);
  clock.advance(1);
  await look();
  expect(asked).toHaveLength(4);
});

test("one that can't be read is a reason, one that Slack does not know a warning, for a minute", async () => {
  answers = { SONE: refusing("missing_scope"), STWO: refusing("no_such_subteam") };
  const told = { reasons: [sentence("SONE", "missing_scope")], warnings: [sentence("STWO", "no_such_subteam")] };
  expect(await look()).toEqual(told);
  answers = {};
  clock.advance(59_999);
  expect(await look()).toEqual(told);
  clock.advance(1);
  expect(await look()).toEqual({ reasons: [], warnings: [] });
});

test("a Slack that is busy changes nothing, and is asked again the next time", async () => {
  answers = { SONE: refusing("missing_scope"), STWO: BUSY };
  expect((await look()).warnings).toEqual([]);
  answers = { SONE: BUSY, STWO: BUSY };
  clock.advance(60_000);
  expect((await look()).reasons).toEqual([sentence("SONE", "missing_scope")]);
  expect(asked).toEqual(["SONE", "STWO", "SONE", "STWO"]);
});

test("nobody is asked about people who are named by their ids, or where everybody may ask", async () => {
  expect(await check([{ users: ["UANN"], groups: [] }, null])).toEqual({ reasons: [], warnings: [] });
  expect(asked).toEqual([]);
});
