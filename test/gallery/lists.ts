import type { ModalView } from "@slack/types";
import type { Key, KeyState } from "../../src/domain/key";
import { KEYS_PER_PAGE } from "../../src/domain/limits";
import { cardMessage } from "../../src/slack/key-details/card-view";
import { keyDetailsView } from "../../src/slack/key-details/view";
import { keyList } from "../../src/slack/key-list/view";
import type { Page, Whose } from "../../src/workflow/list";
import { type Entry, entriesOf, flat, mapped, type Seen, type States } from "./entry";
import {
  ADMIN,
  ANN,
  BOB,
  DANA,
  DEPLOY,
  EDITOR,
  EDITOR_ALL,
  EDITOR_MANY,
  HANDOUT,
  KEY_ID,
  key,
  NOW,
  READ_ONLY,
  request,
  UNASKED,
} from "./records";
import { KEY_STATES, PAUSES, REQUEST_STATES } from "./states";

/** A key in each state and in each way of being held, of two people. */
const KEYS: Key[] = [
  ...Object.values(flat<KeyState>(KEY_STATES)).map((state) => key(state)),
  ...Object.values(flat(PAUSES)).map((pause) => key(KEY_STATES.live[""], { pause })),
  key(KEY_STATES.live[""], {
    accessChange: { kind: "narrowing", to: READ_ONLY, attemptId: "attempt-1", at: NOW, isBeside: false },
  }),
].map((one, at) => ({
  ...one,
  keyName: `service-${String(at + 1).padStart(2, "0")}`,
  accessKeyId: `${KEY_ID.slice(0, -2)}${at + 10}`,
  access: [one.access, EDITOR, EDITOR_ALL, ADMIN][at % 4] ?? one.access,
}));
const OTHERS = KEYS.map((one, at) => ({ ...one, ownerId: at % 3 === 0 ? DANA : BOB }));

const BOBS_KEYS = KEYS.slice(0, 3).map((one) => ({ ...one, ownerId: BOB }));
const BOTH = { hasNewer: true, hasOlder: true };

const OWN: Whose = { kind: "own" };
const ALL: Whose = { kind: "all" };
const BOBS: Whose = { kind: "person", userId: BOB };

type Listed = Parameters<typeof keyList>[0];

function listed(
  keys: Key[],
  whose: Whose,
  viewerId: string,
  { search = null, deed = null, ...turns }: Partial<Page & Pick<Listed, "search" | "deed">> = {},
): Listed {
  const isApprover = whose.kind !== "own";
  const page: Page = {
    kind: "page",
    keys,
    total: keys.length,
    before: 0,
    hasNewer: false,
    hasOlder: false,
    isApprover,
    ...turns,
  };
  return { page, whose, search, viewerId, at: NOW, deed };
}

const [FIRST = key(KEY_STATES.live[""]), ...OTHER_KEYS] = KEYS;
const deleted = (one: Key): Key => ({ ...one, state: KEY_STATES.deleted.asked });
const LIVING: Key[] = [
  { ...FIRST, state: KEY_STATES.live[""] },
  { ...FIRST, accessKeyId: "tid_EXAMPLE", keyName: "nightly-backup", state: KEY_STATES.live[""] },
];

const LISTS: States<Listed> = {
  "own, none": listed([], OWN, DANA),
  "own, one": listed([key(KEY_STATES.live[""])], OWN, DANA),
  ...pagesOf(KEYS),
  "own, nothing found": listed([], OWN, DANA, { search: "nosuch" }),
  "own, all was meant": listed([], OWN, DANA, { search: "al" }),
  "own, found": listed(KEYS.slice(0, 2), OWN, DANA, { search: "service" }),
  "own, one was deleted": listed(OTHER_KEYS.slice(0, 3), OWN, DANA, { deed: { key: deleted(FIRST), just: "deleted" } }),
  "own, the last one was deleted": listed([], OWN, DANA, { deed: { key: deleted(FIRST), just: "deleted" } }),
  "own, one was paused": listed(LIVING, OWN, DANA, { deed: { key: LIVING[1] ?? FIRST, just: "paused" } }),
  "own, one was resumed": listed(LIVING, OWN, DANA, { deed: { key: LIVING[0] ?? FIRST, just: "resumed" } }),
  "everybody's, none": listed([], ALL, ANN),
  "everybody's, nothing found": listed([], ALL, ANN, { search: "nosuch" }),
  "everybody's, first page": listed(OTHERS.slice(0, KEYS_PER_PAGE), ALL, ANN, { total: 1_001, hasOlder: true }),
  "everybody's, a later page": listed(OTHERS.slice(KEYS_PER_PAGE), ALL, ANN, { total: 40, before: 10, ...BOTH }),
  "somebody's, none": listed([], BOBS, ANN),
  "somebody's, one": listed([key(KEY_STATES.live[""], { ownerId: BOB })], BOBS, ANN),
  "somebody's, nothing found": listed([], BOBS, ANN, { search: "nosuch" }),
  "somebody's, a later page": listed(BOBS_KEYS, BOBS, ANN, { total: 33, before: 10, ...BOTH }),
};

function pagesOf(keys: Key[]): States<Listed> {
  const count = Math.ceil(keys.length / KEYS_PER_PAGE);
  const pages = Array.from({ length: count }, (_, at) => {
    const own = keys.slice(at * KEYS_PER_PAGE, (at + 1) * KEYS_PER_PAGE);
    const turns = { before: at * KEYS_PER_PAGE, hasNewer: at > 0, hasOlder: at < count - 1 };
    return [`own, page ${at + 1}`, listed(own, OWN, DANA, { total: keys.length, ...turns })];
  });
  return Object.fromEntries(pages);
}

const CARD = "https://acme-sandbox.slack.com/archives/DDANA0001/p1795533540000008";

const detailsOf = (shown: Omit<Parameters<typeof keyDetailsView>[0], "handout">) =>
  keyDetailsView({ ...shown, handout: HANDOUT });

/** What is said of a key in its details: in each state, and with all that may be known of it. */
const DETAILS: States<ModalView> = {
  ...mapped(flat<KeyState>(KEY_STATES), (state) =>
    detailsOf({ key: key(state), request: request(REQUEST_STATES.made[""], UNASKED), cardUrl: CARD }),
  ),
  ...mapped(flat(PAUSES), (pause) =>
    detailsOf({ key: key(KEY_STATES.live[""], { pause }), request: null, cardUrl: CARD }),
  ),
  "of an Admin key, for an approver": detailsOf({
    key: key(KEY_STATES.live[""], DEPLOY),
    request: request(REQUEST_STATES.made[""]),
    cardUrl: null,
  }),
  "of many buckets": detailsOf({
    key: key(KEY_STATES.off["secret shown"], { access: EDITOR_MANY }),
    request: request(REQUEST_STATES.delivered[""]),
    cardUrl: CARD,
  }),
};

/** The lists of keys: empty, short, and long; and what opens from a row. */
export function lists(): Entry[] {
  return [
    ...listEntries(),
    ...entriesOf("Details of a key", DETAILS, (view): Seen => ({ kind: "modal", readerId: DANA, view })),
    ...entriesOf(
      "The way to a card",
      { "": key(KEY_STATES.live[""]) },
      (live): Seen => ({
        kind: "message",
        place: "dm",
        isEphemeral: true,
        readerId: DANA,
        message: cardMessage(live, CARD),
      }),
    ),
  ];
}

function listEntries(): Entry[] {
  return entriesOf("Lists of keys", LISTS, (listed) => ({
    kind: "message",
    place: "dm",
    isEphemeral: true,
    readerId: listed.viewerId,
    message: keyList(listed),
  }));
}
