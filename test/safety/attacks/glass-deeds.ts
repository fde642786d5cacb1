import { ACTIONS, CALLBACKS } from "../../../src/slack/ids";
import { clickOn, form, inHome, inMenu } from "./deed-acts";
import type { Deed } from "./who-may";

/** What those on call do, and who looks at it afterwards. */
export function breakingGlass(): Deed[] {
  const base = { row: "break the glass", of: "oneself", done: { shows: "You get this key at once" } } as const;
  const review = { row: "review a broken glass", of: "staged", done: { event: "review.looked" } } as const;
  return [
    { ...base, name: "/tigris-key break-glass", act: { kind: "command", text: "break-glass mine" } },
    { ...base, name: "Break glass, in Home", act: inHome(ACTIONS.homeBreakGlass) },
    {
      ...base,
      name: "the form that breaks the glass",
      act: form(CALLBACKS.breakGlass, "key"),
      done: { event: "request.glass_broken" },
    },
    { ...review, name: "Mark as reviewed", act: clickOn(ACTIONS.review, "broken") },
    { ...review, name: "Mark as reviewed, in a menu", act: inMenu(ACTIONS.review, "broken") },
  ];
}
