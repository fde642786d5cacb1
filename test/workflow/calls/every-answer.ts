import fc, { type Arbitrary } from "fast-check";
import type { KeyAtTigris } from "../../../src/domain/listed-key";
import type { ListedKey, LostCause } from "../../../src/workflow/tigris-port";
import { HOUR, NOW, OWN_KEY } from "../samples";

/** What Tigris and Slack may answer, and what a decision may have to know of the record, for `every-call.ts`. */

export const lost = fc
  .constantFrom<LostCause>("timeout", "connection", "server_error", "malformed", "no_secret")
  .map((cause) => ({ kind: "lost" as const, cause, requestId: null }));
export const refused = fc
  .constantFrom("AccessDenied", "Limit")
  .map((code) => ({ kind: "refused" as const, status: 403, code }));
export const gone = fc.constant({ kind: "gone" } as const);
export const changed = fc.constant({ kind: "changed" } as const);
export const granting = fc.oneof(
  changed,
  fc.constantFrom("AccessDenied", "InvalidArgument").map((code) => ({ kind: "refused" as const, code })),
  fc.constant({ kind: "lost" } as const),
);
export const taking = fc.constantFrom("changed" as const, "gone" as const, "refused" as const, "lost" as const);
export const posting = fc.constantFrom(
  { kind: "posted" } as const,
  { kind: "not_posted", code: "channel_not_found" } as const,
  { kind: "unclear", code: "timeout" } as const,
);
export const listed: Arbitrary<ListedKey> = fc.record({
  accessKeyId: fc.constantFrom("tid_a", "tid_b", "tid_c", OWN_KEY),
  name: fc.constantFrom("deploy-K7QM2XAB", "deploy-K7QM2XAB-2"),
  createdAtMs: fc.constantFrom(null, NOW - 3 * HOUR, NOW),
  creator: fc.constantFrom(null, OWN_KEY, "tid_else"),
});
export const list = fc.oneof(
  fc.constant({ kind: "unavailable" } as const),
  fc.record({ kind: fc.constant("found" as const), unknown: fc.array(listed, { maxLength: 3 }) }),
);
export const atTigris: Arbitrary<KeyAtTigris> = fc
  .record({
    roles: fc.constantFrom<KeyAtTigris["roles"]>([], [{ bucket: "*", role: "NamespaceAdmin" }]),
    status: fc.constantFrom("active" as const, "inactive" as const, null),
  })
  .chain((power) => listed.map((key) => ({ ...key, ...power, accessKeyId: "tid_one" })));
/** What a key has made. */
export const made = fc.oneof(
  fc.constant({ kind: "unavailable" } as const),
  fc.record({
    kind: fc.constant("found" as const),
    keys: fc.array(atTigris, { maxLength: 3 }),
    namesKeys: fc.boolean(),
  }),
);
export const unseen = fc.constantFrom({ kind: "unavailable" } as const, { kind: "absent" } as const);
export const read = fc.oneof(
  unseen,
  atTigris.map((key) => ({ kind: "there" as const, key })),
);
export const look = fc.oneof(
  unseen,
  fc.tuple(atTigris, fc.nat(2)).map(([key, policies]) => ({ kind: "there" as const, key, policies })),
);
export const signedWith = fc.subarray([OWN_KEY, "tid_else"]).map((ids) => ({ signedWith: new Set(ids) }));
export const isPauseOpen = fc.boolean().map((isOpen) => ({ isPauseOpen: isOpen }));
export const searched = signedWith.map((facts) => ({ ...facts, holds: [] }));
export const isGrantOpen = fc.record({ isGrantOpen: fc.boolean() });
