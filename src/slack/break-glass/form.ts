import type { KnownBlock, ModalView } from "@slack/types";
import type { Permission } from "../../domain/permission";
import type { BreakGlass } from "../../domain/policy/rule";
import type { Refusal } from "../../domain/refusal";
import { REVIEWERS_NEEDED } from "../../domain/review";
import type { InvalidField } from "../../workflow/create";
import { inputLabel } from "../blocks/input";
import { formView } from "../blocks/modals";
import { option } from "../blocks/option";
import { line, richText } from "../blocks/rich";
import { ALL_BUCKETS, ONLY_THESE } from "../create-form/access-fields";
import type { Draft } from "../create-form/draft";
import { bucketSelect, endpointInputs, formatInput, keyNameInput, reasonInput } from "../create-form/fields";
import { keptOf } from "../create-form/kept";
import { bucketTroubleNote, type Offer, problemNotes, refusalNotes } from "../create-form/view";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { durationWords } from "../words/duration";
import { BUTTONS, TITLES } from "../words/labels";
import { PERMISSION_WORDS } from "../words/permission";
import { channel } from "../words/sentence";

/**
 * The form that breaks the glass: what it means stands first. It has the fields of every other key, and none that draws it again,
 * since nothing in it says who would have to approve.
 */
export function breakGlassForm(shown: {
  draft: Draft;
  glass: BreakGlass;
  offer: Omit<Offer, "policy">;
  problem: InvalidField | Refusal | null;
}): ModalView {
  const { draft, glass, offer, problem } = shown;
  return formView({
    callbackId: CALLBACKS.breakGlass,
    privateMetadata: keptOf(draft, true),
    title: TITLES.breakGlass,
    submit: BUTTONS.breakGlass,
    blocks: [
      ...refusalNotes(problem),
      richText(
        line(
          `You get this key at once, without an approval. It works for ${durationWords(glass.lastsMs)}. `,
          channel(glass.tellChannelId),
          ` and every approver are told of it and of your reason, and ${REVIEWERS_NEEDED} of them review it.`,
        ),
      ),
      reasonInput(draft, true, "for example: The checkout is down, and its index has to be rebuilt."),
      ...problemNotes("reason", problem),
      permissionInput(draft),
      ...(offer.allBuckets ? [bucketAccessInput(draft)] : []),
      bucketsInput(draft, offer.allBuckets),
      ...bucketTroubleNote(offer.bucketTrouble),
      ...problemNotes("buckets", problem),
      keyNameInput(draft),
      ...endpointInputs(draft, offer.endpoints),
      formatInput(draft),
    ],
  });
}

const OFFERED = ["ReadOnly", "Editor"] as const satisfies readonly Permission[];

function permissionInput({ permission }: Draft): KnownBlock {
  const toOption = (value: Permission) => option({ value, description: PERMISSION_WORDS[value] });
  return {
    type: "input",
    block_id: BLOCKS.permission,
    label: inputLabel("Permission"),
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.permission,
      options: OFFERED.map(toOption),
      initial_option: toOption(permission === "Editor" ? "Editor" : "ReadOnly"),
    },
  };
}

function bucketAccessInput({ allBuckets }: Draft): KnownBlock {
  const [named, all] = [option({ value: "named", label: ONLY_THESE }), option({ value: "all", label: ALL_BUCKETS })];
  return {
    type: "input",
    block_id: BLOCKS.bucketAccess,
    label: inputLabel("Bucket access"),
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.bucketAccess,
      options: [named, all],
      initial_option: allBuckets ? all : named,
    },
  };
}

/** For all buckets none has to be chosen. */
function bucketsInput(draft: Draft, isOptional: boolean): KnownBlock {
  return { ...bucketSelect(draft, false), ...(isOptional ? { optional: true } : {}) };
}
