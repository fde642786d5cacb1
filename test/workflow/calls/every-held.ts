import fc, { type Arbitrary } from "fast-check";
import type { Attempt, CreatePhase, Work } from "../../../src/domain/attempt";
import type { Key } from "../../../src/domain/key";
import type { Recorded } from "../../../src/workflow/step";
import { SECRETS, secretIn } from "../../domain/samples";
import { KEYS } from "../keys";
import { creating, HOUR, NOW, recorded, rotating } from "../samples";
import { anyRequest, keyOf, ownRequest } from "./every-record";

/** What whoever makes a call holds, for `every-call.ts`. */

/** How long ago an attempt began, how often it was tried, whether people were told. */
const ran = fc.record({
  startedAt: fc.oneof(fc.integer({ min: NOW - 2 * HOUR, max: NOW }), fc.constant(NOW - HOUR)),
  tries: fc.integer({ min: 0, max: 8 }),
  alerted: fc.boolean(),
}) satisfies Arbitrary<Partial<Attempt>>;

export const whileCreating = (
  phase: CreatePhase,
  request: Arbitrary<Recorded["request"]>,
  accessKeyId: string | null,
) =>
  fc.tuple(ran, request).map(([changes, asked]) => ({
    ...recorded({ request: asked }),
    attempt: creating(phase, { ...changes, accessKeyId }),
  }));
/** The key that was made is on the record; somebody may have deleted it meanwhile. */
export const whileDelivering = fc
  .tuple(whileCreating("delivering", anyRequest, "tid_one"), keyOf("off", "deleting", "deleted"))
  .map(([given, key]) => ({ ...given, key }));
/** The request that a rotation is for, or whatever its key came from. */
const aboutRotation = fc.oneof(
  anyRequest,
  ownRequest.map(({ state }) => secretIn(state, { id: "request-1" })),
  fc.constantFrom(...Object.values(SECRETS)),
);
export const whileRotating = (phase: "calling" | "delivering") =>
  fc.tuple(ran, aboutRotation, fc.integer({ min: 1, max: NOW })).map(([changes, request, madeAt]) => ({
    ...recorded({ request, key: { ...KEYS.rotating, madeAt } }),
    attempt: rotating(phase, changes),
  }));
/** An attempt about a key, whatever became of the key and its request meanwhile. */
export const about = <Of extends Work>(begin: (changes: Partial<Attempt>) => Attempt<Of>, key: Arbitrary<Key>) =>
  fc.tuple(ran, anyRequest, key).map(([changes, request, now]) => ({
    ...recorded({ request, key: now }),
    attempt: begin(changes),
  }));
