import type { KnownBlock, ModalView } from "@slack/types";
import { MAX_BUCKETS } from "../../domain/limits";
import { type LessPermission, permissionsWithin } from "../../domain/narrow";
import type { Refusal } from "../../domain/refusal";
import { grantedAccess, type Request } from "../../domain/request";
import { accessOnCard } from "../blocks/access";
import { bucketOptions } from "../blocks/bucket-options";
import { inputHint, inputLabel, placeholder } from "../blocks/input";
import { formView } from "../blocks/modals";
import { option } from "../blocks/option";
import { line, quote, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { BUTTONS, TITLES } from "../words/labels";
import { refusalWords } from "../words/refusals";
import { bold, type Sentence, user } from "../words/sentence";

/**
 * The form for giving less than a request asks for.
 * @param problem what was wrong with it when it was sent; what was filled in stays, since its blocks keep their ids
 */
export function approveForm(request: Request, problem: Refusal | null = null): ModalView {
  const { asked, reason, requesterId } = request;
  const what: Sentence = [
    user(requesterId),
    " asks for ",
    bold(asked.keyName),
    `: ${accessOnCard(grantedAccess(request))}`,
  ];
  return formView({
    callbackId: CALLBACKS.approveLess,
    // It only names the request: who may approve it, and how much, is judged when the form is sent.
    privateMetadata: request.id,
    title: TITLES.approveLess,
    submit: BUTTONS.approve,
    blocks: [
      ...(problem === null ? [] : [richText(line("⚠️ ", ...refusalWords(problem)))]),
      richText(line(...what), ...(reason === null ? [] : [quote(reason)])),
      permissionInput(request),
      bucketsInput(request),
    ],
  });
}

function permissionInput(request: Request): KnownBlock {
  const toOption = (value: LessPermission) => option({ value });
  const offered = permissionsWithin(grantedAccess(request));
  const most = offered.at(-1) ?? "ReadOnly";
  return {
    type: "input",
    block_id: BLOCKS.lessPermission,
    label: inputLabel("Permission"),
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.lessPermission,
      options: offered.map(toOption),
      initial_option: toOption(most),
    },
  };
}

function bucketsInput(request: Request): KnownBlock {
  const { buckets } = grantedAccess(request);
  const asked = buckets.kind === "named" ? bucketOptions(buckets.names).slice(0, MAX_BUCKETS) : [];
  return {
    type: "input",
    block_id: BLOCKS.lessBuckets,
    label: inputLabel("Buckets"),
    hint: inputHint(buckets.kind === "named" ? "Take out what the key need not reach." : "At least one."),
    element: {
      type: "multi_external_select",
      action_id: ACTIONS.lessBuckets,
      placeholder: placeholder("Search buckets"),
      min_query_length: 0,
      max_selected_items: MAX_BUCKETS,
      ...(asked.length === 0 ? {} : { initial_options: asked }),
    },
  };
}
