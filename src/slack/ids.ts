/** Ids of buttons and of what people choose or type. A button's value is one id: of a request, a key or a delivery. */
export const ACTIONS = {
  reveal: "request_reveal",
  cancel: "request_cancel",
  askAgain: "request_ask_again",
  approve: "request_approve",
  deny: "request_deny",
  withdraw: "request_withdraw",
  newSecret: "key_new_secret",
  deleteKey: "key_delete",
  deleteListed: "key_delete_listed",
  saved: "delivery_saved",
  deleteDelivered: "delivery_delete_key",
  deleteHeld: "held_delete",
  keepHeld: "held_keep",
  helpCreate: "help_create",
  helpList: "help_list",
  helpDelete: "help_delete",
  openDm: "open_dm",
  keyName: "create_key_name",
  permission: "create_permission",
  buckets: "create_buckets",
  allBuckets: "create_all_buckets",
  endpoint: "create_endpoint",
  reason: "create_reason",
  denyReason: "deny_reason",
  secretReason: "secret_reason",
  pickedKey: "delete_key",
} as const;

/** The buttons that turn the pages of a list, for each kind of list. Their value is the key from which the page goes on. */
export const PAGING = {
  own: { older: "keys_own_older", newer: "keys_own_newer" },
  all: { older: "keys_all_older", newer: "keys_all_newer" },
  person: { older: "keys_person_older", newer: "keys_person_newer" },
} as const;

/** Ids of the blocks that hold what people fill in. */
export const BLOCKS = {
  keyName: "key_name",
  permission: "permission",
  buckets: "buckets",
  allBuckets: "all_buckets",
  endpoint: "endpoint",
  reason: "reason",
  denyReason: "deny_reason",
  secretReason: "secret_reason",
  pickedKey: "picked_key",
} as const;

export const CALLBACKS = {
  create: "create_form",
  deny: "deny_form",
  delete: "delete_form",
  secret: "secret_form",
} as const;
