import { isDeepStrictEqual } from "node:util";
import { boolean, both, byType, type Check, list, literal, number, object, oneOf, problem, string } from "./check";
import { LIMITS } from "./table";

export function plainText(max: number): Check {
  return object({ type: literal("plain_text"), text: string(1, max) }, { emoji: boolean });
}

export function anyText(max: number): Check {
  return byType({
    plain_text: plainText(max),
    mrkdwn: object({ type: literal("mrkdwn"), text: string(1, max) }, { verbatim: boolean }),
  });
}

const confirm = object(
  {
    title: plainText(LIMITS.confirm.title),
    text: anyText(LIMITS.confirm.text),
    confirm: plainText(LIMITS.confirm.button),
    deny: plainText(LIMITS.confirm.button),
  },
  { style: oneOf("primary", "danger") },
);

/** Of menus, which show plain text only. */
const option = object(
  { text: plainText(LIMITS.option.text), value: string(1, LIMITS.option.value) },
  { description: plainText(LIMITS.option.description) },
);

/** Of radio buttons and checkboxes. */
const choice = object(
  { text: anyText(LIMITS.option.text), value: string(1, LIMITS.option.value) },
  { description: anyText(LIMITS.option.description) },
);

const actionId = string(1, LIMITS.id);

const button = object(
  { type: literal("button"), text: plainText(LIMITS.button.text) },
  {
    action_id: actionId,
    value: string(0, LIMITS.button.value),
    url: string(1, LIMITS.button.url),
    style: oneOf("primary", "danger"),
    confirm,
    accessibility_label: string(1, LIMITS.button.accessibilityLabel),
  },
);

/** An option that is chosen at first has to be equal to one that is offered. */
function initialIsListed(name: "initial_option" | "initial_options"): Check {
  return (value, at, problems) => {
    const held = value as Record<string, unknown>;
    const initial = held[name];
    if (initial === undefined || !Array.isArray(held.options)) return;
    const offered: unknown[] = held.options;
    const chosen: unknown[] = Array.isArray(initial) ? initial : [initial];
    if (!chosen.every((one) => offered.some((other) => isDeepStrictEqual(one, other))))
      problem(problems, `${name} must be one of the options`, `${at}/${name}`);
  };
}

/** Which field has the focus at first. */
const focus = { focus_on_load: boolean };

const placeholder = { placeholder: plainText(LIMITS.placeholder) };

const radioButtons = both(
  object(
    { type: literal("radio_buttons"), options: list(choice, 1, LIMITS.choices) },
    { action_id: actionId, initial_option: choice, ...focus },
  ),
  initialIsListed("initial_option"),
);

const checkboxes = both(
  object(
    { type: literal("checkboxes"), options: list(choice, 1, LIMITS.choices) },
    { action_id: actionId, initial_options: list(choice, 1, LIMITS.choices), ...focus },
  ),
  initialIsListed("initial_options"),
);

const staticSelect = both(
  object(
    { type: literal("static_select"), options: list(option, 1, LIMITS.options) },
    { action_id: actionId, initial_option: option, ...placeholder, ...focus },
  ),
  initialIsListed("initial_option"),
);

const externalSelect = object(
  { type: literal("external_select") },
  { action_id: actionId, initial_option: option, min_query_length: number(0, 100), ...placeholder, ...focus },
);

/** Its options are the people of the workspace. */
const usersSelect = object(
  { type: literal("users_select") },
  { action_id: actionId, initial_user: string(2, LIMITS.id), ...placeholder, ...focus },
);

/** A day as `YYYY-MM-DD`. */
const datepicker = object(
  { type: literal("datepicker") },
  { action_id: actionId, initial_date: string(10, 10), confirm, ...placeholder, ...focus },
);

const multiExternalSelect = object(
  { type: literal("multi_external_select") },
  {
    action_id: actionId,
    initial_options: list(option, 1, LIMITS.options),
    min_query_length: number(0, 100),
    max_selected_items: number(1, 100),
    ...placeholder,
    ...focus,
  },
);

const plainTextInput = object(
  { type: literal("plain_text_input") },
  {
    action_id: actionId,
    initial_value: string(0, LIMITS.input.value),
    multiline: boolean,
    min_length: number(0, LIMITS.input.value),
    max_length: number(1, LIMITS.input.value),
    dispatch_action_config: object(
      {},
      { trigger_actions_on: list(oneOf("on_enter_pressed", "on_character_entered"), 1, 2) },
    ),
    ...placeholder,
    ...focus,
  },
);

/** What was typed at first has to fit the field's own limits. */
const initialFits: Check = (value, at, problems) => {
  const { initial_value: initial, max_length: max } = value as { initial_value?: string; max_length?: number };
  if (initial !== undefined && max !== undefined && initial.length > max)
    problem(problems, `initial_value must be at most ${max} characters`, `${at}/initial_value`);
};

/** Of overflow menus, which may lead elsewhere. */
const overflowOption = object(
  { text: plainText(LIMITS.option.text), value: string(1, LIMITS.option.value) },
  { description: plainText(LIMITS.option.description), url: string(1, LIMITS.button.url) },
);

const overflow = object(
  { type: literal("overflow"), options: list(overflowOption, 1, LIMITS.overflow) },
  { action_id: actionId, confirm },
);

/** What may stand among actions, and beside a section. */
export const actionElement = byType({
  button,
  static_select: staticSelect,
  external_select: externalSelect,
  users_select: usersSelect,
  datepicker,
  overflow,
});

export const inputElement = byType({
  plain_text_input: both(plainTextInput, initialFits),
  checkboxes,
  radio_buttons: radioButtons,
  static_select: staticSelect,
  external_select: externalSelect,
  multi_external_select: multiExternalSelect,
  datepicker,
});

export const optionList = list(option, 0, LIMITS.options);
