import fc from "fast-check";
import { readCommandPayload } from "../../../src/slack/command/input";
import { readCreateForm, readDraft } from "../../../src/slack/create-form/input";
import { readPicked } from "../../../src/slack/delete-form/input";
import { readDenyForm } from "../../../src/slack/deny-form/input";
import { readClick, responseUrlOf } from "../../../src/slack/payloads/click";
import { readSearch } from "../../../src/slack/payloads/search";
import { readSubmission } from "../../../src/slack/payloads/submission";
import { ACTOR, formValues, nested, PERSON } from "./payloads";

const CLICK = {
  ...PERSON,
  type: "block_actions",
  trigger_id: "1.2.3",
  response_url: "https://hooks.slack.com/actions/1",
  container: { type: "message", channel_id: "D1", message_ts: "17.1", is_ephemeral: false },
  actions: [{ action_id: "request_reveal", action_ts: "17.2", value: "request-1", type: "button" }],
};
const VIEW = { id: "V1", hash: "1.x", private_metadata: "request-1", state: { values: {} }, blocks: [] };
const SUBMISSION = { ...PERSON, type: "view_submission", view: VIEW };
const SEARCH = { ...PERSON, type: "block_suggestion", action_id: "create_buckets", value: " log " };
const malformed = { kind: "malformed" };

test("a click on a message", () => {
  expect(readClick(CLICK)).toEqual({
    kind: "click",
    actor: ACTOR,
    actionId: "request_reveal",
    value: "request-1",
    clickId: "UDEV 17.2",
    triggerId: "1.2.3",
    place: { channelId: "D1", ts: "17.1" },
    responseUrl: "https://hooks.slack.com/actions/1",
    view: null,
  });
});

test("a click on an ephemeral message has no place: that message can't be updated", () => {
  const container = { ...CLICK.container, is_ephemeral: true };
  expect(readClick({ ...CLICK, container })).toMatchObject({ place: null, value: "request-1" });
});

test("a choice in a form", () => {
  const [action] = CLICK.actions;
  const choice = {
    ...CLICK,
    response_url: undefined,
    container: { type: "view", view_id: "V1" },
    view: { ...VIEW, state: { values: formValues() } },
    actions: [{ ...action, value: undefined, selected_option: { value: "Editor" } }],
  };
  expect(readClick(choice)).toMatchObject({
    value: null,
    place: null,
    responseUrl: null,
    view: { id: "V1", hash: "1.x", state: { values: formValues(), kept: "request-1" } },
  });
});

test.each([
  ["no type", { ...CLICK, type: undefined }],
  ["another type", { ...CLICK, type: "view_submission" }],
  ["nobody", { ...CLICK, user: undefined }],
  ["no trigger", { ...CLICK, trigger_id: undefined }],
  ["no action", { ...CLICK, actions: [] }],
  ["two actions", { ...CLICK, actions: [...CLICK.actions, ...CLICK.actions] }],
  ["an action without an id", { ...CLICK, actions: [{ action_ts: "17.2" }] }],
  ["an action without a time", { ...CLICK, actions: [{ action_id: "request_reveal" }] }],
  ["a value that is an object", { ...CLICK, actions: [{ ...CLICK.actions[0], value: { id: "request-1" } }] }],
  ["an endless value", { ...CLICK, actions: [{ ...CLICK.actions[0], value: "x".repeat(2_001) }] }],
  ["a place that is none", { ...CLICK, container: { type: "message", channel_id: ["D1"], message_ts: "1" } }],
  ["a view without an id", { ...CLICK, view: { state: {} } }],
])("a click with %s is malformed", (_what, payload) => {
  expect(readClick(payload)).toEqual(malformed);
});

test("a submission", () => {
  expect(readSubmission(SUBMISSION)).toEqual({
    kind: "submission",
    actor: ACTOR,
    viewId: "V1",
    privateMetadata: "request-1",
    state: { values: {}, kept: "request-1" },
  });
  expect(readSubmission({ ...SUBMISSION, view: { id: "V1" } })).toMatchObject({ privateMetadata: "" });
});

test.each([
  ["nobody", { ...SUBMISSION, user: undefined }],
  ["no view", { ...SUBMISSION, view: undefined }],
  ["another type", { ...SUBMISSION, type: "view_closed" }],
  ["endless metadata", { ...SUBMISSION, view: { ...VIEW, private_metadata: "x".repeat(3_001) } }],
  ["a state that is text", { ...SUBMISSION, view: { ...VIEW, state: "values" } }],
])("a submission with %s is malformed", (_what, payload) => {
  expect(readSubmission(payload)).toEqual(malformed);
});

test("a search", () => {
  expect(readSearch(SEARCH)).toEqual({ kind: "search", actor: ACTOR, search: "log" });
  expect(readSearch({ ...SEARCH, value: null })).toMatchObject({ search: "" });
  for (const payload of [
    { ...SEARCH, user: 1 },
    { ...SEARCH, value: {} },
    { ...SEARCH, type: "block_actions" },
  ])
    expect(readSearch(payload)).toEqual(malformed);
});

test("where an unreadable payload can be answered", () => {
  expect(responseUrlOf({ response_url: "https://hooks.slack.com/actions/1", user: 7 })).toContain("hooks");
  for (const payload of [null, "text", {}, { response_url: 7 }, { response_url: "x".repeat(1_001) }])
    expect(responseUrlOf(payload)).toBeNull();
});

test("nothing that is sent makes reading throw: what is no input of ours is malformed", () => {
  const readers: ((payload: unknown) => unknown)[] = [
    readClick,
    readSubmission,
    readSearch,
    readCommandPayload,
    readDraft,
    (state) => readCreateForm(state, []),
    (state) => readDenyForm({ kind: "submission", actor: ACTOR, viewId: "V1", privateMetadata: "request-1", state }),
  ];
  fc.assert(
    fc.property(fc.oneof(fc.anything({ withNullPrototype: true }), fc.jsonValue()), (payload) => {
      for (const read of readers) expect(read(payload)).toEqual(malformed);
      expect(readPicked(payload)).toBeNull();
    }),
  );
  for (const read of readers) expect(read(nested(10_000))).toEqual(malformed);
});

test("one field of a click replaced by anything is read or malformed, and never thrown", () => {
  const names = fc.constantFrom(...Object.keys(CLICK), "view");
  fc.assert(
    fc.property(names, fc.anything(), (name, value) => {
      expect(["click", "malformed"]).toContain(readClick({ ...CLICK, [name]: value }).kind);
    }),
  );
});
