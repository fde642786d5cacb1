import { SHORTCUTS } from "../../../src/slack/ids";
import { shortcut } from "./crafted";
import { deep, HUGE, type Odd, OUTSIDER, prototypeKeys, UNREADABLE } from "./odd";

const REPORT = SHORTCUTS.reportLeak;
const NO_ID = /I found no access key id \(tid_…\) in this message/;

function odd(name: string, reads: Odd["reads"], more: Record<string, unknown>, callbackId: string = REPORT): Odd {
  const text = callbackId === SHORTCUTS.getKey ? undefined : "nothing";
  return {
    name,
    kind: "interaction",
    make: (world, _stage, from) => shortcut(world, from, callbackId, text, more),
    reads,
  };
}

/** None of them holds an id: what holds one is a report, which is told to others. */
export const ODD_SHORTCUTS: Odd[] = [
  ...[null, undefined, 7, "text", [], prototypeKeys(), deep(1_000), HUGE].map((message, index) =>
    odd(`a message of a wrong kind (${index + 1})`, NO_ID, { message }),
  ),
  ...[7, {}, ["tid"], deep(1_000), HUGE].map((text, index) =>
    odd(`a text of a wrong kind (${index + 1})`, NO_ID, { message: { text } }),
  ),
  odd("blocks and attachments of wrong kinds", NO_ID, {
    message: { blocks: "tid", attachments: { tid: 7 }, files: null },
  }),
  odd("an id without an end", NO_ID, { message: { text: `tid_${"x".repeat(500_000)}` } }),
  odd("a channel of a wrong kind", NO_ID, { channel: ["C"], message_ts: {} }),
  odd("no channel", NO_ID, { channel: undefined, message_ts: undefined }),
  odd("a shortcut that nobody knows", UNREADABLE, { callback_id: "no_such_shortcut" }),
  odd("a shortcut whose id goes on", UNREADABLE, { callback_id: `${REPORT}\n` }),
  odd("a shortcut named for the prototype", UNREADABLE, { callback_id: "__proto__" }),
  odd("no id of a shortcut", "not taken", { callback_id: undefined }),
  odd("no trigger", UNREADABLE, { trigger_id: undefined }),
  odd("no time", UNREADABLE, { action_ts: undefined }),
  odd("a time that is none", UNREADABLE, { action_ts: "<!channel>" }),
  odd("a person of a wrong kind", UNREADABLE, { user: "UEVE00001" }),
  odd("another workspace", OUTSIDER, { team: { id: "TOTHER001" } }),
  odd("somebody of another workspace", OUTSIDER, { user: { id: "UEVE00001", team_id: "TOTHER001" } }),
  odd("the shortcut for a key on a message", "not taken", { callback_id: SHORTCUTS.getKey }),
  odd("the shortcut for a key without a time", UNREADABLE, { action_ts: "" }, SHORTCUTS.getKey),
  odd("the shortcut for a key in another workspace", OUTSIDER, { team: null }, SHORTCUTS.getKey),
];
