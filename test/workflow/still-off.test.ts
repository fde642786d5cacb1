import type { Delivered } from "../../src/domain/request";
import { NO_CHANGE } from "../../src/workflow/step";
import { decideExpiry, decideStillOff } from "../../src/workflow/still-off";
import { BY_ANN, keyIn, REQUESTS, requestIn } from "../domain/samples";
import { BY_BOT, BY_OWNER, KEYS, PAUSES, pausedBy } from "./keys";
import { HOUR, LATE, MINUTE, recorded } from "./samples";

describe("a key that is still off", () => {
  const AT = 1_000_000;
  const LAPSES = AT + 24 * HOUR;
  const delivered = (named: Delivered["named"], changes: Partial<Delivered> = {}) =>
    requestIn({
      kind: "delivered",
      accessKeyId: "tid_one",
      at: AT,
      approval: BY_ANN,
      lapsesAt: LAPSES,
      isExtended: false,
      refusal: null,
      named,
      ...changes,
    });
  const off = (named: Delivered["named"], at: number, key = KEYS.off) =>
    decideStillOff(recorded({ request: delivered(named), key }), at);
  const ring = (isLast: boolean) => ({
    kind: "requester_card",
    requestId: "request-1",
    ring: { code: "still_off", about: { keyName: "deploy", lapsesAt: LAPSES, isLast } },
  });

  test("is named after ten minutes, and an hour before it goes", () => {
    expect(off("not_yet", AT + 10 * MINUTE - 1)).toBe(NO_CHANGE);
    expect(off("not_yet", AT + 10 * MINUTE)).toEqual({
      kind: "step",
      actorId: "bot",
      request: { kind: "moves", to: delivered("first").state, event: "request.still_off" },
      tell: [ring(false)],
    });
    expect(off("first", LAPSES - HOUR - 1)).toBe(NO_CHANGE);
    expect(off("first", LAPSES - HOUR)).toEqual({
      kind: "step",
      actorId: "bot",
      request: { kind: "moves", to: delivered("last").state, event: "request.still_off" },
      tell: [ring(true)],
    });
  });

  test("and then no more", () => {
    expect(off("last", LAPSES)).toBe(NO_CHANGE);
  });

  test("whose secret may never have appeared is named too", () => {
    expect(off("not_yet", AT + 10 * MINUTE, keyIn({ kind: "off", shownAt: null }))).toMatchObject({
      tell: [ring(false)],
    });
  });

  test("is named once the clock was set back, too", () => {
    expect(off("not_yet", AT - 60 * 24 * HOUR)).toMatchObject({ tell: [ring(false)] });
  });

  const { off: _off, ...others } = KEYS;
  test.each(Object.values(others))("is not named where it is $state.kind by now", (key) => {
    expect(off("not_yet", AT + 10 * MINUTE, key)).toBe(NO_CHANGE);
  });

  test("is not named where its request has ended, or there is none", () => {
    for (const request of [...Object.values(REQUESTS).filter(({ state }) => state.kind !== "delivered"), null])
      expect(decideStillOff(recorded({ request, key: KEYS.off }), LAPSES)).toBe(NO_CHANGE);
    expect(decideStillOff(recorded({ request: delivered("not_yet") }), LAPSES)).toBe(NO_CHANGE);
  });
});

describe("a key of which nobody can say in time whether it was switched on", () => {
  const expire = (key = KEYS.switching_on, at = LATE, isPauseOpen = false, isGrantOpen = false) =>
    decideExpiry(recorded({ request: REQUESTS.made, key }), { isPauseOpen, isGrantOpen, at });

  test("is waited for while a look at the list may still say that it is on", () => {
    expect(expire(KEYS.switching_on, LATE, false, true)).toBe(NO_CHANGE);
  });

  test("counts as on and is paused by the bot, for the approvers: it is never deleted", () => {
    expect(expire()).toEqual({
      kind: "step",
      actorId: "bot",
      key: {
        kind: "moves",
        to: { kind: "live", secret: { kind: "confirmed", at: 3_000 } },
        // Whoever resumes it gives it its roles: they may never have been set.
        pause: { ...PAUSES.pausing, holds: [{ ...BY_BOT, at: LATE }], areRolesTaken: true },
        event: "key.switch_expired",
      },
      begin: expect.objectContaining({
        id: "pause-expired-tid_one",
        accessKeyId: "tid_one",
        work: { kind: "pause", phase: "calling" },
      }),
      alert: {
        code: "switch_expired",
        about: { tigrisName: "deploy-K7QM2XAB", accessKeyId: "tid_one", ownerId: "UDEV" },
      },
      tell: [
        {
          kind: "requester_card",
          requestId: "request-1",
          ring: { code: "switch_expired", about: { keyName: "deploy" } },
        },
      ],
    });
  });

  test("not before its time", () => {
    expect(expire(KEYS.switching_on, LATE - 1)).toBe(NO_CHANGE);
  });

  test("a pause that is on its way takes its power, and what held it holds it on", () => {
    const key = pausedBy(KEYS.switching_on, PAUSES.pausing);
    const step = expire(key, LATE, true);
    expect(step).not.toHaveProperty("begin");
    expect(step).toMatchObject({ key: { pause: { holds: [BY_OWNER, { kind: "bot" }] } } });
  });

  const { switching_on: _on, ...others } = KEYS;
  test.each(Object.values(others))("nothing expires of a key that is $state.kind", (key) => {
    expect(expire(key)).toBe(NO_CHANGE);
  });

  test("nor of one that is not there", () => {
    expect(decideExpiry(recorded({}), { isPauseOpen: false, isGrantOpen: false, at: LATE })).toBe(NO_CHANGE);
  });
});
