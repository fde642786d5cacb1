import type { Policy, Rule } from "../../src/domain/policy/rule";
import { policyChangedMessage } from "../../src/slack/policy-change/view";
import { type Entry, entriesOf } from "./entry";
import { ANN, APPROVERS, BOB, minutesAgo } from "./records";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ADMIN: Rule = {
  name: "admin",
  when: { permissions: ["Admin"], buckets: null, allBuckets: false },
  ask: null,
  decide: { people: APPROVERS, count: 1 },
  lasts: { defaultMs: DAY, longestMs: 7 * DAY },
  escalate: null,
};
const PRODUCTION: Rule = {
  name: "production data",
  when: { permissions: ["Editor", "ReadOnly"], buckets: ["prod-*", "billing"], allBuckets: true },
  ask: { users: [BOB], groups: [] },
  decide: { people: { users: [ANN, BOB], groups: [] }, count: 2 },
  lasts: { defaultMs: 7 * DAY, longestMs: 30 * DAY },
  escalate: { afterMs: HOUR / 2, to: APPROVERS },
};
const REST: Rule = {
  name: "everything else",
  when: { permissions: ["Editor", "ReadOnly"], buckets: null, allBuckets: false },
  ask: null,
  decide: null,
  lasts: null,
  escalate: null,
};
const BEFORE: Policy = { rules: [ADMIN, REST], maxKeysPerUser: 20, breakGlass: null };
const CHANGED: Policy = {
  rules: [
    PRODUCTION,
    REST,
    { ...ADMIN, decide: { people: APPROVERS, count: 2 }, lasts: { defaultMs: null, longestMs: null } },
  ],
  maxKeysPerUser: 10,
  breakGlass: { who: APPROVERS, lastsMs: 4 * HOUR, tellChannelId: "CGENERAL1" },
};
const MANY: Policy = {
  ...BEFORE,
  rules: [...BEFORE.rules, ...Array.from({ length: 30 }, (_, at) => ({ ...PRODUCTION, name: `team ${at + 1}` }))],
};

const LOADED = {
  digest: "5f7a0c9e1d2b3a4f5f7a0c9e1d2b3a4f5f7a0c9e1d2b3a4f5f7a0c9e1d2b3a4f",
  text: "",
  loadedBy: "sighup",
  loader: "keybot-1/7",
  loadedAt: minutesAgo(1),
  replacedAt: null,
} as const;

/** What the approvals channel reads when another policy is in force. */
export function policies(): Entry[] {
  const states = {
    "the first one": { before: null, after: CHANGED, isFirst: true },
    "much changed": { before: BEFORE, after: CHANGED, isFirst: false },
    "changed back": { before: CHANGED, after: BEFORE, isFirst: false },
    "many rules more": { before: BEFORE, after: MANY, isFirst: false },
    "nothing that counts": { before: BEFORE, after: BEFORE, isFirst: false },
    "not to be read": { before: null, after: BEFORE, isFirst: false },
  };
  return entriesOf("Policies in the approvals channel", states, (changed) => ({
    kind: "message",
    place: "approvals",
    isEphemeral: false,
    readerId: ANN,
    message: policyChangedMessage(LOADED, changed),
  }));
}
