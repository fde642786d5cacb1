import type { KnownBlock, ModalView } from "@slack/types";
import { type Comparison, needsAsking, settledAccess } from "../../domain/access-change";
import type { Key } from "../../domain/key";
import { MAX_REASON, MIN_REASON } from "../../domain/limits";
import type { Refusal } from "../../domain/refusal";
import type { InvalidField } from "../../workflow/create";
import { accessText, referenceOf } from "../blocks/access";
import { inputHint, inputLabel } from "../blocks/input";
import { formView } from "../blocks/modals";
import { cut } from "../blocks/plain";
import { line, richText } from "../blocks/rich";
import { bucketAccessInput, permissionInput } from "../create-form/access-fields";
import { hasBucketSelect } from "../create-form/draft";
import { bucketSelect } from "../create-form/fields";
import {
  type ApprovalNeeded,
  approvalNotes,
  bucketTroubleNote,
  type Offer,
  problemNotes,
  refusalNotes,
} from "../create-form/view";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { BUTTONS, TITLES } from "../words/labels";
import { bold, type Sentence } from "../words/sentence";
import type { AccessDraft } from "./draft";
import { keptOf } from "./input";

/** The ids of its fields: choices in this form draw this one again. */
export const ACCESS_IDS = {
  permission: "accessPermission",
  bucketAccess: "accessBucketAccess",
  buckets: "accessBuckets",
} as const;

/**
 * The form for what a key opens, filled in with what it has: it says what sending it does.
 * @param shown `comparison`: what is chosen beside what the key has; null while nothing is chosen by which that could be said
 */
export function accessForm(shown: {
  key: Key;
  draft: AccessDraft;
  comparison: Comparison | null;
  offer: Omit<Offer, "endpoints">;
  approval: ApprovalNeeded;
  problem: InvalidField | Refusal | null;
}): ModalView {
  const { key, draft, comparison, offer, approval, problem } = shown;
  const isMore = comparison !== null && needsAsking(comparison);
  const isNeeded = isMore && ("code" in approval || approval.length > 0);
  return formView({
    callbackId: CALLBACKS.access,
    privateMetadata: keptOf(draft, isMore),
    title: TITLES.access,
    submit: isNeeded ? BUTTONS.askForApproval : BUTTONS.changeAccess,
    blocks: [
      ...refusalNotes(problem),
      richText(line(bold(key.keyName), ` · now ${accessText(settledAccess(key))}`, ...referenceOf(key))),
      permissionInput(draft, offer.policy, ACCESS_IDS),
      ...bucketInputs(draft, offer),
      ...problemNotes("buckets", problem),
      richText(line(...whatItDoes(comparison, isNeeded))),
      ...(isMore ? [reasonInput(draft, isNeeded)] : []),
      ...problemNotes("reason", problem),
      ...(isMore ? approvalNotes(draft, approval, problem) : []),
    ],
  });
}

function bucketInputs(
  draft: AccessDraft,
  { policy, allBuckets, bucketTrouble }: Omit<Offer, "endpoints">,
): KnownBlock[] {
  if (draft.permission === "Admin") return [];
  return [
    ...(allBuckets ? [bucketAccessInput(draft, policy, ACCESS_IDS)] : []),
    ...(hasBucketSelect(draft) ? [bucketSelect(draft, true, ACCESS_IDS)] : []),
    ...(hasBucketSelect(draft) ? bucketTroubleNote(bucketTrouble) : []),
  ];
}

function whatItDoes(comparison: Comparison | null, isNeeded: boolean): Sentence {
  switch (comparison) {
    case null:
      return ["Its secret stays. Less is done at once; more is asked for."];
    case "same":
      return ["It has this access already."];
    case "narrower":
      return ["This is less than it has: it is done at once, and the secret stays. Programs that need more will fail."];
    case "wider":
    case "other":
      return [
        isNeeded
          ? "This is more than it has, so it needs an approval. Once it is there, press "
          : `This is more than it has. Press ${BUTTONS.changeAccess}, then `,
        bold(BUTTONS.switchWider),
        " in our DM. Until then nothing changes, and the secret stays.",
      ];
  }
}

function reasonInput({ reason }: AccessDraft, isRequired: boolean): KnownBlock {
  return {
    type: "input",
    block_id: BLOCKS.accessReason,
    label: inputLabel("Reason"),
    optional: !isRequired,
    ...(isRequired ? { hint: inputHint(`At least ${MIN_REASON} characters; those who decide read it.`) } : {}),
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.accessReason,
      multiline: true,
      max_length: MAX_REASON,
      ...(reason === "" ? {} : { initial_value: cut(reason, MAX_REASON) }),
    },
  };
}
