import type { ModalView, RichTextBlock } from "@slack/types";
import type { Key } from "../../domain/key";
import { bold, code, type Sentence, time, user } from "../../domain/sentence";
import { accessText, referenceOf } from "../blocks/access";
import { STOPS_AT_ONCE } from "../blocks/button";
import { keyOption } from "../blocks/options";
import { plain } from "../blocks/plain";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";

/** The form that deletes a key: which one, what it is, and what happens. */
export function deleteForm({ picked, viewerId }: { picked: Key | null; viewerId: string }): ModalView {
  return {
    type: "modal",
    callback_id: CALLBACKS.delete,
    title: plain("Delete an access key", 24),
    submit: plain("Delete key", 24),
    close: plain("Cancel", 24),
    blocks: [
      {
        type: "input",
        block_id: BLOCKS.pickedKey,
        label: plain("Key", 2000),
        dispatch_action: true,
        element: {
          type: "external_select",
          action_id: ACTIONS.pickedKey,
          placeholder: plain("Search by name or id", 150),
          min_query_length: 0,
          ...(picked ? { initial_option: keyOption(picked, viewerId) } : {}),
        },
      },
      picked ? description(picked, viewerId) : richText(line("⚠️ ", STOPS_AT_ONCE, " This can't be undone.")),
    ],
  };
}

function description(key: Key, viewerId: string): RichTextBlock {
  const whose: Sentence = key.ownerId === viewerId ? ["Your key"] : ["A key of ", user(key.ownerId)];
  return richText(
    line(bold(key.keyName), ` · ${accessText(key.access)}`),
    line(...whose, ", made ", time(key.madeAt), " · ID ", code(key.accessKeyId), ...referenceOf(key)),
    line("⚠️ ", STOPS_AT_ONCE, " This can't be undone."),
  );
}
