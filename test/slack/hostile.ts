import fc from "fast-check";
import type { FieldProblem } from "../../src/domain/input-rules";
import type { Deleted, Key, KeyState, Live, SecretUnknown } from "../../src/domain/key";
import { type Access, ENDPOINTS } from "../../src/domain/permission";
import type { Refusal, RefusalData } from "../../src/domain/refusal";
import type { Approval, Request, RequestState, RevealFailure } from "../../src/domain/request";
import type { Part, Sentence } from "../../src/slack/words/sentence";

/** What people would type to mention, link, format, hide or overflow. */
const ATTACKS = [
  "<!channel>",
  "<!subteam^S1>",
  "<@UANN>",
  "<https://evil.example|https://t3.storage.dev>",
  "https://evil.example",
  "*bold* _italic_ ~struck~ `code` ```block```",
  "&amp;&lt;!here&gt;",
  ":rotating_light:",
  "\u202Egnp.exe",
  "\u200B\u0000\u0007",
  "👩‍👩‍👧‍👦",
  "\uD800",
  "line\nline",
  "",
];

const piece = fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: "binary", maxLength: 30 }));

/** Text of up to `maxLength` UTF-16 units, often one that attacks. */
export function hostile(maxLength = 4_000): fc.Arbitrary<string> {
  const long = fc.tuple(piece, fc.integer({ min: 0, max: maxLength })).map(([text, times]) => text.repeat(times));
  return fc.oneof({ weight: 4, arbitrary: piece }, long).map((text) => text.slice(0, maxLength));
}

export const slackId = fc.constantFrom("UDEV", "UANN", "U0123ABCD", "W1");
const id = fc.stringMatching(/^[\w-]{1,100}$/);
const at = fc.integer({ min: 0, max: 4_000_000_000_000 });

const access: fc.Arbitrary<Access> = fc.oneof(
  fc.constant<Access>({ permission: "Admin", buckets: { kind: "all" } }),
  fc.record({
    permission: fc.constantFrom("ReadOnly" as const, "Editor" as const),
    buckets: fc.oneof(
      fc.constant({ kind: "all" as const }),
      fc.record({ kind: fc.constant("named" as const), names: fc.array(hostile(150), { maxLength: 60 }) }),
    ),
  }),
);

const approval: fc.Arbitrary<Approval> = fc.record({
  by: fc.oneof(
    fc.constant({ kind: "policy" as const }),
    fc.record({ kind: fc.constant("person" as const), approverId: slackId }),
  ),
  at,
});
const failure: fc.Arbitrary<RevealFailure> = fc.record({
  why: fc.constantFrom(
    "refused" as const,
    "lost" as const,
    "not_delivered" as const,
    "interrupted" as const,
    "ambiguous" as const,
  ),
  detail: fc.option(hostile()),
  at,
});
const kind = <Kind extends string>(name: Kind): fc.Arbitrary<Kind> => fc.constant(name);

const requestState: fc.Arbitrary<RequestState> = fc.oneof(
  fc.record({ kind: kind("pending"), lapsesAt: at }),
  fc.record({ kind: kind("approved"), approval, lapsesAt: at, failure: fc.option(failure) }),
  fc.record({ kind: kind("making"), approval, lapsesAt: at, failure: fc.option(failure) }),
  fc.record({ kind: kind("made"), approval, accessKeyId: id, at }),
  fc.record({ kind: kind("denied"), approverId: slackId, at, reason: hostile() }),
  fc.record({ kind: kind("cancelled"), at }),
  fc.record({ kind: kind("withdrawn"), approval, approverId: slackId, at }),
  fc.record({
    kind: kind("lapsed"),
    why: fc.constantFrom("undecided" as const, "unused" as const, "approver_lost" as const, "policy_changed" as const),
    approval: fc.option(approval),
    at,
  }),
  fc.record({ kind: kind("requester_gone"), approval: fc.option(approval), at }),
);

const endpoint = fc.constantFrom(...ENDPOINTS);

/** A request in any state, with anything where people type. */
export const anyRequest: fc.Arbitrary<Request> = fc.record({
  id,
  reference: fc.constant("K7QM2XAB"),
  requesterId: slackId,
  asked: fc.oneof(
    fc.record({ kind: kind("key"), keyName: hostile(), access, endpoint }),
    fc.record({ kind: kind("secret"), accessKeyId: id, keyName: hostile(), access, endpoint }),
  ),
  reason: fc.option(hostile()),
  needsApproval: fc.boolean(),
  askedAt: at,
  attempts: fc.nat(),
  version: fc.nat(),
  state: requestState,
});

const cover = fc.option(fc.record({ approverId: slackId, until: at }));
const live: fc.Arbitrary<Live> = fc.record({
  kind: kind("live"),
  secret: fc.oneof(fc.record({ kind: kind("unconfirmed"), cover }), fc.record({ kind: kind("confirmed"), at })),
});
const secretUnknown: fc.Arbitrary<SecretUnknown> = fc.record({ kind: kind("secret_unknown"), at, cover });
const deleted: fc.Arbitrary<Deleted> = fc.record({ kind: kind("deleted"), byId: fc.option(slackId), at });

const keyState: fc.Arbitrary<KeyState> = fc.oneof(
  live,
  secretUnknown,
  deleted,
  fc.record({ kind: kind("rotating"), before: fc.oneof(live, secretUnknown) }),
  fc.record({ kind: kind("deletion_held"), before: fc.oneof(live, secretUnknown), byId: slackId, at }),
  fc.record({ kind: kind("deleting"), byId: slackId, at }),
);

export const anyKey: fc.Arbitrary<Key> = fc.record({
  accessKeyId: id,
  requestId: id,
  reference: fc.constant("K7QM2XAB"),
  ownerId: slackId,
  keyName: hostile(),
  tigrisName: hostile(),
  access,
  endpoint,
  madeAt: at,
  deliveryId: id,
  state: keyState,
  version: fc.nat(),
});

const part: fc.Arbitrary<Part> = fc.oneof(
  hostile(),
  fc.record({ kind: fc.constantFrom("bold" as const, "code" as const), text: hostile() }),
  fc.record({ kind: fc.constantFrom("user" as const, "group" as const, "channel" as const), id: slackId }),
  fc.record({ kind: kind("time"), at }),
);

export const anySentence: fc.Arbitrary<Sentence> = fc.array(part, { minLength: 1, maxLength: 12 });

export const people = fc.record({
  users: fc.array(slackId, { maxLength: 100 }),
  groups: fc.array(slackId, { maxLength: 20 }),
});

const nothing = fc.constant({});
const named = fc.record({ keyName: hostile() });
const aboutRequest = fc.record({ request: anyRequest });
const most = fc.record({ max: fc.nat() });
const isDeleted = fc.boolean();
const saidByTigris = fc.record({ keyName: hostile(), tigrisCode: hostile(), reference: fc.constant("K7QM2XAB") });

const REFUSALS: { [Code in keyof RefusalData]: fc.Arbitrary<RefusalData[Code]> } = {
  not_checked: nothing,
  look_refused: fc.record({ slackCode: hostile() }),
  outsider: nothing,
  guest: nothing,
  bot: nothing,
  deactivated: nothing,
  not_requester: fc.record({ requesters: people }),
  not_approver: fc.record({ approvers: people }),
  own_request: nothing,
  no_other_approver: nothing,
  not_yours: fc.record({ of: fc.constantFrom("request" as const, "key" as const, "delivery" as const) }),
  unknown_request: nothing,
  unknown_key: nothing,
  no_such_key: fc.record({ named: hostile() }),
  gone_at_tigris: named,
  quota: most,
  too_many_waiting: most,
  too_many_asked: most,
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
  already_decided: aboutRequest,
  already_ended: aboutRequest,
  already_made: aboutRequest,
  not_approved: aboutRequest,
  being_made: fc.record({ request: anyRequest, tried: fc.constantFrom("cancel" as const, "reveal" as const) }),
  past_withdrawal: aboutRequest,
  approver_lost: fc.record({ approverId: slackId }),
  policy_changed: nothing,
  secret_needs_approval: named,
  already_asked: named,
  requester_gone: fc.record({ requesterId: slackId }),
  key_rotating: named,
  key_deletion_held: fc.record({ keyName: hostile(), byId: slackId }),
  deletion_held: fc.record({ keyName: hostile(), max: fc.nat() }),
  nothing_held: nothing,
  own_hold: nothing,
  held_unconfirmed: fc.record({ count: fc.nat(), of: fc.nat() }),
  key_deleting: fc.record({ keyName: hostile(), byId: slackId }),
  already_deleted: fc.record({ keyName: hostile(), byId: fc.option(slackId), at }),
  older_secret: named,
  secret_unknown: named,
  same_click: named,
  somebody_was_faster: fc.record({ request: fc.option(anyRequest), key: fc.option(anyKey) }),
  delivery_open: nothing,
  delivery_discarded: nothing,
  delivery_uncertain: nothing,
  not_delivered: fc.record({ isDeleted }),
  lease_lost: fc.record({ keyName: hostile(), isDeleted }),
  key_refused: saidByTigris,
  key_lost: named,
  rotation_refused: saidByTigris,
  rotation_lost: fc.record({ keyName: hostile(), isAskedFor: fc.boolean() }),
  deletion_unconfirmed: named,
};

/** Every refusal, with anything where people, Slack or Tigris have written. */
export const anyRefusal: fc.Arbitrary<Refusal> = fc.oneof(
  ...Object.entries(REFUSALS).map(([code, abouts]) =>
    (abouts as fc.Arbitrary<unknown>).map((about) => ({ kind: "refused", code, about }) as Refusal),
  ),
);

export const anyFieldProblem: fc.Arbitrary<FieldProblem> = fc.oneof(
  fc.record({ code: fc.constantFrom("name_missing" as const, "name_characters" as const) }),
  fc.record({ code: fc.constantFrom("too_long" as const, "bucket_count" as const), max: fc.nat() }),
  fc.record({ code: kind("reason_too_short"), min: fc.nat() }),
  fc.record({ code: kind("buckets_gone"), names: fc.array(hostile(8_000), { maxLength: 50 }) }),
);
