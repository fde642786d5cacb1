import type { KeyState } from "../../../src/domain/key";
import type { RequestKind, RevealFailure } from "../../../src/domain/request";
import { requesterCard } from "../../../src/slack/requester-card/view";
import { BY_ANN, keyIn, REQUESTS, requestIn } from "../../domain/samples";
import { buttonsOf, rowsOf } from "../reading";

const labels = (blocks: readonly unknown[]) => buttonsOf(blocks).map(({ label }) => label);

test.each<[RequestKind, string[], string[]]>([
  [
    "pending",
    ["⏳ Admin key deploy is waiting for approval", "Asked [1] · lapses [10] · ref K7QM2XAB"],
    ["Cancel request"],
  ],
  [
    "approved",
    [
      "✅ Admin key deploy was approved by @UANN [1]",
      "Press Reveal secret when you can save it at once: it is shown one time, here, only to you.",
      "Lapses [10] · ref K7QM2XAB",
    ],
    ["Reveal secret", "Cancel"],
  ],
  [
    "making",
    ["⏳ Admin key deploy is being made. Its secret appears here in a moment.", "Approved [1] · ref K7QM2XAB"],
    [],
  ],
  ["made", ["🔑 Admin key deploy was made [2] · ref K7QM2XAB"], []],
  [
    "denied",
    ["Admin key deploy was denied by @UANN [2]. No key was made. · ref K7QM2XAB", "Use Editor"],
    ["Ask again"],
  ],
  ["cancelled", ["You cancelled the request for Admin key deploy [2]. No key was made. · ref K7QM2XAB"], ["Ask again"]],
  [
    "withdrawn",
    ["The approval of Admin key deploy was withdrawn by @UBOB [2]. No key was made. · ref K7QM2XAB"],
    ["Ask again"],
  ],
  [
    "lapsed",
    ["Nobody decided about Admin key deploy until [10], so the request has lapsed. No key was made. · ref K7QM2XAB"],
    ["Ask again"],
  ],
  ["requester_gone", ["The request for Admin key deploy ended [2]: you can no longer ask for keys."], []],
])("a request that is %s", (kind, rows, buttons) => {
  const { blocks } = requesterCard({ request: REQUESTS[kind], key: null });
  expect(rowsOf(blocks)).toEqual(rows);
  expect(labels(blocks)).toEqual(buttons);
});

test("every button of a request holds its id and nothing else", () => {
  for (const request of Object.values(REQUESTS))
    for (const button of buttonsOf(requesterCard({ request, key: null }).blocks))
      expect(button.value).toBe("request-1");
});

test.each<[RevealFailure["why"], string]>([
  ["refused", "⚠️ Tigris refused to make it [3] (AccessDenied). Tell whoever runs this bot if that goes on."],
  ["lost", "⚠️ Tigris gave no clear answer [3] (AccessDenied). If a key was made, it is deleted. You can reveal again."],
  [
    "not_delivered",
    "⚠️ The secret could not be shown [3] (AccessDenied). Its key was deleted; if a secret did appear, it does not work.",
  ],
  [
    "interrupted",
    "⚠️ Making it was interrupted [3]. Whatever was made is deleted; if a secret did appear, it does not work.",
  ],
  [
    "ambiguous",
    "⚠️ Making it was interrupted [3], and I can't tell which key was made. I deleted none and asked the approvers to look. You can reveal again.",
  ],
])("an approval whose last reveal was %s says what happened, and can be used again", (why, said) => {
  const failure = { why, detail: "AccessDenied", at: 3_000 };
  const request = requestIn({ kind: "approved", approval: BY_ANN, lapsesAt: 10_000, failure });
  const { text, blocks } = requesterCard({ request, key: null });
  expect(rowsOf(blocks)[1]).toBe(said);
  expect(labels(blocks)).toEqual(["Reveal secret", "Cancel"]);
  expect(text).toContain(why === "refused" ? "Tell whoever runs this bot" : "⚠️");
});

test("while the key of a failed reveal is being deleted, the request can be given up", () => {
  for (const [why, said] of [
    ["not_delivered", "its key is being deleted"],
    ["lost", "I'm looking whether a key was made"],
  ] as const) {
    const failure = { why, detail: null, at: 3_000 };
    const request = requestIn({ kind: "making", approval: BY_ANN, lapsesAt: 10_000, failure });
    const { blocks } = requesterCard({ request, key: null });
    expect(rowsOf(blocks)[0]).toContain(said);
    expect(labels(blocks)).toEqual(["Cancel"]);
  }
});

test.each([
  ["unused", "was not used until [10] and has lapsed"],
  ["approver_lost", "@UANN is no longer an approver"],
  ["policy_changed", "need a person's approval by now"],
] as const)("an approval that lapsed: %s", (why, said) => {
  const { blocks } = requesterCard({
    request: requestIn({ kind: "lapsed", why, approval: BY_ANN, at: 10_000 }),
    key: null,
  });
  expect(rowsOf(blocks)[0]).toContain(said);
});

const DETAILS = "Endpoint Default: https://t3.storage.dev · ref K7QM2XAB";

test.each<[KeyState, string[], string[]]>([
  [
    { kind: "live", secret: { kind: "unconfirmed", cover: null } },
    [
      "🔑 deploy · Admin · whole organisation",
      "ID tid_one · made [2] · secret not confirmed yet",
      DETAILS,
      "Nothing here? Press New secret: the lost one stops working.",
    ],
    ["New secret", "Delete key"],
  ],
  [
    { kind: "live", secret: { kind: "confirmed", at: 4_000 } },
    ["🔑 deploy · Admin · whole organisation", "ID tid_one · made [2] · secret confirmed as saved [4]", DETAILS],
    ["New secret", "Delete key"],
  ],
  [
    { kind: "rotating", before: { kind: "secret_unknown", at: 4_000, cover: null } },
    ["⏳ deploy · Admin · whole organisation is getting a new secret, which appears here in a moment.", DETAILS],
    ["Delete key"],
  ],
  [
    { kind: "secret_unknown", at: 4_000, cover: null },
    [
      "⚠️ deploy: the old secret has probably stopped working and nobody holds the new one.",
      "Press New secret to get one that works, or delete the key. ID tid_one",
      DETAILS,
    ],
    ["New secret", "Delete key"],
  ],
  [
    { kind: "deletion_held", before: { kind: "secret_unknown", at: 4_000, cover: null }, byId: "UANN", at: 4_000 },
    [
      "⏸️ @UANN wants deploy to be deleted, which waits for another approver. Until then it gets no new secret.",
      DETAILS,
    ],
    ["Delete key"],
  ],
  [
    { kind: "deleting", byId: "UANN", at: 4_000 },
    ["⏳ deploy · Admin · whole organisation (tid_one) is being deleted, as @UANN asked [4].", DETAILS],
    [],
  ],
  [
    { kind: "deleted", byId: "UANN", at: 4_000 },
    ["deploy (tid_one) was deleted by @UANN [4]. Programs that used it have lost access.", DETAILS],
    [],
  ],
  [
    { kind: "deleted", byId: null, at: 4_000 },
    ["deploy (tid_one) no longer exists in Tigris; that was noticed [4].", DETAILS],
    [],
  ],
])("the key's card: %j", (state, rows, buttons) => {
  const { blocks } = requesterCard({ request: REQUESTS.made, key: keyIn(state) });
  expect(rowsOf(blocks)).toEqual(rows);
  expect(labels(blocks)).toEqual(buttons);
});

test("a new secret and a deletion ask first, and say that programs stop at once", () => {
  const key = keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } });
  const buttons = buttonsOf(requesterCard({ request: REQUESTS.made, key }).blocks);
  for (const button of buttons) {
    expect(button.value).toBe("tid_one");
    expect(button.asks).toContain("deploy?");
    expect(button.asks).toContain("Programs that use it stop working at once.");
  }
});

test("screen readers get every line of a card", () => {
  const { text } = requesterCard({ request: REQUESTS.denied, key: null });
  expect(text).toMatch(/^Admin key deploy was denied by <@UANN> <!date.*\n“Use Editor”$/);
});
