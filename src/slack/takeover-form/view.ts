import type { ModalView } from "@slack/types";
import { MAX_REASON, MIN_REASON } from "../../domain/limits";
import type { LeftKey } from "../../workflow/ask-takeover";
import { accessText } from "../blocks/access";
import { inputHint, inputLabel } from "../blocks/input";
import { formView } from "../blocks/modals";
import { option } from "../blocks/option";
import { cut } from "../blocks/plain";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { keyStanding } from "../words/key-standing";
import { BUTTONS, TITLES } from "../words/labels";
import { type Sentence, user } from "../words/sentence";

/** So many boxes to tick are in one form at the most (Slack, checkboxes). */
export const MAX_TAKEN_AT_ONCE = 10;

/** The form in which somebody chooses which keys of whoever has left become theirs. All are chosen where `chosen` is null. */
export function takeoverForm(shown: {
  fromId: string;
  keys: readonly LeftKey[];
  /** Ids of keys. */
  chosen: readonly string[] | null;
  reason: string;
  problem: Sentence | null;
}): ModalView {
  const { fromId, keys, chosen, reason, problem } = shown;
  const offered = keys.slice(0, MAX_TAKEN_AT_ONCE);
  const more = keys.length - offered.length;
  const options = offered.map(optionOf);
  const initial = options.filter(({ value }) => chosen === null || chosen.includes(value ?? ""));
  const asked = offered.filter(({ needsApproval }) => needsApproval).length;
  return formView({
    callbackId: CALLBACKS.takeover,
    // It only names whose keys they are: who may take one is judged when the form is sent.
    privateMetadata: fromId,
    title: TITLES.takeover,
    submit: BUTTONS.takeOver,
    blocks: [
      ...(problem ? [richText(line("⚠️ ", ...problem))] : []),
      richText(
        line(
          "These become yours, and what uses them goes on. ",
          user(fromId),
          " still knows their secrets: give each a new one afterwards, on its card in our DM.",
        ),
        ...(more > 0 ? [line(`${more} more are there: press ${BUTTONS.takeOver} again for those.`)] : []),
      ),
      {
        type: "input",
        block_id: BLOCKS.takenKeys,
        label: inputLabel("Keys"),
        element: {
          type: "checkboxes",
          action_id: ACTIONS.takenKeys,
          options,
          // Slack takes no empty list.
          ...(initial.length > 0 ? { initial_options: initial } : {}),
        },
      },
      ...(asked > 0 ? [reasonInput(reason, asked === offered.length)] : []),
    ],
  });
}

function optionOf({ key, needsApproval }: LeftKey) {
  return option({
    value: key.accessKeyId,
    label: `${key.keyName} · ${keyStanding(key)}`,
    description: `${needsApproval ? "needs an approval · " : ""}${accessText(key.access)}`,
  });
}

function reasonInput(reason: string, isRequired: boolean) {
  return {
    type: "input" as const,
    block_id: BLOCKS.takeoverReason,
    label: inputLabel("Reason"),
    optional: !isRequired,
    hint: inputHint(`At least ${MIN_REASON} characters where a key needs an approval; those who decide read it.`),
    element: {
      type: "plain_text_input" as const,
      action_id: ACTIONS.takeoverReason,
      multiline: true,
      max_length: MAX_REASON,
      ...(reason === "" ? {} : { initial_value: cut(reason, MAX_REASON) }),
    },
  };
}
