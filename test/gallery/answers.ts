import type { Refusal } from "../../src/domain/refusal";
import { PAGE_NOT_DRAWN } from "../../src/slack/app-home/looks";
import { type Message, sentenceMessage } from "../../src/slack/blocks/message";
import { help } from "../../src/slack/help/view";
import { NOT_DRAWN, NOT_OPENED } from "../../src/slack/interaction/open-form";
import { MALFORMED, NOT_SHOWN } from "../../src/slack/interaction/reply";
import { STORE_AWAY, WENT_WRONG } from "../../src/slack/interaction/with-fallback";
import { outcomeWords } from "../../src/slack/words/outcomes";
import { refusalWords } from "../../src/slack/words/refusals";
import type { Sentence } from "../../src/slack/words/sentence";
import type { Done, DoneData } from "../../src/workflow/outcome";
import { coded, type Entry, entriesOf, type Seen, type States } from "./entry";
import { ADMIN, BOB, DANA, EDITOR, KEY_ID, minutesAgo, READ_ONLY } from "./records";
import { REFUSALS } from "./refusals";

const keyName = "ci-uploader";
const named: States<{ keyName: string }> = { "": { keyName } };

const DONE: { [Code in keyof DoneData]: States<DoneData[Code]> } = {
  cancelled: named,
  approved_with_less: { "": { keyName: "deploy", requesterId: DANA } },
  reminded: { "": { keyName: "deploy" } },
  approved: { "": { keyName: "deploy", requesterId: DANA } },
  voted: { "": { keyName: "deploy", requesterId: DANA } },
  denied: { "": { keyName: "deploy", requesterId: DANA } },
  withdrawn: {
    "": { keyName: "deploy", isGlass: false },
    "a broken glass": { keyName: "deploy", isGlass: true },
  },
  revealed: named,
  secret_replaced: named,
  confirmed: named,
  confirmed_paused: named,
  switched_on: named,
  deleted: { "": { keyName, accessKeyId: KEY_ID } },
  made_deleted: { "": { accessKeyId: KEY_ID } },
  paused: named,
  resumed: named,
  switched_over: named,
  kept_both: named,
  extended: {
    "": { keyName, at: minutesAgo(-10_080), isHeld: false },
    "still paused": { keyName, at: minutesAgo(-10_080), isHeld: true },
  },
  taken_over: {
    "": { keyName, fromId: BOB, isPaused: false },
    "still paused": { keyName, fromId: BOB, isPaused: true },
  },
  did_leave: { one: { count: 1 }, many: { count: 12 } },
  all_left: {
    paused: { ownerId: DANA, did: "paused", count: 3, others: 0 },
    "deleted in part": { ownerId: DANA, did: "deleted", count: 1, others: 2 },
  },
  kept: { "": { keyName, until: minutesAgo(-129_600) } },
  access_narrowed: { "": { keyName, access: READ_ONLY } },
  access_widened: {
    "": { keyName, access: EDITOR, endsAt: null },
    "ends sooner": { keyName, access: ADMIN, endsAt: minutesAgo(-10_080) },
  },
  reviewed: {
    first: { keyName: "deploy", requesterId: DANA, left: 1 },
    last: { keyName: "deploy", requesterId: DANA, left: 0 },
  },
};

const HELP: States<Message> = {
  "": help({ unknownWord: null, nearest: null, hasGlass: false }),
  "unknown word": help({ unknownWord: "frobnicate", nearest: null, hasGlass: false }),
  "misspelt word": help({ unknownWord: "crate", nearest: "create", hasGlass: false }),
  "with a break glass": help({ unknownWord: null, nearest: null, hasGlass: true }),
};

const GONE_WRONG: States<Sentence> = {
  "not understood": MALFORMED,
  "not shown at its place": NOT_SHOWN,
  "an error": WENT_WRONG,
  "no database": STORE_AWAY,
  "a form not opened in time": NOT_OPENED,
  "a form not taken": NOT_DRAWN,
  "a page of a Home not taken": PAGE_NOT_DRAWN,
};

/** What somebody reads after a click or a command, they alone. */
export function answers(): Entry[] {
  return [
    ...entriesOf("Answers: done", coded(DONE), (done: Omit<Done, "kind">) =>
      toDana(sentenceMessage(outcomeWords({ kind: "done", ...done } as Done))),
    ),
    ...entriesOf("Answers: refused", coded(REFUSALS), (refusal: Omit<Refusal, "kind">) =>
      toDana(sentenceMessage(refusalWords({ kind: "refused", ...refusal } as Refusal))),
    ),
    ...entriesOf("Answers: gone wrong", GONE_WRONG, (words) => toDana(sentenceMessage(words))),
    ...entriesOf("Answers: help", HELP, toDana),
  ];
}

function toDana(message: Message): Seen {
  return { kind: "message", place: "dm", isEphemeral: true, readerId: DANA, message };
}
