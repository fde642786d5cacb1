import type { InputBlock, ModalView } from "@slack/types";
import type { Key } from "../../domain/key";
import { MAX_REASON, MIN_REASON } from "../../domain/limits";
import { OVERLAPS_MS } from "../../domain/rotation";
import { accessText, referenceOf } from "../blocks/access";
import { inputHint, inputLabel, placeholder } from "../blocks/input";
import { formView } from "../blocks/modals";
import { option } from "../blocks/option";
import { cut } from "../blocks/plain";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { durationWords } from "../words/duration";
import { BUTTONS, TITLES } from "../words/labels";
import { bold, type Sentence } from "../words/sentence";

/** The value of the way that makes no second key. The others are the time for which both work, in milliseconds. */
export const NOW = "now";

/** What is in the form: the key where it is known, which way, and a reason. */
export type RotateDraft = {
  key: Key | null;
  /** Whether such a key needs somebody's yes, as far as it is known which one it is. */
  needsApproval: boolean;
  way: string;
  reason: string;
  /** What is to be said first: what is wrong with it, or what the command named. */
  lead: Sentence | null;
};

/** The form that rotates a key of one's own: at once, or with a second key that takes its place. */
export function rotateForm({ key, needsApproval, way, reason, lead }: RotateDraft): ModalView {
  return formView({
    callbackId: CALLBACKS.rotate,
    // It only names the key: who may is judged when the form is sent.
    privateMetadata: key?.accessKeyId ?? "",
    title: TITLES.rotate,
    submit: needsApproval ? BUTTONS.askForApproval : BUTTONS.rotate,
    blocks: [
      ...(lead ? [richText(line(...lead))] : []),
      ...(key === null
        ? [pickInput()]
        : [richText(line(bold(key.keyName), ` · ${accessText(key.access)}`, ...referenceOf(key)))]),
      wayInput(way),
      ...(key !== null && !needsApproval ? [] : [reasonInput(needsApproval, reason)]),
    ],
  });
}

function pickInput(): InputBlock {
  return {
    type: "input",
    block_id: BLOCKS.rotatedKey,
    label: inputLabel("Key"),
    element: {
      type: "external_select",
      action_id: ACTIONS.rotatedKey,
      placeholder: placeholder("Search by name or id"),
      min_query_length: 0,
    },
  };
}

function wayInput(way: string): InputBlock {
  const options = [
    option({ value: NOW, label: "Now: the old secret stops at once" }),
    ...OVERLAPS_MS.map((ms) =>
      option({ value: String(ms), label: `With overlap: both keys work for ${durationWords(ms)}` }),
    ),
  ];
  const initial = options.find(({ value }) => value === way);
  return {
    type: "input",
    block_id: BLOCKS.rotateWay,
    label: inputLabel("How"),
    hint: inputHint(
      "With overlap you get a second key. Once it is on, the first is paused after that time, or when you say that you have switched, and deleted a day later.",
    ),
    element: {
      type: "static_select",
      action_id: ACTIONS.rotateWay,
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
}

function reasonInput(isRequired: boolean, reason: string): InputBlock {
  return {
    type: "input",
    block_id: BLOCKS.rotateReason,
    label: inputLabel("Reason"),
    hint: inputHint(`At least ${MIN_REASON} characters where such a key needs an approval; those who decide read it.`),
    optional: !isRequired,
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.rotateReason,
      multiline: true,
      max_length: MAX_REASON,
      ...(reason === "" ? {} : { initial_value: cut(reason, MAX_REASON) }),
    },
  };
}
