import type { Thing } from "./stage";
import type { Act } from "./who-may";

export function clickOn(actionId: string, about: Thing): Act {
  return { kind: "click", actionId, about };
}

export function inMenu(actionId: string, about: Thing): Act {
  return { kind: "menu", actionId, about };
}

export function inHome(actionId: string, about: Thing = "key"): Act {
  return { kind: "home", actionId, about };
}

export function choiceOf(actionId: string): Act {
  return { kind: "choice", actionId, about: "key" };
}

export function searchFor(actionId: string): Act {
  return { kind: "search", actionId };
}

export function form(callbackId: string, about: Thing): Act {
  return { kind: "submission", callbackId, about };
}
