import type { KeyState } from "../../../src/domain/key";
import type { Request, RequestKind } from "../../../src/domain/request";
import { approvalsCard } from "../../../src/slack/approvals-card/view";
import { BY_ANN, keyIn, REQUESTS, requestIn, SECRETS, secretIn } from "../../domain/samples";
import { buttonsOf, objectsIn, rowsOf } from "../reading";

const approvers = { users: ["UANN", "UBOB"], groups: ["S1"] };
const card = (request: Request, state: KeyState | null = null) =>
  approvalsCard({ request, key: state && keyIn(state), liveKeys: 2, approvers });
const mentioned = (request: Request) =>
  objectsIn(card(request).blocks).flatMap(({ type, user_id, usergroup_id }) =>
    type === "user" || type === "usergroup" ? [user_id ?? usergroup_id] : [],
  );

test("a request that waits: who asks for what and why, until when, and those who can decide are mentioned", () => {
  const { text, blocks } = card(REQUESTS.pending);
  expect(rowsOf(blocks)).toEqual([
    "@S1 @UANN @UBOB Admin key requested by @UDEV",
    "deploy · full access to the whole Tigris organisation",
    "Nightly backups of the build server",
    "Asked [1] · lapses [10] · has 2 live keys · ref K7QM2XAB",
  ]);
  expect(text).toMatch(/^<!subteam\^S1> <@UANN> <@UBOB> Admin key requested by <@UDEV>\ndeploy · full access/);
  expect(text).toContain("“Nightly backups of the build server”");
});

test.each<[RequestKind, string[], string[]]>([
  ["pending", [], ["Approve", "Deny"]],
  ["approved", ["✅ Approved by @UANN [1] · not revealed yet, lapses [10]"], ["Withdraw"]],
  ["making", ["✅ Approved by @UANN [1] · its key is being made"], []],
  ["made", ["🔑 Approved by @UANN [1] · key made [2]: tid_one"], []],
  ["denied", ["⛔ Denied by @UANN [2]", "Use Editor"], []],
  ["cancelled", ["Cancelled by the requester [2]"], []],
  ["withdrawn", ["Approved by @UANN [1] · withdrawn by @UBOB [2]"], []],
  ["lapsed", ["Lapsed [10]: nobody decided in time"], []],
  ["requester_gone", ["Ended [2]: the requester can no longer ask for keys"], []],
])("a request that is %s", (kind, outcome, buttons) => {
  const { blocks } = card(REQUESTS[kind]);
  expect(rowsOf(blocks).slice(4)).toEqual(outcome);
  expect(buttonsOf(blocks).map(({ label }) => label)).toEqual(buttons);
  for (const button of buttonsOf(blocks)) expect(button.value).toBe("request-1");
});

test("only while somebody has to decide are the approvers mentioned", () => {
  expect(mentioned(REQUESTS.pending)).toContain("S1");
  for (const [kind, request] of Object.entries(REQUESTS))
    if (kind !== "pending") expect(mentioned(request)).not.toContain("S1");
});

test("a failed reveal is told, and the approval can still be withdrawn while no key is being made", () => {
  const failure = { why: "not_delivered", detail: null, at: 3_000 } as const;
  const open = card(requestIn({ kind: "approved", approval: BY_ANN, lapsesAt: 10_000, failure }));
  expect(rowsOf(open.blocks)[4]).toBe("✅ Approved by @UANN [1] · no key so far, the last try failed [3], lapses [10]");
  expect(buttonsOf(open.blocks).map(({ label }) => label)).toEqual(["Withdraw"]);
  const making = card(requestIn({ kind: "making", approval: BY_ANN, lapsesAt: 10_000, failure }));
  expect(rowsOf(making.blocks)[4]).toContain("no key so far: the last try failed");
});

test.each<[KeyState, string]>([
  [{ kind: "live", secret: { kind: "unconfirmed", cover: null } }, "🔑 Approved by @UANN [1] · key made [2]: tid_one"],
  [
    { kind: "secret_unknown", at: 4_000, cover: null },
    "🔑 Approved by @UANN [1] · key tid_one: nobody holds its secret since [4]",
  ],
  [
    { kind: "deletion_held", before: { kind: "secret_unknown", at: 4_000, cover: null }, byId: "UBOB", at: 4_000 },
    "Approved by @UANN [1] · key tid_one: its deletion, asked for by @UBOB, waits for another approver",
  ],
  [
    { kind: "deleting", byId: "UBOB", at: 4_000 },
    "Approved by @UANN [1] · key tid_one is being deleted, as @UBOB asked [4]",
  ],
  [{ kind: "deleted", byId: "UBOB", at: 4_000 }, "Approved by @UANN [1] · key tid_one deleted by @UBOB [4]"],
  [{ kind: "deleted", byId: null, at: 4_000 }, "Approved by @UANN [1] · key tid_one deleted [4]"],
])("once its key is %j", (state, said) => {
  expect(rowsOf(card(REQUESTS.made, state).blocks)[4]).toBe(said);
});

test("approving and withdrawing ask first", () => {
  const [approve, deny] = buttonsOf(card(REQUESTS.pending).blocks);
  expect(approve?.asks).toContain("full access to every bucket and key of the organisation");
  expect(approve?.style).toBe("primary");
  expect(deny?.asks).toBeNull();
  const [withdraw] = buttonsOf(card(REQUESTS.approved).blocks);
  expect(withdraw?.asks).toContain("can't be revealed any more");
});

test("those who decide see every bucket", () => {
  const names = Array.from({ length: 50 }, (_, index) => `bucket-${index}`);
  const access = { permission: "Editor", buckets: { kind: "named", names } } as const;
  const asked = { ...REQUESTS.pending.asked, access };
  const [, what] = rowsOf(card({ ...REQUESTS.pending, asked }).blocks);
  expect(what).toBe(`deploy · Editor on the buckets ${names.join(", ")}`);
});

test("one live key is one key, and a missing reason is said to be missing", () => {
  const request = { ...REQUESTS.pending, reason: null };
  const rows = rowsOf(approvalsCard({ request, key: null, liveKeys: 1, approvers }).blocks);
  expect(rows[2]).toBe("No reason was given.");
  expect(rows[3]).toContain("has 1 live key ·");
});

describe("of a request for a new secret", () => {
  test("those who decide read that the key is there already, and why another secret of it is wanted", () => {
    expect(rowsOf(card(SECRETS.pending).blocks)).toEqual([
      "@S1 @UANN @UBOB New secret of an Admin key requested by @UDEV",
      "deploy · full access to the whole Tigris organisation",
      "Nightly backups of the build server",
      "Asked [1] · lapses [10] · has 2 live keys · ref SECRET22",
    ]);
  });

  test.each<[RequestKind, string[], string[]]>([
    ["pending", [], ["Approve", "Deny"]],
    ["approved", ["✅ Approved by @UANN [1] · not revealed yet, lapses [10]"], ["Withdraw"]],
    ["making", ["✅ Approved by @UANN [1] · its secret is being made"], []],
    ["made", ["🔑 Approved by @UANN [1] · new secret made [2]: tid_one"], []],
    ["denied", ["⛔ Denied by @UANN [2]", "Use Editor"], []],
    ["cancelled", ["Cancelled by the requester [2]"], []],
    ["withdrawn", ["Approved by @UANN [1] · withdrawn by @UBOB [2]"], []],
    ["lapsed", ["Lapsed [10]: nobody decided in time"], []],
    ["requester_gone", ["Ended [2]: the requester can no longer ask for keys"], []],
  ])("that is %s", (kind, outcome, buttons) => {
    const { blocks } = card(SECRETS[kind], { kind: "live", secret: { kind: "confirmed", at: 1_000 } });
    expect(rowsOf(blocks).slice(4)).toEqual(outcome);
    expect(buttonsOf(blocks).map(({ label }) => label)).toEqual(buttons);
    for (const button of buttonsOf(blocks)) expect(button.value).toBe("request-2");
  });

  test("after a failed try there is no secret so far", () => {
    const failure = { why: "lost", detail: "timeout", at: 3_000 } as const;
    const request = secretIn({ kind: "approved", approval: BY_ANN, lapsesAt: 10_000, failure });
    expect(rowsOf(card(request).blocks)[4]).toBe(
      "✅ Approved by @UANN [1] · no secret so far, the last try failed [3], lapses [10]",
    );
  });

  test("once its key is gone, the card says so", () => {
    expect(rowsOf(card(SECRETS.made, { kind: "deleted", byId: "UBOB", at: 4_000 }).blocks)[4]).toBe(
      "Approved by @UANN [1] · key tid_one deleted by @UBOB [4]",
    );
  });

  test("approving asks first, and says that the old secret stops", () => {
    const [approve] = buttonsOf(card(SECRETS.pending).blocks);
    expect(approve?.asks).toContain("The old secret stops when its requester presses Reveal and gets a new one.");
    expect(approve?.asks).toContain("full access to every bucket and key of the organisation");
  });

  test.each([
    ["Editor", "New secret of an Editor key requested by @UDEV"],
    ["ReadOnly", "New secret of a ReadOnly key requested by @UDEV"],
  ] as const)("it is said of %s as one says it", (permission, said) => {
    const access = { permission, buckets: { kind: "all" } } as const;
    const request = { ...SECRETS.approved, asked: { ...SECRETS.approved.asked, access } };
    expect(rowsOf(card(request).blocks)[0]).toBe(said);
  });
});
