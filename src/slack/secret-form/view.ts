import type { ModalView } from "@slack/types";
import type { Key } from "../../domain/key";
import { MAX_REASON, MIN_REASON } from "../../domain/limits";
import { accessText, referenceOf } from "../blocks/access";
import { inputHint, inputLabel } from "../blocks/input";
import { formView } from "../blocks/modals";
import { cut } from "../blocks/plain";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { BUTTONS, TITLES } from "../words/labels";
import { bold, type Sentence } from "../words/sentence";

/**
 * The form for the reason of a new secret.
 * @param shown `reason` is what stands in it already; `problem` what is wrong with that
 */
export function secretForm({
  key,
  reason,
  problem,
}: {
  key: Key;
  reason: string;
  problem: Sentence | null;
}): ModalView {
  return formView({
    callbackId: CALLBACKS.secret,
    // It only names the key: who may ask is judged when the form is sent.
    privateMetadata: key.accessKeyId,
    title: TITLES.secret,
    submit: BUTTONS.askForApproval,
    blocks: [
      ...(problem ? [richText(line("⚠️ ", ...problem))] : []),
      richText(
        line(bold(key.keyName), ` · ${accessText(key.access)}`, ...referenceOf(key)),
        line("A new secret of such a key needs an approval. The old one works until you reveal the new one."),
      ),
      {
        type: "input",
        block_id: BLOCKS.secretReason,
        label: inputLabel("Reason"),
        hint: inputHint(`At least ${MIN_REASON} characters; those who decide read it.`),
        element: {
          type: "plain_text_input",
          action_id: ACTIONS.secretReason,
          multiline: true,
          max_length: MAX_REASON,
          ...(reason === "" ? {} : { initial_value: cut(reason, MAX_REASON) }),
        },
      },
    ],
  });
}
