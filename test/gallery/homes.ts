import { FIRST_LOOK, type HomeLook } from "../../src/domain/app-home";
import type { Key } from "../../src/domain/key";
import { policyFromSettings } from "../../src/domain/policy/from-settings";
import type { Request } from "../../src/domain/request";
import { appHomeView, closedHomeView, type Drawing } from "../../src/slack/app-home/view";
import type { HomeContents } from "../../src/workflow/app-home";
import { type Entry, entriesOf, type States } from "./entry";
import {
  ADMIN_KEY_ID,
  ANN,
  APPROVALS,
  APPROVERS,
  ASKED,
  BOB,
  DANA,
  DEPLOY,
  EDITOR,
  key,
  NOW,
  READ_ONLY,
  request,
  UNASKED,
} from "./records";
import { KEY_STATES, PAUSES, REQUEST_STATES } from "./states";

const LINKS = { workspaceUrl: "https://acme.slack.com/", approvalsChannelId: APPROVALS };
const CARD = { channelId: "DDANA0001", ts: "1764000000.000001" };
const NOT_APPROVER = { kind: "refused", code: "not_approver", about: { approvers: APPROVERS } } as const;
const NOT_CHECKED = { kind: "refused", code: "not_checked", about: {} } as const;

const NOBODY = { looked: { ids: [], isAmong: () => false }, mayDecide: false, mayBreakGlass: false };
const STRICT = policyFromSettings({
  approvalFor: ["admin", "editor-all"],
  approvers: APPROVERS,
  requesters: null,
  maxKeysPerUser: 20,
});

type Shown = { readerId: string } & Omit<Drawing, "policy" | "links">;

function home(changes: Partial<HomeContents> = {}, drawing: Partial<Shown> = {}, userId = DANA): Shown {
  const viewer = {
    kind: "viewer",
    userId,
    ids: [userId],
    isApprover: userId === ANN,
    policy: STRICT,
    ...NOBODY,
    whyOwn: NOT_APPROVER,
  } as const;
  const none = { page: [], count: 0, hasOlder: false, hasNewer: false };
  const contents: HomeContents = {
    viewer,
    look: FIRST_LOOK,
    at: NOW,
    toDecide: { requests: [], count: 0 },
    open: [],
    unsettled: [],
    keys: none,
    ...changes,
  };
  return { readerId: userId, contents, whyOwn: null, said: null, isFirst: false, ...drawing };
}

function onCall(shown: Shown): Shown {
  const { contents } = shown;
  return { ...shown, contents: { ...contents, viewer: { ...contents.viewer, mayBreakGlass: true } } };
}

const LIVE = KEY_STATES.live[""];
const NARROWING = { kind: "narrowing" as const, to: READ_ONLY, attemptId: "attempt-1", at: NOW, isBeside: false };
const KEYS = Array.from({ length: 17 }, (_, at) =>
  key(LIVE, {
    keyName: `service-${String(17 - at).padStart(2, "0")}`,
    accessKeyId: `${ADMIN_KEY_ID.slice(0, -2)}${at + 10}`,
    access: at % 3 === 0 ? EDITOR : READ_ONLY,
    madeAt: NOW - at * 86_400_000,
    ...(at === 3 ? { pause: PAUSES.paused.owner } : {}),
    ...(at === 4 ? { accessChange: NARROWING } : {}),
  }),
);
const ANNS = KEYS.slice(0, 2).map((one) => ({ ...one, ownerId: ANN }));
const OTHERS = KEYS.map((one, at) => ({ ...one, ownerId: at % 2 === 0 ? DANA : BOB }));
const pageOf = (keys: Key[], from = 0) => ({
  page: keys.slice(from, from + 10),
  count: keys.length,
  hasOlder: from + 10 < keys.length,
  hasNewer: from > 0,
});

const placed = (one: Request, id: string) => ({ request: { ...one, id }, card: CARD, dmChannelId: CARD.channelId });
const open = (one: Request, id: string, own: Key | null = null) => ({ ...placed(one, id), key: own });
const OFF = key(KEY_STATES.off["secret shown"], DEPLOY);

const OPEN = [
  open(request(REQUEST_STATES.approved["by a person"], UNASKED), "request-1"),
  open(request(REQUEST_STATES.approved.lost, { asked: ASKED.key }), "request-2"),
  open(request(REQUEST_STATES.approved["by a person"], { asked: ASKED.resume }), "request-3"),
  open(request(REQUEST_STATES.delivered[""]), "request-4", OFF),
  open(request(REQUEST_STATES.delivered["refused by Tigris"]), "request-5", OFF),
  open(request(REQUEST_STATES.pending[""]), "request-6"),
];

const unsettled = (one: Key, id: string) => ({
  key: { ...one, accessKeyId: id },
  card: CARD,
  dmChannelId: CARD.channelId,
});
const UNSETTLED = [
  unsettled(key(KEY_STATES.secret_unknown[""]), "tid_1"),
  unsettled(key(KEY_STATES.switching_on[""]), "tid_2"),
  unsettled(key(LIVE, { pause: PAUSES.pausing["by its owner"] }), "tid_3"),
  unsettled(key(LIVE, { pause: PAUSES.resuming[""] }), "tid_4"),
  unsettled(key(LIVE, { accessChange: NARROWING }), "tid_6"),
  unsettled(key(KEY_STATES.deleting["by its owner"]), "tid_5"),
];

const TO_DECIDE = {
  requests: [
    placed(request(REQUEST_STATES.pending[""]), "request-7"),
    placed(request(REQUEST_STATES.pending[""], { asked: ASKED.secret, requesterId: BOB }), "request-8"),
  ],
  count: 2,
};

const named = (keyName: string, days: number, more: Partial<Key> = {}) =>
  key(LIVE, { keyName, accessKeyId: `tid_${keyName}`, madeAt: NOW - days * 86_400_000, ...more });
const A_FEW = [
  named("thumbnails", 1, { access: EDITOR }),
  named("log-reader", 12),
  named("media-sync", 40, { access: EDITOR, pause: PAUSES.paused.owner }),
  { ...named("nightly-backup", 96), state: KEY_STATES.secret_unknown[""] },
];

const EVERYBODY: HomeLook = { ...FIRST_LOOK, whose: "everybody" };
const NARROWED: HomeLook = { ...EVERYBODY, search: "service", ownerId: BOB, permission: "Editor", bucket: "builds" };

const HOMES: States<Shown> = {
  "opened for the first time": home({}, { isFirst: true }),
  "what waits and what needs something": home({ open: OPEN, unsettled: UNSETTLED, keys: pageOf(KEYS.slice(0, 4)) }),
  "one page of keys": home({ keys: pageOf(KEYS.slice(0, 4)) }),
  "something of each": home({
    open: OPEN.slice(0, 1),
    unsettled: A_FEW.slice(3).map((one) => unsettled(one, one.accessKeyId)),
    keys: pageOf(A_FEW),
  }),
  "of somebody on call": onCall(home({ keys: pageOf(KEYS.slice(0, 4)) })),
  "17 keys": home({ keys: pageOf(KEYS) }),
  "17 keys, the second page": home({ keys: pageOf(KEYS, 10) }),
  "a search": home({ look: { ...FIRST_LOOK, search: "service-1" }, keys: pageOf(KEYS.slice(0, 8)) }),
  "a search in vain": home({ look: { ...FIRST_LOOK, search: "nosuch" } }),
  "something was done": home(
    { keys: pageOf(KEYS.slice(0, 4)) },
    { said: ["You paused service-17: it works nowhere."] },
  ),
  "an approver, with something to decide": home({ toDecide: TO_DECIDE, keys: pageOf(ANNS) }, {}, ANN),
  "an approver, with much to decide": home({ toDecide: { ...TO_DECIDE, count: 12 } }, {}, ANN),
  "everybody's keys": home({ look: EVERYBODY, keys: pageOf(OTHERS) }, {}, ANN),
  "everybody's keys, over 1,000": home({ look: EVERYBODY, keys: { ...pageOf(OTHERS), count: 1_001 } }, {}, ANN),
  "everybody's keys, narrowed": home({ look: NARROWED, keys: pageOf(OTHERS.filter((_, at) => at % 2 === 1)) }, {}, ANN),
  "everybody's keys, narrowed in vain": home({ look: NARROWED }, {}, ANN),
  "nobody has a key": home({ look: EVERYBODY }, {}, ANN),
  "no approver any more": home({ keys: pageOf(KEYS.slice(0, 2)) }, { whyOwn: NOT_APPROVER }),
  "nobody can say whether an approver": home({ keys: pageOf(KEYS.slice(0, 2)) }, { whyOwn: NOT_CHECKED }),
};

/** The App Home of somebody, and what those read who may not use the bot. */
export function homes(): Entry[] {
  return [
    ...entriesOf("App Home", HOMES, ({ readerId, ...shown }) => ({
      kind: "home",
      readerId,
      view: appHomeView({ ...shown, policy: STRICT, links: LINKS }),
    })),
    ...entriesOf(
      "App Home",
      { "a guest": { kind: "refused", code: "guest", about: {} } as const, "nobody can say who it is": NOT_CHECKED },
      (refusal) => ({ kind: "home", readerId: DANA, view: closedHomeView(refusal) }),
    ),
  ];
}
