import type { Key } from "../../../src/domain/key";
import { switchOn } from "../../../src/workflow/calls/switch-on";
import { BY_ANN, REQUESTS } from "../../domain/samples";
import { BY_APPROVER, KEYS, PAUSES, pausedBy } from "../keys";
import { type Effects, effectsOf, HOUR, NOW, recorded, SETTINGS, switching } from "../samples";

type Answer = Parameters<typeof switchOn.after>[1];
const ON: Answer = { kind: "changed" };
const REFUSED: Answer = { kind: "refused", code: "AccessDenied" };
const LOST: Answer = { kind: "lost" };
const INTERRUPTED: Answer = { kind: "interrupted" };
const ANSWERS = [ON, REFUSED, LOST, INTERRUPTED];

const context = (isPauseOpen = false) => ({ at: NOW, facts: { isPauseOpen }, settings: SETTINGS });
const held = { ...recorded({ request: REQUESTS.made, key: KEYS.switching_on }), attempt: switching("calling") };
const answered = (answer: Answer, changes: Partial<typeof held> = {}, isPauseOpen = false) =>
  switchOn.after({ ...held, ...changes }, answer, context(isPauseOpen));

const unansweredBefore: Key = {
  ...KEYS.switching_on,
  state: { kind: "switching_on", at: 3_000, until: NOW + HOUR, shownAt: 2_500, isUnanswered: true },
};
const ALL_BUCKETS = { permission: "Editor", buckets: { kind: "all" } } as const;

describe("the call that gives a key its roles", () => {
  test.each<[string, Answer, Effects]>([
    ["a clear yes is believed", ON, { attempt: "on", key: "live", says: "switched_on" }],
    [
      "a clear refusal gives the approval back, and the key is off",
      REFUSED,
      { attempt: "refused", key: "off", request: "delivered", says: "switch_refused" },
    ],
    [
      "after a lost answer the list decides, next and by the same holder",
      LOST,
      { attempt: "looking, goes on", key: "switching_on", pause: "none, unanswered" },
    ],
    ["after a crash too", INTERRUPTED, { attempt: "looking, goes on", key: "switching_on", pause: "none, unanswered" }],
  ])("%s", (_title, answer, effects) => {
    expect(effectsOf(answered(answer))).toEqual(effects);
  });

  test("a key that is on is so by its owner's word, who holds its secret", () => {
    expect(answered(ON)).toMatchObject({
      actorId: "UDEV",
      key: { to: { kind: "live", secret: { kind: "confirmed", at: NOW } }, event: "key.on", outcome: "on" },
      say: { kind: "done", code: "switched_on", about: { keyName: "deploy" } },
    });
  });

  test("a refusal is said with its code, and the request keeps it with the time that it had", () => {
    const step = answered(REFUSED);
    const about = { keyName: "deploy", tigrisCode: "AccessDenied", reference: "K7QM2XAB" };
    expect(step.say).toEqual({ kind: "refused", code: "switch_refused", about });
    expect(step.key).toMatchObject({ to: { kind: "off", shownAt: 2_500 }, outcome: "AccessDenied" });
    expect(step.request).toMatchObject({
      to: {
        kind: "delivered",
        approval: BY_ANN,
        accessKeyId: "tid_one",
        lapsesAt: 10_000,
        refusal: { tigrisCode: "AccessDenied", at: NOW },
        named: "first",
      },
      event: "request.given_back",
      outcome: "AccessDenied",
    });
  });

  test("a refusal says nothing of an earlier call that got no answer: the list goes on deciding", () => {
    const effects = effectsOf(answered(REFUSED, { key: unansweredBefore }));
    expect(effects).toEqual({ attempt: "unanswered", says: "switch_unanswered" });
  });

  test("that a call got no answer is remembered with the key, for its pauses too", () => {
    expect(answered(LOST).key).toMatchObject({
      to: { ...KEYS.switching_on.state, isUnanswered: true },
      pause: { unansweredAt: NOW },
      event: "key.switch_unanswered",
    });
  });

  test("the looks begin their count afresh", () => {
    expect(answered(LOST, { attempt: switching("calling", { tries: 4 }) }).attempt?.to.tries).toBe(0);
  });

  test.each(["InvalidArgument", "NoSuchBucket", "MalformedPolicyDocument"])(
    "where Tigris does not understand `*` (%s), the request ends with its key",
    (code) => {
      const key = { ...KEYS.switching_on, access: ALL_BUCKETS };
      const step = answered({ kind: "refused", code }, { key });
      expect(effectsOf(step)).toEqual({
        attempt: "refused",
        key: "deleting",
        request: "lapsed",
        says: "all_buckets_refused",
      });
      expect(step.key?.to).toEqual({ kind: "deleting", byId: null, why: "never_on", at: NOW });
      expect(step.request?.to).toEqual({ kind: "lapsed", why: "all_buckets_refused", approval: BY_ANN, at: NOW });
    },
  );

  test.each<[string, Key["access"], string]>([
    [
      "an Admin key, which has all buckets by its kind",
      { permission: "Admin", buckets: { kind: "all" } },
      "InvalidArgument",
    ],
    ["named buckets", { permission: "Editor", buckets: { kind: "named", names: ["b1"] } }, "NoSuchBucket"],
    ["another reason", ALL_BUCKETS, "AccessDenied"],
  ])("nothing is said of all buckets where it is about %s", (_what, access, code) => {
    const key = { ...KEYS.switching_on, access };
    expect(effectsOf(answered({ kind: "refused", code }, { key }))).toMatchObject({
      key: "off",
      says: "switch_refused",
    });
  });

  test.each(["off", "live", "secret_unknown", "rotating", "deleting", "deleted"] as const)(
    "a key that is %s meanwhile is somebody else's: nothing of it or its request is written",
    (kind) => {
      for (const answer of ANSWERS)
        expect(effectsOf(answered(answer, { key: KEYS[kind] }))).toEqual({
          attempt: "overtaken",
          says: "somebody_was_faster",
        });
    },
  );
});

describe("of a key that was paused meanwhile", () => {
  const key = pausedBy(KEYS.switching_on, { ...PAUSES.paused, holds: [BY_APPROVER] });

  test("the roles count as given, the holds stay, and it is paused once more", () => {
    const step = answered(ON, { key });
    const pause = "pausing by approver, unanswered";
    expect(effectsOf(step)).toEqual({ attempt: "on", key: "live", pause, begins: "pause calling", says: "key_paused" });
    expect(step.begin).toMatchObject({
      id: "pause-attempt-1",
      accessKeyId: "tid_one",
      lease: { until: 0 },
      nextAt: NOW,
    });
  });

  test("a pause that is on its way may have come before it: it looks again later", () => {
    const step = answered(ON, { key }, true);
    expect(step).not.toHaveProperty("begin");
    expect(step.key).toMatchObject({ pause: { stands: "pausing", unansweredAt: NOW } });
  });
});

test("what comes after the time was over, when the key was paused for that, is taken once more", () => {
  const key = pausedBy(KEYS.live, { ...PAUSES.paused, holds: [BY_APPROVER], areRolesTaken: true });
  for (const answer of ANSWERS) {
    const step = answered(answer, { key });
    expect(effectsOf(step)).toEqual({
      attempt: "overtaken",
      key: "live",
      pause: "pausing by approver, roles taken, unanswered",
      begins: "pause calling",
      says: "somebody_was_faster",
    });
    expect(step.key).toMatchObject({ outcome: "came_late" });
    expect(answered(answer, { key }, true)).not.toHaveProperty("begin");
  }
});

test.each(["deleting", "deleted"] as const)("of a key that is %s and was held nothing is taken: it goes", (kind) => {
  const key = pausedBy(KEYS[kind], { ...PAUSES.paused, holds: [BY_APPROVER] });
  for (const answer of ANSWERS) {
    expect(effectsOf(answered(answer, { key }))).toEqual({ attempt: "overtaken", says: "somebody_was_faster" });
    const late = switchOn.late({ ...held, key }, answer, context());
    expect(effectsOf(late)).toEqual({ says: "somebody_was_faster" });
  }
});

describe("after somebody else took it over", () => {
  const late = (answer: Answer, key: Key | null) =>
    switchOn.late({ ...held, key }, answer, { at: NOW, facts: { isPauseOpen: false } });

  test("a clear yes counts all the same, whoever has the attempt by now", () => {
    const step = late(ON, unansweredBefore);
    expect(effectsOf(step)).toEqual({ key: "live", says: "switched_on" });
    expect(step.key?.to).toEqual({ kind: "live", secret: { kind: "confirmed", at: NOW } });
  });

  test.each(["switching_on", "live"] as const)("what it gave to a key that is %s and held is taken", (kind) => {
    const key = pausedBy(KEYS[kind], { ...PAUSES.paused, holds: [BY_APPROVER] });
    const step = late(ON, key);
    const says = kind === "live" ? "somebody_was_faster" : "key_paused";
    const pause = "pausing by approver, unanswered";
    expect(effectsOf(step)).toEqual({ key: "live", pause, begins: "pause calling", says });
    // Whoever has the attempt may begin one of its own.
    expect(step.begin?.id).toBe("pause-attempt-1-late");
    const beside = switchOn.late({ ...held, key }, ON, { at: NOW, facts: { isPauseOpen: true } });
    expect(beside).not.toHaveProperty("begin");
    expect(beside.key).toMatchObject({ pause: { stands: "pausing", unansweredAt: NOW } });
    for (const answer of [REFUSED, LOST, INTERRUPTED])
      expect(Object.keys(effectsOf(late(answer, key)))).toEqual(["says"]);
  });

  test.each([REFUSED, LOST, INTERRUPTED])("anything else is theirs to find out: $kind", (answer) => {
    expect(effectsOf(late(answer, KEYS.switching_on))).toEqual({ says: "switch_unanswered" });
  });

  test("of a key that is no longer on its way nothing is written", () => {
    for (const answer of ANSWERS) {
      for (const kind of ["off", "live", "deleting", "deleted"] as const)
        expect(effectsOf(late(answer, KEYS[kind]))).toEqual({ says: "somebody_was_faster" });
      expect(effectsOf(late(answer, null))).toEqual({ says: "unknown_key" });
    }
  });
});

test("a clear yes that comes late to a key that is held takes what it gave: by a pause of its own, or by the one on its way", () => {
  const key = pausedBy(unansweredBefore, { holds: [BY_APPROVER], stands: "paused" });
  const late = (isPauseOpen: boolean) => switchOn.late({ ...held, key }, ON, { at: NOW, facts: { isPauseOpen } });
  expect(effectsOf(late(false))).toEqual({
    key: "live",
    pause: "pausing by approver, unanswered",
    begins: "pause calling",
    says: "key_paused",
  });
  expect(late(true)).not.toHaveProperty("begin");
  expect(late(true).key).toMatchObject({ pause: { stands: "pausing", unansweredAt: NOW } });
});

test("an approval in its last hour is given back for no longer than it had", () => {
  const key: Key = { ...KEYS.switching_on, state: { ...held.key?.state, until: NOW + HOUR } as Key["state"] };
  expect(answered(REFUSED, { key }).request?.to).toMatchObject({ lapsesAt: NOW + HOUR, isExtended: true });
});
