import fc from "fast-check";
import type { Deleted, Key, KeyState, Live, SecretUnknown } from "../../src/domain/key";
import { type Access, ENDPOINTS } from "../../src/domain/permission";
import type { Approval, Request, RequestState, RevealFailure } from "../../src/domain/request";
import type { Part, Sentence } from "../../src/domain/sentence";

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
  fc.record({ kind: kind("ended"), approval: fc.option(approval), at }),
);

const endpoint = fc.constantFrom(...ENDPOINTS);

/** A request in any state, with anything where people type. */
export const anyRequest: fc.Arbitrary<Request> = fc.record({
  id,
  reference: fc.constant("K7QM2XAB"),
  requesterId: slackId,
  keyName: hostile(),
  access,
  endpoint,
  reason: fc.option(hostile()),
  needsApproval: fc.boolean(),
  askedAt: at,
  attempts: fc.nat(),
  version: fc.nat(),
  state: requestState,
});

const live: fc.Arbitrary<Live> = fc.record({
  kind: kind("live"),
  secret: fc.oneof(fc.record({ kind: kind("unconfirmed") }), fc.record({ kind: kind("confirmed"), at })),
});
const secretUnknown: fc.Arbitrary<SecretUnknown> = fc.record({ kind: kind("secret_unknown"), at });
const deleted: fc.Arbitrary<Deleted> = fc.record({ kind: kind("deleted"), byId: fc.option(slackId), at });

const keyState: fc.Arbitrary<KeyState> = fc.oneof(
  live,
  secretUnknown,
  deleted,
  fc.record({ kind: kind("rotating"), before: fc.oneof(live, secretUnknown) }),
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
