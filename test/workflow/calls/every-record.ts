import fc, { type Arbitrary } from "fast-check";
import type { Hold, Key, KeyKind } from "../../../src/domain/key";
import type { Recorded } from "../../../src/workflow/step";
import { REQUESTS } from "../../domain/samples";
import { BY_APPROVER, BY_BOT, BY_OWNER, CHANGES, DROPPED, KEYS } from "../keys";
import { HOUR, makingFor, NOW } from "../samples";

/** What a request and a key may have become by the time an answer comes, for `every-call.ts`. */

export const held: Arbitrary<Hold[]> = fc.subarray([BY_OWNER, BY_APPROVER, BY_BOT]);
const pause = fc.record({
  holds: held,
  stands: fc.constantFrom("none" as const, "pausing" as const, "paused" as const, "resuming" as const),
  areRolesTaken: fc.boolean(),
  unansweredAt: fc.constantFrom(null, NOW - HOUR),
});
/** A key with any pause, of any age. */
export const keyOf = (...kinds: KeyKind[]): Arbitrary<Key> =>
  fc
    .tuple(
      fc.constantFrom(...kinds.map((kind) => KEYS[kind])),
      pause,
      fc.constantFrom(2_000, NOW - HOUR, NOW - 1_000),
      fc.constantFrom(null, null, ...Object.values(CHANGES)),
    )
    .map(([key, paused, madeAt, accessChange]) => ({ ...key, pause: paused, madeAt, accessChange }));
const EVERY_KIND = Object.keys(KEYS) as KeyKind[];
export const anyKey = fc.oneof(keyOf(...EVERY_KIND), fc.constant(DROPPED));
/** A key whose access is changed, by the attempt of the tables or by a later one. */
export const changingKey = fc
  .tuple(keyOf("live", "secret_unknown", "rotating", "deleting"), fc.constantFrom(null, ...Object.values(CHANGES)))
  .map(([key, accessChange]) => ({ ...key, accessChange }));
const switchedOn = fc
  .tuple(keyOf("switching_on"), fc.constantFrom(NOW - 1, NOW + HOUR), fc.boolean())
  .map(([key, until, isUnanswered]) => ({ ...key, state: { ...key.state, until, isUnanswered } }) as Key);
/** The same, more often one that is being switched on. */
export const unsettled = fc.oneof(anyKey, switchedOn);

export const ownRequest = fc.constantFrom(NOW - 1, NOW, NOW + HOUR).map((lapsesAt) => makingFor(1, { lapsesAt }));
/** While a key is looked for or deleted, its request may go any way. */
export const anyRequest = fc.oneof(ownRequest, fc.constantFrom(makingFor(2), ...Object.values(REQUESTS)));
export const found: Arbitrary<Recorded> = fc.record({
  request: fc.option(anyRequest),
  key: fc.option(anyKey),
  attempt: fc.constant(null),
});
