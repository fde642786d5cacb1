import type { KnownBlock, ModalView, PlainTextOption } from "@slack/types";
import { ENDPOINTS, type Endpoint, MAX_BUCKETS, PERMISSIONS, type Permission } from "../../domain/permission";
import type { Refusal } from "../../domain/refusal";
import type { Request } from "../../domain/request";
import type { Sentence } from "../../domain/sentence";
import { MAX_KEY_NAME, MAX_REASON, visible } from "../../domain/text";
import type { FieldProblem } from "../../workflow/create";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { bucketOptions } from "./options";
import { cut, plain } from "./plain";
import { line, richText } from "./rich";

/** What is in the form, finished or not. */
export type Draft = {
  keyName: string;
  permission: Permission;
  /** Those chosen, also while all buckets or Admin make the choice absent. */
  buckets: readonly string[];
  allBuckets: boolean;
  endpoint: Endpoint;
  reason: string;
};

export function emptyDraft(keyName: string): Draft {
  return {
    keyName: visible(keyName),
    permission: "ReadOnly",
    buckets: [],
    allBuckets: false,
    endpoint: "Default",
    reason: "",
  };
}

/** The form as it was for an earlier request. */
export function draftOf({ keyName, access, endpoint, reason }: Request): Draft {
  const { buckets, permission } = access;
  return {
    keyName,
    permission,
    buckets: buckets.kind === "named" ? buckets.names : [],
    allBuckets: buckets.kind === "all" && permission !== "Admin",
    endpoint,
    reason: reason ?? "",
  };
}

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
  problem: FieldProblem | Refusal | null;
}): ModalView {
  const { draft, approval, problem } = shown;
  return {
    type: "modal",
    callback_id: CALLBACKS.create,
    private_metadata: hasBucketSelect(draft) ? "" : keptBuckets(draft.buckets),
    title: plain("Create an access key", 24),
    submit: plain(approval === null ? "Create" : "Ask for approval", 24),
    close: plain("Cancel", 24),
    blocks: [
      ...(problem?.kind === "refused" ? [warning(problem.sentence)] : []),
      keyNameInput(draft),
      permissionInput(draft),
      ...bucketInputs(draft),
      ...problemWith("buckets", problem),
      endpointInput(draft),
      reasonInput(draft, approval !== null),
      ...problemWith("reason", problem),
      ...(approval === null ? [] : [approvalNote(draft, approval)]),
    ],
  };
}

function hasBucketSelect({ permission, allBuckets }: Draft): boolean {
  return permission !== "Admin" && !allBuckets;
}

/** The longest `private_metadata` (Slack, views). */
const MAX_KEPT = 3_000;

/** As JSON; more than a view can keep has to be chosen again. */
function keptBuckets(buckets: readonly string[]): string {
  const kept = JSON.stringify(buckets);
  return buckets.length === 0 || kept.length > MAX_KEPT ? "" : kept;
}

function keyNameInput({ keyName }: Draft): KnownBlock {
  return {
    type: "input",
    block_id: BLOCKS.keyName,
    label: plain("Key name", 2000),
    hint: plain("Letters, digits, . _ and -. People will see it in the Tigris Dashboard.", 2000),
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.keyName,
      max_length: MAX_KEY_NAME,
      ...(keyName === "" ? {} : { initial_value: cut(keyName, MAX_KEY_NAME) }),
    },
  };
}

const PERMISSION_TEXTS: Record<Permission, string> = {
  ReadOnly: "Read objects in the buckets below",
  Editor: "Read, write and delete objects in the buckets below",
  Admin: "Everything in the organisation, keys included. Needs an approval",
};

const ENDPOINT_TEXTS: Record<Endpoint, string> = {
  Default: "t3.storage.dev",
  Fly: "fly.storage.tigris.dev, for apps that run on Fly.io",
};

function permissionInput({ permission }: Draft): KnownBlock {
  const option = (one: Permission) => toOption(one, PERMISSION_TEXTS[one]);
  return {
    type: "input",
    block_id: BLOCKS.permission,
    label: plain("Permission", 2000),
    dispatch_action: true,
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.permission,
      options: PERMISSIONS.map(option),
      initial_option: option(permission),
    },
  };
}

/** Admin keys have no buckets to choose: they always reach the whole organisation. */
function bucketInputs(draft: Draft): KnownBlock[] {
  if (draft.permission === "Admin") return [];
  return hasBucketSelect(draft) ? [bucketSelect(draft.buckets), allBucketsInput(false)] : [allBucketsInput(true)];
}

function bucketSelect(buckets: readonly string[]): KnownBlock {
  const chosen = bucketOptions(buckets).slice(0, MAX_BUCKETS);
  return {
    type: "input",
    block_id: BLOCKS.buckets,
    label: plain("Buckets", 2000),
    optional: true,
    element: {
      type: "multi_external_select",
      action_id: ACTIONS.buckets,
      placeholder: plain("Search your buckets", 150),
      min_query_length: 0,
      max_selected_items: MAX_BUCKETS,
      ...(chosen.length === 0 ? {} : { initial_options: chosen }),
    },
  };
}

function allBucketsInput(isChosen: boolean): KnownBlock {
  const all = toOption("all", "Of today and of the future", "All buckets");
  return {
    type: "input",
    block_id: BLOCKS.allBuckets,
    label: plain(isChosen ? "Buckets" : "Or", 2000),
    optional: true,
    dispatch_action: true,
    element: {
      type: "checkboxes",
      action_id: ACTIONS.allBuckets,
      options: [all],
      ...(isChosen ? { initial_options: [all] } : {}),
    },
  };
}

function endpointInput({ endpoint }: Draft): KnownBlock {
  const option = (one: Endpoint) => toOption(one, ENDPOINT_TEXTS[one]);
  return {
    type: "input",
    block_id: BLOCKS.endpoint,
    label: plain("Endpoint", 2000),
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.endpoint,
      options: ENDPOINTS.map(option),
      initial_option: option(endpoint),
    },
  };
}

function reasonInput({ reason }: Draft, isRequired: boolean): KnownBlock {
  return {
    type: "input",
    block_id: BLOCKS.reason,
    label: plain("Reason", 2000),
    optional: !isRequired,
    ...(isRequired ? { hint: plain("At least 10 characters; those who decide read it.", 2000) } : {}),
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.reason,
      multiline: true,
      max_length: MAX_REASON,
      ...(reason === "" ? {} : { initial_value: cut(reason, MAX_REASON) }),
    },
  };
}

function problemWith(field: FieldProblem["field"], problem: FieldProblem | Refusal | null): KnownBlock[] {
  return problem?.kind === "invalid" && problem.field === field ? [warning([problem.problem])] : [];
}

function approvalNote({ permission }: Draft, approval: { kind: "people"; count: number } | Refusal): KnownBlock {
  if (approval.kind === "refused") return warning(approval.sentence);
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

function toOption(value: string, description: string, label = value): PlainTextOption {
  return { text: plain(label, 75), description: plain(description, 75), value };
}
