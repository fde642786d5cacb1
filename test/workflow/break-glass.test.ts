import { MAX_ASKED_PER_HOUR } from "../../src/domain/limits";
import type { BreakGlass } from "../../src/domain/policy/rule";
import type { Approval, KeyAsked, Request, RequestKind } from "../../src/domain/request";
import { decideBreakGlass } from "../../src/workflow/break-glass";
import { NO_CHANGE } from "../../src/workflow/step";
import { REQUESTS, requestIn } from "../domain/samples";
import { HOUR, NOW, recorded } from "./samples";

const GLASS: BreakGlass = { who: { users: ["UDEV"], groups: [] }, lastsMs: 4 * HOUR, tellChannelId: "C2" };
const ASKED: KeyAsked = {
  kind: "key",
  keyName: "deploy",
  access: { permission: "Editor", buckets: { kind: "named", names: ["builds"] } },
  endpoint: "Default",
  format: "shell",
  life: { kind: "open" },
  rotates: null,
};
const INPUT = {
  id: "request-9",
  reference: "K7QM2XAB",
  requesterId: "UDEV",
  viewId: "V1",
  dmChannelId: "D1",
  asked: ASKED,
  reason: "Checkout is down",
  glass: GLASS,
  open: [] as Request[],
  askedInHour: 0,
  revealTtlMs: 24 * HOUR,
  at: NOW,
};
const breakIt = (changes: Partial<typeof INPUT> = {}, request: Request | null = null) =>
  decideBreakGlass(recorded({ request }), { ...INPUT, ...changes });
const BROKEN: Approval = {
  by: { kind: "break_glass", lastsMs: 4 * HOUR },
  at: NOW,
  ruling: { rules: [], lasts: { defaultMs: null, longestMs: null } },
  isAnew: false,
};

test("it counts as the approval, with a review to come: all in one step, in the name of whoever broke it", () => {
  const { glass: _glass, open: _open, askedInHour: _hour, revealTtlMs: _ttl, at: _at, ...asked } = INPUT;
  expect(breakIt()).toEqual({
    kind: "step",
    actorId: "UDEV",
    newRequest: {
      ...asked,
      needsApproval: true,
      askedAt: NOW,
      state: { kind: "approved", approval: BROKEN, lapsesAt: NOW + 4 * HOUR, isExtended: false, failure: null },
      review: { channelId: "C2", by: [], dueAt: NOW + 24 * HOUR, asksAt: NOW, asked: 0 },
      event: "request.glass_broken",
      outcome: "broken",
    },
  });
});

test("it is used as soon as its key would last, or as every other approval", () => {
  expect(breakIt({ revealTtlMs: HOUR })).toMatchObject({ newRequest: { state: { lapsesAt: NOW + HOUR } } });
});

test("one form breaks it once; the form of somebody else gives nothing", () => {
  expect(breakIt({}, REQUESTS.approved)).toBe(NO_CHANGE);
  expect(breakIt({ requesterId: "UEVE" }, REQUESTS.approved)).toMatchObject({ code: "unknown_request" });
});

const openOnes = (["approved", "making", "delivered"] as const).map((kind): [RequestKind, Request] => [
  kind,
  { ...REQUESTS[kind], state: { ...REQUESTS[kind].state, approval: BROKEN } as Request["state"] },
]);

test.each(openOnes)("not while the request of the last time is %s", (_kind, broken) => {
  expect(breakIt({ open: [REQUESTS.pending, broken] })).toMatchObject({
    kind: "refused",
    code: "glass_is_broken",
    about: { keyName: "deploy" },
  });
});

test("once its key is on, it may be broken again; and other requests are not in its way", () => {
  const made = requestIn({ kind: "made", approval: BROKEN, accessKeyId: "tid_one", at: 1 });
  expect(breakIt({ open: [made].filter(({ state }) => state.kind !== "made") })).toMatchObject({ kind: "step" });
  const others = [REQUESTS.pending, REQUESTS.approved, REQUESTS.making, REQUESTS.delivered];
  expect(breakIt({ open: others })).toMatchObject({ kind: "step" });
});

test("so often in an hour, as everything that others read of", () => {
  expect(breakIt({ askedInHour: MAX_ASKED_PER_HOUR - 1 })).toMatchObject({ kind: "step" });
  expect(breakIt({ askedInHour: MAX_ASKED_PER_HOUR })).toMatchObject({ code: "too_many_asked" });
});
