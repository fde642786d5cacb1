import { HOUR_MS } from "../../../src/domain/limits";
import { ACTIONS, CALLBACKS, OLDER, PAGING, SHORTCUTS } from "../../../src/slack/ids";
import { choiceOf, clickOn, form, inHome, inMenu, searchFor } from "./deed-acts";
import { breakingGlass } from "./glass-deeds";
import { lookingAtHome } from "./home-deeds";
import {
  answeringAboutAge,
  changingAccess,
  deleting,
  extending,
  ofLeavers,
  pausing,
  resuming,
  rotating,
} from "./key-deeds";
import type { Deed } from "./who-may";

/** Each command, button, choice, form and option query. */
export const DEEDS: Deed[] = [
  ...asking(),
  ...deciding(),
  ...reminding(),
  ...usingRequest(),
  ...usingSecret(),
  ...replacingSecret(),
  ...pausing(),
  ...deleting(),
  ...resuming(),
  ...extending(),
  ...rotating(),
  ...ofLeavers(),
  ...answeringAboutAge(),
  ...changingAccess(),
  ...breakingGlass(),
  ...reporting(),
  ...listing(),
  ...lookingAtHome(),
];

/**
 * Elements that do nothing when they are used: what they hold is read when the form is sent, they are links, or a menu, whose
 * options are clicks on other buttons.
 */
export const WITHOUT_EFFECT: string[] = [
  ACTIONS.menu,
  ACTIONS.keyName,
  ACTIONS.endpoint,
  ACTIONS.format,
  ACTIONS.lifeDay,
  ACTIONS.reason,
  ACTIONS.lessPermission,
  ACTIONS.denyReason,
  ACTIONS.secretReason,
  ACTIONS.rotateWay,
  ACTIONS.rotateReason,
  ACTIONS.takenKeys,
  ACTIONS.takeoverReason,
  ACTIONS.keepReason,
  ACTIONS.accessReason,
  ACTIONS.openDm,
];

function asking(): Deed[] {
  const base = { row: "ask for a key", of: "oneself" } as const;
  const opens = { shows: "Key name" };
  return [
    { ...base, name: "/tigris-key create", act: { kind: "command", text: "create mine" }, done: opens },
    { ...base, name: "the shortcut", act: { kind: "shortcut", callbackId: SHORTCUTS.getKey }, done: opens },
    { ...base, name: "Create a key", act: clickOn(ACTIONS.helpCreate, "key"), done: opens },
    { ...base, name: "Get a key, in Home", act: inHome(ACTIONS.homeCreate), done: opens },
    { ...base, name: "a permission", act: choiceOf(ACTIONS.permission), done: opens },
    { ...base, name: "bucket access", act: choiceOf(ACTIONS.bucketAccess), done: opens },
    { ...base, name: "how long", act: choiceOf(ACTIONS.life), done: opens },
    { ...base, name: "all buckets, in a form of before 0.5.0", act: choiceOf(OLDER.allBuckets.action), done: opens },
    { ...base, name: "the search for buckets", act: searchFor(ACTIONS.buckets), done: { offers: "builds" } },
    { ...base, name: "the form for a key", act: form(CALLBACKS.create, "key"), done: { event: "request.created" } },
  ];
}

function deciding(): Deed[] {
  const base = { row: "approve, approve with less, deny, withdraw", of: "staged" } as const;
  const search = { kind: "search", actionId: ACTIONS.lessBuckets, about: "pending" } as const;
  const seeing = { row: "see all that a request says", of: "staged" } as const;
  const less = { ...base, act: clickOn(ACTIONS.approveLess, "pending") };
  return [
    { ...base, name: "Approve", act: clickOn(ACTIONS.approve, "pending"), done: { event: "request.approved" } },
    {
      ...base,
      name: "Approve, in a menu",
      act: inMenu(ACTIONS.approve, "pending"),
      done: { event: "request.approved" },
    },
    { ...less, name: "Approve with less", done: { shows: "asks for waiting-one" } },
    { ...base, name: "the search for buckets to give", act: search, done: { offers: "builds" } },
    {
      ...base,
      name: "the form for less",
      act: form(CALLBACKS.approveLess, "pending"),
      done: { event: "request.approved" },
    },
    { ...seeing, name: "Show all", act: clickOn(ACTIONS.showAll, "pending"), done: { shows: "Endpoint" } },
    { ...base, name: "Deny", act: clickOn(ACTIONS.deny, "pending"), done: { shows: "Reason" } },
    { ...base, name: "the form of a denial", act: form(CALLBACKS.deny, "pending"), done: { event: "request.denied" } },
    { ...base, name: "Withdraw", act: clickOn(ACTIONS.withdraw, "approved"), done: { event: "request.withdrawn" } },
    {
      ...base,
      name: "Withdraw while the key is off",
      act: clickOn(ACTIONS.withdraw, "shown"),
      done: { event: "request.withdrawn" },
    },
  ];
}

function reminding(): Deed[] {
  const base = { row: "remind the approvers", of: "staged", afterMs: HOUR_MS } as const;
  return [{ ...base, name: "Remind", act: clickOn(ACTIONS.remind, "pending"), done: { event: "request.reminded" } }];
}

function usingRequest(): Deed[] {
  const base = { row: "reveal, switch on, cancel", of: "staged" } as const;
  const cancelled = { event: "request.cancelled" } as const;
  return [
    { ...base, name: "Show my secret", act: clickOn(ACTIONS.reveal, "approved"), done: { event: "key.shown" } },
    {
      ...base,
      name: "Show my secret, in a menu",
      act: inMenu(ACTIONS.reveal, "approved"),
      done: { event: "key.shown" },
    },
    { ...base, name: "Cancel request", act: clickOn(ACTIONS.cancel, "pending"), done: cancelled },
    { ...base, name: "Cancel after the approval", act: clickOn(ACTIONS.cancel, "approved"), done: cancelled },
    { ...base, name: "Cancel while the key is off", act: clickOn(ACTIONS.cancel, "shown"), done: cancelled },
    { ...base, name: "Ask again", act: clickOn(ACTIONS.askAgain, "pending"), done: { shows: "Key name" } },
  ];
}

/** The buttons below a secret and on the card of its key, while that one is off. */
function usingSecret(): Deed[] {
  const base = { row: "reveal, switch on, cancel", of: "staged" } as const;
  const on = { event: "key.on" } as const;
  return [
    { ...base, name: "I've saved it, below the secret", act: clickOn(ACTIONS.saved, "delivery"), done: on },
    { ...base, name: "I've saved it, on the card", act: clickOn(ACTIONS.savedOnCard, "delivery"), done: on },
    {
      ...base,
      name: "Delete key, below the secret",
      act: clickOn(ACTIONS.deleteDelivered, "delivery"),
      done: { event: "key.deleted" },
    },
    {
      ...base,
      name: "Delete key, in the menu below the secret",
      act: inMenu(ACTIONS.deleteDelivered, "delivery"),
      done: { event: "key.deleted" },
    },
  ];
}

function replacingSecret(): Deed[] {
  const base = { row: "new secret", of: "staged" } as const;
  return [
    { ...base, name: "New secret", act: clickOn(ACTIONS.newSecret, "key"), done: { event: "key.rotated" } },
    {
      ...base,
      name: "New secret, in Home",
      act: inHome(ACTIONS.homeNewSecret),
      done: { shows: "A secret is shown only in our DM" },
    },
    {
      ...base,
      name: "New secret, in a list",
      act: clickOn(ACTIONS.newSecretListed, "key"),
      done: { shows: "only in our DM" },
    },
    {
      ...base,
      name: "New secret of a key that is off",
      act: clickOn(ACTIONS.anotherSecret, "delivery"),
      done: { event: "key.shown" },
    },
    {
      ...base,
      name: "the form for a new secret",
      act: form(CALLBACKS.secret, "key"),
      done: { event: "request.created" },
    },
  ];
}

function reporting(): Deed[] {
  const act = { kind: "shortcut", callbackId: SHORTCUTS.reportLeak, about: "key" } as const;
  return [{ row: "report a leaked key", of: "everybody", name: "the report", act, done: { event: "leak.reported" } }];
}

function listing(): Deed[] {
  const own = {
    row: "list keys",
    of: "oneself",
    done: { shows: /^\d+ keys?(?:, \d+–\d+|, the last)?$|^You have no keys/m },
  } as const;
  const all = { row: "list keys", of: "everybody", done: { shows: " of everybody" } } as const;
  const danas = {
    row: "list keys",
    of: "staged",
    done: { shows: /^\d+ keys?(?:, \d+–\d+|, the last)?(?: of @dana)?$/m },
  } as const;
  const help = { shows: "Tigris access keys" };
  return [
    { ...own, name: "/tigris-key", act: { kind: "command", text: "" }, done: help },
    { ...own, name: "/tigris-key list", act: { kind: "command", text: "list" } },
    { ...own, name: "List my keys", act: clickOn(ACTIONS.helpList, "key") },
    { ...all, name: "/tigris-key list all", act: { kind: "command", text: "list all" } },
    {
      row: "have all keys counted",
      of: "everybody",
      name: "/tigris-key report",
      act: { kind: "command", text: "report" },
      done: { shows: /^\d+ keys? of \d+ (?:person|people)$/m },
    },
    { ...danas, name: "/tigris-key list @dana", act: { kind: "command", text: "list <@UDEV00001|dana>" } },
    { ...own, name: "/tigris-key list word", act: { kind: "command", text: "list nosuch" }, done: { shows: "nosuch" } },
    { ...danas, name: "Details, in a list", act: clickOn(ACTIONS.detailsListed, "key"), done: { shows: "living-one" } },
    { ...danas, name: "Details, in Home", act: inHome(ACTIONS.homeDetails), done: { shows: "living-one" } },
    { ...own, name: "Older keys of one's own", act: clickOn(PAGING.own.older, "key") },
    { ...own, name: "Newer keys of one's own", act: clickOn(PAGING.own.newer, "key") },
    { ...all, name: "Older keys of all", act: clickOn(PAGING.all.older, "key") },
    { ...all, name: "Newer keys of all", act: clickOn(PAGING.all.newer, "key") },
    { ...danas, name: "Older keys of somebody", act: clickOn(PAGING.person.older, "key") },
    { ...danas, name: "Newer keys of somebody", act: clickOn(PAGING.person.newer, "key") },
  ];
}
