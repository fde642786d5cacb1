import { type Deleted, type Hold, type KeyKind, type KeyState, NO_PAUSE, type Pause } from "../../src/domain/key";
import type { Approval, Lapsed, RequestKind, RequestState, RevealFailure } from "../../src/domain/request";
import { mapped, type States } from "./entry";
import {
  ADMIN_KEY_ID,
  ANN,
  BOB,
  BY_ANN,
  BY_GLASS,
  BY_POLICY,
  DANA,
  DENIAL,
  inHours,
  LESS_BY_ANN,
  minutesAgo,
  PENDING,
  TEAM_RULE,
} from "./records";

const usable = (approval: Approval) => ({ approval, lapsesAt: inHours(22), isExtended: false });

/** Why the last try gave nothing, each once. */
const FAILURES: { [Why in RevealFailure["why"]]: RevealFailure } = {
  refused: { why: "refused", detail: "AccessDenied", at: minutesAgo(2) },
  lost: { why: "lost", detail: "no_answer", at: minutesAgo(2) },
  not_delivered: { why: "not_delivered", detail: "messages_tab_disabled", at: minutesAgo(2) },
  interrupted: { why: "interrupted", detail: null, at: minutesAgo(2) },
  ambiguous: { why: "ambiguous", detail: null, at: minutesAgo(2) },
};

const LAPSES: { [Why in Lapsed["why"]]: Lapsed } = {
  undecided: { kind: "lapsed", why: "undecided", approval: null, at: minutesAgo(1) },
  unused: { kind: "lapsed", why: "unused", approval: BY_ANN, at: minutesAgo(1) },
  key_gone: { kind: "lapsed", why: "key_gone", approval: BY_ANN, at: minutesAgo(1) },
  approver_lost: { kind: "lapsed", why: "approver_lost", approval: BY_ANN, at: minutesAgo(1) },
  policy_changed: { kind: "lapsed", why: "policy_changed", approval: BY_POLICY, at: minutesAgo(1) },
  no_rule: { kind: "lapsed", why: "no_rule", approval: BY_ANN, at: minutesAgo(1) },
  all_buckets_refused: { kind: "lapsed", why: "all_buckets_refused", approval: BY_ANN, at: minutesAgo(1) },
  may_not_break_glass: { kind: "lapsed", why: "may_not_break_glass", approval: BY_GLASS, at: minutesAgo(1) },
};

const DELIVERED = {
  kind: "delivered",
  ...usable(BY_ANN),
  accessKeyId: ADMIN_KEY_ID,
  at: minutesAgo(8),
  refusal: null,
  named: "not_yet",
} as const;

const HELD = { accessKeyId: ADMIN_KEY_ID, at: minutesAgo(60), refusal: null };
const LESS = { permission: "Editor", buckets: { kind: "named", names: ["builds"] } } as const;

/** Every state of a request; some in several shapes. */
export const REQUEST_STATES = {
  pending: {
    "": { ...PENDING, lapsesAt: inHours(23) },
    "asked again": { ...PENDING, lapsesAt: inHours(20), reminded: "first", askedAgainAt: minutesAgo(9) },
    "narrowed, one of two": {
      ...PENDING,
      votes: [{ approverId: ANN, at: minutesAgo(9), rules: [TEAM_RULE.name] }],
      narrowed: LESS,
      ruling: { ...PENDING.ruling, rules: [TEAM_RULE.name] },
    },
    "again, a vote lost": {
      ...PENDING,
      back: { why: { kind: "approver_lost", approverId: ANN }, at: minutesAgo(9), held: HELD },
    },
    "again, by new rules": { ...PENDING, back: { why: { kind: "policy_changed" }, at: minutesAgo(9), held: null } },
  },
  approved: {
    "by a person": { kind: "approved", ...usable(BY_ANN), failure: null },
    "with less": { kind: "approved", ...usable(LESS_BY_ANN), failure: null },
    "by a broken glass": { kind: "approved", ...usable(BY_GLASS), lapsesAt: inHours(4), failure: null },
    ...mapped(FAILURES, (failure) => ({ kind: "approved" as const, ...usable(BY_ANN), failure })),
  },
  making: { "": { kind: "making", ...usable(BY_ANN) } },
  delivered: {
    "": DELIVERED,
    "still off, reminded": { ...DELIVERED, named: "first" },
    "of a broken glass": { ...DELIVERED, ...usable(BY_GLASS), lapsesAt: inHours(4) },
    "refused by Tigris": { ...DELIVERED, refusal: { tigrisCode: "AccessDenied", at: minutesAgo(1) } },
  },
  made: { "": { kind: "made", approval: BY_ANN, accessKeyId: ADMIN_KEY_ID, at: minutesAgo(5) } },
  denied: { "": { kind: "denied", approverId: ANN, at: minutesAgo(3), reason: DENIAL } },
  cancelled: { "": { kind: "cancelled", at: minutesAgo(3) } },
  withdrawn: { "": { kind: "withdrawn", approval: BY_ANN, approverId: BOB, at: minutesAgo(3) } },
  lapsed: LAPSES,
  requester_gone: { "": { kind: "requester_gone", approval: BY_ANN, at: minutesAgo(3) } },
} satisfies { [Kind in RequestKind]: States<Extract<RequestState, { kind: Kind }>> };

const LIVE = { kind: "live", secret: { kind: "confirmed", at: minutesAgo(5) } } as const;
const SWITCHING = {
  kind: "switching_on",
  at: minutesAgo(1),
  until: minutesAgo(-59),
  shownAt: minutesAgo(8),
  isUnanswered: false,
} as const;

const DELETIONS: { [Why in Deleted["why"]]: Deleted } = {
  asked: { kind: "deleted", byId: DANA, why: "asked", at: minutesAgo(1) },
  never_on: { kind: "deleted", byId: null, why: "never_on", at: minutesAgo(1) },
  ended: { kind: "deleted", byId: null, why: "ended", at: minutesAgo(1) },
  replaced: { kind: "deleted", byId: null, why: "replaced", at: minutesAgo(1) },
  left: { kind: "deleted", byId: null, why: "left", at: minutesAgo(1) },
  gone: { kind: "deleted", byId: null, why: "gone", at: minutesAgo(1) },
};

/** Every state of a key; some in several shapes. */
export const KEY_STATES = {
  off: {
    "secret shown": { kind: "off", shownAt: minutesAgo(8) },
    "secret not confirmed": { kind: "off", shownAt: null },
  },
  switching_on: { "": SWITCHING, "without an answer": { ...SWITCHING, isUnanswered: true } },
  live: {
    "": LIVE,
    "new secret not confirmed": { kind: "live", secret: { kind: "unconfirmed", cover: null } },
    "taken over": { kind: "live", secret: { kind: "left_behind", byId: BOB, at: minutesAgo(3) } },
  },
  rotating: { "": { kind: "rotating", before: LIVE } },
  secret_unknown: { "": { kind: "secret_unknown", at: minutesAgo(4), cover: null } },
  deleting: {
    "by its owner": { kind: "deleting", byId: DANA, why: "asked", at: minutesAgo(1) },
    "by an approver": { kind: "deleting", byId: ANN, why: "asked", at: minutesAgo(1) },
    "never on": { kind: "deleting", byId: null, why: "never_on", at: minutesAgo(1) },
    ended: { kind: "deleting", byId: null, why: "ended", at: minutesAgo(1) },
    replaced: { kind: "deleting", byId: null, why: "replaced", at: minutesAgo(1) },
    left: { kind: "deleting", byId: null, why: "left", at: minutesAgo(1) },
  },
  deleted: { ...DELETIONS, "by an approver": { kind: "deleted", byId: ANN, why: "asked", at: minutesAgo(1) } },
} satisfies { [Kind in KeyKind]: States<Extract<KeyState, { kind: Kind }>> };

const HOLDS: { [Kind in Hold["kind"]]: Hold } = {
  owner: { kind: "owner", byId: DANA, at: minutesAgo(6) },
  approver: { kind: "approver", byId: ANN, at: minutesAgo(6) },
  bot: { kind: "bot", byId: "bot", at: minutesAgo(6) },
  end: { kind: "end", byId: "bot", at: minutesAgo(6) },
  overlap: { kind: "overlap", byId: "bot", at: minutesAgo(6) },
  leaver: { kind: "leaver", byId: "bot", at: minutesAgo(6), deletesAt: null },
};

const paused = (stands: Pause["stands"], ...holds: Hold[]): Pause => ({ ...NO_PAUSE, stands, holds });

/** Every way in which a key is kept from working; a key that is not has none. */
export const PAUSES = {
  none: {},
  pausing: { "by its owner": paused("pausing", HOLDS.owner) },
  paused: {
    ...mapped(HOLDS, (hold) => paused("paused", hold)),
    "owner and approver": paused("paused", HOLDS.owner, HOLDS.approver),
    "overlap and approver": paused("paused", HOLDS.overlap, HOLDS.approver),
  },
  resuming: { "": paused("resuming") },
} satisfies { [Stands in Pause["stands"]]: States<Pause> };
