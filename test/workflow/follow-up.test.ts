import fc from "fast-check";
import type { Key, KeyKind } from "../../src/domain/key";
import type { Approval, Request, RequestKind } from "../../src/domain/request";
import { followUps } from "../../src/workflow/follow-up";
import type { OutboxMessage } from "../../src/workflow/outbox-message";
import { BY_ANN, keyIn, REQUESTS, requestIn, SECRETS } from "../domain/samples";
import { KEYS } from "./keys";
import { recorded } from "./samples";

const OWN_CARD: OutboxMessage = { kind: "requester_card", requestId: "request-1" };
const APPROVALS_CARD: OutboxMessage = { kind: "approvals_card", requestId: "request-1" };
const BOTH_CARDS = [OWN_CARD, APPROVALS_CARD];
const BY_POLICY: Approval = { by: { kind: "policy" }, at: 1_500 };
const about = { keyName: "deploy", reference: "K7QM2XAB" };

/** The next version of something, as a change leaves it. */
const next = <Of extends { version: number }>(of: Of): Of => ({ ...of, version: of.version + 1 });
const ofRequest = (before: Request, after: Request) =>
  followUps(recorded({ request: before }), recorded({ request: next(after) }));
const ofKey = (before: Key, after: Key, request: Request = REQUESTS.made) =>
  followUps(recorded({ request, key: before }), recorded({ request, key: next(after) }));

/** Who is told of which way, of those between the requests of `samples`; of any other nobody is. */
const TOLD: Partial<Record<`${RequestKind} → ${RequestKind}`, OutboxMessage>> = {
  "pending → approved": {
    kind: "notice",
    userId: "UDEV",
    notice: { code: "approved", about: { ...about, approverId: "UANN" } },
  },
  "pending → denied": {
    kind: "notice",
    userId: "UDEV",
    notice: { code: "denied", about: { ...about, approverId: "UANN", reason: "Use Editor" } },
  },
  "approved → withdrawn": {
    kind: "notice",
    userId: "UDEV",
    notice: { code: "withdrawn", about: { ...about, approverId: "UBOB" } },
  },
  "making → withdrawn": {
    kind: "notice",
    userId: "UDEV",
    notice: { code: "withdrawn", about: { ...about, approverId: "UBOB" } },
  },
  "pending → lapsed": lapsed("undecided"),
  // In the table both ways end in `undecided`; below, each in its own.
  "approved → lapsed": lapsed("undecided"),
};

function lapsed(why: "undecided" | "unused"): OutboxMessage {
  return { kind: "notice", userId: "UDEV", notice: { code: "lapsed", about: { keyName: "deploy", why } } };
}

const WAYS = Object.values(REQUESTS).flatMap((before) =>
  Object.values(REQUESTS).map((after) => {
    const way = `${before.state.kind} → ${after.state.kind}` as const;
    return { way, before, after, told: TOLD[way] ?? null, who: TOLD[way] ? "is told" : "nobody is told" };
  }),
);

test.each(WAYS)("a request, $way: $who, and its cards are drawn", ({ before, after, told }) => {
  expect(ofRequest(before, after)).toEqual(told ? [...BOTH_CARDS, told] : BOTH_CARDS);
});

const approvedBy = (approval: Approval) => requestIn({ kind: "approved", approval, lapsesAt: 10_000, failure: null });
const lapsedFor = (why: "undecided" | "unused" | "approver_lost" | "policy_changed") =>
  requestIn({ kind: "lapsed", why, approval: BY_ANN, at: 10_000 });
const goneWith = (approval: Approval | null) => requestIn({ kind: "requester_gone", approval, at: 2_000 });
const toAnn = { code: "requester_gone", about: { keyName: "deploy", requesterId: "UDEV" } } as const;

test.each<[string, Request, Request, OutboxMessage[]]>([
  ["an approval that nobody used", REQUESTS.approved, lapsedFor("unused"), [lapsed("unused")]],
  ["an approval whose approver is none any more", REQUESTS.approved, lapsedFor("approver_lost"), []],
  ["an approval that policy alone may not give any more", REQUESTS.approved, lapsedFor("policy_changed"), []],
  ["an approval by policy", REQUESTS.pending, approvedBy(BY_POLICY), []],
  [
    "an approval whose requester is gone: its approver is told",
    REQUESTS.approved,
    goneWith(BY_ANN),
    [{ kind: "notice", userId: "UANN", notice: toAnn }],
  ],
  ["an approval by policy whose requester is gone", approvedBy(BY_POLICY), goneWith(BY_POLICY), []],
  ["a waiting request whose requester is gone", REQUESTS.pending, goneWith(null), []],
])("%s", (_what, before, after, told) => {
  expect(ofRequest(before, after)).toEqual([...BOTH_CARDS, ...told]);
});

const KEY_WAYS = Object.values(KEYS).flatMap((before) =>
  Object.values(KEYS).map((after) => ({ way: `${before.state.kind} → ${after.state.kind}` as const, before, after })),
);
const byAnother: OutboxMessage = {
  kind: "notice",
  userId: "UDEV",
  notice: { code: "deleted_by_other", about: { keyName: "deploy", accessKeyId: "tid_one", byId: "UANN" } },
};

/** What approvers read of a key that another than its owner wants to go. */
const TOLD_TO_APPROVERS: Partial<Record<KeyKind, OutboxMessage>> = {
  deletion_held: { kind: "held_deletions", byId: "UANN" },
  deleting: { kind: "deletions", byId: "UANN", since: 3_000 },
};

test.each(KEY_WAYS)("a key, $way: its cards are drawn", ({ way, before, after }) => {
  const told = way === ("deleting → deleted" satisfies `${KeyKind} → ${KeyKind}`) ? [byAnother] : [];
  const toApprovers = before.state.kind === after.state.kind ? undefined : TOLD_TO_APPROVERS[after.state.kind];
  expect(ofKey(before, after)).toEqual([...BOTH_CARDS, ...told, ...(toApprovers ? [toApprovers] : [])]);
});

test.each([
  ["by its owner", "UDEV"],
  ["by nobody: Tigris no longer knew it", null],
])("of a key that was deleted %s nobody is told", (_what, byId) => {
  expect(ofKey(KEYS.deleting, keyIn({ kind: "deleted", byId, at: 4_000 }))).toEqual(BOTH_CARDS);
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

  test.each(WAYS)("$way: the same people are told as about a key", ({ before, after, told }) => {
    const { before: from, after: to } = { before: SECRETS[before.state.kind], after: SECRETS[after.state.kind] };
    const notices = followUps(recorded({ request: from }), recorded({ request: next(to) })).slice(2);
    const reference = "SECRET22";
    const expected = told?.kind === "notice" ? [toldWith(told, reference)] : [];
    expect(notices).toEqual(expected);
  });
});

/** The same notice with another reference, where it has one. */
function toldWith(told: OutboxMessage & { kind: "notice" }, reference: string): OutboxMessage {
  const { notice } = told;
  if (!("reference" in notice.about)) return told;
  return { ...told, notice: { ...notice, about: { ...notice.about, reference } } } as OutboxMessage;
}

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
