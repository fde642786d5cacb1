import fc from "fast-check";
import { readCommandPayload } from "../../../src/slack/command/input";
import { readCreateForm, readDraft } from "../../../src/slack/create-form/input";
import { readDeleteForm } from "../../../src/slack/delete-form/input";
import { NOTHING_KEPT } from "../../../src/slack/delete-form/kept";
import { readDenyForm } from "../../../src/slack/deny-form/input";
import { readClick, responseUrlOf } from "../../../src/slack/payloads/click";
import { readSearch } from "../../../src/slack/payloads/search";
import { readShortcut } from "../../../src/slack/payloads/shortcut";
import { readSubmission } from "../../../src/slack/payloads/submission";
import { ACTOR, formValues, nested, PERSON } from "./payloads";

const CLICK = {
  ...PERSON,
  type: "block_actions",
  trigger_id: "1.2.3",
  response_url: "https://hooks.slack.com/actions/1",
  container: { type: "message", channel_id: "D1", message_ts: "17.1", is_ephemeral: false },
  actions: [{ action_id: "request_reveal", block_id: "b1", action_ts: "17.2", value: "request-1", type: "button" }],
};
const VIEW = { id: "V1", hash: "1.x", private_metadata: "request-1", state: { values: {} }, blocks: [] };
const SUBMISSION = { ...PERSON, type: "view_submission", view: VIEW };
const SEARCH = { ...PERSON, type: "block_suggestion", action_id: "create_buckets", value: " log " };
const USE = {
  ...PERSON,
  type: "message_action",
  callback_id: "report_leak",
  trigger_id: "1.2.3",
  action_ts: "17.3",
  response_url: "https://hooks.slack.com/app/1",
  channel: { id: "C1", name: "general" },
  message_ts: "17.1",
  message: { type: "message", text: "tid_abc", ts: "17.1" },
};
const malformed = { kind: "malformed" };

describe("a shortcut", () => {
  test("on a message: what it was used on, unread, and where", () => {
    expect(readShortcut(USE)).toEqual({
      kind: "shortcut",
      actor: ACTOR,
      useId: "17.3",
      triggerId: "1.2.3",
      responseUrl: "https://hooks.slack.com/app/1",
      message: USE.message,
      place: { channelId: "C1", ts: "17.1" },
    });
  });

  test("that is global comes from nowhere", () => {
    const { channel: _channel, message: _message, message_ts: _ts, response_url: _url, ...global } = USE;
    expect(readShortcut({ ...global, type: "shortcut" })).toMatchObject({ responseUrl: null, place: null });
  });

  test.each([
    ["a channel that is none", { channel: { id: "../C1" } }],
    ["no channel", { channel: undefined }],
    ["a time that is none", { message_ts: "17.1/../x" }],
    ["no time", { message_ts: undefined }],
  ])("on a message with %s has no place", (_what, changes) => {
    expect(readShortcut({ ...USE, ...changes })).toMatchObject({ kind: "shortcut", place: null });
  });

  test.each([
    ["no type", { type: undefined }],
    ["another type", { type: "block_actions" }],
    ["nobody", { user: undefined }],
    ["no trigger", { trigger_id: undefined }],
    ["no time of its use", { action_ts: undefined }],
    ["a time of its use that is none", { action_ts: "yesterday" }],
    ["an endless time", { action_ts: "1".repeat(51) }],
    ["an address that is none", { response_url: ["https://example.com"] }],
  ])("with %s can't be read", (_what, changes) => {
    expect(readShortcut({ ...USE, ...changes })).toEqual(malformed);
  });
});

test("a click on a message", () => {
  expect(readClick(CLICK)).toEqual({
    kind: "click",
    actor: ACTOR,
    actionId: "request_reveal",
    blockId: "b1",
    value: "request-1",
    clickId: "UDEV 17.2",
    triggerId: "1.2.3",
    place: { channelId: "D1", ts: "17.1" },
    channelId: "D1",
    responseUrl: "https://hooks.slack.com/actions/1",
    view: null,
    isInHome: false,
    chosen: null,
  });
});

test.each([
  ["a person", { type: "users_select", selected_user: "UANN" }, "UANN"],
  ["an option", { type: "static_select", selected_option: { value: "Editor" } }, "Editor"],
  ["a text", { type: "plain_text_input", value: "ci" }, "ci"],
  ["an emptied text", { type: "plain_text_input", value: null }, null],
])("in a Home %s is chosen", (_what, chosen, value) => {
  const action = { action_id: "home_search", action_ts: "17.2", ...chosen };
  const inHome = { ...CLICK, response_url: undefined, container: { type: "view" }, view: { ...VIEW, type: "home" } };
  expect(readClick({ ...inHome, actions: [action] })).toMatchObject({ isInHome: true, chosen: value, place: null });
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
    triggerId: null,
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
  expect(readSearch(SEARCH)).toEqual({ kind: "search", actor: ACTOR, search: "log", kept: "" });
  expect(readSearch({ ...SEARCH, view: VIEW })).toMatchObject({ kept: "request-1" });
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
    readShortcut,
    readSubmission,
    readSearch,
    readCommandPayload,
    readDraft,
    readCreateForm,
    (state) =>
      readDenyForm({
        kind: "submission",
        actor: ACTOR,
        viewId: "V1",
        privateMetadata: "request-1",
        triggerId: null,
        state,
      }),
  ];
  fc.assert(
    fc.property(fc.oneof(fc.anything({ withNullPrototype: true }), fc.jsonValue()), (payload) => {
      for (const read of readers) expect(read(payload)).toEqual(malformed);
      expect(readDeleteForm(payload)).toEqual({ accessKeyId: null, kept: NOTHING_KEPT });
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
