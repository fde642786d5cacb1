import type { ActionsBlock, Button, ConfirmationDialog } from "@slack/types";
import { plain } from "./plain";

export type ButtonSpec = {
  label: string;
  actionId: string;
  /** One id, which names what the button is about and permits nothing. */
  value: string;
  style?: "primary" | "danger";
  confirm?: { title: string; text: string; yes: string };
  /** What a screen reader says, where the label alone does not tell (75 characters at most, Slack). */
  spoken?: string;
};

export function buttons(...specs: readonly ButtonSpec[]): ActionsBlock {
  return { type: "actions", elements: specs.map(button) };
}

function button({ label, actionId, value, style, confirm, spoken }: ButtonSpec): Button {
  return {
    type: "button",
    text: plain(label, 75),
    action_id: actionId,
    value,
    ...(style ? { style } : {}),
    ...(spoken ? { accessibility_label: plain(spoken, 75).text } : {}),
    ...(confirm ? { confirm: dialog(confirm, style === "danger" ? "danger" : "primary") } : {}),
  };
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
    deny: plain("Cancel", 30),
    style,
  };
}

export const STOPS_AT_ONCE = "Programs that use it stop working at once.";

/** The button that deletes a key, wherever it stands. */
export function deleteButton(key: { keyName: string }, actionId: string, value: string): ButtonSpec {
  return {
    label: "Delete key",
    actionId,
    value,
    style: "danger",
    spoken: `Delete key ${key.keyName}`,
    confirm: { title: `Delete ${key.keyName}?`, text: `${STOPS_AT_ONCE} This can't be undone.`, yes: "Delete key" },
  };
}
