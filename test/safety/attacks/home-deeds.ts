import { ACTIONS } from "../../../src/slack/ids";
import { inHome } from "./deed-acts";
import type { Deed } from "./who-may";

/** Whoever may see nothing of others' narrows their own, which harms nobody. */
export function lookingAtHome(): Deed[] {
  const own = { row: "list keys", of: "oneself", done: { shows: "Your keys" } } as const;
  const all = { row: "list keys", of: "everybody" } as const;
  return [
    // First of all: later it opens at what was looked at last.
    { ...own, name: "Home", act: { kind: "opening" } },
    {
      ...all,
      name: "Everybody's keys, in Home",
      act: inHome(ACTIONS.homeEverybody),
      done: { shows: "Everybody's keys .\\d" },
    },
    {
      ...all,
      name: "the search for a bucket, in Home",
      act: { kind: "search", actionId: ACTIONS.homeBucket },
      done: { offers: "builds" },
    },
    { ...own, name: "Your keys, in Home", act: inHome(ACTIONS.homeOwn) },
    { ...own, name: "Older, in Home", act: inHome(ACTIONS.homeOlder) },
    { ...own, name: "Newer, in Home", act: inHome(ACTIONS.homeNewer) },
    { ...own, name: "a search, in Home", act: inHome(ACTIONS.homeSearch) },
    { ...own, name: "a person, in Home", act: inHome(ACTIONS.homePerson) },
    { ...own, name: "a permission, in Home", act: inHome(ACTIONS.homePermission) },
    { ...own, name: "a bucket, in Home", act: inHome(ACTIONS.homeBucket) },
    { ...own, name: "Clear, in Home", act: inHome(ACTIONS.homeClear) },
  ];
}
