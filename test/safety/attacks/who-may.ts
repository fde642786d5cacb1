import type { EventName } from "../../../src/domain/event";
import { ACTIONS, CALLBACKS, PAGING } from "../../../src/slack/ids";
import type { Thing } from "./stage";

/** The columns of the README's table. */
export type Column = "requester" | "member" | "approver" | "nobody";

/** What a cell says, with the numbers of the README's notes: who may ask, and what needs somebody else's yes. */
type Cell =
  | "yes¹"
  | "never their own"
  | "no"
  | "yes, but their own"
  | "their own"
  | "their own²"
  | "any that the bot made³"
  | "everybody's";

/** The README's table "Who may do what", cell by cell. */
export const ROWS = {
  "ask for a key": { requester: "yes¹", member: "yes¹", approver: "yes¹", nobody: "no" },
  "approve, deny, withdraw": {
    requester: "never their own",
    member: "no",
    approver: "yes, but their own",
    nobody: "no",
  },
  "reveal, cancel": { requester: "their own", member: "no", approver: "no", nobody: "no" },
  "new secret, confirm as saved": { requester: "their own²", member: "no", approver: "no", nobody: "no" },
  "delete a key": { requester: "their own", member: "no", approver: "any that the bot made³", nobody: "no" },
  "list keys": { requester: "their own", member: "their own", approver: "everybody's", nobody: "no" },
} as const satisfies Record<string, Record<Column, Cell>>;

/** What is done, in terms of what Slack can deliver. */
export type Act =
  | { kind: "command"; text: string; about?: Thing }
  | { kind: "click"; actionId: string; about: Thing }
  | { kind: "choice"; actionId: string; about: Thing }
  | { kind: "submission"; callbackId: string; about: Thing }
  | { kind: "search"; actionId: string };

export type Deed = {
  name: string;
  row: keyof typeof ROWS;
  /** What it is about: what is staged (Dana's), what is of the one who acts, or everybody's. */
  of: "staged" | "oneself" | "everybody";
  act: Act;
  /** What comes of it where it is allowed: an event in the record, or what the person is shown or offered. */
  done: { event: EventName } | { shows: string } | { offers: string };
};

/** Each command, button, choice, form and option query. */
export const DEEDS: Deed[] = [
  ...asking(),
  ...deciding(),
  ...usingRequest(),
  ...usingKey(),
  ...deleting(),
  ...listing(),
];

/** Elements that do nothing when they are used: what they hold is read when the form is sent, or they are links. */
export const WITHOUT_EFFECT: string[] = [
  ACTIONS.keyName,
  ACTIONS.endpoint,
  ACTIONS.reason,
  ACTIONS.denyReason,
  ACTIONS.secretReason,
  ACTIONS.openDm,
];

/** Whether somebody may, by what the cells of their columns say. */
export function isAllowed({ row, of }: Deed, columns: readonly Column[]): boolean {
  const isOwn = of === "oneself" || (of === "staged" && columns.includes("requester"));
  return columns.some((column) => allows(ROWS[row][column], isOwn));
}

function allows(cell: Cell, isOwn: boolean): boolean {
  switch (cell) {
    case "yes¹":
    case "any that the bot made³":
    case "everybody's":
      return true;
    case "their own":
    case "their own²":
      return isOwn;
    case "yes, but their own":
      return !isOwn;
    case "never their own":
    case "no":
      return false;
  }
}

function asking(): Deed[] {
  const base = { row: "ask for a key", of: "oneself" } as const;
  const opens = { shows: "Key name" };
  return [
    { ...base, name: "/tigris-key create", act: { kind: "command", text: "create mine" }, done: opens },
    { ...base, name: "Create a key", act: clickOn(ACTIONS.helpCreate, "key"), done: opens },
    { ...base, name: "a permission", act: choiceOf(ACTIONS.permission), done: opens },
    { ...base, name: "all buckets", act: choiceOf(ACTIONS.allBuckets), done: opens },
    { ...base, name: "the search for buckets", act: searchFor(ACTIONS.buckets), done: { offers: "builds" } },
    { ...base, name: "the form for a key", act: form(CALLBACKS.create, "key"), done: { event: "request.created" } },
  ];
}

function deciding(): Deed[] {
  const base = { row: "approve, deny, withdraw", of: "staged" } as const;
  return [
    { ...base, name: "Approve", act: clickOn(ACTIONS.approve, "pending"), done: { event: "request.approved" } },
    { ...base, name: "Deny", act: clickOn(ACTIONS.deny, "pending"), done: { shows: "Reason" } },
    { ...base, name: "the form of a denial", act: form(CALLBACKS.deny, "pending"), done: { event: "request.denied" } },
    { ...base, name: "Withdraw", act: clickOn(ACTIONS.withdraw, "approved"), done: { event: "request.withdrawn" } },
  ];
}

function usingRequest(): Deed[] {
  const base = { row: "reveal, cancel", of: "staged" } as const;
  const cancelled = { event: "request.cancelled" } as const;
  return [
    { ...base, name: "Reveal secret", act: clickOn(ACTIONS.reveal, "approved"), done: { event: "key.posted" } },
    { ...base, name: "Cancel request", act: clickOn(ACTIONS.cancel, "pending"), done: cancelled },
    { ...base, name: "Cancel after the approval", act: clickOn(ACTIONS.cancel, "approved"), done: cancelled },
    { ...base, name: "Ask again", act: clickOn(ACTIONS.askAgain, "pending"), done: { shows: "Key name" } },
  ];
}

function usingKey(): Deed[] {
  const base = { row: "new secret, confirm as saved", of: "staged" } as const;
  return [
    { ...base, name: "New secret", act: clickOn(ACTIONS.newSecret, "key"), done: { event: "key.rotated" } },
    {
      ...base,
      name: "the form for a new secret",
      act: form(CALLBACKS.secret, "key"),
      done: { event: "request.created" },
    },
    { ...base, name: "I've saved it", act: clickOn(ACTIONS.saved, "delivery"), done: { event: "key.confirmed" } },
    {
      ...base,
      name: "Delete key, beside the secret",
      act: clickOn(ACTIONS.deleteDelivered, "delivery"),
      done: { event: "key.deleted" },
    },
  ];
}

function deleting(): Deed[] {
  const base = { row: "delete a key", of: "staged" } as const;
  const deleted = { event: "key.deleted" } as const;
  const found = { shows: "living-one" };
  // Deletions of other people's keys, which only approvers decide; none waits here.
  const waiting = { row: "delete a key", of: "everybody", done: { shows: "No deletion waits there" } } as const;
  return [
    { ...base, name: "/tigris-key delete", act: { kind: "command", text: "delete" }, done: { shows: "Key" } },
    {
      ...base,
      name: "/tigris-key delete tid_…",
      act: { kind: "command", text: "delete", about: "key" },
      done: found,
    },
    { ...base, name: "Delete a key", act: clickOn(ACTIONS.helpDelete, "key"), done: { shows: "Key" } },
    { ...base, name: "Delete key, on the card", act: clickOn(ACTIONS.deleteKey, "key"), done: deleted },
    { ...base, name: "Delete key, in a list", act: clickOn(ACTIONS.deleteListed, "key"), done: deleted },
    { ...base, name: "a key to delete", act: choiceOf(ACTIONS.pickedKey), done: found },
    { ...base, name: "the search for a key", act: searchFor(ACTIONS.pickedKey), done: { offers: "living-one" } },
    { ...base, name: "the form of a deletion", act: form(CALLBACKS.delete, "key"), done: deleted },
    { ...waiting, name: "Delete them", act: clickOn(ACTIONS.deleteHeld, "key") },
    { ...waiting, name: "Keep them", act: clickOn(ACTIONS.keepHeld, "key") },
  ];
}

function listing(): Deed[] {
  const own = { row: "list keys", of: "oneself", done: { shows: "Your live keys" } } as const;
  const all = { row: "list keys", of: "everybody", done: { shows: "Everybody's live keys" } } as const;
  const danas = { row: "list keys", of: "staged", done: { shows: "ive keys" } } as const;
  const help = { shows: "Tigris access keys" };
  return [
    { ...own, name: "/tigris-key", act: { kind: "command", text: "" }, done: help },
    { ...own, name: "/tigris-key list", act: { kind: "command", text: "list" } },
    { ...own, name: "List my keys", act: clickOn(ACTIONS.helpList, "key") },
    { ...all, name: "/tigris-key list all", act: { kind: "command", text: "list all" } },
    { ...danas, name: "/tigris-key list @dana", act: { kind: "command", text: "list <@UDEV00001|dana>" } },
    { ...own, name: "Older keys of one's own", act: clickOn(PAGING.own.older, "key") },
    { ...own, name: "Newer keys of one's own", act: clickOn(PAGING.own.newer, "key") },
    { ...all, name: "Older keys of all", act: clickOn(PAGING.all.older, "key") },
    { ...all, name: "Newer keys of all", act: clickOn(PAGING.all.newer, "key") },
    { ...danas, name: "Older keys of somebody", act: clickOn(PAGING.person.older, "key") },
    { ...danas, name: "Newer keys of somebody", act: clickOn(PAGING.person.newer, "key") },
  ];
}

function clickOn(actionId: string, about: Thing): Act {
  return { kind: "click", actionId, about };
}

function choiceOf(actionId: string): Act {
  return { kind: "choice", actionId, about: "key" };
}

function searchFor(actionId: string): Act {
  return { kind: "search", actionId };
}

function form(callbackId: string, about: Thing): Act {
  return { kind: "submission", callbackId, about };
}
