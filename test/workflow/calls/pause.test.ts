import type { Key, KeyKind } from "../../../src/domain/key";
import { lookAtPause, revokeRoles, setInactive, watchPause } from "../../../src/workflow/calls/pause";
import { finalEnd } from "../../domain/samples";
import { BY_APPROVER, BY_END, DROPPED, KEYS, PAUSES, pausedBy } from "../keys";
import { type Effects, effectsOf, MINUTE, NOW, pausing, recorded, SETTINGS } from "../samples";

const context = <Facts>(facts: Facts) => ({ at: NOW, facts, settings: SETTINGS });
const NO_GRANT = { isGrantOpen: false };
const GRANT = { isGrantOpen: true };
const NO_PAUSE_OPEN = { isPauseOpen: false };
const INTERRUPTED = { kind: "interrupted" } as const;

const PAUSING = pausedBy(KEYS.live, PAUSES.pausing);
const UNANSWERED = pausedBy(PAUSING, { unansweredAt: 4_000 });
const ROLES_TAKEN = pausedBy(PAUSING, { areRolesTaken: true });
const ADMIN = [{ bucket: "*", role: "NamespaceAdmin" }];

type Read = Parameters<typeof lookAtPause.after>[1];
const there = (status: "active" | "inactive" | null, roles: { bucket: string; role: string }[] = ADMIN): Read => ({
  kind: "there",
  key: { accessKeyId: "tid_one", name: "deploy-K7QM2XAB", createdAtMs: 1, creator: null, roles, status },
});
const NOTHING_SEEN: Read[] = [{ kind: "absent" }, { kind: "unavailable", reason: "no_answer" }, INTERRUPTED];
const AGAIN: Effects = { attempt: "calling, again in 5 s", says: "pause_unconfirmed" };

describe("setting it inactive", () => {
  type Answer = Parameters<typeof setInactive.after>[1];
  const call = (answer: Answer, key: Key = PAUSING) =>
    setInactive.after({ ...recorded({ key }), attempt: pausing("calling") }, answer, context(undefined));

  test.each<Answer>([{ kind: "changed" }, { kind: "gone" }, { kind: "lost" }, INTERRUPTED])(
    "whatever Tigris says, the list says what counts: $kind",
    (answer) => {
      expect(effectsOf(call(answer))).toEqual({ attempt: "looking, goes on" });
    },
  );

  test("where Tigris refuses it, the roles are taken; that is on record before Tigris is asked", () => {
    const step = call({ kind: "refused" });
    expect(effectsOf(step)).toEqual({
      attempt: "revoking, goes on",
      key: "live",
      pause: "pausing by owner, roles taken",
    });
    expect(step.key).toMatchObject({ event: "key.pause_failed", outcome: "still_active" });
  });
});

describe("the look at the list after it", () => {
  const look = (answer: Read, key: Key = PAUSING, facts = NO_GRANT, changes = {}) =>
    lookAtPause.after({ ...recorded({ key }), attempt: pausing("looking", changes) }, answer, context(facts));

  test("a key that it shows inactive is paused", () => {
    const step = look(there("inactive"));
    expect(effectsOf(step)).toEqual({
      attempt: "paused",
      key: "live",
      pause: "paused by owner",
      begins: "list_made looking",
      says: "paused",
    });
    expect(step).toMatchObject({ key: { event: "key.pause_taken" }, say: { kind: "done" } });
  });

  test("what has ended is kept for its whole grace from when its owner is told of this pause", () => {
    const end = { ...finalEnd(NOW - 1), deletesAt: NOW + 5 };
    const ended = { ...pausedBy(PAUSING, { holds: [BY_END] }), end };
    expect(look(there("inactive"), ended).key).toMatchObject({ end: { ...end, deletesAt: null } });
    expect(look(there("inactive"), { ...PAUSING, end }).key).not.toHaveProperty("end");
  });

  test("what the key has made is looked for by whoever is next, each time that it has to be paused", () => {
    expect(look(there("inactive")).begin).toMatchObject({
      id: `made-attempt-1-${NOW}`,
      accessKeyId: "tid_one",
      actorId: "UDEV",
      lease: { until: 0 },
      nextAt: NOW,
    });
  });

  test.each(["active", null] as const)("a key whose status is %s was not paused: its roles are taken", (status) => {
    const effects = { attempt: "revoking, goes on", key: "live", pause: "pausing by owner, roles taken" };
    expect(effectsOf(look(there(status)))).toEqual(effects);
  });

  test.each(NOTHING_SEEN)("a list that does not show it proves nothing: it begins anew, $kind", (answer) => {
    expect(effectsOf(look(answer))).toEqual(AGAIN);
  });

  test("each time later, and after a quarter of an hour the approvers are told, once", () => {
    const [unavailable] = [NOTHING_SEEN[1] as Read];
    expect(effectsOf(look(unavailable, PAUSING, NO_GRANT, { tries: 2 })).attempt).toBe("calling, again in 20 s");
    const startedAt = NOW - 15 * MINUTE;
    const step = look(unavailable, PAUSING, NO_GRANT, { startedAt });
    expect(step.alert).toEqual({
      code: "pause_failing",
      about: { tigrisName: "deploy-K7QM2XAB", accessKeyId: "tid_one" },
    });
    expect(step.attempt).toMatchObject({ to: { alerted: true }, event: "key.pause_failed", outcome: "try_1" });
    expect(look(unavailable, PAUSING, NO_GRANT, { startedAt, alerted: true }).alert).toBeUndefined();
  });

  test.each<[string, Key, typeof GRANT]>([
    ["is on its way", PAUSING, GRANT],
    ["got no answer", UNANSWERED, NO_GRANT],
  ])("where a call that gives power %s, the list is read again a minute later", (_what, key, facts) => {
    const step = look(there("inactive"), key, facts);
    expect(effectsOf(step)).toMatchObject({ attempt: "watching, again in 60 s", says: "paused" });
    expect(step.attempt?.to.tries).toBe(1);
  });
});

describe("taking its roles", () => {
  type Answer = Parameters<typeof revokeRoles.after>[1];
  const call = (answer: Answer, key: Key = ROLES_TAKEN, facts = NO_GRANT) =>
    revokeRoles.after({ ...recorded({ key }), attempt: pausing("revoking") }, answer, context(facts));

  test("a clear yes is a pause", () => {
    expect(effectsOf(call({ kind: "changed" }))).toEqual({
      attempt: "paused",
      key: "live",
      pause: "paused by owner, roles taken",
      begins: "list_made looking",
      says: "paused",
    });
    expect(effectsOf(call({ kind: "changed" }, ROLES_TAKEN, GRANT)).attempt).toBe("watching, again in 60 s");
  });

  test.each<Answer>([{ kind: "gone" }, { kind: "refused" }, { kind: "lost" }, INTERRUPTED])(
    "anything else begins anew: $kind",
    (answer) => {
      expect(effectsOf(call(answer))).toEqual(AGAIN);
    },
  );
});

describe("the looks later, since a call may come late", () => {
  const watch = (answer: Read, key: Key = pausedBy(UNANSWERED, { stands: "paused" }), tries = 1, isPauseOpen = false) =>
    watchPause.after(
      { ...recorded({ key }), attempt: pausing("watching", { tries }) },
      answer,
      context({ isPauseOpen }),
    );

  test("a hold of its own pause takes it: this one needs to look no more", () => {
    const key = pausedBy(UNANSWERED, { stands: "pausing" });
    expect(effectsOf(watch(there("active"), key, 1, true))).toMatchObject({ attempt: "overtaken" });
  });

  test.each<[string, Read, Partial<Key["pause"]>]>([
    ["its status is active again", there("active"), {}],
    ["nobody says its status", there(null), {}],
    ["its roles are there again, after the status did not do", there("active", ADMIN), { areRolesTaken: true }],
  ])("what came late is taken once more: %s", (_what, answer, pause) => {
    const step = watch(answer, pausedBy(UNANSWERED, { stands: "paused", ...pause }));
    expect(effectsOf(step)).toMatchObject({ attempt: "calling, goes on", key: "live" });
    expect(step.key).toMatchObject({ pause: { stands: "pausing" }, outcome: "came_late" });
    expect(step.attempt?.to.tries).toBe(0);
  });

  test.each<[string, Read, Partial<Key["pause"]>]>([
    ["it is inactive", there("inactive"), {}],
    ["it is inactive, whatever its roles are", there("inactive", ADMIN), { areRolesTaken: true }],
    ["it has no roles, after the status did not do", there("active", []), { areRolesTaken: true }],
    ["the list does not show it", { kind: "absent" }, {}],
  ])("otherwise it is looked at ten minutes after the pause, and no more: %s", (_what, answer, pause) => {
    const key = pausedBy(UNANSWERED, { stands: "paused", ...pause });
    expect(effectsOf(watch(answer, key))).toEqual({ attempt: "watching, again in 540 s" });
    expect(effectsOf(watch(answer, key, 2))).toEqual({ attempt: "paused" });
  });

  test.each<Read>([{ kind: "unavailable", reason: "no_answer" }, INTERRUPTED])(
    "without a list the same look comes again: $kind",
    (answer) => {
      for (const tries of [1, 2]) {
        const step = watch(answer, undefined, tries);
        expect(effectsOf(step)).toEqual({ attempt: "watching, again in 60 s" });
        expect(step.attempt?.to.tries).toBe(tries);
      }
    },
  );

  test("whoever lost it leaves it to whoever has it: nobody waits for an answer", () => {
    expect(
      effectsOf(
        watchPause.late(recorded({ key: PAUSING }), there("active"), { at: NOW, facts: { isPauseOpen: false } }),
      ),
    ).toEqual({});
  });
});

const CALLS = {
  "setting it inactive": (key: Key) =>
    setInactive.after({ ...recorded({ key }), attempt: pausing("calling") }, { kind: "changed" }, context(undefined)),
  "the look": (key: Key) =>
    lookAtPause.after({ ...recorded({ key }), attempt: pausing("looking") }, there("active"), context(NO_GRANT)),
  "taking its roles": (key: Key) =>
    revokeRoles.after({ ...recorded({ key }), attempt: pausing("revoking") }, { kind: "changed" }, context(NO_GRANT)),
  "a look later": (key: Key) =>
    watchPause.after({ ...recorded({ key }), attempt: pausing("watching") }, there("active"), context(NO_PAUSE_OPEN)),
};

describe.each(Object.entries(CALLS))("%s", (_name, call) => {
  test.each<[string, Key]>([
    ["goes", pausedBy(KEYS.deleting, PAUSES.pausing)],
    ["goes by itself", pausedBy(DROPPED, PAUSES.pausing)],
    ["is gone", pausedBy(KEYS.deleted, PAUSES.pausing)],
    ["is held by nobody any more", pausedBy(KEYS.live, PAUSES.resuming)],
  ])("ends where the key %s, and writes nothing of it", (_what, key) => {
    expect(effectsOf(call(key))).toEqual({ attempt: "overtaken", says: "somebody_was_faster" });
  });

  test.each<KeyKind>(["switching_on", "live", "rotating", "secret_unknown"])(
    "leaves the state of a key that is %s as it is",
    (kind) => {
      const { key } = call(pausedBy(KEYS[kind], { ...PAUSES.pausing, holds: [BY_APPROVER] }));
      if (key) expect(key).toMatchObject({ to: KEYS[kind].state, pause: { holds: [BY_APPROVER] } });
    },
  );
});

test("after somebody else took a pause over, nothing is written, and nobody says that it is paused", () => {
  for (const key of [PAUSING, KEYS.deleting, null]) {
    const effects = { says: key === null ? "unknown_key" : "pause_unconfirmed" };
    expect(effectsOf(setInactive.late(recorded({ key }), { kind: "changed" }, { at: NOW, facts: undefined }))).toEqual(
      effects,
    );
    expect(
      effectsOf(lookAtPause.late(recorded({ key }), there("inactive"), { at: NOW, facts: { isGrantOpen: false } })),
    ).toEqual(effects);
    expect(
      effectsOf(revokeRoles.late(recorded({ key }), { kind: "changed" }, { at: NOW, facts: { isGrantOpen: false } })),
    ).toEqual(effects);
  }
});
