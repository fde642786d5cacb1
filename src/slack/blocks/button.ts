import type { ActionsBlock, Button, ConfirmationDialog } from "@slack/types";
import { BUTTONS } from "../words/labels";
import { plain } from "./plain";

export type ButtonSpec = {
  label: string;
  actionId: string;
  /** One id, which names what the button is about and permits nothing. */
  value: string;
  style?: "primary" | "danger";
  confirm?: { title: string; text: string; yes: string };
  /** What a screen reader says, where the label alone does not tell. */
  spoken?: string;
};

/** The longest label of a button, and the longest that is spoken for it (Slack, button element). */
const MAX_LABEL = 75;

export function buttons(...specs: readonly ButtonSpec[]): ActionsBlock {
  return { type: "actions", elements: specs.map(button) };
}

function button({ label, actionId, value, style, confirm, spoken }: ButtonSpec): Button {
  return {
    type: "button",
    text: plain(label, MAX_LABEL),
    action_id: actionId,
    value,
    ...(style ? { style } : {}),
    ...(spoken ? { accessibility_label: plain(spoken, MAX_LABEL).text } : {}),
    ...(confirm ? { confirm: dialog(confirm, style === "danger" ? "danger" : "primary") } : {}),
  };
}

/** A button that opens an address. Slack reports the click all the same. */
export function linkButton(label: string, actionId: string, url: string): ActionsBlock {
  return { type: "actions", elements: [{ type: "button", text: plain(label, MAX_LABEL), action_id: actionId, url }] };
}

/** Limits: title 100, text 300, buttons 30 characters (Slack, confirmation dialog). */
function dialog(
  { title, text, yes }: { title: string; text: string; yes: string },
  style: "primary" | "danger",
): ConfirmationDialog {
  return {
    title: plain(title, 100),
    text: plain(text, 300),
    confirm: plain(yes, 30),
    deny: plain(BUTTONS.cancel, 30),
    style,
  };
}
