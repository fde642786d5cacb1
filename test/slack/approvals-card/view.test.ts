import type { Key, KeyState, Pause } from "../../../src/domain/key";
import type { LessAccess } from "../../../src/domain/narrow";
import type { Access } from "../../../src/domain/permission";
import { progressOf } from "../../../src/domain/progress";
import type { Request, RequestKind } from "../../../src/domain/request";
import { approvalsCard } from "../../../src/slack/approvals-card/view";
import { approvalBy, BY_ANN, keyIn, policyOf, REQUESTS, requestIn, SECRETS, secretIn } from "../../domain/samples";
import { BY_APPROVER, BY_BOT, KEYS, PAUSES, pausedBy } from "../../workflow/keys";
import { buttonsOf, objectsIn, rowsOf, smallOf } from "../reading";

const approvers = { users: ["UANN", "UBOB"], groups: ["S1"] };
const policy = policyOf(["admin", "editor"], approvers);
const progressOn = (request: Request) => progressOf(request, policy, 2_000);
const asker = { keys: { all: 2, admin: 1 }, denials: 0 };
const card = (request: Request, state: KeyState | null = null) =>
  approvalsCard({ request, key: state && keyIn(state), asker, progress: progressOn(request) });
const labelsOf = (blocks: readonly unknown[]) => buttonsOf(blocks).map(({ label }) => label);
const asking = (request: Request, access: Access): Request => ({ ...request, asked: { ...request.asked, access } });

test("a request that waits: who asks for what and why, what they have, until when; those who can decide are mentioned", () => {
  const { text, blocks } = card(REQUESTS.pending);
  expect(rowsOf(blocks)).toEqual([
    "@S1 @UANN @UBOB · Admin key for @UDEV",
    "Nightly backups of the build server",
    "deploy · every bucket and key",
    "@UDEV has 2 keys (1 Admin)",
  ]);
  expect(smallOf(blocks)).toEqual(['lapses [10] · rule "admin" · ref K7QM2XAB']);
  expect(text).toMatch(/^<!subteam\^S1> <@UANN> <@UBOB> · Admin key for <@UDEV>\n“Nightly backups/);
});

test.each<[RequestKind, string, string, string[]]>([
  ["approved", "→ Approved by @UANN [1] · secret not shown yet", 'rule "admin"', ["Withdraw"]],
  ["making", "→ Approved by @UANN [1] · its key is being made", 'rule "admin"', []],
  ["delivered", "→ Approved by @UANN [1] · secret shown, key off", 'rule "admin"', ["Withdraw"]],
  ["made", "→ On since [2]", 'approved by @UANN · rule "admin" · tid_one', []],
  ["denied", "→ Denied by @UANN [2]: “Use Editor”", "", []],
  ["cancelled", "→ Canceled by @UDEV [2]", "", []],
  ["withdrawn", "→ Withdrawn by @UBOB [2]", 'approved by @UANN · rule "admin"', []],
  ["lapsed", "→ Lapsed [10]: nobody decided in time", "", []],
  ["requester_gone", "→ Lapsed [2]: @UDEV can no longer ask for keys", "", []],
])("a request that is %s", (kind, outcome, small, buttons) => {
  const { blocks } = card(REQUESTS[kind]);
  expect(rowsOf(blocks)).toEqual([
    "Admin key for @UDEV",
    "Nightly backups of the build server",
    "deploy · every bucket and key",
    outcome,
  ]);
  expect(smallOf(blocks)).toEqual([`${small}${small && " · "}ref K7QM2XAB`]);
  expect(labelsOf(blocks)).toEqual(buttons);
  for (const button of buttonsOf(blocks)) expect(button.value).toBe("request-1");
});

test("only while somebody has to decide are the approvers mentioned", () => {
  const mentioned = (request: Request) =>
    objectsIn(card(request).blocks).flatMap(({ type, usergroup_id }) => (type === "usergroup" ? [usergroup_id] : []));
  expect(mentioned(REQUESTS.pending)).toContain("S1");
  for (const [kind, request] of Object.entries(REQUESTS))
    if (kind !== "pending") expect(mentioned(request)).not.toContain("S1");
});

test("a failed reveal is told, and the approval can still be withdrawn", () => {
  const failure = { why: "not_delivered", detail: null, at: 3_000 } as const;
  const state = { kind: "approved", approval: BY_ANN, lapsesAt: 10_000, isExtended: false, failure } as const;
  const { blocks } = card(requestIn(state));
  expect(rowsOf(blocks)[3]).toBe("→ Approved by @UANN · the last try failed [3]");
  expect(labelsOf(blocks)).toEqual(["Withdraw"]);
});

test.each([
  ["unused", "the approval was not used in time"],
  ["approver_lost", "its approver is no longer one"],
  ["policy_changed", "the rules for such keys ask for more by now"],
  ["all_buckets_refused", "Tigris doesn't take all buckets for this permission"],
  ["key_gone", "the key is gone"],
] as const)("an approval that lapsed: %s", (why, said) => {
  const { blocks } = card(requestIn({ kind: "lapsed", why, approval: BY_ANN, at: 10_000 }));
  expect(rowsOf(blocks)[3]).toBe(`→ Lapsed [10]: ${said}`);
});

test.each<[KeyState, string]>([
  [{ kind: "live", secret: { kind: "unconfirmed", cover: null } }, "→ On since [2]"],
  [{ kind: "switching_on", at: 3_000, until: 9_000, shownAt: null, isUnanswered: true }, "→ Off · being switched on"],
  [{ kind: "secret_unknown", at: 4_000, cover: null }, "→ On · nobody holds its secret since [4]"],
  [{ kind: "deleting", byId: "UBOB", why: "asked", at: 4_000 }, "→ Being deleted by @UBOB since [4]"],
  [{ kind: "deleted", byId: "UBOB", why: "asked", at: 4_000 }, "→ Deleted by @UBOB [4]"],
  [{ kind: "deleted", byId: null, why: "gone", at: 4_000 }, "→ Deleted [4]"],
])("once its key is %j", (state, said) => {
  const { blocks } = card(REQUESTS.made, state);
  expect(rowsOf(blocks)[3]).toBe(said);
  expect(smallOf(blocks)).toEqual(['approved by @UANN · rule "admin" · tid_one · ref K7QM2XAB']);
});

describe("the key of a request that was used", () => {
  const shown = (key: Key) => approvalsCard({ request: REQUESTS.made, key, asker, progress: [] }).blocks;

  test.each<[string, Partial<Pause>, string, string[]]>([
    ["by the approver", { ...PAUSES.paused, holds: [BY_APPROVER] }, "Paused by @UANN [4]", ["Resume", "Delete key"]],
    ["by its owner", PAUSES.paused, "Paused by @UDEV [4]", ["Resume", "Pause key", "Delete key"]],
    ["by the bot", { ...PAUSES.paused, holds: [BY_BOT] }, "Paused by me [4]", ["Resume", "Pause key", "Delete key"]],
    ["not yet", PAUSES.pausing, "Being paused by @UDEV [4]", ["Resume", "Pause key", "Delete key"]],
    ["and not resumed yet", PAUSES.resuming, "Paused · being resumed", ["Resume", "Pause key", "Delete key"]],
  ])("that is paused %s", (_what, pause, said, buttons) => {
    const key = pausedBy(KEYS.live, pause);
    expect(rowsOf(shown(key))[3]).toBe(`→ ${said}`);
    expect(labelsOf(shown(key))).toEqual(buttons);
  });

  test.each(["live", "switching_on", "rotating", "secret_unknown"] as const)(
    "that is %s can be paused and deleted by approvers, after a question",
    (kind) => {
      expect(labelsOf(shown(KEYS[kind]))).toEqual(["Pause key", "Delete key"]);
      for (const button of buttonsOf(shown(KEYS[kind]))) {
        expect(button.value).toBe("tid_one");
        expect(button.asks).toContain("Programs that use it stop working at once.");
      }
    },
  );

  test.each(["deleting", "deleted"] as const)("that is %s can be neither", (kind) => {
    expect(labelsOf(shown(KEYS[kind]))).toEqual([]);
    expect(labelsOf(shown(pausedBy(KEYS[kind], PAUSES.paused)))).toEqual([]);
  });
});

test("withdrawing asks first", () => {
  expect(buttonsOf(card(REQUESTS.approved).blocks)[0]?.asks).toContain("can't be switched on any more");
});

test.each([
  [{ keys: { all: 0, admin: 0 }, denials: 0 }, "@UDEV has no keys"],
  [{ keys: { all: 1, admin: 0 }, denials: 1 }, "@UDEV has 1 key · denied once this month"],
  [{ keys: { all: 5, admin: 2 }, denials: 2 }, "@UDEV has 5 keys (2 Admin) · denied twice this month"],
  [{ keys: { all: 5, admin: 0 }, denials: 7 }, "@UDEV has 5 keys · denied 7 times this month"],
])("what whoever asks has, and was denied: %j", (asks, said) => {
  const { blocks } = approvalsCard({
    request: REQUESTS.pending,
    key: null,
    asker: asks,
    progress: progressOn(REQUESTS.pending),
  });
  expect(rowsOf(blocks)[3]).toBe(said);
});

test("a missing reason is said to be missing", () => {
  expect(rowsOf(card({ ...REQUESTS.pending, reason: null }).blocks)[1]).toBe("No reason was given.");
});

const APPROVED = { kind: "approved", lapsesAt: 10_000, isExtended: false, failure: null } as const;

describe("what was approved with less", () => {
  const narrowed = (asked: Access, access: LessAccess) => {
    const state = { ...APPROVED, approval: approvalBy(["UANN"], access) };
    return rowsOf(card(asking({ ...REQUESTS.approved, state }, asked)).blocks);
  };
  const builds = { kind: "named", names: ["builds"] } as const;
  const named = (...names: string[]) => ({ kind: "named", names }) as const;

  test.each<[Access, LessAccess, string, string]>([
    [
      { permission: "Admin", buckets: { kind: "all" } },
      { permission: "Editor", buckets: builds },
      "Editor",
      "Editor on builds instead of Admin",
    ],
    [
      { permission: "Editor", buckets: named("builds", "logs") },
      { permission: "Editor", buckets: builds },
      "Editor",
      "Editor on builds instead of 2 buckets",
    ],
    [
      { permission: "Editor", buckets: { kind: "all" } },
      { permission: "Editor", buckets: builds },
      "Editor",
      "Editor on builds instead of all buckets",
    ],
    [
      { permission: "Editor", buckets: builds },
      { permission: "ReadOnly", buckets: builds },
      "ReadOnly",
      "ReadOnly on builds instead of Editor",
    ],
  ])("%j → %j", (asked, access, permission, said) => {
    expect(narrowed(asked, access)).toEqual([
      `${permission} key for @UDEV`,
      "Nightly backups of the build server",
      `deploy · ${said}`,
      "→ Approved by @UANN [1] · secret not shown yet",
    ]);
  });
});

describe("of a request for a new secret", () => {
  test("those who decide read that the key is there already, and why another secret of it is wanted", () => {
    const { blocks } = card(SECRETS.pending);
    expect(rowsOf(blocks).slice(0, 2)).toEqual([
      "@S1 @UANN @UBOB · New secret of an Admin key for @UDEV",
      "Nightly backups of the build server",
    ]);
    expect(labelsOf(blocks)).toEqual(["Approve", "Deny"]);
  });

  test.each<[RequestKind, string, string[]]>([
    ["approved", "→ Approved by @UANN [1] · secret not shown yet", ["Withdraw"]],
    ["making", "→ Approved by @UANN [1] · its new secret is being made", []],
    ["made", "→ On · new secret made [2]", []],
    ["denied", "→ Denied by @UANN [2]: “Use Editor”", []],
  ])("that is %s", (kind, outcome, buttons) => {
    const { blocks } = card(SECRETS[kind], { kind: "live", secret: { kind: "confirmed", at: 1_000 } });
    expect(rowsOf(blocks).slice(3)).toEqual([outcome]);
    expect(smallOf(blocks)[0]).toMatch(/ref SECRET22$/);
    expect(labelsOf(blocks)).toEqual(buttons);
    for (const button of buttonsOf(blocks)) expect(button.value).toBe("request-2");
  });

  test("after a failed try there is no secret so far", () => {
    const failure = { why: "lost", detail: "timeout", at: 3_000 } as const;
    const request = secretIn({ kind: "approved", approval: BY_ANN, lapsesAt: 10_000, isExtended: false, failure });
    expect(rowsOf(card(request).blocks)[3]).toBe("→ Approved by @UANN · the last try failed [3]");
  });

  test("once its key is gone, the card says so", () => {
    const deleted = { kind: "deleted", byId: "UBOB", why: "asked", at: 4_000 } as const;
    expect(rowsOf(card(SECRETS.made, deleted).blocks)[3]).toBe("→ Deleted by @UBOB [4]");
  });

  test.each([
    ["Editor", "New secret of an Editor key for @UDEV"],
    ["ReadOnly", "New secret of a ReadOnly key for @UDEV"],
  ] as const)("it is said of %s as one says it", (permission, said) => {
    const request = asking(SECRETS.approved, { permission, buckets: { kind: "all" } });
    expect(rowsOf(card(request).blocks)[0]).toBe(said);
  });
});
