import { of } from "./of.mjs";

/** Rules for Slack's odd answers: cards that can't be edited, places that take no post, and a second bot. */

const UNEDITABLE = "test/e2e/uneditable";
const DEAD_DM = "test/e2e/dead-dm";
const UNPOSTED = "test/e2e/unposted";
const COUNT = "test/slack/transport/socket-count";

/** @type {import("./mutations.mjs").Mutation[]} */
export const ODD_SLACK = [
  ...of("src/slack/clients/post.ts", UNEDITABLE, [
    ["a card too old to be edited is posted anew", '  "edit_window_closed",\n', "", "requester's card"],
  ]),
  ...of("src/slack/clients/place-card.ts", UNEDITABLE, [
    [
      "the store knows where a new card stands",
      "await store.cards.set(requestId, card, posted.result);",
      "",
      "requester's card",
    ],
  ]),
  ...of("src/slack/clients/place-card.ts", DEAD_DM, [
    [
      "a DM that was made anew is remembered",
      "if (opened.result !== known) await store.cards.setDm(requestId, opened.result);",
      "",
      "made anew",
    ],
  ]),
  ...of("src/workflow/reveal.ts", DEAD_DM, [
    ["nothing is made before its card stands", "if (noDm) return noDm;", "", "Reveal makes nothing"],
    [
      "a DM that refused a secret is tried without one",
      'state.failure?.why === "not_delivered"',
      'state.failure?.why === "refused"',
      "second Reveal",
    ],
  ]),
  ...of("src/workflow/new-secret.ts", DEAD_DM, [
    ["no secret is replaced for nothing", "if (refusal) return refusal;", "", "New secret replaces nothing"],
  ]),
  ...of("src/worker/send-due.ts", UNPOSTED, [
    [
      "who waits for a refused card reads it",
      "due.tries + 1 >= FAILURES_THAT_LAST",
      "due.tries + 1 >= 1_000",
      "rules leave apps out",
    ],
    [
      "a post that succeeds frees what waits",
      "if (sent.isPosted && TO_APPROVERS.has(due.message.kind)) await outbox.approvalsPosted();",
      "",
      "sends what waited",
    ],
  ]),
  ...of("src/workflow/tell-not-posted.ts", "test/workflow/tell-not-posted", [["it is told once", "|| isTold ", ""]]),
  ...of("src/store/outbox.ts", "test/store/outbox", [
    ["one failure may be an accident", '.where("tries", ">=", FAILURES_THAT_LAST)'],
  ]),
  ...of("src/slack/transport/head-count.ts", COUNT, [
    ["more connections than ours are somebody's", "counted > ours", "counted > ours + 2"],
    ["what Slack may still count clears nothing", "others && counted <= certain", "others"],
  ]),
  ...of("src/server.ts", "test/server", [
    ["a warning is no reason", "reasons.length === 0;", "reasons.length + warnings.length === 0;"],
  ]),
];
