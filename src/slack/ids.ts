/** Ids of buttons and of what people choose or type. A button's value is one id: of a request, a key or a delivery. */
export const ACTIONS = {
  /** Every overflow menu: what was chosen in it is a click on the button that the option names. */
  menu: "menu",
  reveal: "request_reveal",
  cancel: "request_cancel",
  askAgain: "request_ask_again",
  remind: "request_remind",
  approve: "request_approve",
  approveLess: "request_approve_less",
  deny: "request_deny",
  withdraw: "request_withdraw",
  showAll: "request_show_all",
  /** Of a broken glass. */
  review: "request_review",
  newSecret: "key_new_secret",
  newSecretListed: "key_new_secret_listed",
  detailsListed: "key_details_listed",
  deleteKey: "key_delete",
  /** Opens the form that deletes. */
  deleteFromList: "key_delete_form",
  deleteApproved: "key_delete_approved",
  deleteMade: "key_delete_made",
  deleteReported: "key_delete_reported",
  pauseKey: "key_pause",
  pauseListed: "key_pause_listed",
  pauseApproved: "key_pause_approved",
  /** In the modal after a report, and in the messages about it. */
  pauseLeaked: "key_pause_leaked",
  pauseReported: "key_pause_reported",
  resumeKey: "key_resume",
  extendKey: "key_extend",
  rotateKey: "key_rotate",
  rotateListed: "key_rotate_listed",
  /** Of a key whose place another one takes. */
  switchedOver: "key_switched_over",
  keepBoth: "key_keep_both",
  changeAccess: "key_change_access",
  changeAccessListed: "key_change_access_listed",
  resumeListed: "key_resume_listed",
  resumeApproved: "key_resume_approved",
  saved: "delivery_saved",
  savedOnCard: "delivery_saved_card",
  anotherSecret: "delivery_new_secret",
  deleteDelivered: "delivery_delete_key",
  helpCreate: "help_create",
  helpList: "help_list",
  helpDelete: "help_delete",
  openDm: "open_dm",
  homeCreate: "home_create",
  homeBreakGlass: "home_break_glass",
  homeOwn: "home_own",
  homeEverybody: "home_everybody",
  homeOlder: "home_older",
  homeNewer: "home_newer",
  homeSearch: "home_search",
  homePerson: "home_person",
  homePermission: "home_permission",
  homeBucket: "home_bucket",
  homeClear: "home_clear",
  homeDetails: "key_details_home",
  homeNewSecret: "key_new_secret_home",
  homeRotate: "key_rotate_home",
  homePause: "key_pause_home",
  homeResume: "key_resume_home",
  homeChangeAccess: "key_change_access_home",
  homeDelete: "key_delete_home",
  keyName: "create_key_name",
  permission: "create_permission",
  buckets: "create_buckets",
  bucketAccess: "create_bucket_access",
  endpoint: "create_endpoint",
  format: "create_format",
  life: "create_life",
  lifeDay: "create_life_day",
  reason: "create_reason",
  lessPermission: "less_permission",
  lessBuckets: "less_buckets",
  accessPermission: "access_permission",
  accessBuckets: "access_buckets",
  accessBucketAccess: "access_bucket_access",
  accessReason: "access_reason",
  denyReason: "deny_reason",
  secretReason: "secret_reason",
  pickedKey: "delete_key",
  rotatedKey: "rotate_key",
  rotateWay: "rotate_way",
  rotateReason: "rotate_reason",
} as const;

/** Stands between the two ids of a menu's option: of the button, and of what it is about. */
export const MENU_SEPARATOR = ":";

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
  bucketAccess: "bucket_access",
  endpoint: "endpoint",
  format: "format",
  life: "how_long",
  lifeDay: "last_day",
  reason: "reason",
  lessPermission: "less_permission",
  lessBuckets: "less_buckets",
  accessPermission: "access_permission",
  accessBuckets: "access_buckets",
  accessBucketAccess: "access_bucket_access",
  accessReason: "access_reason",
  denyReason: "deny_reason",
  secretReason: "secret_reason",
  pickedKey: "picked_key",
  rotatedKey: "rotated_key",
  rotateWay: "rotate_way",
  rotateReason: "rotate_reason",
} as const;

/** What messages and forms have that were there before 0.5.0: a box for all buckets, and in lists a button that deletes. */
export const OLDER = {
  allBuckets: { action: "create_all_buckets", block: "all_buckets" },
  deleteListed: { action: "key_delete_listed" },
} as const;

export const CALLBACKS = {
  create: "create_form",
  breakGlass: "break_glass_form",
  approveLess: "approve_less_form",
  deny: "deny_form",
  delete: "delete_form",
  secret: "secret_form",
  resume: "resume_form",
  extend: "extend_form",
  rotate: "rotate_form",
  access: "access_form",
} as const;

/** Shortcuts, as `manifest.yml` names them. */
export const SHORTCUTS = {
  getKey: "get_key",
  reportLeak: "report_leak",
} as const;
