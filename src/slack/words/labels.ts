/** What buttons say: where they stand, and in the sentences that name them. */
export const BUTTONS = {
  approve: "Approve",
  askAgain: "Ask again",
  askForApproval: "Ask for approval",
  cancel: "Cancel",
  cancelRequest: "Cancel request",
  close: "Close",
  create: "Create",
  deleteKey: "Delete key",
  deleteHeld: "Delete them",
  deny: "Deny",
  helpCreate: "Create a key",
  helpDelete: "Delete a key",
  helpList: "List my keys",
  keepHeld: "Keep them",
  newSecret: "New secret",
  newerKeys: "Newer keys",
  olderKeys: "Older keys",
  openDm: "Open the DM",
  reveal: "Reveal secret",
  saved: "I've saved it",
  withdraw: "Withdraw",
} as const;

/** What stands above a form, and above what takes its place. */
export const TITLES = {
  create: "Create an access key",
  delete: "Delete an access key",
  deny: "Deny this request",
  secret: "Ask for a new secret",
  /** Where it is not known which form was meant. */
  any: "Tigris keys",
} as const;
