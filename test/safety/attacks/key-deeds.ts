import { ACTIONS, CALLBACKS, OLDER } from "../../../src/slack/ids";
import { choiceOf, clickOn, form, inHome, inMenu, searchFor } from "./deed-acts";
import type { Deed } from "./who-may";

/** What is done with the keys of somebody who has left. */
export function ofLeavers(): Deed[] {
  const taking = { row: "take over the keys of somebody who left", of: "everybody" } as const;
  const all = { row: "pause or delete all of these, say that many did leave", of: "everybody" } as const;
  return [
    {
      ...taking,
      name: "Take over",
      act: clickOn(ACTIONS.takeOver, "left"),
      done: { shows: "These become yours" },
    },
    {
      ...taking,
      name: "the form of a takeover",
      act: form(CALLBACKS.takeover, "left"),
      done: { event: "key.taken_over" },
    },
    { ...all, name: "Pause all", act: clickOn(ACTIONS.pauseLeft, "left"), done: { event: "key.pause_taken" } },
    { ...all, name: "Delete all", act: clickOn(ACTIONS.deleteLeft, "left"), done: { event: "key.deleted" } },
    { ...all, name: "They did leave", act: clickOn(ACTIONS.theyDidLeave, "left"), done: { shows: "Nobody waits" } },
  ];
}

export function pausing(): Deed[] {
  const base = { row: "pause, delete a key", of: "staged", done: { event: "key.pause_taken" } } as const;
  return [
    { ...base, name: "Pause, on the card", act: clickOn(ACTIONS.pauseKey, "key") },
    { ...base, name: "Pause, in a list", act: clickOn(ACTIONS.pauseListed, "key") },
    { ...base, name: "Pause, in Home", act: inHome(ACTIONS.homePause) },
    { ...base, name: "Pause, in a menu", act: inMenu(ACTIONS.pauseListed, "key") },
    { ...base, name: "Pause, on the approvals card", act: clickOn(ACTIONS.pauseApproved, "key") },
    { ...base, name: "Pause, in a message about a leak", act: clickOn(ACTIONS.pauseReported, "key") },
    { ...base, name: "Pause, after a report", act: choiceOf(ACTIONS.pauseLeaked) },
  ];
}

export function resuming(): Deed[] {
  const base = { row: "resume a key", of: "staged", done: { event: "key.resumed" } } as const;
  return [
    ...(["paused", "held"] as const).flatMap((about) => [
      { ...base, name: `Resume of a key that is ${about}, on the card`, act: clickOn(ACTIONS.resumeKey, about) },
      { ...base, name: `Resume of a key that is ${about}, in Home`, act: inHome(ACTIONS.homeResume, about) },
      { ...base, name: `Resume of a key that is ${about}, in a list`, act: clickOn(ACTIONS.resumeListed, about) },
      {
        ...base,
        name: `Resume of a key that is ${about}, on the approvals card`,
        act: clickOn(ACTIONS.resumeApproved, about),
      },
    ]),
    {
      ...base,
      name: "the form for a resume",
      act: form(CALLBACKS.resume, "paused"),
      done: { event: "request.created" },
    },
  ];
}

/** The staged key has no end: who may extend it reads that there is nothing to extend. */
export function extending(): Deed[] {
  const base = { row: "extend a key", of: "staged", done: { shows: "has no end" } } as const;
  return [
    { ...base, name: "Extend, on the card", act: clickOn(ACTIONS.extendKey, "key") },
    { ...base, name: "Extend, in a menu", act: inMenu(ACTIONS.extendKey, "key") },
    { ...base, name: "the form for an extension", act: form(CALLBACKS.extend, "key") },
  ];
}

/** No key takes the place of the staged one: who may say that they have switched reads so. */
export function rotating(): Deed[] {
  const base = { row: "rotate a key", of: "staged", done: { shows: "How" } } as const;
  const notFollowed = { shows: "No other key takes the place of" };
  return [
    { ...base, name: "/tigris-key rotate", act: { kind: "command", text: "rotate" } },
    { ...base, name: "/tigris-key rotate tid_…", act: { kind: "command", text: "rotate", about: "key" } },
    { ...base, name: "Rotate, on the card", act: clickOn(ACTIONS.rotateKey, "key") },
    { ...base, name: "Rotate, in a list", act: clickOn(ACTIONS.rotateListed, "key") },
    { ...base, name: "Rotate, in a menu", act: inMenu(ACTIONS.rotateListed, "key") },
    { ...base, name: "Rotate, in Home", act: inHome(ACTIONS.homeRotate) },
    {
      ...base,
      name: "the search for a key to rotate",
      act: searchFor(ACTIONS.rotatedKey),
      done: { offers: "living-one" },
    },
    { ...base, name: "I've switched", act: clickOn(ACTIONS.switchedOver, "key"), done: notFollowed },
    { ...base, name: "Keep both", act: clickOn(ACTIONS.keepBoth, "key"), done: notFollowed },
    { ...base, name: "the form of a rotation", act: form(CALLBACKS.rotate, "key"), done: { event: "request.created" } },
  ];
}

/** Nothing is asked about the staged key, which is young: who may keep its secret reads that. */
export function answeringAboutAge(): Deed[] {
  const keeping = { row: "keep an old secret", of: "staged", done: { shows: "Nothing is asked about" } } as const;
  const base = { row: "pause, delete a key", of: "staged" } as const;
  return [
    { ...keeping, name: "Keep it", act: clickOn(ACTIONS.oldKeep, "key") },
    { ...keeping, name: "Keep it, in a menu", act: inMenu(ACTIONS.oldKeep, "key") },
    { ...keeping, name: "the form of why a secret is kept", act: form(CALLBACKS.keep, "key") },
    {
      row: "new secret",
      of: "staged",
      name: "New secret, of an old key",
      act: clickOn(ACTIONS.oldNewSecret, "key"),
      done: { event: "key.rotated" },
    },
    {
      ...base,
      name: "Pause, of an old key",
      act: clickOn(ACTIONS.oldPause, "key"),
      done: { event: "key.pause_taken" },
    },
    {
      ...base,
      name: "Delete key, of an old one",
      act: clickOn(ACTIONS.oldDelete, "key"),
      done: { event: "key.deleted" },
    },
  ];
}

/** What the staged key has is more than the form asks for, so that is done at once. */
export function changingAccess(): Deed[] {
  const base = { row: "change what a key opens", of: "staged", done: { shows: "Permission" } } as const;
  return [
    { ...base, name: "Change access, on the card", act: clickOn(ACTIONS.changeAccess, "key") },
    { ...base, name: "Change access, in a list", act: clickOn(ACTIONS.changeAccessListed, "key") },
    { ...base, name: "Change access, in Home", act: inHome(ACTIONS.homeChangeAccess) },
    { ...base, name: "Change access, in a menu", act: inMenu(ACTIONS.changeAccessListed, "key") },
    { ...base, name: "another permission", act: choiceOf(ACTIONS.accessPermission) },
    { ...base, name: "other bucket access", act: choiceOf(ACTIONS.accessBucketAccess) },
    { ...base, name: "other buckets", act: choiceOf(ACTIONS.accessBuckets) },
    {
      ...base,
      name: "the form for another access",
      act: form(CALLBACKS.access, "key"),
      done: { event: "key.narrowed" },
    },
    {
      row: "ask for a key",
      of: "oneself",
      name: "the search for buckets of another access",
      act: searchFor(ACTIONS.accessBuckets),
      done: { offers: "builds" },
    },
  ];
}

export function deleting(): Deed[] {
  const base = { row: "pause, delete a key", of: "staged" } as const;
  const deleted = { event: "key.deleted" } as const;
  const found = { shows: "living-one" };
  // Keys that a key has made belong to nobody here: only approvers see them.
  const made = { row: "pause, delete a key", of: "everybody" } as const;
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
    { ...base, name: "Delete key, in Home", act: inHome(ACTIONS.homeDelete), done: found },
    { ...base, name: "Delete key, in a list", act: clickOn(ACTIONS.deleteFromList, "key"), done: found },
    { ...base, name: "Delete key, in an earlier list", act: clickOn(OLDER.deleteListed.action, "key"), done: deleted },
    { ...base, name: "Delete key, on the approvals card", act: clickOn(ACTIONS.deleteApproved, "key"), done: deleted },
    {
      ...base,
      name: "Delete key, in a message about a leak",
      act: clickOn(ACTIONS.deleteReported, "key"),
      done: deleted,
    },
    { ...base, name: "a key to delete", act: choiceOf(ACTIONS.pickedKey), done: found },
    { ...base, name: "the search for a key", act: searchFor(ACTIONS.pickedKey), done: { offers: "living-one" } },
    { ...base, name: "the form of a deletion", act: form(CALLBACKS.delete, "key"), done: deleted },
    {
      ...made,
      name: "Delete key, of one that a key has made",
      act: clickOn(ACTIONS.deleteMade, "made"),
      done: { event: "key.made_deletion" },
    },
  ];
}
