import type { KnownBlock, ModalView } from "@slack/types";
import { keyNameProblem } from "../../domain/input-rules";
import type { Endpoint } from "../../domain/permission";
import { isByBucket } from "../../domain/policy/choice-needs";
import type { Lasts, Policy } from "../../domain/policy/rule";
import type { Refusal } from "../../domain/refusal";
import type { BucketTrouble } from "../../workflow/buckets";
import type { DecidersOfRule } from "../../workflow/check-deciders";
import type { InvalidField } from "../../workflow/create";
import { context } from "../blocks/message";
import { formView } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { CALLBACKS } from "../ids";
import { fieldProblemWords } from "../words/fields";
import { BUTTONS, TITLES } from "../words/labels";
import { ANY_KEY_WORDS } from "../words/permission";
import { refusalWords } from "../words/refusals";
import { ruleNames } from "../words/ruling";
import { OPERATOR, type Sentence } from "../words/sentence";
import { approverNames, bucketAccessInput, permissionInput } from "./access-fields";
import { type Draft, hasBucketSelect } from "./draft";
import { bucketSelect, endpointInputs, formatInput, keyNameInput, reasonInput } from "./fields";
import { keptOf } from "./kept";
import { lifeInputs } from "./life-fields";

/** Who would decide, rule by rule: nobody where policy approves at once, a refusal where nobody can. */
export type ApprovalNeeded = readonly DecidersOfRule[] | Refusal;

/** What holds for every form just now. */
export type Offer = {
  policy: Pick<Policy, "rules">;
  /** Whether Tigris may take `*` for another permission than Admin. */
  allBuckets: boolean;
  endpoints: readonly Endpoint[];
  /** Why there is no bucket to choose; null where there are. */
  bucketTrouble: BucketTrouble | null;
};

/**
 * The form for a new key. Its fields keep their ids, so what was typed stays when it is drawn again; the buckets that were
 * chosen are kept in the view while it has no select for them.
 */
export function createForm(shown: {
  draft: Draft;
  offer: Offer;
  approval: ApprovalNeeded;
  /** How long such a key may live; null where no rule fits it. */
  lasts: Lasts | null;
  /** What the network found wrong after the form was sent. */
  problem: InvalidField | Refusal | null;
}): ModalView {
  const { draft, offer, approval, lasts, problem } = shown;
  const isNeeded = "code" in approval || approval.length > 0;
  return formView({
    callbackId: CALLBACKS.create,
    privateMetadata: keptOf(draft, isNeeded),
    title: TITLES.create,
    submit: isNeeded ? BUTTONS.askForApproval : BUTTONS.create,
    blocks: [
      ...refusalNotes(problem),
      keyNameInput(draft),
      ...nameProblem(draft),
      permissionInput(draft, offer.policy),
      ...bucketInputs(draft, offer),
      ...problemNotes("buckets", problem),
      ...(lasts === null ? [] : lifeInputs(draft, lasts)),
      ...problemNotes("life", problem),
      ...endpointInputs(draft, offer.endpoints),
      formatInput(draft),
      reasonInput(draft, isNeeded),
      ...problemNotes("reason", problem),
      ...approvalNotes(draft, approval, problem),
      context([ANY_KEY_WORDS]),
    ],
  });
}

/** Admin keys have no buckets to choose: they always reach the whole organization. */
function bucketInputs(draft: Draft, { policy, allBuckets, bucketTrouble }: Offer): KnownBlock[] {
  if (draft.permission === "Admin") return [];
  return [
    ...(allBuckets ? [bucketAccessInput(draft, policy)] : []),
    ...(hasBucketSelect(draft) ? [bucketSelect(draft, isByBucket(draft.permission, policy))] : []),
    ...(hasBucketSelect(draft) ? bucketTroubleNote(bucketTrouble) : []),
  ];
}

/** Why no bucket can be chosen just now, below their select. */
export function bucketTroubleNote(trouble: BucketTrouble | null): KnownBlock[] {
  return trouble === null ? [] : [warning(BUCKET_TROUBLES[trouble])];
}

const BUCKET_TROUBLES: Record<BucketTrouble, Sentence> = {
  none: ["There are no buckets yet: make one in the Tigris Dashboard, then search again."],
  forbidden: ["Tigris doesn't let me list its buckets, so none can be chosen. Tell ", OPERATOR, "."],
  slow: ["Tigris is slow to list its buckets. Wait a moment, then type a part of a bucket's name."],
  unavailable: ["Tigris didn't list its buckets. Wait a moment, then type a part of a bucket's name."],
};

/** Of a name that came with the command, or was typed before the form was drawn again. */
function nameProblem({ keyName }: Draft): KnownBlock[] {
  const problem = keyNameProblem(keyName);
  return problem === null ? [] : [warning([fieldProblemWords(problem)])];
}

/** Why the form was refused as a whole, above it. */
export function refusalNotes(problem: InvalidField | Refusal | null): KnownBlock[] {
  return problem?.kind === "refused" ? [warning(refusalWords(problem))] : [];
}

/** What the network found wrong with a field, below it. */
export function problemNotes(field: InvalidField["field"], problem: InvalidField | Refusal | null): KnownBlock[] {
  return problem?.kind === "invalid" && problem.field === field ? [warning([fieldProblemWords(problem.problem)])] : [];
}

/** What was said of it already is not said again. */
export function approvalNotes(
  { permission }: Pick<Draft, "permission">,
  approval: ApprovalNeeded,
  problem: InvalidField | Refusal | null,
): KnownBlock[] {
  if ("code" in approval) {
    const isSaid = problem?.kind === "refused" && problem.code === approval.code;
    return isSaid ? [] : [warning(refusalWords(approval))];
  }
  if (approval.length === 0) return [];
  const less = permission === "Admin" ? " Would Editor on the buckets that you need do?" : "";
  const last = approval.length - 1;
  return [richText(...approval.map((one, index) => line(...goesTo(one), index === last ? less : "")))];
}

/** "Goes to @storage: 5 people can approve this (rule "production data")." */
function goesTo({ rule, people, count, others, isAll }: DecidersOfRule): Sentence {
  const known = `${isAll ? "" : "at least "}${others} ${others === 1 ? "person" : "people"}`;
  const who = count === 1 ? `${known} can approve this` : `${count} of ${known} have to approve this`;
  return ["Goes to ", ...approverNames(people), `: ${who} (${ruleNames([rule])}).`];
}

function warning(sentence: Sentence): KnownBlock {
  return richText(line("⚠️ ", ...sentence));
}
