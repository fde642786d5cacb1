import type { Key } from "../../../src/domain/key";
import { giveRoles, lookAtResume, setActive } from "../../../src/workflow/calls/resume";
import { BY_APPROVER, KEYS, PAUSES, pausedBy } from "../keys";
import { type Effects, effectsOf, NOW, recorded, resuming, SETTINGS } from "../samples";

const context = (isPauseOpen = false) => ({ at: NOW, facts: { isPauseOpen }, settings: SETTINGS });
const INTERRUPTED = { kind: "interrupted" } as const;
type Answer = Parameters<typeof setActive.after>[1];
const CHANGED: Answer = { kind: "changed" };
const REFUSED: Answer = { kind: "refused", code: "AccessDenied" };
const LOST: Answer = { kind: "lost" };

const RESUMING = pausedBy(KEYS.live, PAUSES.resuming);
const ROLES_TAKEN = pausedBy(RESUMING, { areRolesTaken: true });
const ADMIN = [{ bucket: "*", role: "NamespaceAdmin" }];
type Read = Parameters<typeof lookAtResume.after>[1];
const there = (status: "active" | "inactive" | null, roles: { bucket: string; role: string }[] = ADMIN): Read => ({
  kind: "there",
  key: { accessKeyId: "tid_one", name: "deploy-K7QM2XAB", createdAtMs: 1, creator: null, roles, status },
});

const give = (answer: Answer, key: Key = ROLES_TAKEN, isPauseOpen = false) =>
  giveRoles.after({ ...recorded({ key }), attempt: resuming("giving") }, answer, context(isPauseOpen));
const activate = (answer: Answer, key: Key = RESUMING, isPauseOpen = false, actorId = "UDEV") =>
  setActive.after({ ...recorded({ key }), attempt: resuming("calling", { actorId }) }, answer, context(isPauseOpen));
const look = (answer: Read, key: Key = RESUMING, tries = 0, isPauseOpen = false) =>
  lookAtResume.after({ ...recorded({ key }), attempt: resuming("looking", { tries }) }, answer, context(isPauseOpen));

const RESUMED: Effects = { attempt: "resumed", key: "live", pause: "none", says: "resumed" };
const LOOKS: Effects = { attempt: "looking, goes on", key: "live", pause: "resuming, unanswered" };

describe("giving back the roles that a pause took", () => {
  test.each<[string, Answer, Effects]>([
    ["a clear yes is followed by its status", CHANGED, { attempt: "calling, goes on" }],
    ["a refusal gives nothing: another click may try again", REFUSED, { attempt: "refused", says: "resume_refused" }],
    ["after a lost answer the list decides", LOST, { ...LOOKS, pause: "resuming, roles taken, unanswered" }],
    ["after a crash too", INTERRUPTED, { ...LOOKS, pause: "resuming, roles taken, unanswered" }],
  ])("%s", (_title, answer, effects) => {
    expect(effectsOf(give(answer))).toEqual(effects);
  });

  test("a refusal is said with its code", () => {
    const about = { keyName: "deploy", tigrisCode: "AccessDenied", reference: "K7QM2XAB" };
    expect(give(REFUSED).say).toEqual({ kind: "refused", code: "resume_refused", about });
  });
});

describe("setting it active", () => {
  test("a clear yes is believed: nothing of the pause is left", () => {
    const step = activate(CHANGED, pausedBy(RESUMING, { areRolesTaken: true, unansweredAt: 4_000 }));
    // A call that got no answer before may still come late, at the next pause too.
    expect(effectsOf(step)).toEqual({ ...RESUMED, pause: "none, unanswered" });
    expect(step.key).toMatchObject({ event: "key.resumed", pause: { unansweredAt: 4_000, areRolesTaken: false } });
  });

  test.each([REFUSED, LOST, INTERRUPTED])(
    "otherwise the list decides, next and by the same holder: $kind",
    (answer) => {
      const step = activate(answer);
      expect(effectsOf(step)).toEqual(LOOKS);
      expect(step.key).toMatchObject({ pause: { unansweredAt: NOW }, event: "key.resume_unanswered" });
      expect(step.attempt?.to.tries).toBe(0);
    },
  );

  test("an owner whose key somebody else resumed is told; whoever clicked is not", () => {
    expect(effectsOf(activate(CHANGED)).told).toBeUndefined();
    const ring = { code: "resumed_by_other", about: { keyName: "deploy", byId: "UANN" } };
    expect(activate(CHANGED, RESUMING, false, "UANN").tell).toEqual([
      { kind: "requester_card", requestId: "request-1", ring },
    ]);
  });
});

describe("the look at the list", () => {
  test.each<[string, Read, Key]>([
    ["it is active", there("active"), RESUMING],
    ["its status is not said, and nothing but its roles had been taken", there(null), ROLES_TAKEN],
    ["it is active with its roles, which had been taken", there("active"), ROLES_TAKEN],
    ["it is active, and its roles were never taken", there("active", []), RESUMING],
  ])("what works again is on: %s", (_what, answer, key) => {
    expect(effectsOf(look(answer, key))).toEqual(RESUMED);
  });

  test.each<[string, Read, Key]>([
    ["it is inactive", there("inactive"), RESUMING],
    ["its roles are not back", there("active", []), ROLES_TAKEN],
    ["it has other roles", there("active", [{ bucket: "b1", role: "Editor" }]), ROLES_TAKEN],
    ["the list does not show it", { kind: "absent" }, RESUMING],
    ["there is no list", { kind: "unavailable", reason: "no_answer" }, RESUMING],
    ["a crash", INTERRUPTED, RESUMING],
  ])("what does not is looked at again, and may be pressed again: %s", (_what, answer, key) => {
    const says = "resume_unanswered";
    expect(effectsOf(look(answer, key, 0))).toEqual({ attempt: "looking, again in 60 s", says });
    expect(effectsOf(look(answer, key, 1))).toEqual({ attempt: "looking, again in 540 s", says });
    expect(effectsOf(look(answer, key, 2))).toEqual({ attempt: "unanswered", says });
  });
});

const CALLS = {
  "giving its roles": (key: Key, isPauseOpen: boolean) => give(CHANGED, key, isPauseOpen),
  "setting it active": (key: Key, isPauseOpen: boolean) => activate(CHANGED, key, isPauseOpen),
  "the look": (key: Key, isPauseOpen: boolean) => look(there("active"), key, 0, isPauseOpen),
};

describe.each(Object.entries(CALLS))("%s", (_name, call) => {
  test("of a key that is held again: what was given is taken once more", () => {
    for (const stands of ["pausing", "paused", "resuming"] as const) {
      const key = pausedBy(KEYS.live, { ...PAUSES[stands], holds: [BY_APPROVER] });
      const step = call(key, false);
      expect(effectsOf(step)).toEqual({
        attempt: "overtaken",
        key: "live",
        // Its own call may take effect late: the pause is followed by looks.
        pause: "pausing by approver, unanswered",
        begins: "pause calling",
        says: "somebody_was_faster",
      });
      expect(step.key).toMatchObject({ outcome: "came_late" });
      // A pause that is on its way may have come before it: it looks again later.
      expect(call(key, true)).not.toHaveProperty("begin");
      expect(call(key, true).key).toMatchObject({ pause: { stands: "pausing", unansweredAt: NOW } });
    }
  });

  test.each<[string, Key]>([
    ["goes", pausedBy(KEYS.deleting, PAUSES.resuming)],
    ["goes, and is held", pausedBy(KEYS.deleting, PAUSES.paused)],
    ["is gone", pausedBy(KEYS.deleted, PAUSES.resuming)],
    ["works already", KEYS.live],
  ])("of a key that %s: nothing is written of it", (_what, key) => {
    expect(effectsOf(call(key, false))).toEqual({ attempt: "overtaken", says: "somebody_was_faster" });
  });
});

test("after somebody else took a resume over, nothing is written, and nobody says that it works", () => {
  for (const key of [RESUMING, KEYS.deleting, null]) {
    const effects = { says: key === null ? "unknown_key" : "resume_unanswered" };
    expect(effectsOf(giveRoles.late(recorded({ key }), CHANGED, { at: NOW, facts: { isPauseOpen: false } }))).toEqual(
      effects,
    );
    expect(effectsOf(setActive.late(recorded({ key }), CHANGED, { at: NOW, facts: { isPauseOpen: false } }))).toEqual(
      effects,
    );
    expect(
      effectsOf(lookAtResume.late(recorded({ key }), there("active"), { at: NOW, facts: { isPauseOpen: false } })),
    ).toEqual(effects);
  }
});

test("what came late to a key that somebody holds again is taken once more, whoever has the attempt by now", () => {
  const record = { ...recorded({ key: pausedBy(KEYS.live, { ...PAUSES.paused, holds: [BY_APPROVER] }) }) };
  const held = { ...record, attempt: resuming("calling") };
  const context = { at: NOW, facts: { isPauseOpen: false } };
  for (const call of [giveRoles, setActive]) {
    expect(effectsOf(call.late(held, CHANGED, context))).toEqual({
      key: "live",
      pause: "pausing by approver, unanswered",
      begins: "pause calling",
      says: "resume_unanswered",
    });
    for (const answer of [REFUSED, LOST, INTERRUPTED])
      expect(effectsOf(call.late(held, answer, context))).toEqual({ says: "resume_unanswered" });
  }
});
