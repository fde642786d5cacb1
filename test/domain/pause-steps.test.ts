import fc from "fast-check";
import { type Hold, isPaused, type Key, type KeyKind, NO_PAUSE, type Pause } from "../../src/domain/key";
import {
  addHold,
  liftable,
  liftHolds,
  mayHavePower,
  notePaused,
  noteResumed,
  noteUnanswered,
  pauseAgain,
  takeRoles,
} from "../../src/domain/pause-steps";
import type { RefusalCode } from "../../src/domain/refusal";
import { BY_APPROVER, BY_BOT, BY_END, BY_OWNER, KEYS, PAUSES, pausedBy } from "../workflow/keys";

const HOLD: Hold = { kind: "approver", byId: "UBOB", at: 5_000 };
const OWNER = { id: "UDEV", isApprover: false };
const APPROVER = { id: "UBOB", isApprover: true };
const held = (...holds: Hold[]) => pausedBy(KEYS.live, { holds, stands: "paused" });

test.each<[KeyKind, Pause["stands"] | RefusalCode]>([
  ["off", "none"],
  ["switching_on", "pausing"],
  ["live", "pausing"],
  ["rotating", "pausing"],
  ["secret_unknown", "pausing"],
  ["deleting", "key_deleting"],
  ["deleted", "already_deleted"],
])("a hold on a key that is %s: %s", (kind, ends) => {
  const key = KEYS[kind];
  const step = addHold(key, HOLD);
  if (step.kind === "refused") expect(step).toMatchObject({ code: ends, about: { keyName: "deploy" } });
  else
    expect(step).toEqual({
      kind: "moves",
      to: key.state,
      pause: { ...NO_PAUSE, holds: [HOLD], stands: ends },
      event: "key.paused",
    });
});

test("a hold is added once; another one, of somebody else or of another kind, is one more", () => {
  expect(addHold(held(HOLD), { ...HOLD, at: 9_000 })).toMatchObject({ kind: "refused", code: "already_paused" });
  for (const other of [BY_APPROVER, BY_OWNER, { ...HOLD, kind: "owner" } as const])
    expect(addHold(held(HOLD), other)).toMatchObject({ pause: { holds: [HOLD, other], stands: "pausing" } });
});

test.each(Object.values(KEYS))("what is $state.kind may have power, unless it is off", (key) => {
  expect(mayHavePower(key)).toBe(key.state.kind !== "off");
});

test.each<[string, typeof OWNER, Hold[]]>([
  ["its owner", OWNER, [BY_OWNER]],
  ["its owner, who approves too: not what another approver has set", { id: "UDEV", isApprover: true }, [BY_OWNER]],
  ["an approver", APPROVER, [BY_APPROVER, BY_BOT]],
  ["an approver, of what they set themselves", { id: "UANN", isApprover: true }, [BY_APPROVER, BY_BOT]],
  ["somebody else", { id: "UEVE", isApprover: false }, []],
])("of the holds of owner, approver and bot, these may be lifted by %s: %#", (_who, actor, holds) => {
  expect(liftable(held(BY_OWNER, BY_APPROVER, BY_BOT), actor)).toEqual(holds);
});

test("a key whose last hold is lifted is to work again: only Tigris's word ends the pause", () => {
  expect(liftHolds(held(BY_OWNER), OWNER)).toEqual({
    kind: "moves",
    to: KEYS.live.state,
    pause: { ...NO_PAUSE, stands: "resuming" },
    event: "key.resuming",
  });
});

test("where nothing was taken, as of a key that is off, nothing has to be given back", () => {
  const key = pausedBy(KEYS.off, { holds: [BY_OWNER] });
  expect(liftHolds(key, OWNER)).toEqual({ kind: "moves", to: KEYS.off.state, pause: NO_PAUSE, event: "key.resumed" });
});

test("while a hold is left, nothing is to be given back", () => {
  expect(liftHolds(held(BY_OWNER, BY_APPROVER), OWNER)).toMatchObject({
    pause: { holds: [BY_APPROVER], stands: "paused" },
  });
  expect(liftHolds(held(BY_OWNER, BY_APPROVER, BY_BOT), APPROVER)).toMatchObject({
    pause: { holds: [BY_OWNER], stands: "paused" },
  });
});

test.each<[string, Key, typeof OWNER, RefusalCode, object]>([
  ["of an approver, by its owner", held(BY_APPROVER), OWNER, "held_by_other", { byId: "UANN", kind: "approver" }],
  ["of its owner, by an approver", held(BY_OWNER), APPROVER, "held_by_other", { byId: "UDEV", kind: "owner" }],
  ["of the bot, by its owner", held(BY_BOT), OWNER, "held_by_other", { byId: "bot", kind: "bot" }],
  ["of a key that nobody paused", KEYS.live, OWNER, "not_paused", {}],
  ["of a key that gets a new secret", pausedBy(KEYS.rotating, PAUSES.paused), OWNER, "key_rotating", {}],
  ["of a key that goes", pausedBy(KEYS.deleting, PAUSES.paused), OWNER, "key_deleting", {}],
  ["of a key that is gone", pausedBy(KEYS.deleted, PAUSES.paused), OWNER, "already_deleted", {}],
])("no hold is lifted %s: %#", (_what, key, actor, code, about) => {
  expect(liftHolds(key, actor)).toMatchObject({ kind: "refused", code, about: { keyName: "deploy", ...about } });
});

test("a resume that got no answer, or was refused, can be asked for again", () => {
  expect(liftHolds(pausedBy(KEYS.live, PAUSES.resuming), OWNER)).toMatchObject({ pause: { stands: "resuming" } });
});

test("what Tigris has done, or may have, is noted one by one", () => {
  const key = pausedBy(KEYS.live, PAUSES.pausing);
  const { state } = key;
  const was = PAUSES.pausing;
  const moves = (pause: Pause, event: string) => ({ kind: "moves", to: state, pause, event });
  expect(takeRoles(key)).toEqual(moves({ ...was, areRolesTaken: true }, "key.pause_failed"));
  expect(notePaused(key)).toEqual(moves({ ...was, stands: "paused" }, "key.pause_taken"));
  const paused = pausedBy(key, { stands: "paused", areRolesTaken: true });
  expect(pauseAgain(paused)).toEqual(moves({ ...was, areRolesTaken: true }, "key.pause_failed"));
  expect(noteUnanswered(key, 7)).toEqual(moves({ ...was, unansweredAt: 7 }, "key.resume_unanswered"));
  expect(noteResumed(paused)).toEqual(moves(NO_PAUSE, "key.resumed"));
});

test.each<[string, Partial<Pause>, boolean]>([
  ["nothing", {}, false],
  ["a hold alone", { holds: [BY_OWNER] }, true],
  ["a pause that is on its way", { stands: "pausing" }, true],
  ["a pause that is taken", { stands: "paused" }, true],
  ["a resume that is on its way", { stands: "resuming" }, true],
])("a key with %s counts as paused: %s (%#)", (_what, pause, paused) => {
  expect(isPaused(pausedBy(KEYS.live, pause))).toBe(paused);
});

test("whoever presses what in which order, a key with a hold is never to work", () => {
  const people = [OWNER, APPROVER, { id: "UANN", isApprover: true }, { id: "UEVE", isApprover: false }];
  const press = fc.record({ who: fc.constantFrom(...people), isPause: fc.boolean() });
  fc.assert(
    fc.property(fc.constantFrom(KEYS.live, KEYS.off, KEYS.switching_on), fc.array(press), (first, presses) => {
      let key: Key = first;
      for (const { who, isPause } of presses) {
        const kind = who.id === "UDEV" ? "owner" : "approver";
        const step = isPause ? addHold(key, { kind, byId: who.id, at: 1 }) : liftHolds(key, who);
        if (step.kind === "refused") continue;
        expect(step.to).toBe(key.state);
        key = { ...key, pause: step.pause };
        const { holds, stands } = key.pause;
        if (holds.length > 0) expect(stands).not.toBe("resuming");
        if (holds.length > 0 && key.state.kind !== "off") expect(stands).not.toBe("none");
      }
    }),
  );
});

describe("a key whose time is over", () => {
  const everybody = [OWNER, APPROVER, { id: "UDEV", isApprover: true }, { id: "bot", isApprover: true }];
  const holdings = [[BY_END], [BY_END, BY_OWNER], [BY_OWNER, BY_END], [BY_APPROVER, BY_END, BY_BOT]];

  test.each(holdings.map((holds) => [holds.map(({ kind }) => kind).join(", "), holds] as const))(
    "held by %s: nobody lifts that, or a hold beside it",
    (_kinds, holds) => {
      const key = held(...holds);
      for (const who of everybody) {
        expect(liftable(key, who)).toEqual([]);
        expect(liftHolds(key, who)).toMatchObject({ kind: "refused", code: "key_ended", about: { canExtend: false } });
      }
    },
  );

  test("others hold it too, and it ends once", () => {
    expect(addHold(held(BY_END), BY_OWNER)).toMatchObject({ pause: { holds: [BY_END, BY_OWNER] } });
    expect(addHold(held(BY_END), { ...BY_END, at: 9 })).toMatchObject({ kind: "refused", code: "already_paused" });
  });

  test("a key that is off ends without a call", () => {
    expect(addHold(KEYS.off, BY_END)).toMatchObject({ pause: { holds: [BY_END], stands: "none" } });
  });

  test("whoever presses what afterwards, it stays so", () => {
    const press = fc.record({ who: fc.constantFrom(...everybody), isPause: fc.boolean() });
    const state = fc.constantFrom(KEYS.live, KEYS.off, KEYS.switching_on, KEYS.rotating, KEYS.secret_unknown);
    fc.assert(
      fc.property(state, fc.array(press), fc.array(press), (first, before, after) => {
        let key: Key = first;
        const play = (presses: typeof before) => {
          for (const { who, isPause } of presses) {
            const kind = who.id === "UDEV" ? "owner" : "approver";
            const step = isPause ? addHold(key, { kind, byId: who.id, at: 1 }) : liftHolds(key, who);
            if (step.kind !== "refused") key = { ...key, pause: step.pause };
          }
        };
        play(before);
        const ended = addHold(key, BY_END);
        if (ended.kind !== "refused") key = { ...key, pause: ended.pause };
        play(after);
        expect(key.pause.holds).toContainEqual(BY_END);
        expect(key.pause.stands).toBe(key.state.kind === "off" ? "none" : "pausing");
      }),
    );
  });
});
