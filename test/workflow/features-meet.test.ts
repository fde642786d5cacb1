import type { Key } from "../../src/domain/key";
import { newAge } from "../../src/domain/key-age";
import { newEnd } from "../../src/domain/key-end";
import type { KeyAsked, Request } from "../../src/domain/request";
import { nextOfRotation, whyNoSecond } from "../../src/domain/rotation";
import { narrowAccess } from "../../src/workflow/calls/narrow-access";
import { lookAtPause } from "../../src/workflow/calls/pause";
import { lookAtWidening } from "../../src/workflow/calls/widen-access";
import { decideSwitchOn } from "../../src/workflow/confirm-saved";
import { decideVerdict } from "../../src/workflow/decide";
import { decideOverlap } from "../../src/workflow/overlap";
import { decideReveal } from "../../src/workflow/reveal";
import { decideTakeover } from "../../src/workflow/take-over";
import { REQUESTS, requestIn } from "../domain/samples";
import { BY_APPROVER, BY_BOT, BY_END, BY_OWNER, CHANGES, KEYS, PAUSES, pausedBy } from "./keys";
import { beside, CALLED_OFF, first, follows, replaced } from "./rotated-keys";
import { changing, creating, effectsOf, IN_TIME, NOW, pausing, recorded, SETTINGS } from "./samples";

/** What the ends, rotations, takeovers and changes of access of one key do to each other. */

const READ_ONLY = CHANGES.narrowing.to;
const EDITOR = CHANGES.widening.to;
const LEFT = { kind: "leaver", byId: "bot", at: 1_200, deletesAt: NOW + 5 } as const;
const NAMES = { id: "attempt-9", leaseHolder: "bot/9" };

describe("the second key of a rotation, once its first one is not what it was", () => {
  const rotates = { accessKeyId: "tid_one", overlapMs: 86_400_000 };
  const asked: KeyAsked = { ...(REQUESTS.approved.asked as KeyAsked), access: EDITOR, rotates };
  const of = (request: Request): Request => ({ ...request, id: "request-2", asked });
  const editor: Key = { ...KEYS.live, access: EDITOR };
  const held = (...holds: Key["pause"]["holds"]) => pausedBy(editor, { holds, stands: "paused" });
  const ROWS: [string, Key | null, string | null][] = [
    ["as it was", editor, null],
    ["wider", { ...KEYS.live }, null],
    ["gone", null, null],
    ["deleted", { ...KEYS.deleted, access: READ_ONLY }, null],
    ["somebody else's", { ...editor, access: READ_ONLY, ownerId: "UEVE" }, null],
    ["paused by its owner", held(BY_OWNER), null],
    ["narrowed", { ...editor, access: READ_ONLY }, "first_opens_less"],
    ["being narrowed", { ...editor, accessChange: CHANGES.narrowing }, "first_opens_less"],
    ["what nobody knows to have it", { ...editor, accessChange: CHANGES.unanswered }, "first_opens_less"],
    ["paused by an approver", held(BY_OWNER, BY_APPROVER), "held_by_other"],
    ["paused by the bot", held(BY_BOT), "held_by_other"],
  ];

  test.each(ROWS)("where that is %s", (_what, one, code) => {
    expect(whyNoSecond(one, { ownerId: "UDEV", access: EDITOR })?.code ?? null).toBe(code);
    const reveal = decideReveal(recorded({ request: of(REQUESTS.approved) }), {
      names: NAMES,
      actorId: "UDEV",
      clickId: "click-9",
      inPlaceOf: null,
      isRepeated: false,
      first: one,
      at: IN_TIME,
    });
    expect(reveal).toMatchObject(code === null ? { kind: "step" } : { kind: "refused", code });
    const key: Key = { ...KEYS.off, accessKeyId: "tid_two", access: EDITOR, rotation: follows(false) };
    const on = decideSwitchOn(recorded({ request: of(REQUESTS.delivered), key }), {
      actor: { userId: "UDEV", teamId: "T1", enterpriseId: null, userTeamId: null },
      deliveryId: "delivery-1",
      clickId: "click-9",
      isOnSecret: true,
      delivery: creating("posted", { id: "delivery-1" }),
      first: one,
      names: NAMES,
      lasts: { defaultMs: null, longestMs: null },
      isRepeated: false,
      at: IN_TIME,
    });
    expect(on).toMatchObject(code === null ? { kind: "step" } : { kind: "refused", code });
  });

  test("the approval of less is what counts", () => {
    const narrowed = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds"] } } as const;
    expect(whyNoSecond({ ...editor, access: READ_ONLY }, { ownerId: "UDEV", access: narrowed })).toBeNull();
  });
});

describe("a takeover", () => {
  const take = (key: Key) =>
    decideTakeover(recorded({ key, asking: null }), {
      names: NAMES,
      actorId: "UEVE",
      actorIds: ["UEVE"],
      fromId: "UDEV",
      leaver: {
        ownerId: "UDEV",
        state: {
          kind: "left",
          at: 1_000,
          byId: "bot",
          goneAt: 500,
          deactivatedAt: 500,
          isDeactivated: true,
          toldAt: 1_500,
        },
        version: 1,
      },
      dmChannelId: "DEVE",
      use: { taken: 0, waiting: 0, askedInHour: 0 },
      maxKeysPerUser: 5,
      spends: null,
      isRepeated: false,
      isPauseOpen: false,
      clickId: "UEVE 1",
      at: NOW,
    });

  test("of a key that is being narrowed gives it less before it works again", () => {
    const key = { ...KEYS.live, access: EDITOR, accessChange: CHANGES.narrowing };
    const step = take(pausedBy(key, { ...PAUSES.paused, holds: [LEFT] }));
    expect(step).toMatchObject({ attempt: { to: { work: { kind: "resume", phase: "giving" } } } });
  });

  test("of a key that has ended leaves its whole grace to whoever owns it then, from when they read of it", () => {
    const end = { ...newEnd(NOW - 9, 0), deletesAt: NOW + 1 };
    const step = take(pausedBy({ ...KEYS.live, end }, { ...PAUSES.paused, holds: [BY_END, LEFT] }));
    expect(step).toMatchObject({ key: { end: { ...end, deletesAt: null }, pause: { holds: [BY_END] } } });
    expect(take({ ...KEYS.live, end: newEnd(NOW + 9, 0) })).not.toHaveProperty("key.end");
  });

  test("begins the questions about its secret anew: a message that was owed to whoever left asks nobody", () => {
    const message = { channelId: "DDEV", ts: "1.1" };
    const age = { ...newAge(1), asked: 4, firstAt: 2, lastAt: 3, isOwed: true, isRaised: true, message };
    expect(take({ ...KEYS.live, age })).toMatchObject({ key: { age: newAge(1) } });
  });
});

describe("a pair of keys whose owner has left", () => {
  test.each([
    ["before the first is paused for it", first()],
    ["after", replaced(NOW + 9)],
    ["after, and nobody can be told of it", replaced(null)],
  ])("is two keys from then on, so that each can be taken over: %s", (_when, key) => {
    const left = pausedBy(key, { holds: [...key.pause.holds, LEFT], stands: "paused" });
    expect(nextOfRotation(left)).toBe(0);
    const step = decideOverlap(recorded({ key: left }), beside());
    expect(step).toMatchObject({ key: { rotation: CALLED_OFF, outcome: "owner_left" } });
    expect(step).not.toHaveProperty("key.pause");
    expect(step.tell).toBeUndefined();
  });
});

describe("what was left behind", () => {
  test("and had to be paused once more is kept for its whole grace from then on", () => {
    const key = pausedBy(KEYS.live, { ...PAUSES.pausing, holds: [LEFT] });
    const roles = [{ bucket: "*", role: "NamespaceAdmin" }];
    const listed = { accessKeyId: "tid_one", name: "deploy-K7QM2XAB", createdAtMs: 1, creator: null, roles };
    const step = lookAtPause.after(
      { ...recorded({ key }), attempt: pausing("looking") },
      { kind: "there", key: { ...listed, status: "inactive" } },
      { at: NOW, facts: { isGrantOpen: false }, settings: SETTINGS },
    );
    expect(step.key).toMatchObject({ pause: { holds: [{ ...LEFT, deletesAt: null }], stands: "paused" } });
  });
});

describe("a narrowing that Tigris has done beside a pause that took the roles", () => {
  const key = pausedBy(
    { ...KEYS.live, access: EDITOR, accessChange: CHANGES.narrowing },
    { ...PAUSES.paused, areRolesTaken: true },
  );
  const held = { ...recorded({ key }), attempt: changing("taking") };
  const facts = { isPauseOpen: false, isRoleCallOpen: false };
  const context = { at: NOW, facts, settings: SETTINGS };

  test("may have given some again, so that it is paused once more", () => {
    const step = narrowAccess.after(held, { kind: "changed" }, context);
    expect(step).toMatchObject({ key: { access: READ_ONLY, accessChange: null, pause: { stands: "pausing" } } });
    expect(step.begin).toMatchObject({ work: { kind: "pause", phase: "calling" } });
  });

  test("also where it was overtaken, or comes late", () => {
    const later = { ...held, key: { ...key, accessChange: CHANGES.later } };
    for (const step of [
      narrowAccess.after(later, { kind: "changed" }, context),
      narrowAccess.late(held, { kind: "changed" }, { at: NOW, facts }),
    ]) {
      expect(step).toMatchObject({ key: { pause: { stands: "pausing" } } });
      expect(step.begin).toMatchObject({ work: { kind: "pause", phase: "calling" } });
    }
  });

  test("gives nothing where it was not asked for, and nothing that counts where the status did it", () => {
    expect(narrowAccess.after(held, { kind: "not_asked" }, context)).not.toHaveProperty("key.pause");
    const byStatus = { ...held, key: { ...key, pause: PAUSES.paused } };
    expect(narrowAccess.after(byStatus, { kind: "changed" }, context)).not.toHaveProperty("key.pause");
  });
});

describe("an approval of a wider access that was pressed, and got no answer", () => {
  const asked = { kind: "access", accessKeyId: "tid_one", keyName: "ci", access: EDITOR, from: READ_ONLY } as const;
  const of = (request: Request) => requestIn(request.state, { asked: { ...asked, endpoint: "Default" } });

  test("stays with a later press of it: the look of the first one takes it from nobody", () => {
    const key = { ...KEYS.live, access: EDITOR, accessChange: { ...CHANGES.unanswered, attemptId: "attempt-2" } };
    const held = { ...recorded({ request: of(REQUESTS.making), key }), attempt: changing("looking") };
    const context = { at: NOW, facts: { isPauseOpen: false }, settings: SETTINGS };
    const step = lookAtWidening.after(held, { kind: "absent" }, context);
    expect(effectsOf(step)).toMatchObject({ attempt: "overtaken" });
    expect(step).not.toHaveProperty("request");
  });

  test("can't be withdrawn: whoever withdraws it would read that nothing was given", () => {
    const request = of(REQUESTS.approved);
    const by = { approverId: "UBOB", at: IN_TIME };
    const withdrawn = (key: Key) => decideVerdict(recorded({ request, key }), { kind: "withdrawn" }, by);
    expect(withdrawn({ ...KEYS.live, accessChange: CHANGES.unanswered })).toMatchObject({ code: "past_withdrawal" });
    expect(withdrawn(KEYS.live)).toMatchObject({ kind: "step" });
  });
});
