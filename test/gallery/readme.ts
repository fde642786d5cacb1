import { BUTTONS } from "../../src/slack/words/labels";

/** The pictures of the README, in the order in which they stand there. */
export const SCENES = [
  {
    file: "secret.png",
    states: [
      { group: "The secret", name: "format shell" },
      { group: "Requester's card: a key", name: "live" },
    ],
    between: BUTTONS.savedSwitchOn,
  },
  { file: "form.png", states: [{ group: "Forms", name: "create, filled in" }] },
  { file: "approval.png", states: [{ group: "Approvals card: a request", name: "key, pending" }] },
  { file: "home.png", states: [{ group: "App Home", name: "something of each" }] },
];
