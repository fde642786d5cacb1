import { command } from "./crafted";
import { deep, NOT_APPROVER, type Odd, OUTSIDER, prototypeKeys, UNREADABLE } from "./odd";
import type { Stage } from "./stage";

function odd(name: string, text: string | ((stage: Stage) => string), reads: Odd["reads"], more = {}): Odd {
  return {
    name,
    kind: "command",
    make: (world, stage, from) => command(world, from, typeof text === "string" ? text : text(stage), more),
    reads,
  };
}

export const ODD_COMMANDS: Odd[] = [
  odd("somebody else's keys", "list <@UDEV00001|dana>", NOT_APPROVER),
  odd("everybody's keys", "LIST  All", NOT_APPROVER),
  odd("another's key", ({ key }) => `delete ${key}`, /No key of yours is called tid_/),
  odd("a wildcard for a key", "delete %", /No key of yours is called %/),
  odd("SQL", "delete ';drop-table-keys;--", /No key of yours is called ';drop/),
  odd("a word of the prototype's", "__proto__", /I don't know __proto__/),
  odd("9,000 characters", `create ${"x".repeat(9_000)}`, /Key name/),
  odd("a word of 9,000 characters", "w".repeat(9_000), /I don't know w+…/),
  odd("more than 10,000 characters", "x".repeat(10_001), UNREADABLE),
  odd("nothing but spaces", "   \t  ", /Tigris access keys/),
  odd("another workspace", "list", OUTSIDER, { team_id: "TOTHER001" }),
  odd("no workspace", "list", OUTSIDER, { team_id: "" }),
  odd("no person", "list", UNREADABLE, { user_id: "" }),
  odd("an id that is none", "list", UNREADABLE, { user_id: "../UANN00001" }),
  odd("no trigger", "list", UNREADABLE, { trigger_id: "" }),
  odd("another command", "list", "not taken", { command: "/tigris-keys" }),
];

/** Only a socket's JSON can hold these. */
export const ODD_COMMANDS_IN_JSON: Odd[] = [
  ...[7, [], {}, prototypeKeys(), deep(1_000)].map((text, index) =>
    odd(`a text of a wrong kind (${index + 1})`, "", UNREADABLE, { text }),
  ),
  odd("a person that is an object", "list", UNREADABLE, { user_id: { id: "UANN00001" } }),
  odd("a person as in clicks, beside that of the command", "list all", OUTSIDER, { user: { id: "UANN00001" } }),
];
