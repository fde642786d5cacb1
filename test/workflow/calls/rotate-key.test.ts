import type { Key } from "../../../src/domain/key";
import { rotateKey } from "../../../src/workflow/calls/rotate-key";
import { BY_ANN, coverBy, keyIn, secretIn } from "../../domain/samples";
import { KEYS, PAUSES, pausedBy } from "../keys";
import { type Effects, effectsOf, HOUR, MINUTE, NOW, recorded, rotating, SETTINGS } from "../samples";

type Answer = Parameters<typeof rotateKey.after>[1];
const LATE = { at: NOW, facts: undefined };
const CONTEXT = { at: NOW, facts: undefined, settings: SETTINGS };
const ROTATED: Answer = { kind: "rotated" };
const GONE: Answer = { kind: "gone" };
const REFUSED: Answer = { kind: "refused", code: "AccessDenied" };
const LOST: Answer = { kind: "lost", cause: "timeout" };
const INTERRUPTED: Answer = { kind: "interrupted" };

const attempt = rotating("calling");
const held = { ...recorded({ key: KEYS.rotating }), attempt };
const after = (answer: Answer, key: Key = KEYS.rotating) => rotateKey.after({ ...held, key }, answer, CONTEXT);
const young = (key: Key) => ({ ...key, madeAt: NOW - 10 * MINUTE + 1 });

test.each<[string, Answer, Effects]>([
  ["Tigris made a new secret: it is delivered next, by the same holder", ROTATED, { attempt: "delivering, goes on" }],
  [
    "Tigris has no such key any more: it counts as deleted",
    GONE,
    { attempt: "gone", key: "deleted", says: "gone_at_tigris" },
  ],
  [
    "Tigris refused: the key is what it was before",
    REFUSED,
    { attempt: "refused", key: "live", says: "rotation_refused" },
  ],
  [
    "the answer was lost: nobody can say which secret works",
    LOST,
    { attempt: "secret_unknown", key: "secret_unknown", says: "rotation_lost" },
  ],
  [
    "a crash came between: the same, and its owner is told in their DM",
    INTERRUPTED,
    { attempt: "secret_unknown", key: "secret_unknown", told: ["request-1 rings: rotation_lost"] },
  ],
])("%s", (_title, answer, effects) => {
  expect(effectsOf(after(answer))).toEqual(effects);
});

test("a crash is the same an hour later: a rotation is never left to people", () => {
  const stale = { ...held, attempt: rotating("calling", { startedAt: NOW - HOUR }) };
  expect(effectsOf(rotateKey.after(stale, INTERRUPTED, CONTEXT))).toEqual(effectsOf(after(INTERRUPTED)));
});

test("a new key that Tigris does not know yet is not gone: it refused, and nothing has changed", () => {
  const step = after(GONE, young(KEYS.rotating));
  expect(effectsOf(step)).toEqual({ attempt: "refused", key: "live", says: "rotation_refused" });
  expect(step.say?.about).toEqual({ keyName: "deploy", tigrisCode: "NoSuchEntity", reference: "K7QM2XAB" });
});

test("a refusal gives back what was known of the secret", () => {
  const before = { kind: "live", secret: { kind: "confirmed", at: 3_000 } };
  expect(after(REFUSED).key).toEqual({
    kind: "moves",
    to: before,
    event: "key.rotation_refused",
    outcome: "AccessDenied",
  });
  const lost = { kind: "secret_unknown", at: 1, cover: null } as const;
  const unknown: Key = { ...KEYS.rotating, state: { kind: "rotating", before: lost } };
  expect(after(REFUSED, unknown).key?.to).toEqual(lost);
});

test.each<[string, Answer, object]>([
  ["a lost answer", LOST, { event: "key.secret_unknown", outcome: "timeout" }],
  ["a crash", INTERRUPTED, { event: "key.secret_unknown", outcome: "interrupted" }],
  [
    "a key that is gone, which nobody asked for",
    GONE,
    { event: "key.deleted", outcome: "gone", to: { byId: null, why: "gone" } },
  ],
])("the audit reads of %s", (_title, answer, event) => {
  expect(after(answer)).toMatchObject({ actorId: "UDEV", key: event });
});

test("no answer names a newer delivery: only a secret that was posted does", () => {
  for (const answer of [GONE, REFUSED, LOST, INTERRUPTED]) expect(after(answer).key).not.toHaveProperty("deliveryId");
});

describe("after somebody else took the rotation over", () => {
  const late = (answer: Answer, key: Key | null) => effectsOf(rotateKey.late({ ...held, key }, answer, LATE));

  test.each<[string, keyof typeof KEYS, Effects]>([
    ["nobody can say which secret works", "secret_unknown", { says: "rotation_lost" }],
    ["a newer secret may have stopped with it", "live", { key: "secret_unknown", says: "rotation_lost" }],
    [
      "a rotation that is under way may be overtaken: its owner is told",
      "rotating",
      { told: ["request-1 rings: rotation_lost"], says: "rotation_lost" },
    ],
    ["a key that is off by the record is none that can be rotated", "off", { says: "unknown_key" }],
    ["nor one that is being switched on", "switching_on", { says: "unknown_key" }],
    ["a key that is on its way out is none any more", "deleting", { says: "unknown_key" }],
    ["a key that is gone is none any more", "deleted", { says: "unknown_key" }],
  ])("a rotation that took effect, or may have: %s (%s)", (_title, kind, effects) => {
    for (const answer of [ROTATED, LOST]) expect(late(answer, KEYS[kind])).toEqual(effects);
  });

  test.each(Object.values(KEYS))("what had no effect changes nothing on a key that is $state.kind", (key) => {
    expect(late(REFUSED, key)).toEqual({ says: "rotation_refused" });
    expect(late(GONE, key)).toEqual({ says: "gone_at_tigris" });
    expect(late(GONE, young(key))).toEqual({ says: "rotation_refused" });
    expect(late(INTERRUPTED, key)).toEqual({});
  });

  test.each([ROTATED, GONE, REFUSED, LOST, INTERRUPTED])(
    "without a key there is nothing to say of: $kind",
    (answer) => {
      expect(late(answer, null)).toEqual({ says: "unknown_key" });
    },
  );
});

describe("for a request that asked for the new secret", () => {
  const lapsesAt = NOW + HOUR;
  const request = secretIn({ kind: "making", approval: BY_ANN, lapsesAt, isExtended: false }, { attempts: 1 });
  const own = rotating("calling", { requestId: "request-2" });
  const asked = { ...recorded({ request, key: KEYS.rotating }), attempt: own };
  const answered = (answer: Answer, changes: Partial<typeof asked> = {}) =>
    rotateKey.after({ ...asked, ...changes }, answer, CONTEXT);

  test.each<[string, Answer, Effects]>([
    ["the delivery comes next, and the request still waits", ROTATED, { attempt: "delivering, goes on" }],
    [
      "what Tigris refuses leaves key and approval as they were",
      REFUSED,
      { attempt: "refused", key: "live", request: "approved (refused)", says: "rotation_refused" },
    ],
    [
      "after a lost answer the approval can be used again",
      LOST,
      { attempt: "secret_unknown", key: "secret_unknown", request: "approved (lost)", says: "rotation_lost" },
    ],
    [
      "after a crash too",
      INTERRUPTED,
      {
        attempt: "secret_unknown",
        key: "secret_unknown",
        request: "approved (interrupted)",
        told: ["request-2 rings: rotation_lost"],
      },
    ],
    [
      "a key that is gone gives no secret",
      GONE,
      { attempt: "gone", key: "deleted", request: "lapsed", says: "gone_at_tigris" },
    ],
  ])("%s", (_title, answer, effects) => {
    expect(effectsOf(answered(answer))).toEqual(effects);
  });

  test("the audit of the request reads the same as that of the key", () => {
    for (const [answer, outcome] of [
      [LOST, "timeout"],
      [REFUSED, "AccessDenied"],
      [INTERRUPTED, "interrupted"],
    ] as const)
      expect(answered(answer)).toMatchObject({
        key: { outcome },
        request: { outcome, event: "request.given_back", to: { failure: { detail: outcome, at: NOW } } },
      });
  });

  test("a secret that got lost leaves the approval to the request alone", () => {
    for (const answer of [LOST, INTERRUPTED])
      expect(answered(answer).key?.to).toEqual({ kind: "secret_unknown", at: NOW, cover: null });
  });

  test("an approval whose time is over is not given back", () => {
    const late = secretIn({ ...request.state, lapsesAt: NOW });
    for (const answer of [REFUSED, LOST, INTERRUPTED])
      expect(answered(answer, { request: late }).request?.to).toMatchObject({ kind: "lapsed", why: "unused" });
  });

  test.each([
    [KEYS.deleting, "key_deleting"],
    [KEYS.deleted, "already_deleted"],
  ] as const)("a key that was asked to go meanwhile: nobody gets anything (%#)", (key, says) => {
    for (const answer of [ROTATED, REFUSED, LOST, GONE, INTERRUPTED]) {
      expect(effectsOf(answered(answer, { key }))).toEqual({
        attempt: "overtaken",
        request: "lapsed",
        says,
      });
      const withoutOne = rotateKey.after({ ...held, key }, answer, CONTEXT);
      expect(effectsOf(withoutOne)).toEqual({ attempt: "overtaken", says });
    }
  });

  test("a key that was asked to go and is to stay by now: nobody gets anything, and both can go on", () => {
    for (const answer of [ROTATED, REFUSED, LOST, GONE, INTERRUPTED])
      expect(effectsOf(answered(answer, { key: KEYS.secret_unknown }))).toEqual({
        attempt: "overtaken",
        request: "approved (lost)",
        says: "rotation_lost",
      });
  });

  test("a request that has gone on without this attempt is left alone", () => {
    for (const state of [
      { kind: "cancelled", at: 1 },
      { kind: "approved", approval: BY_ANN, lapsesAt, isExtended: false, failure: null },
    ] as const)
      for (const answer of [REFUSED, LOST, INTERRUPTED])
        expect(answered(answer, { request: secretIn(state) })).not.toHaveProperty("request");
  });

  test("too late an answer writes nothing of it", () => {
    for (const answer of [ROTATED, REFUSED, LOST, GONE, INTERRUPTED])
      for (const key of Object.values(KEYS))
        expect(rotateKey.late({ ...asked, key }, answer, LATE)).not.toHaveProperty("request");
  });
});

/** The approval that covers another secret. */
const COVER = coverBy("UANN", NOW + HOUR);
const UNSAVED = keyIn({ kind: "rotating", before: { kind: "live", secret: { kind: "unconfirmed", cover: COVER } } });

test("a pause is not ended by a new secret, nor by a lost one", () => {
  const paused = pausedBy(KEYS.rotating, PAUSES.paused);
  for (const answer of [ROTATED, GONE, REFUSED, LOST, INTERRUPTED])
    expect(after(answer, paused).key ?? {}).not.toHaveProperty("pause");
});

test("a cover is for the next one where this one got lost", () => {
  expect(after(LOST, UNSAVED).key?.to).toEqual({ kind: "secret_unknown", at: NOW, cover: COVER });
  expect(after(INTERRUPTED, UNSAVED).key?.to).toEqual({ kind: "secret_unknown", at: NOW, cover: COVER });
  expect(after(REFUSED, UNSAVED).key?.to).toEqual(UNSAVED.state.before);
});

test("a cover is gone with a secret that was saved", () => {
  expect(after(LOST).key?.to).toEqual({ kind: "secret_unknown", at: NOW, cover: null });
});

test("a cover stays where a secret that nobody has saved may have stopped with a late answer", () => {
  const key = keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: COVER } });
  const to = { kind: "secret_unknown", at: NOW, cover: COVER };
  expect(rotateKey.late({ ...held, key }, ROTATED, LATE).key?.to).toEqual(to);
  const saved = keyIn({ kind: "live", secret: { kind: "confirmed", at: 1 } });
  expect(rotateKey.late({ ...held, key: saved }, ROTATED, LATE).key?.to).toEqual({ ...to, cover: null });
});
