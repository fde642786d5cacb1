import type { Key } from "../../src/domain/key";
import { newEnd } from "../../src/domain/key-end";
import type { RequestState } from "../../src/domain/request";
import { newReview, type Review } from "../../src/domain/review";
import type { Message } from "../../src/slack/blocks/message";
import { reviewCard, reviewQuestion } from "../../src/slack/break-glass/review-card";
import { type Entry, entriesOf, type Seen, type States } from "./entry";
import {
  ADMIN_KEY_ID,
  ANN,
  APPROVALS,
  ASKED,
  BOB,
  BY_GLASS,
  EDITOR,
  inHours,
  key,
  minutesAgo,
  request,
} from "./records";
import { KEY_STATES, PAUSES, REQUEST_STATES } from "./states";

const REVIEW: Review = newReview(APPROVALS, minutesAgo(18));
const BY_ONE: Review = { ...REVIEW, by: [{ reviewerId: ANN, at: minutesAgo(9) }] };
const BY_TWO: Review = { ...REVIEW, by: [...BY_ONE.by, { reviewerId: BOB, at: minutesAgo(2) }], asksAt: null };

const REASON = "Checkout is down since 02:10, and the last good build has to come out of the bucket";
const asked = { asked: { ...ASKED.key, access: EDITOR }, reason: REASON };
const broken = (state: RequestState, review = REVIEW) => request(state, { ...asked, review });
const MADE = { kind: "made", approval: BY_GLASS, accessKeyId: ADMIN_KEY_ID, at: minutesAgo(5) } as const;
const ON = key(KEY_STATES.live[""], {
  keyName: "deploy",
  access: EDITOR,
  end: newEnd(inHours(4), minutesAgo(5), true),
});

type Shown = { state: RequestState; key: Key | null; review: Review };
const CARDS: States<Shown> = {
  "not revealed": { state: REQUEST_STATES.approved["by a broken glass"], key: null, review: REVIEW },
  "key off": {
    state: REQUEST_STATES.delivered["of a broken glass"],
    key: key(KEY_STATES.off["secret shown"]),
    review: REVIEW,
  },
  "key on, one reviewed": { state: MADE, key: ON, review: BY_ONE },
  "key ended, reviewed": {
    state: MADE,
    key: { ...ON, end: newEnd(minutesAgo(6), minutesAgo(246), true), pause: PAUSES.paused.end },
    review: BY_TWO,
  },
  canceled: { state: REQUEST_STATES.cancelled[""], key: null, review: REVIEW },
};

const QUESTIONS: States<Message> = {
  "": reviewQuestion(broken(CARDS["not revealed"]?.state ?? MADE), REVIEW, false),
  "one reviewed, late": reviewQuestion(broken(MADE, BY_ONE), BY_ONE, true),
};

/** What others read of a broken glass: in the channel that is told, and in their DM. */
export function glasses(): Entry[] {
  return [
    ...entriesOf("Break glass: the card of its review", CARDS, ({ state, key: made, review }) =>
      read("approvals", reviewCard({ request: broken(state, review), key: made }, review)),
    ),
    ...entriesOf("Break glass: asking for a review", QUESTIONS, (message) => read("dm", message)),
  ];
}

function read(place: "approvals" | "dm", message: Message): Seen {
  return { kind: "message", place, isEphemeral: false, readerId: ANN, message };
}
