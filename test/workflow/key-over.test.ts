import { newReview } from "../../src/domain/review";
import { lookBeforeDrop } from "../../src/workflow/calls/look-before-drop";
import { decideSwitchOn } from "../../src/workflow/confirm-saved";
import { whyNotAsked } from "../../src/workflow/create";
import { decideRotation } from "../../src/workflow/new-secret";
import { decideResume } from "../../src/workflow/resume-key";
import { finalEnd, keyIn, policyOf, REQUESTS } from "../domain/samples";
import { BY_END, DROPPED, KEYS, PAUSES, pausedBy } from "./keys";
import { creating, deleting, IN_TIME, NOW, recorded, SETTINGS } from "./samples";

/*
 * A key whose time is over gets no power by any click: neither once it is paused for that, nor before, while the timer waits for a
 * bot that was down.
 */

const HOUR = 3_600_000;
const NO_LASTS = { defaultMs: null, longestMs: null };
const ENDS_AT = IN_TIME - 1;
const ACTOR = { userId: "UDEV", teamId: "T1", enterpriseId: null, userTeamId: null };
const BASE = { names: { id: "attempt-9", leaseHolder: "bot/9" }, clickId: "click-9", isRepeated: false };
const ENDED = { kind: "refused", code: "key_ended", about: { keyName: "deploy" } };
const DELIVERY = { deliveryId: "delivery-1", first: null, delivery: creating("posted", { id: "delivery-1" }) };
const switchOn = (key: typeof KEYS.off, request = REQUESTS.made) =>
  decideSwitchOn(recorded({ request, key }), {
    ...BASE,
    ...DELIVERY,
    lasts: NO_LASTS,
    actor: ACTOR,
    isOnSecret: true,
    at: IN_TIME,
  });
const unanswered = keyIn({ kind: "switching_on", at: 3_000, until: 10_000, shownAt: 2_500, isUnanswered: true });
const RESUME = { ...BASE, actorId: "UDEV", isApprover: false, spends: null, isPauseOpen: false, at: IN_TIME };

test("no press switches it on: not again where Tigris did not answer, and not anew where it refused", () => {
  expect(switchOn(unanswered)).toMatchObject({ kind: "step" });
  expect(switchOn({ ...unanswered, end: finalEnd(IN_TIME + 1) })).toMatchObject({ kind: "step" });
  expect(switchOn({ ...unanswered, end: finalEnd(ENDS_AT) })).toMatchObject(ENDED);
  expect(switchOn({ ...KEYS.off, end: finalEnd(ENDS_AT) }, REQUESTS.delivered)).toMatchObject(ENDED);
});

test("no press resumes it: not what its owner paused, and not what is being resumed", () => {
  const held = [pausedBy(KEYS.live, PAUSES.paused), pausedBy(KEYS.live, PAUSES.resuming)];
  for (const key of held) {
    expect(decideResume(recorded({ key }), RESUME)).toMatchObject({ kind: "step" });
    expect(decideResume(recorded({ key: { ...key, end: finalEnd(ENDS_AT) } }), RESUME)).toMatchObject(ENDED);
  }
  const approver = { ...RESUME, actorId: "UANN", isApprover: true };
  expect(decideResume(recorded({ key: pausedBy(KEYS.live, { holds: [BY_END] }) }), approver)).toMatchObject(ENDED);
});

test("no new secret of it is made or asked for, and nobody is asked to resume it", () => {
  const policy = policyOf([]);
  const key = { ...pausedBy(KEYS.live, { holds: [BY_END], stands: "paused" }), end: finalEnd(ENDS_AT) };
  const rotate = { ...BASE, actorId: "UDEV", policy, at: IN_TIME };
  expect(decideRotation(recorded({ key }), rotate)).toMatchObject(ENDED);
  const { keyName, access, endpoint, accessKeyId } = key;
  for (const kind of ["secret", "resume"] as const)
    expect(
      whyNotAsked({ kind, keyName, access, endpoint, accessKeyId }, key, { ownerId: "UDEV", at: 0 }),
    ).toMatchObject(ENDED);
});

describe("a key that was never on, and that somebody else gave its power", () => {
  const roles = [{ bucket: "b1", role: "Editor" }];
  const made = { accessKeyId: "tid_one", name: "deploy-K7QM2XAB", createdAtMs: 1, creator: null, status: "active" };
  const raise = (request: typeof REQUESTS.lapsed | null, key = DROPPED) =>
    lookBeforeDrop.after(
      { ...recorded({ key, request }), attempt: deleting("looking") },
      { kind: "there", key: { ...made, roles, status: "active" }, policies: 0 },
      { at: NOW, facts: { signedWith: new Set() }, settings: SETTINGS },
    );
  const brokenFor = (lastsMs: number) => {
    const by = { kind: "break_glass", lastsMs } as const;
    const ruling = { rules: [], lasts: { defaultMs: null, longestMs: null } };
    const state = { kind: "lapsed", why: "unused", at: 9, approval: { by, at: 1, ruling, isAnew: false } } as const;
    return { ...REQUESTS.lapsed, state, review: newReview("C1", 1) };
  };

  test("has an end where the glass was broken for it, and none elsewhere", () => {
    expect(raise(brokenFor(4 * HOUR))).toMatchObject({
      key: { event: "key.raised", end: { at: NOW + 4 * HOUR, isFinal: true } },
    });
    expect(raise(REQUESTS.lapsed).key).not.toHaveProperty("end");
    expect(raise(null).key).not.toHaveProperty("end");
  });

  test("has one too where its request does not say for how long, as one that was canceled", () => {
    const canceled = { ...brokenFor(HOUR), state: REQUESTS.cancelled.state };
    expect(raise(canceled)).toMatchObject({ key: { end: { at: NOW + 24 * HOUR } } });
  });

  test("keeps the end that it was told of", () => {
    expect(raise(brokenFor(4 * HOUR), { ...DROPPED, end: finalEnd(77) })).toMatchObject({ key: { end: finalEnd(77) } });
  });
});
