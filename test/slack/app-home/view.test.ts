import fc from "fast-check";
import { homeProblems } from "../../../sandbox/slack/limits/blocks";
import { FIRST_LOOK } from "../../../src/domain/app-home";
import { KEYS_PER_PAGE, MAX_SEARCH, MAX_WAITING_SHOWN } from "../../../src/domain/limits";
import { PERMISSIONS } from "../../../src/domain/permission";
import { APPROVAL_CLASSES } from "../../../src/domain/policy/from-settings";
import type { Policy } from "../../../src/domain/policy/rule";
import { appHomeView, closedHomeView, type Drawing } from "../../../src/slack/app-home/view";
import { ADMIN_RULE, people, rule } from "../../domain/policy/teams";
import { BY_POLICY, keyIn, lookedAt, PENDING, policyOf, requestIn } from "../../domain/samples";
import { BY_OWNER, KEYS, PAUSES, pausedBy } from "../../workflow/keys";
import { expectNoMarkup } from "../harmless";
import { anyRequest, anySentence, hostile, slackId } from "../hostile";
import { anyKey } from "../hostile-keys";
import { anyRefusal } from "../hostile-refusals";
import { objectsIn } from "../reading";

const NOW = 200_000_000;
const LINKS = { workspaceUrl: "https://acme.slack.com/", approvalsChannelId: "C1" };
const WHY_OWN = { kind: "refused", code: "not_approver", about: { approvers: { users: [], groups: [] } } } as const;
const VIEWER = {
  kind: "viewer",
  userId: "UDEV",
  ids: ["UDEV"],
  isApprover: true,
  looked: lookedAt("UDEV"),
  mayDecide: true,
  mayBreakGlass: false,
  policy: policyOf(["admin"]),
  whyOwn: WHY_OWN,
} as const;
const PLACE = { channelId: "D1", ts: "1764000000.000001" };

function drawing(contents: Partial<Drawing["contents"]> = {}, more: Partial<Drawing> = {}): Drawing {
  return {
    contents: {
      viewer: VIEWER,
      look: FIRST_LOOK,
      at: NOW,
      toDecide: { requests: [], count: 0 },
      open: [],
      unsettled: [],
      keys: { page: [], count: 0, hasOlder: false, hasNewer: false },
      ...contents,
    },
    whyOwn: null,
    said: null,
    isFirst: false,
    policy: policyOf(["admin"]),
    links: LINKS,
    ...more,
  };
}

const textOf = (shown: Drawing) =>
  objectsIn(appHomeView(shown).blocks)
    .flatMap(({ text }) => (typeof text === "string" ? [text.replaceAll("\u200B", "")] : []))
    .join("\n");

const place = fc.record({
  card: fc.option(fc.constant(PLACE), { nil: null }),
  dmChannelId: fc.constantFrom("D1", "D2"),
});
const few = <Value>(arbitrary: fc.Arbitrary<Value>, maxLength: number) => fc.array(arbitrary, { maxLength });
const anyPlaced = fc.tuple(anyRequest, place).map(([request, at]) => ({ request, ...at }));
const anyContents = fc.record({
  toDecide: fc.record({ requests: few(anyPlaced, MAX_WAITING_SHOWN), count: fc.integer({ min: 0, max: 100 }) }),
  open: few(
    fc.tuple(anyPlaced, fc.option(anyKey, { nil: null })).map(([placed, key]) => ({ ...placed, key })),
    MAX_WAITING_SHOWN,
  ),
  unsettled: few(
    fc.tuple(anyKey, place).map(([key, at]) => ({ key, ...at })),
    MAX_WAITING_SHOWN,
  ),
  keys: fc.record({
    page: few(anyKey, KEYS_PER_PAGE),
    count: fc.integer({ min: 0, max: 1_000 }),
    hasOlder: fc.boolean(),
    hasNewer: fc.boolean(),
  }),
  look: fc.record({
    whose: fc.constantFrom("own" as const, "everybody" as const),
    from: fc.constant(null),
    search: hostile(MAX_SEARCH + 20),
    ownerId: fc.option(slackId, { nil: null }),
    permission: fc.constantFrom(null, ...PERMISSIONS),
    bucket: fc.constantFrom(null, "builds", "b".repeat(150)),
    emptiedAt: fc.nat(),
  }),
});

/** Ids of ours are each there once, while samples repeat theirs. */
function numbered(contents: Partial<Drawing["contents"]>): Partial<Drawing["contents"]> {
  let count = 0;
  const once = () => `id-${count++}`;
  const renewed = <Placed extends { request: { id: string } }>(placed: Placed) => ({
    ...placed,
    request: { ...placed.request, id: once() },
  });
  const { toDecide, open = [], unsettled = [], keys } = contents;
  return {
    ...contents,
    ...(toDecide ? { toDecide: { ...toDecide, requests: toDecide.requests.map(renewed) } } : {}),
    open: open.map(renewed),
    unsettled: unsettled.map((one) => ({ ...one, key: { ...one.key, accessKeyId: once() } })),
    ...(keys ? { keys: { ...keys, page: keys.page.map((key) => ({ ...key, accessKeyId: once() })) } } : {}),
  };
}

test("whatever anybody typed, much that waits and many keys: within Slack's limits and without effect", () => {
  fc.assert(
    fc.property(anyContents, fc.option(anySentence, { nil: null }), fc.boolean(), (contents, said, isFirst) => {
      const view = appHomeView(drawing(numbered(contents), { said, isFirst, policy: policyOf(APPROVAL_CLASSES) }));
      expect(homeProblems(view)).toEqual([]);
      expectNoMarkup(view.blocks);
      expect(view.blocks.length).toBeLessThanOrEqual(100);
      expect(JSON.stringify(view).length).toBeLessThan(250_000);
    }),
  );
  fc.assert(fc.property(anyRefusal, (refusal) => expect(closedHomeView(refusal).blocks).toHaveLength(1)));
});

test.each([
  [["admin"], "Admin keys need somebody's approval."],
  [[], "Admin keys need somebody's approval."],
  [["admin", "editor-all"], "Admin keys and Editor keys for all buckets need somebody's approval."],
  [APPROVAL_CLASSES, "Admin keys, Editor keys and ReadOnly keys need somebody's approval."],
] as const)("with approvals for %s it says so", (approvalFor, words) => {
  expect(textOf(drawing({}, { policy: policyOf(approvalFor) }))).toContain(words);
});

const ALL = { permissions: ["Editor", "ReadOnly"], buckets: null, allBuckets: true } as const;

test("some buckets and all of them are said as one", () => {
  const policy: Pick<Policy, "rules"> = {
    rules: [
      rule("production", { buckets: ["prod-*"], decide: { people: people("UANN"), count: 2 } }),
      rule("all", { when: ALL, decide: { people: people("UANN"), count: 1 } }),
      rule("rest"),
      ADMIN_RULE,
    ],
  };
  const words = "Admin keys, Editor keys for some buckets or all and ReadOnly keys for some buckets or all need";
  expect(textOf(drawing({}, { policy }))).toContain(words);
});

test("whoever has anything, or has seen it before, reads no introduction", () => {
  const keys = { page: [KEYS.live], count: 1, hasOlder: false, hasNewer: false };
  expect(textOf(drawing({ keys }))).not.toContain("gives you access keys");
  expect(textOf(drawing({ keys }, { isFirst: true }))).toContain("gives you access keys");
});

test("each thing that waits leads to its card, and to the conversation as long as there is none", () => {
  const request = requestIn({ ...PENDING, lapsesAt: NOW });
  const placed = (id: string, card: typeof PLACE | null) => ({ request: { ...request, id }, card, dmChannelId: "D9" });
  const { blocks } = appHomeView(
    drawing({
      toDecide: { requests: [placed("a", PLACE), placed("b", null)], count: 5 },
      open: [{ ...placed("c", null), key: null }],
    }),
  );
  expect(objectsIn(blocks).flatMap(({ url }) => (typeof url === "string" ? [url] : []))).toEqual([
    "https://acme.slack.com/archives/D1/p1764000000000001",
    "https://acme.slack.com/archives/C1",
    "https://acme.slack.com/archives/D9",
  ]);
  expect(JSON.stringify(blocks)).toContain("and 3 more in <#C1>");
});

test("a paused key that is off waits for nobody", () => {
  const request = requestIn({
    kind: "delivered",
    approval: BY_POLICY,
    lapsesAt: NOW,
    isExtended: false,
    accessKeyId: "tid_one",
    at: 1,
    refusal: null,
    named: "not_yet",
  });
  const waiting = (key: typeof KEYS.off | ReturnType<typeof pausedBy>) =>
    textOf(drawing({ open: [{ request, card: PLACE, dmChannelId: "D1", key }] })).includes("Waiting for you");
  expect(waiting(KEYS.off)).toBe(true);
  expect(waiting(pausedBy(KEYS.off, { ...PAUSES.paused, holds: [BY_OWNER] }))).toBe(false);
  expect(waiting(keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } }))).toBe(false);
});

test("who is no approver is offered nobody else's keys", () => {
  const own = drawing({ viewer: { ...VIEWER, isApprover: false } });
  expect(JSON.stringify(appHomeView(own))).not.toContain("home_everybody");
  expect(JSON.stringify(appHomeView(drawing()))).toContain("home_everybody");
});

test("who may break the glass has a button for it, and nobody else", () => {
  expect(JSON.stringify(appHomeView(drawing()))).not.toContain("home_break_glass");
  const onCall = drawing({ viewer: { ...VIEWER, mayBreakGlass: true } });
  expect(JSON.stringify(appHomeView(onCall))).toContain("home_break_glass");
});
