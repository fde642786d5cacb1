import type { ModalView, RichTextBlock } from "@slack/types";
import type { Key } from "../../domain/key";
import type { Refusal } from "../../domain/refusal";
import { accessText, referenceOf } from "../blocks/access";
import { STOPS_AT_ONCE } from "../blocks/delete-button";
import { inputLabel, placeholder } from "../blocks/input";
import { formView } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { BUTTONS, TITLES } from "../words/labels";
import { refusalWords } from "../words/refusals";
import { bold, code, type Sentence, time, user } from "../words/sentence";
import { keyOption } from "./key-options";

/** The form that deletes a key: which one, what it is, and what happens. */
export function deleteForm(shown: {
  picked: Key | null;
  viewerId: string;
  /** Why the key that was typed is not chosen already. */
  problem?: Refusal | null;
}): ModalView {
  const { picked, viewerId, problem = null } = shown;
  return formView({
    callbackId: CALLBACKS.delete,
    title: TITLES.delete,
    submit: BUTTONS.deleteKey,
    blocks: [
      ...(problem ? [richText(line("⚠️ ", ...refusalWords(problem), " Pick one:"))] : []),
      {
        type: "input",
        block_id: BLOCKS.pickedKey,
        label: inputLabel("Key"),
        dispatch_action: true,
        element: {
          type: "external_select",
          action_id: ACTIONS.pickedKey,
          placeholder: placeholder("Search by name or id"),
          min_query_length: 0,
          ...(picked ? { initial_option: keyOption(picked, viewerId) } : {}),
        },
      },
      picked ? description(picked, viewerId) : richText(line("⚠️ ", STOPS_AT_ONCE, " This can't be undone.")),
    ],
  });
}

function description(key: Key, viewerId: string): RichTextBlock {
  const whose: Sentence = key.ownerId === viewerId ? ["Your key"] : ["A key of ", user(key.ownerId)];
  return richText(
    line(bold(key.keyName), ` · ${accessText(key.access)}`),
    line(...whose, ", made ", time(key.madeAt), " · ID ", code(key.accessKeyId), ...referenceOf(key)),
    line("⚠️ ", STOPS_AT_ONCE, " This can't be undone."),
  );
}
