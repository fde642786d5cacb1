import type { KnownBlock } from "@slack/types";
import { MAX_BUCKETS, MAX_KEY_NAME, MAX_REASON, MIN_REASON } from "../../domain/limits";
import { ENDPOINTS, type Endpoint, PERMISSIONS, type Permission } from "../../domain/permission";
import { inputHint, inputLabel, placeholder } from "../blocks/input";
import { option } from "../blocks/option";
import { cut } from "../blocks/plain";
import { ACTIONS, BLOCKS } from "../ids";
import { bucketOptions } from "./bucket-options";
import { type Draft, hasBucketSelect } from "./draft";

export function keyNameInput({ keyName }: Draft): KnownBlock {
  return {
    type: "input",
    block_id: BLOCKS.keyName,
    label: inputLabel("Key name"),
    hint: inputHint("Letters, digits, . _ and -. People will see it in the Tigris Dashboard."),
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

export function permissionInput({ permission }: Draft): KnownBlock {
  const toOption = (value: Permission) => option({ value, description: PERMISSION_TEXTS[value] });
  return {
    type: "input",
    block_id: BLOCKS.permission,
    label: inputLabel("Permission"),
    dispatch_action: true,
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.permission,
      options: PERMISSIONS.map(toOption),
      initial_option: toOption(permission),
    },
  };
}

/** Admin keys have no buckets to choose: they always reach the whole organisation. */
export function bucketInputs(draft: Draft): KnownBlock[] {
  if (draft.permission === "Admin") return [];
  return hasBucketSelect(draft) ? [bucketSelect(draft.buckets), allBucketsInput(false)] : [allBucketsInput(true)];
}

function bucketSelect(buckets: readonly string[]): KnownBlock {
  const chosen = bucketOptions(buckets).slice(0, MAX_BUCKETS);
  return {
    type: "input",
    block_id: BLOCKS.buckets,
    label: inputLabel("Buckets"),
    optional: true,
    element: {
      type: "multi_external_select",
      action_id: ACTIONS.buckets,
      placeholder: placeholder("Search your buckets"),
      min_query_length: 0,
      max_selected_items: MAX_BUCKETS,
      ...(chosen.length === 0 ? {} : { initial_options: chosen }),
    },
  };
}

function allBucketsInput(isChosen: boolean): KnownBlock {
  const all = option({ value: "all", label: "All buckets", description: "Of today and of the future" });
  return {
    type: "input",
    block_id: BLOCKS.allBuckets,
    label: inputLabel(isChosen ? "Buckets" : "Or"),
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

export function endpointInput({ endpoint }: Draft): KnownBlock {
  const toOption = (value: Endpoint) => option({ value, description: ENDPOINT_TEXTS[value] });
  return {
    type: "input",
    block_id: BLOCKS.endpoint,
    label: inputLabel("Endpoint"),
    element: {
      type: "radio_buttons",
      action_id: ACTIONS.endpoint,
      options: ENDPOINTS.map(toOption),
      initial_option: toOption(endpoint),
    },
  };
}

export function reasonInput({ reason }: Draft, isRequired: boolean): KnownBlock {
  return {
    type: "input",
    block_id: BLOCKS.reason,
    label: inputLabel("Reason"),
    optional: !isRequired,
    ...(isRequired ? { hint: inputHint(`At least ${MIN_REASON} characters; those who decide read it.`) } : {}),
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.reason,
      multiline: true,
      max_length: MAX_REASON,
      ...(reason === "" ? {} : { initial_value: cut(reason, MAX_REASON) }),
    },
  };
}
