import { ACTIONS } from "../../../src/slack/ids";
import { APP, GENERAL, TEAM } from "../../kit/people";
import type { World } from "../../kit/world";

/** Whom a payload names: Slack signs who somebody is, and nothing of what they may do. */
export type Sender = { id: string; teamId?: string };

type Fields = Record<string, unknown>;

let clicks = 0;

/** A command, as Slack sends it. @param more fields that replace the right ones */
export function command({ slack }: World, from: Sender, text: string, more: Fields = {}): Fields {
  return {
    command: "/tigris-key",
    text,
    user_id: from.id,
    team_id: TEAM.id,
    channel_id: GENERAL,
    api_app_id: APP.id,
    trigger_id: slack.newTrigger(from.id),
    response_url: slack.newResponseUrl(from.id, GENERAL),
    ...more,
  };
}

function interaction({ slack }: World, from: Sender): Fields {
  return {
    user: { id: from.id, team_id: from.teamId ?? TEAM.id },
    team: { id: TEAM.id },
    enterprise: null,
    api_app_id: APP.id,
    trigger_id: slack.newTrigger(from.id),
  };
}

function action(actionId: string, value: unknown): Fields {
  clicks += 1;
  return { type: "button", action_id: actionId, block_id: "b", value, action_ts: `1764000000.${100_000 + clicks}` };
}

/** A click on a button of a message. */
export function click(world: World, from: Sender, actionId: string, value: unknown, more: Fields = {}): Fields {
  return {
    type: "block_actions",
    ...interaction(world, from),
    container: { type: "message", message_ts: "1764000000.000001", channel_id: GENERAL, is_ephemeral: false },
    response_url: world.slack.newResponseUrl(from.id, GENERAL),
    actions: [action(actionId, value)],
    ...more,
  };
}

export type CraftedView = {
  id: string;
  callbackId?: string;
  about?: unknown;
  values: unknown;
  /** What a button in it holds. */
  value?: unknown;
};

function viewOf({ id, callbackId = "", about = "", values }: CraftedView): Fields {
  return { id, type: "modal", callback_id: callbackId, private_metadata: about, state: { values }, blocks: [] };
}

/** A choice in a form, or a click on a button in one. */
export function choice(world: World, from: Sender, actionId: string, view: CraftedView): Fields {
  return {
    type: "block_actions",
    ...interaction(world, from),
    container: { type: "view", view_id: view.id },
    view: viewOf(view),
    actions: [{ ...action(actionId, view.value), ...(view.value === undefined ? { type: "static_select" } : {}) }],
  };
}

/** A choice in an overflow menu of a message. @param option what it stands for: the button's id and its value */
export function menuChoice(world: World, from: Sender, option: unknown): Fields {
  const chosen = { type: "overflow", value: undefined, selected_option: { value: option } };
  return click(world, from, ACTIONS.menu, undefined, { actions: [{ ...action(ACTIONS.menu, undefined), ...chosen }] });
}

/** A click in somebody's own App Home, where no reply can be posted. @param more fields that replace the right ones of the action */
export function homeClick(world: World, from: Sender, actionId: string, value: unknown, more: Fields = {}): Fields {
  const id = "VHOME0001";
  const view = { ...viewOf({ id, values: {} }), type: "home" };
  const container = { type: "view", view_id: id };
  const actions = [{ ...action(actionId, value), ...more }];
  return { type: "block_actions", ...interaction(world, from), container, view, actions };
}

/** The opening of somebody's App Home. @param more fields that replace the right ones */
export function opening(from: Sender, more: Fields = {}): Fields {
  clicks += 1;
  return {
    type: "event_callback",
    team_id: TEAM.id,
    api_app_id: APP.id,
    event: { type: "app_home_opened", user: from.id, channel: GENERAL, tab: "home", event_ts: "1764000000.000001" },
    event_id: `EvCRAFTED${clicks}`,
    authorizations: [{ team_id: TEAM.id, user_id: APP.botUserId, is_bot: true, is_enterprise_install: false }],
    ...more,
  };
}

/** A form that was sent. */
export function submission(world: World, from: Sender, view: CraftedView, more: Fields = {}): Fields {
  return { type: "view_submission", ...interaction(world, from), view: viewOf(view), ...more };
}

/** The use of a shortcut, on a message with that text where one is given. */
export function shortcut(world: World, from: Sender, callbackId: string, text?: unknown, more: Fields = {}): Fields {
  clicks += 1;
  const use = { ...interaction(world, from), callback_id: callbackId, action_ts: `1764000000.${100_000 + clicks}` };
  if (text === undefined) return { type: "shortcut", ...use, ...more };
  return {
    type: "message_action",
    ...use,
    channel: { id: GENERAL, name: "general" },
    message_ts: "1764000000.000001",
    message: { type: "message", user: "UEVE00001", ts: "1764000000.000001", text },
    response_url: world.slack.newResponseUrl(from.id, GENERAL),
    ...more,
  };
}

/** What somebody typed into a select. @param typed `about` is what the form with it keeps */
export function search(
  world: World,
  from: Sender,
  actionId: string,
  { value = "", about }: { value?: unknown; about?: unknown } = {},
): Fields {
  const view = about === undefined ? {} : { view: viewOf({ id: "V1", about, values: {} }) };
  return { type: "block_suggestion", ...interaction(world, from), action_id: actionId, block_id: "b", value, ...view };
}

/** Opens an empty modal before somebody, as the app could. @returns its id */
export async function openView({ slack }: World, from: Sender): Promise<string> {
  const text = (content: string) => ({ type: "plain_text", text: content });
  const view = { type: "modal", title: text("Form"), blocks: [{ type: "section", text: text(OPENED) }] };
  const response = await fetch(`${slack.url}views.open`, {
    method: "POST",
    headers: { authorization: `Bearer ${APP.botToken}`, "content-type": "application/json" },
    body: JSON.stringify({ trigger_id: slack.newTrigger(from.id), view }),
  });
  const { view: opened } = (await response.json()) as { view: { id: string } };
  return opened.id;
}

/** What stands in a modal before the bot has drawn anything in it. */
export const OPENED = "Nothing yet";
