import fc, { type Arbitrary } from "fast-check";
import { type Attempt, type CreatePhase, isClosed, type Work } from "../../../src/domain/attempt";
import type { RevealFailure } from "../../../src/domain/request";
import type { CallDefinition, Held, Interrupted } from "../../../src/workflow/calls/call";
import { createKey } from "../../../src/workflow/calls/create-key";
import { deleteKey } from "../../../src/workflow/calls/delete-key";
import { deliverKey } from "../../../src/workflow/calls/deliver-key";
import { deliverNewSecret } from "../../../src/workflow/calls/deliver-new-secret";
import { discard } from "../../../src/workflow/calls/discard";
import { rotateKey } from "../../../src/workflow/calls/rotate-key";
import { search } from "../../../src/workflow/calls/search";
import type { Recorded, Step } from "../../../src/workflow/step";
import type { ListedKey, LostCause } from "../../../src/workflow/tigris-port";
import { REQUESTS, SECRETS, secretIn } from "../../domain/samples";
import { KEYS } from "../keys";
import { creating, deleting, HOUR, makingFor, NOW, OWN_KEY, recorded, rotating, SETTINGS } from "../samples";

/** One decision on an answer: what was held, what came, and what the call makes of it. */
export type Decided = { held: Held; answer: { kind: string }; step: Step };

/** A kind of call, whatever its types: at which phase it is made, and decisions of it, in time and too late. */
export type AnyCall = {
  name: string;
  at: `${Work["kind"]} ${string}`;
  power: "gives" | "takes" | "reads";
  after: Arbitrary<Decided>;
  late: Arbitrary<Decided>;
  /** Whether too late an answer leaves a key that nobody looks after. */
  isOrphan(answer: unknown): boolean;
};

function anyCall<Of extends Work, Answer extends { kind: string }, Facts>(
  call: CallDefinition<Of, Answer, Facts>,
  {
    held,
    answer,
    facts,
    ...is
  }: Pick<AnyCall, "name" | "at"> & {
    held: Arbitrary<Held<Of>>;
    answer: Arbitrary<Answer>;
    facts: Arbitrary<Facts>;
  },
): AnyCall {
  const answers: Arbitrary<Answer | Interrupted> = fc.oneof(answer, fc.constant({ kind: "interrupted" } as const));
  return {
    ...is,
    power: call.power,
    after: fc.tuple(held, answers, facts).map(([given, came, known]) => ({
      held: given,
      answer: came,
      step: call.after(given, came, { at: NOW, facts: known, settings: SETTINGS }),
    })),
    late: fc.tuple(held, found, answers).map(([given, there, came]) => ({
      held: given,
      answer: came,
      step: call.late({ ...there, attempt: { ...given.attempt, lease: { holder: "bot/2", until: NOW } } }, came, NOW),
    })),
    isOrphan: (came) => Boolean(call.orphan?.(came as Answer)),
  };
}

/** How long ago an attempt began, how often it was tried, whether people were told. */
const ran = fc.record({
  startedAt: fc.oneof(fc.integer({ min: NOW - 2 * HOUR, max: NOW }), fc.constant(NOW - HOUR)),
  tries: fc.integer({ min: 0, max: 8 }),
  alerted: fc.boolean(),
}) satisfies Arbitrary<Partial<Attempt>>;

const whys: RevealFailure["why"][] = ["refused", "lost", "not_delivered", "interrupted", "ambiguous"];
const failures = [null, ...whys.map((why) => ({ why, detail: null, at: 1 }))];
const ownRequest = fc
  .tuple(fc.constantFrom(...failures), fc.constantFrom(NOW - 1, NOW, NOW + HOUR))
  .map(([failure, lapsesAt]) => makingFor(1, { failure, lapsesAt }));
/** While a key is looked for or deleted, its request may go any way. */
const anyRequest = fc.oneof(ownRequest, fc.constantFrom(makingFor(2), ...Object.values(REQUESTS)));
const anyKey = fc.constantFrom(...Object.values(KEYS));
const found: Arbitrary<Recorded> = fc.record({
  request: fc.option(anyRequest),
  key: fc.option(anyKey),
  attempt: fc.constant(null),
});

const whileCreating = (phase: CreatePhase, request: Arbitrary<Recorded["request"]>, accessKeyId: string | null) =>
  fc.tuple(ran, request).map(([changes, asked]) => ({
    ...recorded({ request: asked }),
    attempt: creating(phase, { ...changes, accessKeyId }),
  }));
/** The request that a rotation is for, or whatever its key came from. */
const aboutRotation = fc.oneof(
  anyRequest,
  ownRequest.map(({ state }) => secretIn(state, { id: "request-1" })),
  fc.constantFrom(...Object.values(SECRETS)),
);
const whileRotating = (phase: "calling" | "delivering") =>
  fc.tuple(ran, aboutRotation, fc.integer({ min: 1, max: NOW })).map(([changes, request, madeAt]) => ({
    ...recorded({ request, key: { ...KEYS.rotating, madeAt } }),
    attempt: rotating(phase, changes),
  }));
const whileDeleting = fc
  .tuple(ran, anyRequest, anyKey)
  .map(([changes, request, key]) => ({ ...recorded({ request, key }), attempt: deleting("calling", changes) }));

const lost = fc
  .constantFrom<LostCause>("timeout", "connection", "server_error", "malformed", "no_secret")
  .map((cause) => ({ kind: "lost" as const, cause, requestId: null }));
const refused = fc
  .constantFrom("AccessDenied", "Limit")
  .map((code) => ({ kind: "refused" as const, status: 403, code }));
const gone = fc.constant({ kind: "gone" } as const);
const deletion = fc.oneof(fc.constant({ kind: "deleted" } as const), gone, refused, lost);
const posting = fc.constantFrom(
  { kind: "posted", accessKeyId: "tid_one" } as const,
  { kind: "not_posted", code: "channel_not_found" } as const,
);
const listed: Arbitrary<ListedKey> = fc.record({
  accessKeyId: fc.constantFrom("tid_a", "tid_b", "tid_c", OWN_KEY),
  name: fc.constantFrom("deploy-K7QM2XAB", "deploy-K7QM2XAB-2"),
  createdAtMs: fc.constantFrom(null, NOW - 3 * HOUR, NOW),
  creator: fc.constantFrom(null, OWN_KEY, "tid_else"),
});
const list = fc.oneof(
  fc.constant({ kind: "unavailable" } as const),
  fc.record({
    kind: fc.constant("found" as const),
    keys: fc.array(listed, { maxLength: 3 }),
    recorded: fc.subarray(["tid_a", "tid_b"]).map((ids) => new Set(ids)),
    shown: fc.option(
      fc.record({
        isOwnListed: fc.boolean(),
        wasOwnEverListed: fc.boolean(),
        expected: fc.nat(3),
        missing: fc.nat(3),
        gone: fc.nat(3),
      }),
    ),
  }),
);
const nothing = fc.constant(undefined);

export const CALLS: AnyCall[] = [
  anyCall(createKey, {
    name: "create-key",
    at: "create calling",
    held: whileCreating("calling", ownRequest, null),
    answer: fc.oneof(fc.constant({ kind: "made", accessKeyId: "tid_new" } as const), refused, lost),
    facts: nothing,
  }),
  anyCall(deliverKey, {
    name: "deliver-key",
    at: "create delivering",
    held: whileCreating("delivering", ownRequest, "tid_one"),
    answer: posting,
    facts: nothing,
  }),
  anyCall(discard, {
    name: "discard",
    at: "create discarding",
    held: whileCreating("discarding", anyRequest, "tid_one"),
    answer: deletion,
    facts: nothing,
  }),
  anyCall(search, {
    name: "search",
    at: "create searching",
    held: whileCreating("searching", anyRequest, null),
    answer: list,
    facts: nothing,
  }),
  anyCall(rotateKey, {
    name: "rotate-key",
    at: "rotate calling",
    held: whileRotating("calling"),
    answer: fc.oneof(fc.constant({ kind: "rotated" } as const), gone, refused, lost),
    facts: nothing,
  }),
  anyCall(deliverNewSecret, {
    name: "deliver-new-secret",
    at: "rotate delivering",
    held: whileRotating("delivering"),
    answer: posting,
    facts: fc.record({ notes: fc.integer({ min: 0, max: 5 }) }),
  }),
  anyCall(deleteKey, {
    name: "delete-key",
    at: "delete calling",
    held: whileDeleting,
    answer: deletion,
    facts: nothing,
  }),
];

/** The call that an attempt makes next, or null once it is closed. */
export function nextCall({ work }: Attempt): AnyCall | null {
  if (isClosed(work)) return null;
  const next = CALLS.find(({ at }) => at === `${work.kind} ${work.phase}`);
  if (!next) throw new Error(`no call for ${work.kind} ${work.phase}`);
  return next;
}
