import type { Key } from "../../src/domain/key";
import { wordsForDeciders } from "../../src/slack/approvals-card/reminder";
import { type Message, sentenceMessage } from "../../src/slack/blocks/message";
import { othersKeysMessage } from "../../src/slack/deletions/view";
import { madeKeysMessage } from "../../src/slack/made-keys/view";
import { alertWords, noteWords } from "../../src/slack/words/notices";
import type { Alert, AlertData, Note, NoteData } from "../../src/workflow/outbox-message";
import { coded, type Entry, entriesOf, flat, mapped, type Seen, type States } from "./entry";
import { ANN, BOB, DANA, EDITOR, KEY_ID, key, minutesAgo, NOW, POLICY, request } from "./records";
import { KEY_STATES, REQUEST_STATES } from "./states";
import { WRITTEN } from "./written";

const tigrisName = "ci-uploader-FYHK4GWA";
const accessKeyId = KEY_ID;
const OTHER_ID = "tid_EXAMPLEONLYmadebyanotherkeyABCDEFGHIJKLMNOPQRSTUVW";

const ALERTS: { [Code in keyof AlertData]: States<AlertData[Code]> } = {
  deletion_failing: { "": { tigrisName, accessKeyId }, "of unknown name": { tigrisName: null, accessKeyId: null } },
  pause_failing: { "": { tigrisName, accessKeyId } },
  narrowing_failing: { "": { tigrisName, accessKeyId } },
  left_behind: {
    "": {
      keys: [
        { name: tigrisName, accessKeyId },
        { name: tigrisName, accessKeyId: null },
      ],
    },
  },
  not_deleted: {
    "has power": { tigrisName, accessKeyId, why: "has_power" },
    "other name": { tigrisName, accessKeyId, why: "other_name" },
    "other creator": { tigrisName, accessKeyId, why: "other_creator" },
  },
  switch_expired: { "": { tigrisName, accessKeyId, ownerId: DANA } },
  written: { "": WRITTEN },
};

const NOTES: { [Code in keyof NoteData]: States<NoteData[Code]> } = {
  new_secret: {
    "": { keyName: "deploy", ownerId: DANA, isLast: false },
    "last within the hour": { keyName: "deploy", ownerId: DANA, isLast: true },
  },
  written: { "": WRITTEN },
};

const ONE = [key(KEY_STATES.deleted.asked)];
const SEVERAL = [
  ...ONE,
  key(KEY_STATES.deleted.asked, { keyName: "nightly-backup", access: EDITOR, accessKeyId: OTHER_ID }),
  key(KEY_STATES.deleted.asked, { keyName: "thumbnails", ownerId: BOB }),
];
const MANY = Array.from({ length: 23 }, (_, at) =>
  key(KEY_STATES.deleted.asked, { keyName: `service-${at + 1}`, accessKeyId: OTHER_ID }),
);

const justNow = (keys: readonly Key[]) => keys.map((one) => ({ key: one, at: minutesAgo(1) }));

/** What approvers read of several keys at once. */
const WAITING = { ...request(REQUEST_STATES.pending[""]), state: REQUEST_STATES.pending[""] };
const ESCALATING = {
  rules: POLICY.rules.map((rule) => ({ ...rule, escalate: { afterMs: 1_800_000, to: { users: [BOB], groups: [] } } })),
};

function told(message: Parameters<typeof wordsForDeciders>[0]): Message {
  const words = wordsForDeciders(message, { request: WAITING, policy: { ...POLICY, ...ESCALATING }, at: NOW });
  if (words === null) throw new Error("somebody is told");
  return words;
}

const DIGESTS = flat<Message>({
  reminder: mapped({ "by the bot": null, "by who asked": DANA }, (byId) =>
    told({ kind: "reminder", requestId: "request-1", byId, why: "waits" }),
  ),
  "waits again": { "": told({ kind: "reminder", requestId: "request-1", byId: null, why: "waits_again" }) },
  escalated: { "": told({ kind: "escalation", requestId: "request-1", rules: ["admin"] }) },
  deleted: mapped({ "one key": ONE, "three keys": SEVERAL, "many keys": MANY }, (keys) =>
    othersKeysMessage("deleted", { byId: BOB, keys: justNow(keys) }),
  ),
  paused: mapped({ "one key": ONE, "three keys": SEVERAL }, (keys) =>
    othersKeysMessage("paused", { byId: BOB, keys: justNow(keys) }),
  ),
  "keys that a key has made": mapped(
    {
      "one of them": [{ name: "made-by-ci", accessKeyId: OTHER_ID }],
      "two of them": [
        { name: "made-by-ci", accessKeyId: OTHER_ID },
        { name: "made-by-ci-too", accessKeyId: OTHER_ID },
      ],
      "not to be known": [],
    },
    (keys) => madeKeysMessage({ by: { keyName: "ci-uploader", accessKeyId }, keys }),
  ),
});

/** What stands in the approvals channel beside the cards. */
export function toApprovers(): Entry[] {
  return [
    ...entriesOf("Alerts in the approvals channel", coded(ALERTS), (alert: Alert) =>
      inChannel(sentenceMessage(alertWords(alert))),
    ),
    ...entriesOf("Notes below an approvals card", coded(NOTES), (note: Note) =>
      inChannel(sentenceMessage(noteWords(note))),
    ),
    ...entriesOf("Digests in the approvals channel", DIGESTS, inChannel),
  ];
}

function inChannel(message: Message): Seen {
  return { kind: "message", place: "approvals", isEphemeral: false, readerId: ANN, message };
}
