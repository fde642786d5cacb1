import type { KnownBlock, ModalView } from "@slack/types";
import type { Refusal } from "../../domain/refusal";
import type { InvalidField } from "../../workflow/create";
import { formView, MAX_PRIVATE_METADATA } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { CALLBACKS } from "../ids";
import { fieldProblemWords } from "../words/fields";
import { BUTTONS, TITLES } from "../words/labels";
import { refusalWords } from "../words/refusals";
import type { Sentence } from "../words/sentence";
import { type Draft, hasBucketSelect } from "./draft";
import { bucketInputs, endpointInput, keyNameInput, permissionInput, reasonInput } from "./fields";

/** Who would decide: null where policy approves at once, a refusal where nobody can. */
export type ApprovalNeeded = { kind: "people"; count: number } | Refusal | null;

/**
 * The form for a new key. Its fields keep their ids, so what was typed stays when it is drawn again; the buckets that were
 * chosen are kept in the view while it has no select for them.
 */
export function createForm(shown: {
  draft: Draft;
  approval: ApprovalNeeded;
  /** What the network found wrong after the form was sent. */
  problem: InvalidField | Refusal | null;
}): ModalView {
  const { draft, approval, problem } = shown;
  return formView({
    callbackId: CALLBACKS.create,
    privateMetadata: hasBucketSelect(draft) ? "" : keptBuckets(draft.buckets),
    title: TITLES.create,
    submit: approval === null ? BUTTONS.create : BUTTONS.askForApproval,
    blocks: [
      ...(problem?.kind === "refused" ? [warning(refusalWords(problem))] : []),
      keyNameInput(draft),
      permissionInput(draft),
      ...bucketInputs(draft),
      ...problemWith("buckets", problem),
      endpointInput(draft),
      reasonInput(draft, approval !== null),
      ...problemWith("reason", problem),
      ...(approval === null ? [] : [approvalNote(draft, approval)]),
    ],
  });
}

/** As JSON; more than a view can keep has to be chosen again. */
function keptBuckets(buckets: readonly string[]): string {
  const kept = JSON.stringify(buckets);
  return buckets.length === 0 || kept.length > MAX_PRIVATE_METADATA ? "" : kept;
}

function problemWith(field: InvalidField["field"], problem: InvalidField | Refusal | null): KnownBlock[] {
  return problem?.kind === "invalid" && problem.field === field ? [warning([fieldProblemWords(problem.problem)])] : [];
}

function approvalNote({ permission }: Draft, approval: { kind: "people"; count: number } | Refusal): KnownBlock {
  if (approval.kind === "refused") return warning(refusalWords(approval));
  const who = approval.count === 1 ? "1 person can approve this." : `${approval.count} people can approve this.`;
  const what =
    permission === "Admin"
      ? " The key gives full access to the organisation; consider Editor on the buckets that you need."
      : "";
  return richText(line(`${who}${what}`));
}

function warning(sentence: Sentence): KnownBlock {
  return richText(line("⚠️ ", ...sentence));
}
