import type { ActionsBlock, Button, ConfirmationDialog, Overflow } from "@slack/types";
import { ACTIONS, MENU_SEPARATOR } from "../ids";
import { BUTTONS } from "../words/labels";
import type { Sentence } from "../words/sentence";
import { sentenceMrkdwn } from "../words/sentence-text";
import { plain } from "./plain";

export type ButtonSpec = {
  label: string;
  actionId: string;
  /** One id, which names what the button is about and permits nothing. */
  value: string;
  style?: "primary" | "danger";
  /** What is asked first: a sentence where it names people. */
  confirm?: { title: string; text: string | Sentence; yes: string };
  /** Where it leads. Slack reports the click all the same. */
  url?: string;
  /** What a screen reader says, where the label alone does not tell: with the label in it, which people say to press it by voice. */
  spoken?: string;
};

/** The longest label of a button, and the longest that is spoken for it (Slack, button element). */
const MAX_LABEL = 75;

export function buttons(...specs: readonly ButtonSpec[]): ActionsBlock {
  return { type: "actions", elements: specs.map(button) };
}

/** Buttons, and a menu after them; one of both may be empty. */
export function buttonsAndMenu(specs: readonly ButtonSpec[], inMenu: readonly ButtonSpec[]): ActionsBlock {
  return { type: "actions", elements: [...specs.map(button), ...(inMenu.length > 0 ? [menu(inMenu)] : [])] };
}

/**
 * An overflow menu. Each of its options is a button in another dress: choosing it is a click on that button. Slack has one
 * confirmation dialog for a whole menu, so only a menu of one option may ask before it acts.
 * @param specs one to five (Slack, overflow element)
 */
export function menu(specs: readonly ButtonSpec[]): Overflow {
  const [only, ...others] = specs;
  const confirm = only?.confirm && others.length === 0 ? dialog(only.confirm, only.style ?? "primary") : null;
  return {
    type: "overflow",
    action_id: ACTIONS.menu,
    options: specs.map(({ label, actionId, value }) => ({
      text: plain(label, MAX_LABEL),
      value: `${actionId}${MENU_SEPARATOR}${value}`,
    })),
    ...(confirm ? { confirm } : {}),
  };
}

export function button({ label, actionId, value, style, confirm, spoken, url }: ButtonSpec): Button {
  return {
    type: "button",
    text: plain(label, MAX_LABEL),
    action_id: actionId,
    value,
    ...(url ? { url } : {}),
    ...(style ? { style } : {}),
    ...(spoken ? { accessibility_label: plain(spoken, MAX_LABEL).text } : {}),
    ...(confirm ? { confirm: dialog(confirm, style === "danger" ? "danger" : "primary") } : {}),
  };
}

/** A button that opens an address. Slack reports the click all the same. */
export function linkButton(label: string, actionId: string, url: string): ActionsBlock {
  return { type: "actions", elements: [{ type: "button", text: plain(label, MAX_LABEL), action_id: actionId, url }] };
}

/** The longest text of a question (Slack, confirmation dialog). */
export const MAX_QUESTION = 300;

/** Limits beside it: title 100, buttons 30 characters (Slack, confirmation dialog). */
function dialog(
  { title, text, yes }: NonNullable<ButtonSpec["confirm"]>,
  style: "primary" | "danger",
): ConfirmationDialog {
  return {
    title: plain(title, 100),
    text:
      typeof text === "string"
        ? plain(text, MAX_QUESTION)
        : { type: "mrkdwn", text: sentenceMrkdwn(text, MAX_QUESTION), verbatim: true },
    confirm: plain(yes, 30),
    deny: plain(BUTTONS.cancel, 30),
    style,
  };
}
