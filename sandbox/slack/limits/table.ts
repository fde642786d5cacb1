/**
 * Slack's limits, each with the page of docs.slack.dev that gives it. Lengths are in characters, sizes in bytes, times in
 * milliseconds.
 */
export const LIMITS = {
  /** reference/block-kit/blocks: `block_id`; reference/block-kit/block-elements: `action_id`. */
  id: 255,
  /** reference/block-kit/composition-objects/text-object; also reference/block-kit/blocks/section-block. */
  text: 3_000,
  /** reference/block-kit/blocks: 50 in a message, 100 in a modal or a Home tab. */
  blocks: { message: 50, view: 100 },
  /** reference/block-kit/blocks/header-block. */
  header: 150,
  /** reference/block-kit/blocks/context-block. */
  contextElements: 10,
  /** reference/block-kit/blocks/actions-block. */
  actionElements: 25,
  /** reference/block-kit/block-elements/button-element. */
  button: { text: 75, value: 2_000, url: 3_000, accessibilityLabel: 75 },
  /** reference/block-kit/composition-objects/option-object. */
  option: { text: 75, value: 150, description: 75 },
  /** reference/block-kit/block-elements/select-menu-element and multi-select-menu-element. */
  options: 100,
  /** reference/block-kit/block-elements/radio-button-group-element and checkboxes-element. */
  choices: 10,
  /** reference/block-kit/block-elements/overflow-menu-element. */
  overflow: 5,
  /** reference/block-kit/block-elements: `placeholder`. */
  placeholder: 150,
  /** reference/block-kit/blocks/input-block; reference/block-kit/block-elements/plain-text-input-element. */
  input: { label: 2_000, hint: 2_000, value: 3_000 },
  /** reference/block-kit/composition-objects/confirmation-dialog-object. */
  confirm: { title: 100, text: 300, button: 30 },
  /** reference/views/modal-views; bytes: reference/methods/views.open. */
  view: {
    title: 24,
    submit: 24,
    close: 24,
    privateMetadata: 3_000,
    callbackId: 255,
    bytes: 250_000,
  },
  /** reference/methods/chat.postMessage (longer ones are cut) and chat.update (`msg_too_long`). */
  messageText: { post: 40_000, update: 4_000 },
  /** interactivity/handling-user-interaction: `trigger_id`. */
  triggerMs: 3_000,
  /** interactivity/handling-user-interaction and interactivity/implementing-slash-commands: acknowledgement. */
  ackMs: 3_000,
  /** interactivity/handling-user-interaction: `response_url`. */
  responseUrl: { uses: 5, ms: 30 * 60_000 },
  /** apis/events-api/using-socket-mode: connections of one app. */
  connections: 10,
} as const;
