import type { Key } from "../../src/domain/key";
import { newAge } from "../../src/domain/key-age";
import type { KeyCounts } from "../../src/domain/key-counts";
import type { Message } from "../../src/slack/blocks/message";
import { answeredMessage, oldKeysMessage, unansweredMessage } from "../../src/slack/old-keys/view";
import { keyReport } from "../../src/slack/report/view";
import { type Entry, entriesOf, type States } from "./entry";
import { ANN, BOB, DANA, EDITOR, key, minutesAgo } from "./records";
import { KEY_STATES } from "./states";

const DAY = 86_400_000;
const OLD = minutesAgo(93 * 24 * 60);

const old = (changes: Partial<Key> = {}) => key(KEY_STATES.live[""], { madeAt: OLD, age: newAge(OLD), ...changes });
const MANY = Array.from({ length: 23 }, (_, at) => old({ keyName: `service-${at + 1}` }));
const THREE = [old(), old({ keyName: "nightly-backup", access: EDITOR }), old({ keyName: "thumbnails" })];

const QUESTIONS: States<Message> = {
  "one key": oldKeysMessage([old()], 90 * DAY),
  "three keys": oldKeysMessage(THREE, 90 * DAY),
  "many keys": oldKeysMessage(MANY, 90 * DAY),
  answered: answeredMessage(),
};

const told = (keys: readonly Key[]) => unansweredMessage(keys.map((one) => ({ key: one, at: minutesAgo(1) })));
const DIGESTS: States<Message> = {
  "one key": told([old()]),
  "three keys": told([old(), old({ keyName: "thumbnails", ownerId: BOB }), old({ keyName: "nightly-backup" })]),
  "many keys": told(MANY),
};

const COUNTS: KeyCounts = {
  all: 412,
  byPermission: [
    { permission: "ReadOnly", count: 260, ofAllBuckets: 31 },
    { permission: "Editor", count: 145, ofAllBuckets: 0 },
    { permission: "Admin", count: 7, ofAllBuckets: 7 },
  ],
  byAge: [96, 154, 101, 61],
  withoutEnd: 405,
  neverRotated: 288,
  owners: {
    count: 93,
    most: [
      { ownerId: DANA, count: 31 },
      { ownerId: BOB, count: 18 },
      { ownerId: ANN, count: 12 },
    ],
  },
};

const REPORTS: States<Message> = {
  "many keys": keyReport(COUNTS),
  "one key": keyReport({
    all: 1,
    byPermission: [{ permission: "ReadOnly", count: 1, ofAllBuckets: 0 }],
    byAge: [1, 0, 0, 0],
    withoutEnd: 0,
    neverRotated: 1,
    owners: { count: 1, most: [{ ownerId: DANA, count: 1 }] },
  }),
  none: keyReport({
    all: 0,
    byPermission: [],
    byAge: [0, 0, 0, 0],
    withoutEnd: 0,
    neverRotated: 0,
    owners: { count: 0, most: [] },
  }),
};

/** What asks people about their old keys, and what approvers read where nobody answers, and of all keys. */
export function oldKeys(): Entry[] {
  return [
    ...entriesOf("Questions about old keys", QUESTIONS, (message: Message) => ({
      kind: "message",
      place: "dm",
      isEphemeral: false,
      readerId: DANA,
      message,
    })),
    ...entriesOf("Old keys without an answer", DIGESTS, (message: Message) => ({
      kind: "message",
      place: "approvals",
      isEphemeral: false,
      readerId: ANN,
      message,
    })),
    ...entriesOf("Reports", REPORTS, (message: Message) => ({
      kind: "message",
      place: "approvals",
      isEphemeral: true,
      readerId: ANN,
      message,
    })),
  ];
}
