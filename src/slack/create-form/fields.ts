import type { KnownBlock, PlainTextOption } from "@slack/types";
import { ENDPOINTS, type Endpoint, MAX_BUCKETS, PERMISSIONS, type Permission } from "../../domain/permission";
import { MAX_KEY_NAME, MAX_REASON } from "../../domain/text";
import { bucketOptions } from "../blocks/options";
import { cut, plain } from "../blocks/plain";
import { ACTIONS, BLOCKS } from "../ids";
import { type Draft, hasBucketSelect } from "./draft";

export function keyNameInput({ keyName }: Draft): KnownBlock {
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

export function permissionInput({ permission }: Draft): KnownBlock {
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
export function bucketInputs(draft: Draft): KnownBlock[] {
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

export function endpointInput({ endpoint }: Draft): KnownBlock {
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

export function reasonInput({ reason }: Draft, isRequired: boolean): KnownBlock {
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

function toOption(value: string, description: string, label = value): PlainTextOption {
  return { text: plain(label, 75), description: plain(description, 75), value };
}
