import { newEnd } from "../../src/domain/key-end";
import type { Left } from "../../src/domain/leaver";
import type { Message } from "../../src/slack/blocks/message";
import { heldBackCard, leaverCard, movedLeaverCard } from "../../src/slack/leaver-card/view";
import { takenCard } from "../../src/slack/requester-card/view";
import { type Entry, entriesOf, type Seen, type States } from "./entry";
import { ANN, BOB, DANA, DEPLOY, inHours, key, minutesAgo, NOW, request, UNASKED } from "./records";
import { KEY_STATES, PAUSES, REQUEST_STATES } from "./states";

const LEFT: Left = {
  kind: "left",
  at: minutesAgo(30),
  byId: "bot",
  goneAt: minutesAgo(40),
  deactivatedAt: minutesAgo(40),
  isDeactivated: true,
  toldAt: minutesAgo(29),
};
const ON = key(KEY_STATES.live[""]);
const ADMIN = key(KEY_STATES.live[""], DEPLOY);
const goes = { kind: "leaver", byId: "bot", at: minutesAgo(28), deletesAt: inHours(24) } as const;
const HELD = {
  ...ADMIN,
  pause: { ...PAUSES.paused.leaver, holds: [goes] },
  end: newEnd(inHours(72), minutesAgo(8_640)),
};
const keys = [
  { key: ON, needsApproval: false },
  { key: HELD, needsApproval: true },
];
const shown = { ownerId: DANA, state: LEFT, keys, count: 2, taken: [], orphanGraceMs: 604_800_000, at: NOW };

const TAKEN = ["ci-uploader", "site"].map((keyName) => ({ keyName, ownerId: BOB }));

const CARDS: States<Message> = {
  "just seen": leaverCard({
    ...shown,
    state: { ...LEFT, toldAt: null },
    keys: [
      { key: ON, needsApproval: false },
      { key: ADMIN, needsApproval: true },
    ],
  }),
  told: leaverCard(shown),
  "a guest": leaverCard({ ...shown, state: { ...LEFT, deactivatedAt: null, isDeactivated: false }, count: 1 }),
  "many keys, confirmed": leaverCard({
    ...shown,
    state: { ...LEFT, byId: BOB },
    keys: Array.from({ length: 11 }, () => ({ key: ON, needsApproval: false })),
    count: 23,
  }),
  "no key left": leaverCard({ ...shown, keys: [], count: 0 }),
  "some taken over": leaverCard({
    ...shown,
    keys: keys.slice(1),
    count: 1,
    taken: [{ keyName: "site", ownerId: BOB }],
  }),
  "all taken over": leaverCard({ ...shown, keys: [], count: 0, taken: TAKEN }),
  back: leaverCard({ ...shown, state: { kind: "back", at: minutesAgo(2) } }),
  "back, and nothing paused": leaverCard({ ...shown, state: { kind: "back", at: minutesAgo(2) }, keys: [] }),
  "posted anew below": movedLeaverCard(DANA),
  "too many at once": heldBackCard({ count: 12, at: NOW }),
};

/** What stands in the approvals channel about people who have left, and in their DM. */
export function leavers(): Entry[] {
  return [
    ...entriesOf("Keys of people who have left", CARDS, (message): Seen => seen("approvals", ANN, message)),
    ...entriesOf(
      "In place of a card that somebody took over",
      { "": takenCard(request(REQUEST_STATES.made[""], UNASKED), BOB) },
      (message): Seen => seen("dm", DANA, message),
    ),
  ];
}

function seen(place: "approvals" | "dm", readerId: string, message: Message): Seen {
  return { kind: "message", place, isEphemeral: false, readerId, message };
}
