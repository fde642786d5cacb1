import fc from "fast-check";
import { PERMISSIONS } from "../../src/domain/permission";
import type { Refusal, RefusalData } from "../../src/domain/refusal";
import { anyRequest, hostile, people, slackId } from "./hostile";
import { anyKey, deleted, hold } from "./hostile-keys";

const nothing = fc.constant({});
const named = fc.record({ keyName: hostile() });
const aboutRequest = fc.record({ request: anyRequest });
const most = fc.record({ max: fc.nat() });
const saidByTigris = fc.record({ keyName: hostile(), tigrisCode: hostile(), reference: fc.constant("K7QM2XAB") });

const patterns = fc.oneof(fc.constant("any" as const), fc.array(hostile(80), { maxLength: 60 }));

const REFUSALS: { [Code in keyof RefusalData]: fc.Arbitrary<RefusalData[Code]> } = {
  not_checked: nothing,
  look_refused: fc.record({ slackCode: hostile() }),
  outsider: nothing,
  guest: nothing,
  bot: nothing,
  deactivated: nothing,
  not_requester: fc.record({ requesters: people, rule: fc.option(hostile(60)) }),
  not_decider: fc.record({ deciders: fc.array(fc.record({ rule: hostile(60), people }), { maxLength: 3 }) }),
  nobody_decides: nothing,
  already_voted: fc.record({ request: anyRequest }),
  no_rule: fc.record({
    permission: fc.constantFrom(...PERMISSIONS),
    buckets: fc.oneof(fc.constant("all" as const), fc.array(hostile(80), { maxLength: 60 })),
    instead: fc.record({
      buckets: patterns,
      permissions: fc.subarray([...PERMISSIONS]),
      lower: fc.option(fc.record({ permission: fc.constantFrom(...PERMISSIONS), buckets: patterns })),
    }),
  }),
  no_break_glass: nothing,
  may_not_break_glass: fc.record({ who: people }),
  glass_never_admin: nothing,
  glass_is_broken: named,
  already_reviewed: fc.record({ by: fc.array(slackId, { minLength: 1, maxLength: 3 }) }),
  reviewed_by_you: fc.record({ left: fc.nat() }),
  key_ended: fc.record({ keyName: hostile(), canExtend: fc.boolean() }),
  no_end: named,
  end_is_final: named,
  extension_needs_approval: named,
  less_not_theirs: fc.record({ requesterId: slackId, rule: hostile(60) }),
  waits_again: fc.record({
    keyName: hostile(),
    why: fc.oneof(
      fc.record({ kind: fc.constant("approver_lost" as const), approverId: slackId }),
      fc.constant({ kind: "policy_changed" as const }),
    ),
  }),
  not_approver: fc.record({ approvers: people }),
  own_request: nothing,
  no_other_approver: fc.record({ rule: hostile(60), people, count: fc.nat(), others: fc.nat() }),
  not_yours: fc.record({ of: fc.constantFrom("request" as const, "key" as const, "delivery" as const) }),
  unknown_request: nothing,
  unknown_key: nothing,
  no_such_key: fc.record({ named: hostile() }),
  gone_at_tigris: named,
  quota: most,
  too_many_waiting: most,
  too_many_asked: most,
  too_many_reports: fc.record({ max: fc.nat(), approvers: people }),
  buckets_unknown: nothing,
  channel_unfit: fc.record({
    channel: fc.record({
      code: fc.constantFrom("not_member" as const, "not_found" as const, "archived" as const, "shared" as const),
      channelId: slackId,
    }),
  }),
  dm_unavailable: fc.record({ slackCode: hostile() }),
  dm_takes_no_post: fc.record({ slackCode: hostile() }),
  lapsed: nothing,
  reminded_lately: fc.record({ keyName: hostile(), from: fc.nat() }),
  already_decided: aboutRequest,
  already_ended: aboutRequest,
  already_made: aboutRequest,
  secret_shown: aboutRequest,
  not_approved: aboutRequest,
  being_made: fc.record({ request: anyRequest, tried: fc.constantFrom("cancel" as const, "reveal" as const) }),
  past_withdrawal: aboutRequest,
  not_less: fc.record({ request: anyRequest }),
  approver_lost: fc.record({ approverId: slackId }),
  policy_changed: nothing,
  secret_needs_approval: named,
  already_asked: named,
  requester_gone: fc.record({ requesterId: slackId }),
  key_off: named,
  key_switching_on: named,
  already_on: named,
  key_paused: named,
  already_paused: named,
  pause_unconfirmed: named,
  not_paused: named,
  held_by_other: hold.chain(({ kind: holds, byId }) =>
    fc.record({ keyName: hostile(), byId: fc.constant(byId), kind: fc.constant(holds) }),
  ),
  no_overlap: named,
  overlap_open: named,
  not_followed: named,
  follower_off: named,
  resume_needs_approval: named,
  deletion_paused: fc.record({ keyName: hostile(), max: fc.nat() }),
  key_rotating: named,
  key_deleting: fc.record({
    keyName: hostile(),
    byId: fc.option(slackId),
    why: fc.constantFrom("asked" as const, "never_on" as const, "ended" as const, "replaced" as const),
  }),
  already_deleted: deleted.chain(({ byId, why, at: when }) =>
    fc.record({ keyName: hostile(), byId: fc.constant(byId), why: fc.constant(why), at: fc.constant(when) }),
  ),
  older_secret: named,
  secret_unknown: named,
  same_click: named,
  somebody_was_faster: fc.record({ request: fc.option(anyRequest), key: fc.option(anyKey) }),
  delivery_open: nothing,
  delivery_uncertain: nothing,
  not_delivered: named,
  not_confirmed: named,
  held_up: named,
  lease_lost: named,
  key_refused: saidByTigris,
  key_lost: named,
  all_buckets_refused: named,
  switch_refused: saidByTigris,
  switch_over: named,
  switch_unanswered: named,
  access_is_same: named,
  access_is_final: named,
  narrowing_open: named,
  narrowing_unconfirmed: named,
  widening_refused: saidByTigris,
  widening_unanswered: named,
  access_refused_all: named,
  resume_refused: saidByTigris,
  resume_unanswered: named,
  rotation_refused: saidByTigris,
  rotation_lost: fc.record({ keyName: hostile(), isAskedFor: fc.boolean() }),
  deletion_unconfirmed: named,
  grant_in_flight: named,
  made_unknown: nothing,
  made_gone: fc.record({ accessKeyId: hostile() }),
};

/** Every refusal, with anything where people, Slack or Tigris have written. */
export const anyRefusal: fc.Arbitrary<Refusal> = fc.oneof(
  ...Object.entries(REFUSALS).map(([code, abouts]) =>
    (abouts as fc.Arbitrary<unknown>).map((about) => ({ kind: "refused", code, about }) as Refusal),
  ),
);
