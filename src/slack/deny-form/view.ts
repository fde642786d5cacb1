import type { ModalView } from "@slack/types";
import { MAX_REASON } from "../../domain/limits";
import type { Request } from "../../domain/request";
import { askedTitle, referenceOf } from "../blocks/access";
import { inputHint, inputLabel } from "../blocks/input";
import { formView } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { BUTTONS, TITLES } from "../words/labels";
import { user } from "../words/sentence";

export function denyForm(request: Request): ModalView {
  return formView({
    callbackId: CALLBACKS.deny,
    // It only names the request: who may deny it is judged when the form is sent.
    privateMetadata: request.id,
    title: TITLES.deny,
    submit: BUTTONS.deny,
    blocks: [
      richText(line(...askedTitle(request), ", asked for by ", user(request.requesterId), ...referenceOf(request))),
      {
        type: "input",
        block_id: BLOCKS.denyReason,
        label: inputLabel("Reason"),
        hint: inputHint("Its requester reads it. Say what would be fine instead."),
        element: { type: "plain_text_input", action_id: ACTIONS.denyReason, multiline: true, max_length: MAX_REASON },
      },
    ],
  });
}
