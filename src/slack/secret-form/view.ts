import type { ModalView } from "@slack/types";
import { isPaused, type Key } from "../../domain/key";
import { MAX_REASON, MIN_REASON } from "../../domain/limits";
import type { AskedOfKey } from "../../workflow/ask-secret";
import { accessText, referenceOf } from "../blocks/access";
import { inputHint, inputLabel } from "../blocks/input";
import { formView } from "../blocks/modals";
import { cut } from "../blocks/plain";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { BUTTONS, TITLES } from "../words/labels";
import { bold, type Sentence } from "../words/sentence";

function needsApproval(kind: AskedOfKey, key: Key): string {
  if (kind === "resume") return "Such keys need an approval by now. It stays paused until you resume it with one.";
  if (kind === "extend")
    return "Such keys last longer only with an approval. Press Extend on the card once it is there.";
  return isPaused(key)
    ? "A new secret of such a key needs an approval. The key is paused: the new secret works only once it is resumed."
    : "A new secret of such a key needs an approval. The old one works until the new one is shown.";
}

/**
 * The form for the reason of what is asked about a key.
 * @param shown `reason` is what stands in it already; `problem` what is wrong with that
 */
export function secretForm({
  kind,
  key,
  reason,
  problem,
}: {
  kind: AskedOfKey;
  key: Key;
  reason: string;
  problem: Sentence | null;
}): ModalView {
  return formView({
    callbackId: CALLBACKS[kind],
    // It only names the key: who may ask is judged when the form is sent.
    privateMetadata: key.accessKeyId,
    title: TITLES[kind],
    submit: BUTTONS.askForApproval,
    blocks: [
      ...(problem ? [richText(line("⚠️ ", ...problem))] : []),
      richText(
        line(bold(key.keyName), ` · ${accessText(key.access)}`, ...referenceOf(key)),
        line(needsApproval(kind, key)),
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
