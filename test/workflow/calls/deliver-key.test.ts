import { deliverKey } from "../../../src/workflow/calls/deliver-key";
import { BY_ANN, keyIn, REQUESTS } from "../../domain/samples";
import { BY_OWNER, KEYS, pausedBy } from "../keys";
import { creating, type Effects, effectsOf, HOUR, makingFor, NOW, recorded, SETTINGS, WAITS } from "../samples";

type Answer = Parameters<typeof deliverKey.after>[1];
const CONTEXT = { at: NOW, facts: undefined, settings: SETTINGS };
const POSTED: Answer = { kind: "posted" };
const UNCLEAR: Answer = { kind: "unclear", code: "timeout" };
const NOT_POSTED: Answer = { kind: "not_posted", code: "channel_not_found" };
const INTERRUPTED: Answer = { kind: "interrupted" };
const ANSWERS = [POSTED, UNCLEAR, NOT_POSTED, INTERRUPTED];

const attempt = creating("delivering");
/** Just made: nobody knows yet whether its secret appears. */
const NEW = keyIn({ kind: "off", shownAt: null });
const held = { ...recorded({ request: WAITS, key: NEW }), attempt };
const after = (answer: Answer, changes: Partial<typeof held> = {}) =>
  deliverKey.after({ ...held, ...changes }, answer, CONTEXT);

test.each<[string, Answer, Effects]>([
  [
    "Slack took the secret: its request owns the key, which is off",
    POSTED,
    { attempt: "posted", key: "off", request: "delivered", says: "revealed" },
  ],
  [
    "Slack gave no clear answer: the same, but nobody says that it was shown",
    UNCLEAR,
    { attempt: "unclear", request: "delivered", says: "not_confirmed" },
  ],
  [
    "a crash came between: the same, and whoever clicked is told in their DM",
    INTERRUPTED,
    { attempt: "unclear", request: "delivered", told: ["request-1 rings: not_confirmed"] },
  ],
  [
    "Slack refused it: nobody has seen it, so the key goes and the approval can be used again",
    NOT_POSTED,
    { attempt: "undelivered", key: "deleting", request: "approved (not_delivered)", says: "not_delivered" },
  ],
])("%s", (_title, answer, effects) => {
  expect(effectsOf(after(answer))).toEqual(effects);
});

test("a crash is the same days later: nothing opens anything meanwhile", () => {
  const stale = { attempt: { ...attempt, startedAt: NOW - 48 * HOUR } };
  expect(effectsOf(after(INTERRUPTED, stale))).toEqual(effectsOf(after(INTERRUPTED)));
});

test("when it was shown is known only by Slack's word", () => {
  expect(after(POSTED).key).toEqual({ kind: "moves", to: { kind: "off", shownAt: NOW }, event: "key.shown" });
  for (const answer of [UNCLEAR, INTERRUPTED]) expect(after(answer)).not.toHaveProperty("key");
});

test.each([
  [POSTED, "posted"],
  [UNCLEAR, "unclear"],
  [INTERRUPTED, "unclear"],
])("the request owns its key, and its approval can still be used: $kind", (answer, outcome) => {
  const delivered = {
    kind: "delivered",
    approval: BY_ANN,
    lapsesAt: NOW + HOUR,
    isExtended: false,
    accessKeyId: "tid_one",
    at: NOW,
    refusal: null,
    named: "not_yet",
  };
  expect(after(answer).request).toEqual({ kind: "moves", to: delivered, event: "key.delivered", outcome });
  expect(after(answer)).toMatchObject({ actorId: "UDEV", attempt: { event: "attempt.closed", outcome } });
});

test("in the last hour of an approval whoever holds a secret is given an hour, once", () => {
  const lapsesAt = (changes: Parameters<typeof makingFor>[1]) =>
    after(POSTED, { request: makingFor(1, changes) }).request?.to;
  expect(lapsesAt({ lapsesAt: NOW + 1 })).toMatchObject({ lapsesAt: NOW + HOUR, isExtended: true });
  expect(lapsesAt({ lapsesAt: NOW + 1, isExtended: true })).toMatchObject({ lapsesAt: NOW + 1, isExtended: true });
  expect(lapsesAt({ lapsesAt: NOW + HOUR })).toMatchObject({ lapsesAt: NOW + HOUR, isExtended: false });
});

test("a key that Slack refused goes by nobody's wish; the audit and the request keep Slack's code", () => {
  const step = after(NOT_POSTED);
  expect(step).toMatchObject({
    actorId: "bot",
    attempt: { event: "attempt.closed", outcome: "channel_not_found" },
    key: { to: { kind: "deleting", byId: null, why: "never_on", at: NOW }, event: "key.dropped" },
    request: {
      to: { failure: { why: "not_delivered", detail: "channel_not_found", at: NOW } },
      event: "request.given_back",
      outcome: "not_delivered",
    },
    say: { kind: "refused", code: "not_delivered", about: { keyName: "deploy" } },
  });
});

test("an approval whose time was over meanwhile lapses where nobody has seen the secret", () => {
  const request = makingFor(1, { lapsesAt: NOW });
  expect(effectsOf(after(NOT_POSTED, { request }))).toMatchObject({ key: "deleting", request: "lapsed" });
});

test("a delivery takes no hold away", () => {
  expect(after(POSTED, { key: pausedBy(NEW, { holds: [BY_OWNER] }) }).key).not.toHaveProperty("pause");
});

test.each(["deleting", "deleted"] as const)(
  "a key that somebody deleted meanwhile ends its request, and stays %s",
  (kind) => {
    for (const answer of ANSWERS) {
      const step = after(answer, { key: KEYS[kind] });
      expect(step.key).toBeUndefined();
      expect(step.request?.to).toEqual({ kind: "lapsed", why: "key_gone", approval: BY_ANN, at: NOW });
    }
  },
);

test.each([makingFor(2), REQUESTS.cancelled, REQUESTS.lapsed])(
  "a request that is $state.kind and waits no more for this attempt stays as it is",
  (request) => {
    for (const answer of ANSWERS) expect(after(answer, { request })).not.toHaveProperty("request");
  },
);

test("an attempt of an older version has no key on record: it is given up, and its key looked for", () => {
  for (const answer of ANSWERS)
    expect(effectsOf(after(answer, { key: null }))).toEqual({
      attempt: "searching, again in 60 s",
      request: "approved (interrupted)",
      told: ["request-1 rings: not_delivered"],
    });
});

test.each<[Answer, string]>([
  [POSTED, "not_confirmed"],
  [UNCLEAR, "not_confirmed"],
  [INTERRUPTED, "not_confirmed"],
  [NOT_POSTED, "lease_lost"],
])("after a take-over nothing is written of a delivery that was $kind", (answer, says) => {
  const step = deliverKey.late(held, answer, { at: NOW, facts: undefined });
  expect(effectsOf(step)).toEqual({ says } satisfies Effects);
  expect(step.say?.about).toEqual({ keyName: "deploy" });
});
