/**
 * Slack's limits, each with the page of docs.slack.dev that gives it. Lengths are in characters, sizes in bytes.
 */
export const LIMITS = {
  /** Block Kit, "block_id" and "action_id". */
  id: 255,
  /** Text object. */
  text: 3_000,
  /** Blocks: 50 in a message, 100 in a view. */
  blocks: { message: 50, view: 100 },
  /** Section block: fields. */
  fields: { count: 10, text: 2_000 },
  /** Header block. */
  header: 150,
  /** Context block, actions block. */
  contextElements: 10,
  actionElements: 25,
  /** Button element. */
  button: { text: 75, value: 2_000, url: 3_000, accessibilityLabel: 75 },
  /** Option object. */
  option: { text: 75, value: 150, description: 75 },
  /** Select menu elements. */
  options: 100,
  /** Radio button group, checkboxes. */
  choices: 10,
  /** Overflow menu. */
  overflow: 5,
  placeholder: 150,
  /** Input block, plain-text input. */
  input: { label: 2_000, hint: 2_000, value: 3_000 },
  /** Confirmation dialog object. */
  confirm: { title: 100, text: 300, button: 30 },
  /** Views. */
  view: {
    title: 24,
    submit: 24,
    close: 24,
    privateMetadata: 3_000,
    callbackId: 255,
    externalId: 255,
    bytes: 250_000,
    stack: 3,
  },
  /** `chat.postMessage` cuts at 40,000; `chat.update` and `chat.postEphemeral` refuse more than 4,000 here. */
  messageText: { post: 40_000, update: 4_000 },
  /** `trigger_id`, in milliseconds. */
  triggerMs: 3_000,
  /** Acknowledgements, in milliseconds. */
  ackMs: 3_000,
  /** `response_url`: uses, and milliseconds. */
  responseUrl: { uses: 5, ms: 30 * 60_000 },
  /** Socket Mode: connections of one app. */
  connections: 10,
} as const;
