import type { Key } from "../../../src/domain/key";
import type { Lapsed, Request, RequestKind, RevealFailure } from "../../../src/domain/request";
import { requesterCard } from "../../../src/slack/requester-card/view";
import { BY_ANN, BY_POLICY, keyIn, REQUESTS, requestIn, voteOf } from "../../domain/samples";
import { DROPPED } from "../../workflow/keys";
import { buttonsOf, labelsOf, linesOf, rowsOf } from "../reading";

const approvers = { users: ["UBOB"], groups: ["SAPPROVE"] };
const card = (request: Request, key: Key | null) => requesterCard({ request, key, approvers, waited: approvers });

test.each<[RequestKind, string[], string[]]>([
  [
    "pending",
    [
      "⏳ Waiting for @SAPPROVE, @UBOB · Admin key deploy",
      "Nightly backups of the build server",
      'asked [1] · lapses [10] · rule "admin" · ref K7QM2XAB',
    ],
    ["Remind", "Cancel request"],
  ],
  [
    "approved",
    [
      "✅ Ready · Admin key deploy",
      "The secret is shown once, here, only to you: have your secret manager open.",
      'approved by @UANN [1] · rule "admin" · lapses [10] · ref K7QM2XAB',
    ],
    ["Show my secret", "Cancel"],
  ],
  [
    "making",
    ["⏳ Being made · Admin key deploy", "Its secret appears here in a moment.", "approved [1] · ref K7QM2XAB"],
    [],
  ],
  ["delivered", ["🔑 Made · Admin key deploy", "made [2] · ref K7QM2XAB"], []],
  ["made", ["🔑 Made · Admin key deploy", "made [2] · ref K7QM2XAB"], []],
  [
    "denied",
    ["Denied by @UANN · Admin key deploy", "Use Editor", "No key was made.", "denied [2] · ref K7QM2XAB"],
    ["Ask again"],
  ],
  [
    "cancelled",
    ["Canceled by you · Admin key deploy", "No key was made.", "canceled [2] · ref K7QM2XAB"],
    ["Ask again"],
  ],
  [
    "withdrawn",
    ["Withdrawn by @UBOB · Admin key deploy", "No key was made.", "withdrawn [2] · ref K7QM2XAB"],
    ["Ask again"],
  ],
  [
    "lapsed",
    ["Lapsed · Admin key deploy: nobody decided until [10].", "No key was made.", "asked [1] · ref K7QM2XAB"],
    ["Ask again"],
  ],
  ["requester_gone", ["Ended · Admin key deploy: you can no longer ask for keys.", "ended [2] · ref K7QM2XAB"], []],
])("a request that is %s", (kind, lines, buttons) => {
  const { blocks } = card(REQUESTS[kind], null);
  expect(linesOf(blocks)).toEqual(lines);
  expect(labelsOf(blocks)).toEqual(buttons);
});

test("a key that is not Admin is named with what it opens, and one that policy allowed with no approver", () => {
  const { asked } = REQUESTS.approved;
  const access = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds", "logs"] } } as const;
  const state = {
    ...requestIn({
      kind: "approved",
      approval: BY_POLICY,
      lapsesAt: 10_000,
      isExtended: false,
      failure: null,
    }).state,
  };
  const lines = linesOf(card(requestIn(state, { asked: { ...asked, access } }), null).blocks);
  expect(lines[0]).toBe("✅ Ready · ReadOnly key deploy for builds, logs");
  expect(lines.at(-1)).toBe('rule "admin" · lapses [10] · ref K7QM2XAB');
});

test("a waiting request without a reason has none on its card", () => {
  const { blocks } = card({ ...REQUESTS.pending, reason: null }, null);
  expect(rowsOf(blocks)).toEqual(["⏳ Waiting for @SAPPROVE, @UBOB · Admin key deploy"]);
});

test("every button of a request holds its id and nothing else", () => {
  for (const request of Object.values(REQUESTS))
    for (const button of buttonsOf(card(request, null).blocks)) expect(button.value).toBe("request-1");
});

test.each<[RevealFailure["why"], string]>([
  [
    "refused",
    "⚠️ Tigris refused to make it [3], since it doesn't allow me to. Press Show my secret again; if that goes on, tell whoever runs this bot (ref K7QM2XAB).",
  ],
  [
    "lost",
    "⚠️ Tigris gave no clear answer [3]. If a key was made, it opens nothing, and I delete it. You can press Show my secret again.",
  ],
  ["not_delivered", "⚠️ The secret could not be shown [3]. Its key was never on, and goes."],
  ["interrupted", "⚠️ Making it was interrupted [3]. If a key was made, it opens nothing, and I delete it."],
  // Of a version that made keys with their power.
  [
    "ambiguous",
    "⚠️ Making it was interrupted [3], and I can't tell which key was made. I deleted none and asked the approvers to look. You can press Show my secret again.",
  ],
])("an approval whose last reveal was %s says what happened, and can be used again", (why, said) => {
  const failure = { why, detail: "AccessDenied", at: 3_000 };
  const request = requestIn({ kind: "approved", approval: BY_ANN, lapsesAt: 10_000, isExtended: false, failure });
  for (const key of [null, DROPPED]) {
    const { text, blocks } = card(request, key);
    expect(rowsOf(blocks).slice(0, 2)).toEqual(["Ready · Admin key deploy", said]);
    expect(labelsOf(blocks)).toEqual(["Show my secret", "Cancel"]);
    expect(text).toContain(why === "refused" ? "(ref K7QM2XAB)" : "⚠️");
  }
});

test.each<[Lapsed["why"], string]>([
  ["unused", "its approval was not used until [10]"],
  ["approver_lost", "@UANN is no longer an approver"],
  ["policy_changed", "need a person's approval by now"],
  ["all_buckets_refused", "Tigris doesn't take all buckets for this permission. Ask again, and choose buckets."],
])("an approval that lapsed: %s", (why, said) => {
  const { blocks } = card(requestIn({ kind: "lapsed", why, approval: BY_ANN, at: 10_000 }), null);
  expect(rowsOf(blocks)[0]).toContain("Lapsed · Admin key deploy");
  expect(rowsOf(blocks)[0]).toContain(said);
});

test.each([
  [
    "by its owner",
    keyIn({ kind: "deleted", byId: "UDEV", why: "asked", at: 4_000 }),
    "Deleted by you · Admin key deploy was never on.",
  ],
  [
    "by an approver",
    keyIn({ kind: "deleting", byId: "UANN", why: "asked", at: 4_000 }),
    "Deleted by @UANN · Admin key deploy was never on.",
  ],
  ["by nobody here", null, "Deleted · Admin key deploy was never on."],
])("a key that was deleted %s before it was on", (_by, key, said) => {
  const { blocks } = card(requestIn({ kind: "lapsed", why: "key_gone", approval: BY_ANN, at: 10_000 }), key);
  expect(linesOf(blocks)).toEqual([said, "deleted [10] · ref K7QM2XAB"]);
  expect(labelsOf(blocks)).toEqual(["Create again"]);
});

test("screen readers get every line of a card", () => {
  const { text } = card(REQUESTS.denied, null);
  expect(text).toMatch(
    /^Denied by <@UANN> · Admin key deploy\n“Use Editor”\nNo key was made\.\ndenied <!date.* · ref K7QM2XAB$/,
  );
});

test("with less than was asked for, the notification that rings says once what it is", () => {
  const access = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds"] } } as const;
  const approval = { ...BY_ANN, by: { kind: "people", votes: [voteOf("UANN")], access } } as const;
  const request = requestIn({ kind: "approved", approval, lapsesAt: 10_000, isExtended: false, failure: null });
  const about = { keyName: "deploy", approverIds: ["UANN"], kind: "key", isBack: false } as const;
  const shown = { request, key: null, approvers, waited: approvers };
  const { text, blocks } = requesterCard(shown, { code: "approved", about });
  expect(text).toMatch(
    /^<@UANN> approved deploy: press Show my secret\. You get ReadOnly on builds instead of Admin\./,
  );
  expect(text.match(/instead of/g)).toHaveLength(1);
  const less = "You get less than you asked for: ReadOnly on builds instead of Admin.";
  expect(rowsOf(blocks)).toContain(less);
  // Without the ring nothing else says it.
  expect(requesterCard(shown).text).toContain(less);
});
