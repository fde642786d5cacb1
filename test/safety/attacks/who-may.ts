import type { EventName } from "../../../src/domain/event";
import type { Thing } from "./stage";

/** The columns of the README's table. */
export type Column = "requester" | "member" | "approver" | "nobody";

/** Guests share a column with those who may nothing; who is on call may more than their column says. */
export type Standing = Column | "guest" | "on call";

/** What a cell says, with the numbers of the README's notes: who may ask, and what needs somebody else's yes. */
type Cell =
  | "yes¹"
  | "never their own"
  | "no"
  | "yes, but their own"
  | "their own"
  | "their own¹"
  | "their own²"
  | "any that the bot made³"
  | "what they paused¹"
  | "what an approver paused, but not their own key"
  | "everybody's"
  | "yes"
  | "who is on call⁴"
  | "guests only";

/** The README's table "Who may do what", cell by cell. */
export const ROWS = {
  "ask for a key": { requester: "yes¹", member: "yes¹", approver: "yes¹", nobody: "no" },
  "approve, approve with less, deny, withdraw": {
    requester: "never their own",
    member: "no",
    approver: "yes, but their own",
    nobody: "no",
  },
  "see all that a request says": { requester: "no", member: "no", approver: "everybody's", nobody: "no" },
  "remind the approvers": { requester: "their own¹", member: "no", approver: "no", nobody: "no" },
  "reveal, switch on, cancel": { requester: "their own¹", member: "no", approver: "no", nobody: "no" },
  "new secret": { requester: "their own²", member: "no", approver: "no", nobody: "no" },
  "pause, delete a key": { requester: "their own", member: "no", approver: "any that the bot made³", nobody: "no" },
  "resume a key": {
    requester: "what they paused¹",
    member: "no",
    approver: "what an approver paused, but not their own key",
    nobody: "no",
  },
  "extend a key": { requester: "their own¹", member: "no", approver: "no", nobody: "no" },
  "rotate a key": { requester: "their own²", member: "no", approver: "no", nobody: "no" },
  "take over the keys of somebody who left": { requester: "yes¹", member: "yes¹", approver: "yes¹", nobody: "no" },
  "pause or delete all of these, say that many did leave": {
    requester: "no",
    member: "no",
    approver: "everybody's",
    nobody: "no",
  },
  "keep an old secret": { requester: "their own", member: "no", approver: "no", nobody: "no" },
  "change what a key opens": { requester: "their own", member: "no", approver: "no", nobody: "no" },
  "break the glass": {
    requester: "who is on call⁴",
    member: "who is on call⁴",
    approver: "who is on call⁴",
    nobody: "no",
  },
  "review a broken glass": { requester: "never their own", member: "no", approver: "yes, but their own", nobody: "no" },
  "report a leaked key": { requester: "yes", member: "yes", approver: "yes", nobody: "guests only" },
  "list keys": { requester: "their own", member: "their own", approver: "everybody's", nobody: "no" },
  "have all keys counted": { requester: "no", member: "no", approver: "everybody's", nobody: "no" },
} as const satisfies Record<string, Record<Column, Cell>>;

/** What is done, in terms of what Slack can deliver. */
export type Act =
  | { kind: "command"; text: string; about?: Thing }
  | { kind: "click"; actionId: string; about: Thing }
  | { kind: "choice"; actionId: string; about: Thing }
  /** A choice in an overflow menu: the id is of the button that its option stands for. */
  | { kind: "menu"; actionId: string; about: Thing }
  /** The opening of one's own App Home. */
  | { kind: "opening" }
  /** A click or a choice in one's own App Home. */
  | { kind: "home"; actionId: string; about: Thing }
  | { kind: "submission"; callbackId: string; about: Thing }
  | { kind: "search"; actionId: string; about?: Thing }
  | { kind: "shortcut"; callbackId: string; about?: Thing };

export type Deed = {
  name: string;
  row: keyof typeof ROWS;
  /** What it is about: what is staged (Dana's), what is of the one who acts, or everybody's. */
  of: "staged" | "oneself" | "everybody";
  act: Act;
  /** How long it may not be done yet, in milliseconds. */
  afterMs?: number;
  /** What comes of it where it is allowed: an event in the record, or what the person is shown or offered. */
  done: { event: EventName } | { shows: string | RegExp } | { offers: string };
};

/** Whether somebody may, by what the cells of their columns say. */
export function isAllowed({ row, of, act }: Deed, columns: readonly Standing[]): boolean {
  const isOwn = of === "oneself" || (of === "staged" && columns.includes("requester"));
  return columns.some((column) => {
    if (column === "guest") return ROWS[row].nobody === "guests only";
    if (column === "on call") return ROWS[row].member === "who is on call⁴";
    return allows(ROWS[row][column], isOwn, aboutOf(act));
  });
}

/** Whether it shows in the App Home of whoever does it. */
export const isInHome = ({ kind }: Act): boolean => kind === "home" || kind === "opening";

/** What of the staged things a deed names. */
export function aboutOf(act: Act): Thing | null {
  return "about" in act ? (act.about ?? null) : null;
}

function allows(cell: Cell, isOwn: boolean, about: Thing | null): boolean {
  switch (cell) {
    case "yes":
    case "yes¹":
    case "any that the bot made³":
    case "everybody's":
      return true;
    case "their own":
    case "their own¹":
    case "their own²":
      return isOwn;
    case "what they paused¹":
      return isOwn && about === "paused";
    case "what an approver paused, but not their own key":
      return !isOwn && about === "held";
    case "yes, but their own":
      return !isOwn;
    case "never their own":
    case "who is on call⁴":
    case "guests only":
    case "no":
      return false;
  }
}
