import {
  dropNarrowing,
  finishNarrowing,
  finishWidening,
  leaveWidening,
  narrowAgain,
  startNarrowing,
  startWidening,
  undoWidening,
  type Widening,
  whyNotChanged,
} from "../../src/domain/access-steps";
import type { Key } from "../../src/domain/key";
import { newEnd } from "../../src/domain/key-end";
import type { Access } from "../../src/domain/permission";
import { BY_END, BY_OWNER, KEYS, pausedBy } from "../workflow/keys";
import { finalEnd } from "./samples";

const READ: Access = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds"] } };
const EDIT: Access = { permission: "Editor", buckets: { kind: "named", names: ["builds", "logs"] } };
const OTHER: Access = { permission: "ReadOnly", buckets: { kind: "named", names: ["media"] } };
const AT = 7_000;
const BY = { attemptId: "attempt-1", at: AT };

const stepped = (key: Key, step: Partial<Key> & { to?: Key["state"] }): Key => ({
  ...key,
  ...step,
  state: step.to ?? key.state,
});

test.each<[string, Key, string | null]>([
  ["on", KEYS.live, null],
  ["without a secret", KEYS.secret_unknown, null],
  ["getting a new secret", KEYS.rotating, null],
  ["off", KEYS.off, "key_off"],
  ["being switched on", KEYS.switching_on, "key_switching_on"],
  ["going", KEYS.deleting, "key_deleting"],
  ["gone", KEYS.deleted, "already_deleted"],
  ["paused", pausedBy(KEYS.live, { holds: [BY_OWNER], stands: "paused" }), "key_paused"],
  ["being resumed", pausedBy(KEYS.live, { stands: "resuming" }), "key_paused"],
  ["by a broken glass", { ...KEYS.live, end: finalEnd(AT + 1) }, "access_is_final"],
  ["over", { ...KEYS.live, end: newEnd(AT, 0) }, "key_ended"],
  ["paused since it is over", pausedBy({ ...KEYS.live, end: newEnd(AT, 0) }, { holds: [BY_END] }), "key_ended"],
])("whether the access of a key can be changed that is %s", (_what, key, code) => {
  expect(whyNotChanged(key, AT)?.code ?? null).toBe(code);
});

test("less: the record says what it had until it is confirmed, and then what it is to have", () => {
  const key = { ...KEYS.live, access: EDIT };
  const begun = stepped(key, startNarrowing(key, { to: READ, isBeside: true, ...BY }));
  expect(begun).toMatchObject({ access: EDIT, accessChange: { kind: "narrowing", to: READ, isBeside: true } });
  expect(finishNarrowing(begun)).toMatchObject({ access: READ, accessChange: null, event: "key.narrowed" });
  expect(dropNarrowing(begun)).toMatchObject({ access: EDIT, accessChange: null });
});

test("what came late counts from when it is seen, until it is taken once more", () => {
  const key = { ...KEYS.live, access: READ };
  const again = stepped(key, narrowAgain(key, { listed: OTHER, ...BY }));
  expect(again.access).toEqual({ permission: "ReadOnly", buckets: { kind: "named", names: ["builds", "media"] } });
  expect(finishNarrowing(again).access).toBe(READ);
});

describe("more", () => {
  const key = { ...KEYS.live, access: READ };
  const start = (to: Access, from: Key = key, end = null as ReturnType<typeof newEnd> | null) =>
    stepped(from, startWidening(from, { to, end, ...BY })) as Widening;

  test("from the intent on the record says all that it may have", () => {
    expect(start(EDIT)).toMatchObject({ access: EDIT, accessChange: { from: READ, to: EDIT, isUnanswered: false } });
    const mixed = start(OTHER);
    expect(mixed.access).toEqual({ permission: "ReadOnly", buckets: { kind: "named", names: ["builds", "media"] } });
    expect(finishWidening(mixed)).toMatchObject({ access: OTHER, accessChange: null, event: "key.widened" });
    expect(undoWidening(mixed)).toMatchObject({ access: READ, accessChange: null, event: "key.widening_refused" });
  });

  test("a press that follows one without an answer keeps what it had, and that the first one may have taken effect", () => {
    const first = stepped(start(EDIT), leaveWidening(start(EDIT)));
    expect(first.accessChange).toMatchObject({ isUnanswered: true });
    const second = start(OTHER, first);
    expect(second.accessChange).toMatchObject({ from: READ, to: OTHER, isUnanswered: true });
    expect(second.access).toEqual({
      permission: "Editor",
      buckets: { kind: "named", names: ["builds", "logs", "media"] },
    });
  });

  test("an end that comes nearer by it goes with it, unless it was moved since", () => {
    const end = newEnd(AT + 100, AT);
    const ended = start(EDIT, { ...key, end: newEnd(AT + 900, 1) }, end);
    expect(ended.end).toEqual(end);
    expect(undoWidening(ended).end).toEqual(newEnd(AT + 900, 1));
    expect("end" in undoWidening({ ...ended, end: newEnd(AT + 500, AT + 1) })).toBe(false);
    expect("end" in startWidening(key, { to: EDIT, end: null, ...BY })).toBe(false);
  });

  test("an approval of less covers no secret of more", () => {
    const cover = { votes: [], askedAt: 1, until: 9_000 };
    const covered = { ...key, state: { kind: "live" as const, secret: { kind: "unconfirmed" as const, cover } } };
    expect(start(EDIT, covered).state).toEqual({ kind: "live", secret: { kind: "unconfirmed", cover: null } });
    expect(start(EDIT).state).toBe(key.state);
  });
});
