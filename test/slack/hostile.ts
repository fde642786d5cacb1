import fc from "fast-check";
import type { FieldProblem } from "../../src/domain/input-rules";
import type { Life } from "../../src/domain/key-end";
import { LESS_PERMISSIONS, type LessAccess } from "../../src/domain/narrow";
import { type Access, ENDPOINTS, FORMATS } from "../../src/domain/permission";
import type { Approval, BackReason, Request, RequestState, RevealFailure } from "../../src/domain/request";
import type { Review } from "../../src/domain/review";
import { OVERLAPS_MS } from "../../src/domain/rotation";
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
export const id = fc.stringMatching(/^[\w-]{1,100}$/);
export const at = fc.integer({ min: 0, max: 4_000_000_000_000 });

export const access: fc.Arbitrary<Access> = fc.oneof(
  fc.constant<Access>({ permission: "Admin", buckets: { kind: "all" } }),
  fc.record({
    permission: fc.constantFrom("ReadOnly" as const, "Editor" as const),
    buckets: fc.oneof(
      fc.constant({ kind: "all" as const }),
      fc.record({ kind: fc.constant("named" as const), names: fc.array(hostile(150), { maxLength: 60 }) }),
    ),
  }),
);

const lessAccess: fc.Arbitrary<LessAccess> = fc.record({
  permission: fc.constantFrom(...LESS_PERMISSIONS),
  buckets: fc.record({ kind: fc.constant("named" as const), names: fc.array(hostile(150), { maxLength: 60 }) }),
});
/** Names of rules are typed by whoever runs the bot: as odd as anything. */
const ruleNames = fc.array(hostile(60), { maxLength: 4 });
export const votes = fc.array(fc.record({ approverId: slackId, at, rules: ruleNames }), { maxLength: 4 });
const ruling = fc.record({
  rules: ruleNames,
  lasts: fc.record({
    defaultMs: fc.option(fc.integer({ min: 1, max: 1e12 })),
    longestMs: fc.option(fc.integer({ min: 1, max: 1e12 })),
  }),
});
const why: fc.Arbitrary<BackReason> = fc.oneof(
  fc.record({ kind: fc.constant("approver_lost" as const), approverId: slackId }),
  fc.constant({ kind: "policy_changed" as const }),
);
const approval: fc.Arbitrary<Approval> = fc.record({
  by: fc.oneof(
    fc.constant({ kind: "policy" as const }),
    fc.record({ kind: fc.constant("break_glass" as const), lastsMs: fc.integer({ min: 300_000, max: 86_400_000 }) }),
    fc.record({ kind: fc.constant("people" as const), votes, access: fc.option(lessAccess) }),
  ),
  at,
  ruling,
  isAnew: fc.boolean(),
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
export const kind = <Kind extends string>(name: Kind): fc.Arbitrary<Kind> => fc.constant(name);

const usable = { approval, lapsesAt: at, isExtended: fc.boolean() };
const requestState: fc.Arbitrary<RequestState> = fc.oneof(
  fc.record({
    kind: kind("pending"),
    lapsesAt: at,
    reminded: fc.constantFrom("not_yet" as const, "first" as const, "last" as const),
    askedAgainAt: fc.option(at),
    votes,
    narrowed: fc.option(lessAccess),
    ruling,
    back: fc.option(
      fc.record({
        why,
        at,
        held: fc.option(
          fc.record({ accessKeyId: id, at, refusal: fc.option(fc.record({ tigrisCode: hostile(), at })) }),
        ),
      }),
    ),
    escalatesAt: fc.option(at),
    escalated: ruleNames,
  }),
  fc.record({ kind: kind("approved"), ...usable, failure: fc.option(failure) }),
  fc.record({ kind: kind("making"), ...usable }),
  fc.record({
    kind: kind("delivered"),
    ...usable,
    accessKeyId: id,
    at,
    refusal: fc.option(fc.record({ tigrisCode: hostile(), at })),
    named: fc.constantFrom("not_yet" as const, "first" as const, "last" as const),
  }),
  fc.record({ kind: kind("made"), approval, accessKeyId: id, at }),
  fc.record({ kind: kind("denied"), approverId: slackId, at, reason: hostile() }),
  fc.record({ kind: kind("cancelled"), at }),
  fc.record({ kind: kind("withdrawn"), approval, approverId: slackId, at }),
  fc.record({
    kind: kind("lapsed"),
    why: fc.constantFrom(
      "undecided" as const,
      "unused" as const,
      "key_gone" as const,
      "approver_lost" as const,
      "policy_changed" as const,
      "no_rule" as const,
      "may_not_break_glass" as const,
      "all_buckets_refused" as const,
    ),
    approval: fc.option(approval),
    at,
  }),
  fc.record({ kind: kind("requester_gone"), approval: fc.option(approval), at }),
);

export const endpoint = fc.constantFrom(...ENDPOINTS);

const review: fc.Arbitrary<Review> = fc.record({
  channelId: slackId,
  by: fc.array(fc.record({ reviewerId: slackId, at }), { maxLength: 3 }),
  dueAt: at,
  asksAt: fc.option(at),
  asked: fc.nat(),
});

const life: fc.Arbitrary<Life> = fc.oneof(
  fc.record({ kind: fc.constant("lasts" as const), ms: fc.integer({ min: 300_000, max: 1e11 }) }),
  fc.record({ kind: fc.constant("until" as const), at }),
  fc.constant({ kind: "open" as const }),
);

const rotates = fc.record({ accessKeyId: id, overlapMs: fc.constantFrom(...OVERLAPS_MS) });

/** A request in any state, with anything where people type. */
export const anyRequest: fc.Arbitrary<Request> = fc.record({
  id,
  reference: fc.constant("K7QM2XAB"),
  requesterId: slackId,
  asked: fc.oneof(
    fc.record({
      kind: kind("key"),
      keyName: hostile(),
      access,
      endpoint,
      life,
      format: fc.constantFrom(...FORMATS),
      rotates: fc.option(rotates),
    }),
    fc.record({
      kind: fc.constantFrom("secret" as const, "resume" as const, "extend" as const),
      accessKeyId: id,
      keyName: hostile(),
      access,
      endpoint,
    }),
    fc.record({ kind: kind("access"), accessKeyId: id, keyName: hostile(), access, from: access, endpoint }),
  ),
  reason: fc.option(hostile()),
  needsApproval: fc.boolean(),
  askedAt: at,
  review: fc.option(review),
  attempts: fc.nat(),
  version: fc.nat(),
  state: requestState,
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

export const anyFieldProblem: fc.Arbitrary<FieldProblem> = fc.oneof(
  fc.record({ code: fc.constant("name_characters" as const), instead: fc.option(hostile()) }),
  fc.record({ code: fc.constant("too_long" as const), max: fc.nat(), length: fc.nat() }),
  fc.record({ code: fc.constant("bucket_count" as const), max: fc.nat() }),
  fc.record({ code: kind("reason_too_short"), min: fc.nat() }),
  fc.record({ code: kind("buckets_gone"), names: fc.array(hostile(8_000), { maxLength: 50 }) }),
);

/** How far a request is by some rules. */
export const anyProgress = fc.array(
  fc.record({
    rule: hostile(60),
    deciders: fc.record({ users: fc.array(slackId, { maxLength: 3 }), groups: fc.array(slackId, { maxLength: 3 }) }),
    count: fc.integer({ min: 1, max: 5 }),
    voterIds: fc.array(slackId, { maxLength: 5 }),
  }),
  { maxLength: 4 },
);
