import type { RefusalData } from "../../src/domain/refusal";
import type { States } from "./entry";
import { ANN, APPROVALS, APPROVERS, BOB, DANA, KEY_ID, key, minutesAgo, request, UNASKED } from "./records";
import { KEY_STATES, REQUEST_STATES } from "./states";

const keyName = "ci-uploader";
const reference = "FYHK4GWA";
const named: States<{ keyName: string }> = { "": { keyName } };
const alone: States<Record<never, never>> = { "": {} };
const saidByTigris = { "": { keyName, tigrisCode: "AccessDenied", reference } };
const slackSaid = { "": { slackCode: "missing_scope" }, "slack is busy": { slackCode: "ratelimited" } };
const [denied, withdrawn, pending, making, delivered] = [
  request(REQUEST_STATES.denied[""]),
  request(REQUEST_STATES.withdrawn[""]),
  request(REQUEST_STATES.pending[""]),
  request(REQUEST_STATES.making[""]),
  request(REQUEST_STATES.delivered[""]),
];
const made = request(REQUEST_STATES.made[""], UNASKED);

/** Every ordinary no, each with what it may be about. */
export const REFUSALS: { [Code in keyof RefusalData]: States<RefusalData[Code]> } = {
  not_checked: alone,
  look_refused: slackSaid,
  outsider: alone,
  guest: alone,
  bot: alone,
  deactivated: alone,
  not_requester: {
    "": { requesters: { users: [DANA], groups: [] }, rule: null },
    "by a rule": { requesters: { users: [DANA], groups: [] }, rule: "production data" },
  },
  not_decider: {
    "": { deciders: [{ rule: "admin", people: APPROVERS }] },
    "by two rules": {
      deciders: [
        { rule: "production data", people: APPROVERS },
        { rule: "admin", people: { users: [DANA], groups: [] } },
      ],
    },
  },
  nobody_decides: alone,
  already_voted: { "": { request: pending } },
  no_rule: {
    "one bucket": {
      permission: "Editor",
      buckets: ["builds"],
      instead: { buckets: ["prod-*"], permissions: ["ReadOnly"], lower: null },
    },
    "all buckets": { permission: "Editor", buckets: "all", instead: { buckets: "any", permissions: [], lower: null } },
    Admin: {
      permission: "Admin",
      buckets: "all",
      instead: { buckets: [], permissions: [], lower: { permission: "Editor", buckets: ["prod-*"] } },
    },
    "nothing instead": { permission: "Admin", buckets: "all", instead: { buckets: [], permissions: [], lower: null } },
  },
  no_break_glass: alone,
  may_not_break_glass: { "": { who: { users: [BOB], groups: [] } } },
  glass_never_admin: alone,
  glass_is_broken: { "": { keyName: "deploy" } },
  already_reviewed: { "": { by: [ANN, BOB] } },
  reviewed_by_you: { "": { left: 1 } },
  key_ended: { "": { keyName, at: minutesAgo(20) } },
  less_not_theirs: { "": { requesterId: DANA, rule: "production data" } },
  waits_again: {
    "a vote lost": { keyName: "deploy", why: { kind: "approver_lost", approverId: ANN } },
    "new rules": { keyName: "deploy", why: { kind: "policy_changed" } },
  },
  not_approver: { "": { approvers: APPROVERS } },
  own_request: alone,
  no_other_approver: {
    "": { rule: "admin", people: APPROVERS, count: 1, others: 0 },
    "one of two": { rule: "admin", people: APPROVERS, count: 2, others: 1 },
  },
  not_yours: { request: { of: "request" }, key: { of: "key" }, delivery: { of: "delivery" } },
  unknown_request: alone,
  unknown_key: alone,
  no_such_key: { "": { named: "nosuch" } },
  gone_at_tigris: named,
  quota: { "": { max: 20 } },
  too_many_waiting: { "": { max: 5 } },
  too_many_asked: { "": { max: 10 } },
  too_many_reports: { "": { max: 3, approvers: APPROVERS } },
  buckets_unknown: alone,
  channel_unfit: {
    "not member": { channel: { code: "not_member", channelId: APPROVALS } },
    "not found": { channel: { code: "not_found", channelId: APPROVALS } },
    archived: { channel: { code: "archived", channelId: APPROVALS } },
    shared: { channel: { code: "shared", channelId: APPROVALS } },
  },
  dm_unavailable: slackSaid,
  dm_takes_no_post: {
    "messages tab off": { slackCode: "messages_tab_disabled" },
    "slack is busy": { slackCode: "ratelimited" },
    "no such channel": { slackCode: "channel_not_found" },
  },
  lapsed: alone,
  not_less: { "": { request: pending } },
  reminded_lately: { "": { keyName: "deploy", from: pending.askedAt + 3_600_000 } },
  already_decided: { denied: { request: denied }, withdrawn: { request: withdrawn } },
  already_ended: { "": { request: withdrawn } },
  already_made: { "": { request: made } },
  secret_shown: { "": { request: delivered } },
  not_approved: { "": { request: pending } },
  being_made: { cancel: { request: making, tried: "cancel" }, reveal: { request: making, tried: "reveal" } },
  past_withdrawal: { "": { request: made } },
  approver_lost: { "": { approverId: ANN } },
  policy_changed: alone,
  secret_needs_approval: named,
  already_asked: named,
  requester_gone: { "": { requesterId: DANA } },
  key_off: named,
  key_switching_on: named,
  already_on: named,
  key_paused: named,
  already_paused: named,
  pause_unconfirmed: named,
  not_paused: named,
  held_by_other: {
    owner: { keyName, byId: DANA, kind: "owner" },
    approver: { keyName, byId: ANN, kind: "approver" },
    bot: { keyName, byId: "bot", kind: "bot" },
  },
  resume_needs_approval: named,
  deletion_paused: { "": { keyName, max: 20 } },
  key_rotating: named,
  grant_in_flight: named,
  key_deleting: { "": { keyName, byId: ANN }, "never on": { keyName, byId: null } },
  already_deleted: {
    asked: { keyName, byId: ANN, why: "asked", at: minutesAgo(3) },
    "never on": { keyName, byId: null, why: "never_on", at: minutesAgo(3) },
    gone: { keyName, byId: null, why: "gone", at: minutesAgo(3) },
  },
  older_secret: named,
  secret_unknown: named,
  same_click: named,
  somebody_was_faster: {
    "": { request: null, key: null },
    "to a request": { request: denied, key: null },
    "to a key": { request: null, key: key(KEY_STATES.live[""]) },
  },
  delivery_open: alone,
  delivery_uncertain: alone,
  not_delivered: named,
  not_confirmed: named,
  held_up: named,
  lease_lost: named,
  key_refused: saidByTigris,
  key_lost: named,
  all_buckets_refused: named,
  switch_refused: saidByTigris,
  switch_unanswered: named,
  switch_over: named,
  resume_refused: saidByTigris,
  resume_unanswered: named,
  rotation_refused: saidByTigris,
  rotation_lost: { "": { keyName, isAskedFor: false }, "by a request": { keyName, isAskedFor: true } },
  deletion_unconfirmed: named,
  made_unknown: alone,
  made_gone: { "": { accessKeyId: KEY_ID } },
};
