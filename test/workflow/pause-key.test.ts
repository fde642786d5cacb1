import type { Key } from "../../src/domain/key";
import { LEASE_MS } from "../../src/domain/limits";
import type { RefusalCode } from "../../src/domain/refusal";
import type { Request, RequestState } from "../../src/domain/request";
import { decidePause } from "../../src/workflow/pause-key";
import { decideResume } from "../../src/workflow/resume-key";
import { BY_ANN, REQUESTS, requestIn } from "../domain/samples";
import { BY_APPROVER, BY_OWNER, KEYS, PAUSES, pausedBy } from "./keys";
import { IN_TIME, LATE, recorded } from "./samples";

const names = { id: "attempt-9", leaseHolder: "bot/9" };
const ATTEMPT = {
  id: "attempt-9",
  requestId: "request-1",
  accessKeyId: "tid_one",
  startedAt: IN_TIME,
  lease: { holder: "bot/9", until: IN_TIME + LEASE_MS },
  nextAt: IN_TIME,
  tries: 0,
  alerted: false,
};

describe("pausing", () => {
  const CLICK = { names, actorId: "UDEV", isPauseOpen: false, at: IN_TIME };
  const OWN = { kind: "owner", byId: "UDEV", at: IN_TIME };

  test("the hold is written with the attempt that takes the key's power, in one step", () => {
    expect(decidePause(recorded({ key: KEYS.live }), CLICK)).toEqual({
      kind: "step",
      actorId: "UDEV",
      key: {
        kind: "moves",
        to: KEYS.live.state,
        pause: { ...PAUSES.pausing, holds: [OWN] },
        event: "key.paused",
      },
      attempt: { to: { ...ATTEMPT, actorId: "UDEV", work: { kind: "pause", phase: "calling" } } },
    });
  });

  test("anybody but its owner holds it as an approver", () => {
    expect(decidePause(recorded({ key: KEYS.live }), { ...CLICK, actorId: "UANN" })).toMatchObject({
      actorId: "UANN",
      key: { pause: { holds: [{ kind: "approver", byId: "UANN" }] } },
    });
  });

  test.each<[keyof typeof KEYS, "pauses" | "holds" | RefusalCode]>([
    ["off", "holds"],
    ["switching_on", "pauses"],
    ["live", "pauses"],
    ["rotating", "pauses"],
    ["secret_unknown", "pauses"],
    ["deleting", "key_deleting"],
    ["deleted", "already_deleted"],
  ])("Pause on a key that is %s: %s", (kind, ends) => {
    const decided = decidePause(recorded({ key: KEYS[kind] }), CLICK);
    if (decided.kind === "refused") return expect(decided.code).toBe(ends);
    expect(decided).toMatchObject({ key: { to: KEYS[kind].state } });
    expect("attempt" in decided).toBe(ends === "pauses");
    // What has no power needs no call, and is paused by its hold alone.
    if (ends === "holds") expect(decided).toMatchObject({ say: { kind: "done", code: "paused" } });
  });

  test("a pause that is on its way takes the power for this hold too, and nobody says that it is taken", () => {
    const key = pausedBy(KEYS.live, { ...PAUSES.pausing, holds: [BY_APPROVER] });
    const decided = decidePause(recorded({ key }), { ...CLICK, isPauseOpen: true });
    expect(decided).toMatchObject({
      key: { pause: { holds: [BY_APPROVER, OWN] } },
      say: { kind: "refused", code: "pause_unconfirmed", about: { keyName: "deploy" } },
    });
    expect(decided).not.toHaveProperty("attempt");
  });

  test("whoever holds it already is told so; a key that is not there is nobody's", () => {
    const key = pausedBy(KEYS.live, PAUSES.paused);
    expect(decidePause(recorded({ key }), CLICK)).toMatchObject({ code: "already_paused" });
    expect(decidePause(recorded({}), CLICK)).toMatchObject({ code: "unknown_key" });
  });
});

describe("resuming", () => {
  const CLICK = {
    names,
    actorId: "UDEV",
    isApprover: false,
    spends: null,
    isRepeated: false,
    isPauseOpen: false,
    clickId: "click-9",
    at: IN_TIME,
  };
  const ANN = { ...CLICK, actorId: "UANN", isApprover: true };
  const PAUSED = pausedBy(KEYS.live, PAUSES.paused);
  const resume = (key: typeof PAUSED, click: typeof CLICK = CLICK) => decideResume(recorded({ key }), click);

  test("the last hold is lifted with the attempt that gives the power back, in one step", () => {
    expect(resume(PAUSED)).toEqual({
      kind: "step",
      actorId: "UDEV",
      key: { kind: "moves", to: KEYS.live.state, pause: PAUSES.resuming, event: "key.resuming" },
      attempt: {
        clickId: "click-9",
        to: { ...ATTEMPT, actorId: "UDEV", work: { kind: "resume", phase: "calling" } },
      },
    });
  });

  test.each([
    ["live", true, "giving"],
    ["live", false, "calling"],
    ["secret_unknown", true, "giving"],
    // Its roles are set by the word of its owner, by nothing else.
    ["switching_on", true, "calling"],
    ["switching_on", false, "calling"],
  ] as const)("of a key that is %s, whose roles were taken (%s), it begins at %s", (kind, areRolesTaken, phase) => {
    const key = pausedBy(KEYS[kind], { ...PAUSES.paused, areRolesTaken });
    expect(resume(key)).toMatchObject({ attempt: { to: { work: { kind: "resume", phase } } } });
  });

  test("of a key that has no power nothing is given back: its hold is lifted, and that is all", () => {
    const key = pausedBy(KEYS.off, { holds: [BY_OWNER] });
    const decided = resume(key);
    expect(decided).toMatchObject({
      key: { to: KEYS.off.state, pause: { holds: [], stands: "none" }, event: "key.resumed" },
      say: { kind: "done", code: "resumed" },
    });
    expect(decided).not.toHaveProperty("attempt");
  });

  test("an owner whose hold-only key somebody else resumes is told", () => {
    const key = pausedBy(KEYS.off, { holds: [BY_APPROVER] });
    const ring = { code: "resumed_by_other", about: { keyName: "deploy", byId: "UANN" } };
    expect(resume(key, ANN)).toMatchObject({ tell: [{ kind: "requester_card", requestId: "request-1", ring }] });
  });

  test("a hold of somebody else stays, and keeps the key paused; nothing is given", () => {
    const key = pausedBy(KEYS.live, { ...PAUSES.paused, holds: [BY_OWNER, BY_APPROVER] });
    for (const [click, left] of [
      [CLICK, BY_APPROVER],
      [ANN, BY_OWNER],
    ] as const) {
      const decided = resume(key, click);
      const about = { keyName: "deploy", byId: left.byId, kind: left.kind };
      expect(decided).toMatchObject({
        key: { pause: { holds: [left], stands: "paused" } },
        say: { kind: "refused", code: "held_by_other", about },
      });
      expect(decided).not.toHaveProperty("attempt");
    }
  });

  test("what is being taken is taken first, where something would be lifted", () => {
    expect(resume(PAUSED, { ...CLICK, isPauseOpen: true })).toMatchObject({ code: "pause_unconfirmed" });
    expect(resume(PAUSED, { ...ANN, isPauseOpen: true })).toMatchObject({ code: "held_by_other" });
  });

  test("after a resume that got no answer, another click asks again", () => {
    expect(resume(pausedBy(KEYS.live, PAUSES.resuming))).toMatchObject({
      attempt: { to: { work: { kind: "resume", phase: "calling" } } },
    });
  });

  test.each<[string, typeof PAUSED | null, typeof CLICK, RefusalCode]>([
    ["the same click again", PAUSED, { ...CLICK, isRepeated: true }, "same_click"],
    ["a hold of somebody else", PAUSED, ANN, "held_by_other"],
    ["a key that nobody paused", KEYS.live as typeof PAUSED, CLICK, "not_paused"],
    ["a key that gets a new secret", pausedBy(KEYS.rotating, PAUSES.paused), CLICK, "key_rotating"],
    ["a key that goes", pausedBy(KEYS.deleting, PAUSES.paused), CLICK, "key_deleting"],
    ["a key that is not there", null, CLICK, "unknown_key"],
  ])("%s resumes nothing: %#", (_what, key, click, code) => {
    expect(decideResume(recorded({ key }), click)).toMatchObject({ kind: "refused", code });
  });

  describe("under an approval that was asked for it", () => {
    const asked = { kind: "resume", accessKeyId: "tid_one", keyName: "deploy", ...pick(KEYS.live) } as const;
    const askedIn = (state: RequestState) => requestIn(state, { id: "request-3", reference: "RESUME22", asked });
    const APPROVED = askedIn(REQUESTS.approved.state);
    const under = (asking: Request | null, key = PAUSED, changes: { spends?: Request; at?: number } = {}) =>
      decideResume({ ...recorded({ key }), asking }, { ...CLICK, spends: APPROVED, ...changes });
    const used = { to: { kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: IN_TIME } };

    test("the approval is used up together with the intent", () => {
      expect(under(APPROVED)).toMatchObject({
        asking: { ...used, event: "request.used_up" },
        attempt: { to: { work: { kind: "resume", phase: "calling" } } },
      });
    });

    test("of a key that has no power too, whose hold is lifted by that", () => {
      expect(under(APPROVED, pausedBy(KEYS.off, { holds: [BY_OWNER] }))).toMatchObject({ asking: used });
    });

    test("while a hold of somebody else is left it is kept", () => {
      const key = pausedBy(KEYS.live, { ...PAUSES.paused, holds: [BY_OWNER, BY_APPROVER] });
      expect(under(APPROVED, key)).not.toHaveProperty("asking");
    });

    test.each<[string, Request | null, { at?: number }]>([
      ["that is over", APPROVED, { at: LATE }],
      ["that is not there any more", null, {}],
      ["that was withdrawn meanwhile", askedIn(REQUESTS.withdrawn.state), {}],
      ["that nobody has given yet", askedIn(REQUESTS.pending.state), {}],
      ["of another request than the one that was looked at", { ...APPROVED, id: "request-4" }, {}],
      ["for a new secret", { ...APPROVED, asked: { ...asked, kind: "secret" } }, {}],
    ])("an approval %s gives nothing", (_what, asking, changes) => {
      expect(under(asking, PAUSED, changes)).toMatchObject({ kind: "refused", code: "lapsed" });
    });

    test("whoever needs none uses none up", () => {
      expect(decideResume({ ...recorded({ key: PAUSED }), asking: APPROVED }, CLICK)).not.toHaveProperty("asking");
    });
  });
});

function pick({ access, endpoint }: Pick<Key, "access" | "endpoint">) {
  return { access, endpoint };
}
