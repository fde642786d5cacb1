import { newEnd } from "../../src/domain/key-end";
import type { Request } from "../../src/domain/request";
import { decideExtension, whyNotExtended } from "../../src/workflow/extend-key";
import { finalEnd, REQUESTS, SECRET_ASKED } from "../domain/samples";
import { BY_END, BY_OWNER, KEYS, PAUSES, pausedBy } from "./keys";
import { effectsOf, NOW, recorded } from "./samples";

const DAY = 86_400_000;
const END = newEnd(NOW + DAY, NOW - 6 * DAY);
const CLICK = {
  names: { id: "attempt-9", leaseHolder: "bot/9" },
  lasts: { defaultMs: 7 * DAY, longestMs: 30 * DAY },
  actorId: "UDEV",
  spends: null,
  isRepeated: false,
  isPauseOpen: false,
  clickId: "click-9",
  at: NOW,
};
const live = { ...KEYS.live, end: END };
const ended = { ...pausedBy(KEYS.live, { ...PAUSES.paused, holds: [BY_END] }), end: { ...END, deletesAt: NOW + DAY } };
const extend = (
  key: typeof live | null,
  changes: Partial<Parameters<typeof decideExtension>[1]> = {},
  asking?: Request,
) => decideExtension({ ...recorded({ key }), asking: asking ?? null }, { ...CLICK, ...changes });

test("a key that works gets another end, and Tigris is asked nothing", () => {
  const step = extend(live);
  expect(step).toMatchObject({
    key: { event: "key.extended", end: newEnd(NOW + 7 * DAY, NOW) },
    say: { code: "extended", about: { keyName: "deploy", at: NOW + 7 * DAY, isHeld: false } },
  });
  expect(step).not.toHaveProperty("attempt");
});

test("what has ended is resumed by it, under a lease of the click", () => {
  expect(extend(ended)).toMatchObject({
    key: { pause: { holds: [], stands: "resuming" }, end: { at: NOW + 7 * DAY, deletesAt: null } },
    attempt: { to: { work: { kind: "resume", phase: "calling" } }, clickId: "click-9" },
  });
});

test("what its owner has paused too stays paused, with another end", () => {
  const step = extend({ ...ended, pause: { ...ended.pause, holds: [BY_END, BY_OWNER] } });
  expect(effectsOf(step as never)).toEqual({ key: "live", pause: "paused by owner", says: "extended" });
  expect(step).toMatchObject({ say: { about: { isHeld: true } } });
});

test.each([
  ["of no key", null, {}, "unknown_key"],
  ["a second time by one click", live, { isRepeated: true }, "same_click"],
  ["of a key without an end", KEYS.live, {}, "no_end"],
  ["of a broken glass", { ...KEYS.live, end: finalEnd(NOW + 1) }, {}, "end_is_final"],
  ["of a key that goes", { ...KEYS.deleting, end: END }, {}, "key_deleting"],
  ["of a key that is gone", { ...KEYS.deleted, end: END }, {}, "already_deleted"],
  ["of a key that gets a new secret", { ...KEYS.rotating, end: END }, {}, "key_rotating"],
  ["while it is being paused", ended, { isPauseOpen: true }, "pause_unconfirmed"],
  ["by an approval that is gone", live, { spends: REQUESTS.approved }, "lapsed"],
])("an extension %s is refused", (_what, key, changes, code) => {
  expect(extend(key as typeof live, changes)).toMatchObject({ kind: "refused", code });
});

test("an approval is used up by it, once, and only while it holds", () => {
  const asked = { ...SECRET_ASKED, kind: "extend" } as const;
  const approved = { ...REQUESTS.approved, id: "request-2", asked };
  const until = (lapsesAt: number) => ({ ...approved, state: { ...REQUESTS.approved.state, lapsesAt } }) as Request;
  const open = until(NOW + DAY);
  expect(extend(live, { spends: open }, open)).toMatchObject({
    asking: { to: { kind: "made" }, event: "request.used_up" },
  });
  expect(extend(live, { spends: until(NOW) }, until(NOW))).toMatchObject({ code: "lapsed" });
  expect(extend(live, { spends: open }, { ...open, id: "request-3" })).toMatchObject({ code: "lapsed" });
  const resume = { ...open, asked: { ...asked, kind: "resume" } } as Request;
  expect(extend(live, { spends: resume }, resume)).toMatchObject({ code: "lapsed" });
});

test("what can't be extended is not asked for either", () => {
  expect(whyNotExtended(KEYS.live)).toMatchObject({ code: "no_end" });
  expect(whyNotExtended(live)).toBeNull();
});
