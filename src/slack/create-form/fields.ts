import type { InputBlock, KnownBlock } from "@slack/types";
import { MAX_BUCKETS, MAX_KEY_NAME, MAX_REASON, MIN_REASON } from "../../domain/limits";
import { ENDPOINT_URLS, type Endpoint, FORMATS, type Format } from "../../domain/permission";
import { bucketOptions } from "../blocks/bucket-options";
import { inputHint, inputLabel, placeholder } from "../blocks/input";
import { option } from "../blocks/option";
import { cut } from "../blocks/plain";
import { ACTIONS, BLOCKS } from "../ids";
import { type AccessIds, CREATE_IDS } from "./access-fields";
import type { Draft } from "./draft";

/** The longest text that a field takes where it has no limit of its own (Slack, plain-text input). */
const MAX_TYPED = 3_000;

/** Slack would cut what is longer than a field's limit: the whole name stays, and what is wrong with it is said below. */
export function keyNameInput({ keyName }: Draft): KnownBlock {
  return {
    type: "input",
    block_id: BLOCKS.keyName,
    label: inputLabel("Key name"),
    optional: true,
    hint: inputHint(
      `For example ci-uploader; up to ${MAX_KEY_NAME} characters. Left empty, it is named after what it opens.`,
    ),
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.keyName,
      ...(keyName === "" ? {} : { initial_value: cut(keyName, MAX_TYPED) }),
    },
  };
}

/** @param tells whether the form is drawn again as soon as a bucket is chosen: where the bucket says who decides */
export function bucketSelect(
  { buckets }: Pick<Draft, "buckets">,
  tells: boolean,
  ids: AccessIds = CREATE_IDS,
): InputBlock {
  const chosen = bucketOptions(buckets).slice(0, MAX_BUCKETS);
  return {
    type: "input",
    block_id: BLOCKS[ids.buckets],
    label: inputLabel("Buckets"),
    ...(tells ? { dispatch_action: true } : {}),
    element: {
      type: "multi_external_select",
      action_id: ACTIONS[ids.buckets],
      placeholder: placeholder("Search buckets, for example builds"),
      min_query_length: 0,
      max_selected_items: MAX_BUCKETS,
      ...(chosen.length === 0 ? {} : { initial_options: chosen }),
    },
  };
}

const ENDPOINT_TEXTS: Record<Endpoint, string> = {
  Default: new URL(ENDPOINT_URLS.Default.s3).host,
  Fly: `${new URL(ENDPOINT_URLS.Fly.s3).host}, for apps on Fly.io`,
};

/** None where there is nothing to choose. */
export function endpointInputs({ endpoint }: Draft, offered: readonly Endpoint[]): KnownBlock[] {
  if (offered.length < 2) return [];
  const toOption = (value: Endpoint) => option({ value, description: ENDPOINT_TEXTS[value] });
  return [
    {
      type: "input",
      block_id: BLOCKS.endpoint,
      label: inputLabel("Endpoint"),
      element: {
        type: "radio_buttons",
        action_id: ACTIONS.endpoint,
        options: offered.map(toOption),
        initial_option: toOption(endpoint),
      },
    },
  ];
}

const FORMAT_TEXTS: Record<Format, string> = {
  shell: "Shell exports",
  dotenv: ".env file",
  profile: "AWS profile",
};

export function formatInput({ format }: Draft): KnownBlock {
  const toOption = (value: Format) => option({ value, label: FORMAT_TEXTS[value] });
  return {
    type: "input",
    block_id: BLOCKS.format,
    label: inputLabel("Format"),
    hint: inputHint("How the secret is shown, ready to paste."),
    element: {
      type: "static_select",
      action_id: ACTIONS.format,
      options: FORMATS.map(toOption),
      initial_option: toOption(format ?? "shell"),
    },
  };
}

/** What a reason is for. */
const REASON_HINT = "for example: Nightly backups of the build server. Those who decide read it.";

export function reasonInput({ reason }: Draft, isRequired: boolean, hint = REASON_HINT): KnownBlock {
  return {
    type: "input",
    block_id: BLOCKS.reason,
    label: inputLabel("Reason"),
    optional: !isRequired,
    ...(isRequired ? { hint: inputHint(`At least ${MIN_REASON} characters, ${hint}`) } : {}),
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.reason,
      multiline: true,
      max_length: MAX_REASON,
      ...(reason === "" ? {} : { initial_value: cut(reason, MAX_REASON) }),
    },
  };
}
