import { MAX_REFUSALS_COUNTED, REFUSED_LOGGED_EVERY_MS } from "../../../src/domain/limits";
import {
  aboutButton,
  aboutId,
  createRefusalTrace,
  type Deed,
  type NoteRefusal,
} from "../../../src/slack/interaction/refusal-trace";
import { createManualClock, type ManualClock } from "../../kit/manual-clock";

const REQUEST_ID = "00000000-0000-4000-8000-000000000008";

let clock: ManualClock;
let lines: Record<string, unknown>[];
let note: NoteRefusal;
beforeEach(() => {
  clock = createManualClock(1_000_000);
  lines = [];
  note = createRefusalTrace(clock, { info: (fields) => void lines.push(fields) });
});

const deed = (actor: string, changes: Partial<Deed> = {}): Deed => ({
  actor,
  verb: "request_approve",
  about: { requestId: REQUEST_ID },
  ...changes,
});

test("a refusal is one line: who, what, why, and what it was about", () => {
  note(deed("UEVE"), "not_approver");
  expect(lines).toEqual([
    {
      event: "refused",
      actor: "UEVE",
      verb: "request_approve",
      code: "not_approver",
      requestId: REQUEST_ID,
      times: 1,
    },
  ]);
});

test("the same person and code again within the minute is counted, and told in the next line", () => {
  for (let times = 0; times < 5; times++) note(deed("UEVE"), "not_approver");
  expect(lines).toHaveLength(1);
  clock.advance(REFUSED_LOGGED_EVERY_MS);
  note(deed("UEVE", { verb: "request_deny" }), "not_approver");
  expect(lines.slice(1)).toEqual([expect.objectContaining({ verb: "request_deny", times: 5 })]);
});

test("another person, and another code, has a line at once", () => {
  note(deed("UEVE"), "not_approver");
  note(deed("UGUS"), "not_approver");
  note(deed("UEVE"), "own_request");
  note(deed("UEVE"), "malformed");
  expect(lines.map(({ actor, code }) => `${actor} ${code}`)).toEqual([
    "UEVE not_approver",
    "UGUS not_approver",
    "UEVE own_request",
    "UEVE malformed",
  ]);
});

test("what was counted is told with the next refusal of anybody's, and then forgotten", () => {
  for (let times = 0; times < 3; times++) note(deed("UEVE"), "not_approver");
  clock.advance(REFUSED_LOGGED_EVERY_MS);
  note(deed("UGUS"), "guest");
  expect(lines.slice(1)).toEqual([
    expect.objectContaining({ actor: "UGUS", times: 1 }),
    expect.objectContaining({ actor: "UEVE", code: "not_approver", times: 2 }),
  ]);
  note(deed("UEVE"), "not_approver");
  expect(lines.at(-1)).toMatchObject({ actor: "UEVE", times: 1 });
});

test("however many people are refused, only so many are remembered, and no count is lost", () => {
  note(deed("UEVE"), "not_approver");
  note(deed("UEVE"), "not_approver");
  for (let other = 0; other < MAX_REFUSALS_COUNTED; other++) note(deed(`U${other}`), "not_approver");
  expect(lines.at(-1)).toMatchObject({ actor: "UEVE", times: 1 });
  note(deed("UEVE"), "not_approver");
  expect(lines.filter(({ actor }) => actor === "UEVE")).toHaveLength(3);
});

test("a clock that is set back keeps nobody quiet for longer", () => {
  note(deed("UEVE"), "not_approver");
  clock.advance(-3_600_000);
  note(deed("UEVE"), "not_approver");
  expect(lines).toHaveLength(2);
});

test.each([
  ["request_reveal", REQUEST_ID, { requestId: REQUEST_ID }],
  ["key_delete", "tid_one", { accessKeyId: "tid_one" }],
  ["keys_person_older", "tid_one", { accessKeyId: "tid_one" }],
  ["delivery_saved", REQUEST_ID, { deliveryId: REQUEST_ID }],
  ["help_list", "tid_one", {}],
  ["request_reveal", "what somebody wrote", {}],
  ["key_delete", "tsec_one", {}],
  ["key_delete", "tid_one and more", {}],
])("a button %s that holds %s is about %j", (actionId, value, about) => {
  expect(aboutButton(actionId, value)).toEqual(about);
});

test("what is chosen in no form is about nothing", () => {
  expect(aboutId("accessKeyId", null)).toEqual({});
});
