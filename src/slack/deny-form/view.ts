import type { ModalView } from "@slack/types";
import type { Request } from "../../domain/request";
import { user } from "../../domain/sentence";
import { MAX_REASON } from "../../domain/text";
import { keyTitle, referenceOf } from "../blocks/access";
import { plain } from "../blocks/plain";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";

/** The form for the reason of a denial. */
export function denyForm(request: Request): ModalView {
  return {
    type: "modal",
    callback_id: CALLBACKS.deny,
    // It only names the request: who may deny it is judged when the form is sent.
    private_metadata: request.id,
    title: plain("Deny this request", 24),
    submit: plain("Deny", 24),
    close: plain("Cancel", 24),
    blocks: [
      richText(line(...keyTitle(request), ", asked for by ", user(request.requesterId), ...referenceOf(request))),
      {
        type: "input",
        block_id: BLOCKS.denyReason,
        label: plain("Reason", 2000),
        hint: plain("Its requester reads it. Say what would be fine instead.", 2000),
        element: { type: "plain_text_input", action_id: ACTIONS.denyReason, multiline: true, max_length: MAX_REASON },
      },
    ],
  };
}
