import fc from "fast-check";
import type { Hold, Key, KeyKind } from "../../src/domain/key";
import type { Approval, Lapsed, Request, RequestKind } from "../../src/domain/request";
import { followUps } from "../../src/workflow/follow-up";
import type { OutboxMessage, Ring } from "../../src/workflow/outbox-message";
import { BY_ANN, BY_POLICY, keyIn, REQUESTS, requestIn, SECRETS } from "../domain/samples";
import { BY_APPROVER, BY_BOT, BY_OWNER, DROPPED, KEYS, pausedBy } from "./keys";
import { recorded } from "./samples";

const OWN_CARD: OutboxMessage = { kind: "requester_card", requestId: "request-1" };
const APPROVALS_CARD: OutboxMessage = { kind: "approvals_card", requestId: "request-1" };
const BOTH_CARDS = [OWN_CARD, APPROVALS_CARD];

/** The next version of something, as a change leaves it. */
const next = <Of extends { version: number }>(of: Of): Of => ({ ...of, version: of.version + 1 });
const ofRequest = (before: Request, after: Request) =>
  followUps(recorded({ request: before }), recorded({ request: next(after) }));
const ofKey = (before: Key, after: Key, request: Request = REQUESTS.made) =>
  followUps(recorded({ request, key: before }), recorded({ request, key: next(after) }));

const approved = {
  code: "approved" as const,
  about: { keyName: "deploy", approverIds: ["UANN"], kind: "key", isBack: false } as const,
};
const lapsed = (why: "undecided" | "unused"): Ring => ({ code: "lapsed", about: { keyName: "deploy", why } });
const cardsWith = (ring: Ring | null): OutboxMessage[] =>
  ring ? [{ ...OWN_CARD, ring } as OutboxMessage, APPROVALS_CARD] : BOTH_CARDS;

/** On which way the requester's card rings, of those between the requests of `samples`; on any other it is only drawn. */
const RINGS: Partial<Record<`${RequestKind} → ${RequestKind}`, Ring>> = {
  "pending → approved": approved,
  "pending → delivered": { ...approved, about: { ...approved.about, isBack: true } },
  "pending → denied": { code: "denied", about: { keyName: "deploy", approverId: "UANN", reason: "Use Editor" } },
  "pending → lapsed": lapsed("undecided"),
  // In the table both ways end in `undecided`; below, each in its own.
  "approved → lapsed": lapsed("undecided"),
  "delivered → lapsed": lapsed("undecided"),
};

const toAnn: OutboxMessage = {
  kind: "notice",
  userId: "UANN",
  notice: { code: "requester_gone", about: { keyName: "deploy", requesterId: "UDEV" } },
};

const WAYS = Object.values(REQUESTS).flatMap((before) =>
  Object.values(REQUESTS).map((after) => {
    const way = `${before.state.kind} → ${after.state.kind}` as const;
    return { way, before, after, ring: RINGS[way] ?? null, how: RINGS[way] ? "rings" : "is drawn" };
  }),
);

test.each(WAYS)("a request, $way: its card $how", ({ before, after, ring }) => {
  expect(ofRequest(before, after)).toEqual(cardsWith(ring));
});

const approvedBy = (approval: Approval) =>
  requestIn({ kind: "approved", approval, lapsesAt: 10_000, isExtended: false, failure: null });
const lapsedFor = (why: Lapsed["why"]) => requestIn({ kind: "lapsed", why, approval: BY_ANN, at: 10_000 });
const goneWith = (approval: Approval | null) => requestIn({ kind: "requester_gone", approval, at: 2_000 });

test.each<[string, Request, Request, Ring | null]>([
  ["an approval that nobody used", REQUESTS.approved, lapsedFor("unused"), lapsed("unused")],
  ["an approval whose approver is none any more", REQUESTS.approved, lapsedFor("approver_lost"), null],
  ["an approval that policy alone may not give any more", REQUESTS.approved, lapsedFor("policy_changed"), null],
  ["a key that nobody switched on", REQUESTS.delivered, lapsedFor("unused"), lapsed("unused")],
  ["a key whose approver is none any more", REQUESTS.delivered, lapsedFor("approver_lost"), null],
  ["a key that was deleted before it was on", REQUESTS.delivered, lapsedFor("key_gone"), null],
  [
    "a key that Tigris can't switch on: its owner reads it at once",
    REQUESTS.made,
    lapsedFor("all_buckets_refused"),
    null,
  ],
  ["an approval by policy", REQUESTS.pending, approvedBy(BY_POLICY), null],
])("%s", (_what, before, after, ring) => {
  expect(ofRequest(before, after)).toEqual(cardsWith(ring));
});

test.each<[string, Request, Request, OutboxMessage[]]>([
  ["a key that is off: its approver is told", REQUESTS.delivered, goneWith(BY_ANN), [toAnn]],
  ["an approval: its approver is told", REQUESTS.approved, goneWith(BY_ANN), [toAnn]],
  ["an approval by policy", approvedBy(BY_POLICY), goneWith(BY_POLICY), []],
  ["a waiting request", REQUESTS.pending, goneWith(null), []],
  ["one that was denied, which is none of theirs any more", REQUESTS.denied, goneWith(BY_ANN), []],
])("whose requester is gone: %s", (_what, before, after, told) => {
  expect(ofRequest(before, after)).toEqual([...BOTH_CARDS, ...told]);
});

const KEY_WAYS = Object.values(KEYS).flatMap((before) =>
  Object.values(KEYS).map((after) => ({ way: `${before.state.kind} → ${after.state.kind}` as const, before, after })),
);
const byAnother: Ring = { code: "deleted_by_other", about: { keyName: "deploy", byId: "UANN" } };

/** What approvers read of a key that another than its owner wants to go. */
const TOLD_TO_APPROVERS: Partial<Record<KeyKind, OutboxMessage>> = {
  deleting: { kind: "deletions", byId: "UANN", since: 3_000 },
};

test.each(KEY_WAYS)("a key, $way: its cards are drawn", ({ way, before, after }) => {
  const ring = way === ("deleting → deleted" satisfies `${KeyKind} → ${KeyKind}`) ? byAnother : null;
  const toApprovers = before.state.kind === after.state.kind ? undefined : TOLD_TO_APPROVERS[after.state.kind];
  expect(ofKey(before, after)).toEqual([...cardsWith(ring), ...(toApprovers ? [toApprovers] : [])]);
});

test.each([
  ["by its owner", "UDEV", "asked"],
  ["by nobody: Tigris no longer knew it", null, "gone"],
  ["by nobody: it was never on", null, "never_on"],
] as const)("of a key that was deleted %s nobody is told", (_what, byId, why) => {
  expect(ofKey(KEYS.deleting, keyIn({ kind: "deleted", byId, why, at: 4_000 }))).toEqual(BOTH_CARDS);
});

test("of a key that goes by itself nobody is told", () => {
  expect(ofKey(KEYS.off, DROPPED, REQUESTS.lapsed)).toEqual(BOTH_CARDS);
});

describe("a pause", () => {
  const ring: Ring = { code: "paused_by_other", about: { keyName: "deploy", byId: "UANN" } };
  const toApprovers = { kind: "pauses", byId: "UANN", since: 4_000 };
  const held = (...holds: Hold[]) => pausedBy(KEYS.live, { holds, stands: "pausing" });

  test("by an approver is told to the owner, and to the approvers", () => {
    expect(ofKey(KEYS.live, held(BY_APPROVER))).toEqual([...cardsWith(ring), toApprovers]);
    expect(ofKey(held(BY_OWNER), held(BY_OWNER, BY_APPROVER))).toEqual([...cardsWith(ring), toApprovers]);
  });

  test.each<[string, Key, Key]>([
    ["by the owner", KEYS.live, held(BY_OWNER)],
    ["by the bot, which tells of it itself", KEYS.live, held(BY_BOT)],
    ["that Tigris has done", held(BY_APPROVER), pausedBy(held(BY_APPROVER), { stands: "paused" })],
    ["that is lifted", held(BY_OWNER, BY_APPROVER), held(BY_APPROVER)],
  ])("%s only draws the cards", (_what, before, after) => {
    expect(ofKey(before, after)).toEqual(BOTH_CARDS);
  });
});

test("a new request and a new key have cards, and no notice", () => {
  expect(followUps(recorded({}), recorded({ request: REQUESTS.pending }))).toEqual(BOTH_CARDS);
  const made = recorded({ request: next(REQUESTS.made), key: KEYS.live });
  expect(followUps(recorded({ request: REQUESTS.making }), made)).toEqual(BOTH_CARDS);
});

describe("of a request for a new secret", () => {
  const CARDS: OutboxMessage[] = [
    { kind: "requester_card", requestId: "request-2" },
    { kind: "approvals_card", requestId: "request-2" },
  ];

  test("the key's own cards, where it came from, are drawn together with its cards", () => {
    const before = recorded({ request: SECRETS.making, key: KEYS.rotating });
    const after = recorded({ request: next(SECRETS.made), key: next(KEYS.live) });
    expect(followUps(before, after)).toEqual([...CARDS, ...BOTH_CARDS]);
  });

  test("they are drawn too where only the key has changed", () => {
    const before = recorded({ request: SECRETS.made, key: KEYS.live });
    expect(followUps(before, recorded({ request: SECRETS.made, key: next(KEYS.live) }))).toEqual([
      ...CARDS,
      ...BOTH_CARDS,
    ]);
  });

  test("they are left where the key has not changed", () => {
    const before = recorded({ request: SECRETS.pending, key: KEYS.live });
    expect(followUps(before, recorded({ request: next(SECRETS.cancelled), key: KEYS.live }))).toEqual(CARDS);
  });

  test.each(WAYS)("$way: its card rings as that of a key does", ({ before, after, ring }) => {
    const { before: from, after: to } = { before: SECRETS[before.state.kind], after: SECRETS[after.state.kind] };
    const [own] = followUps(recorded({ request: from }), recorded({ request: next(to) }));
    const about = ring?.code === "approved" ? { ...ring.about, kind: "secret" } : ring?.about;
    expect(own).toEqual({
      kind: "requester_card",
      requestId: "request-2",
      ...(ring ? { ring: { ...ring, about } } : {}),
    });
  });

  test("the key's own card rings where somebody else has paused the key meanwhile", () => {
    const held = pausedBy(KEYS.live, { holds: [BY_APPROVER], stands: "pausing" });
    const [own, , origin] = followUps(
      recorded({ request: SECRETS.made, key: KEYS.live }),
      recorded({ request: SECRETS.made, key: next(held) }),
    );
    expect(own).toEqual({ kind: "requester_card", requestId: "request-2" });
    expect(origin).toMatchObject({ requestId: "request-1", ring: { code: "paused_by_other" } });
  });
});

const request = fc
  .tuple(fc.constantFrom(...Object.values(REQUESTS)), fc.boolean(), fc.integer({ min: 1, max: 3 }))
  .map(([of, needsApproval, version]) => ({ ...of, needsApproval, version }));
const key = fc
  .tuple(fc.constantFrom(...Object.values(KEYS)), fc.integer({ min: 1, max: 3 }))
  .map(([of, version]) => ({ ...of, version }));
const record = fc.record({ request: fc.option(request), key: fc.option(key), attempt: fc.constant(null) });

test("nothing follows where nothing has changed", () => {
  fc.assert(
    fc.property(record, record, ({ request, key }, others) => {
      // What was not written has its old version, whatever else is said of it.
      const before = {
        request: request && { ...request, state: others.request?.state ?? request.state },
        key: key && { ...key, state: others.key?.state ?? key.state },
      };
      expect(followUps(recorded(before), recorded({ request, key }))).toEqual([]);
    }),
  );
});

test("approvers have a card only where a person had to approve, and each card is drawn once", () => {
  fc.assert(
    fc.property(record, record, (before, after) => {
      const kinds = followUps(before, after).map(({ kind }) => kind);
      const cards = kinds.filter((kind) => kind.endsWith("_card"));
      const allowed = after.request === null ? [] : after.request.needsApproval ? BOTH_CARDS : [OWN_CARD];
      expect([[], allowed.map(({ kind }) => kind)]).toContainEqual(cards);
    }),
  );
});

test("a request that ends with the key of another one has its cards drawn too", () => {
  const asking = SECRETS.pending;
  const key = KEYS.live;
  const before = { ...recorded({ key }), asking };
  const after = { ...before, asking: { ...asking, state: SECRETS.lapsed.state, version: asking.version + 1 } };
  expect(followUps(before, after)).toEqual([
    { kind: "requester_card", requestId: asking.id },
    { kind: "approvals_card", requestId: asking.id },
  ]);
  expect(followUps(before, before)).toEqual([]);
});

test("what is asked about a key is drawn again when it is paused", () => {
  const asking = SECRETS.pending;
  const key = KEYS.live;
  const pause = { ...key.pause, holds: [{ kind: "owner", byId: key.ownerId, at: 1 }] } as const;
  const before = { ...recorded({ key }), asking };
  const after = { ...before, key: { ...key, pause, version: key.version + 1 } };
  expect(followUps(before, after)).toContainEqual({ kind: "approvals_card", requestId: asking.id });
  const longer = { ...after, key: { ...after.key, version: key.version + 2 } };
  expect(followUps(after, longer)).not.toContainEqual({ kind: "approvals_card", requestId: asking.id });
});
