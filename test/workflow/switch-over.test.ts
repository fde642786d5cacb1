import type { Key } from "../../src/domain/key";
import type { Beside } from "../../src/workflow/overlap";
import { decideResume } from "../../src/workflow/resume-key";
import { decideKeepBoth, decideSwitchOver } from "../../src/workflow/switch-over";
import { BY_APPROVER, BY_END, KEYS, pausedBy } from "./keys";
import { BY_OVERLAP, beside, CALLED_OFF, DAY, first, followed, replaced, second } from "./rotated-keys";
import { NOW, recorded } from "./samples";

describe("by a click of the first one's owner", () => {
  const names = { id: "attempt-9", leaseHolder: "me" };
  const over = (key: Key | null, changes: Partial<Beside> = {}, actorId = "UDEV") =>
    decideSwitchOver(recorded({ key }), { ...beside(changes), names, actorId });
  const waits = first({ rotation: followed(NOW + DAY) });

  test("I've switched pauses it at once, whenever it was to be", () => {
    const step = over(waits);
    expect(step).toMatchObject({
      actorId: "UDEV",
      key: { event: "key.replaced", pause: { holds: [BY_OVERLAP], stands: "pausing" } },
      attempt: { to: { work: { kind: "pause", phase: "calling" } } },
    });
  });

  test.each<[string, Key | null, object, Partial<Beside>?, string?]>([
    ["no key", null, { code: "unknown_key" }],
    ["somebody else's", waits, { code: "not_yours" }, {}, "UANN"],
    ["one without a rotation", KEYS.live, { code: "not_followed" }],
    ["the second one", second(), { code: "not_followed" }],
    ["one that is paused for it already", replaced(null), { code: "already_paused" }],
    ["one that goes", { ...waits, state: KEYS.deleting.state }, { code: "key_deleting" }],
    ["one that has ended", pausedBy(waits, { holds: [BY_END], stands: "paused" }), { code: "key_ended" }],
    ["one whose second is off", waits, { code: "follower_off" }, { second: { ...second(), state: KEYS.off.state } }],
    ["one whose second is gone", waits, { code: "follower_off" }, { second: null }],
  ])("I've switched, of %s", (_what, key, refusal, changes = {}, actorId = "UDEV") => {
    expect(over(key, changes, actorId)).toMatchObject({ kind: "refused", ...refusal });
  });

  test("Keep both calls it off; what is paused for it already is resumed instead", () => {
    const keep = (key: Key | null, actorId = "UDEV") => decideKeepBoth(recorded({ key }), actorId);
    expect(keep(waits)).toMatchObject({ key: { rotation: CALLED_OFF }, say: { code: "kept_both" } });
    expect(keep(replaced(NOW))).toMatchObject({ code: "key_paused" });
    expect(keep(KEYS.live)).toMatchObject({ code: "not_followed" });
    expect(keep(waits, "UANN")).toMatchObject({ code: "not_yours" });
    expect(keep(null)).toMatchObject({ code: "unknown_key" });
  });

  test("Resume of the first calls it off with the hold; of an approver it lifts nothing of it", () => {
    const click = { names, spends: null, isRepeated: false, isPauseOpen: false, clickId: "click-1", at: NOW };
    const resume = (key: Key, by: { actorId: string; isApprover: boolean }) =>
      decideResume(recorded({ key }), { ...click, ...by });
    const owner = { actorId: "UDEV", isApprover: false };
    expect(resume(replaced(NOW), owner)).toMatchObject({
      key: { rotation: CALLED_OFF, pause: { holds: [], stands: "resuming" } },
    });
    expect(resume(replaced(NOW), { actorId: "UANN", isApprover: true })).toMatchObject({
      code: "held_by_other",
      about: { kind: "overlap" },
    });
    const both = pausedBy(replaced(NOW), { holds: [BY_OVERLAP, BY_APPROVER] });
    expect(resume(both, owner)).toMatchObject({ key: { rotation: CALLED_OFF, pause: { holds: [BY_APPROVER] } } });
    const left = resume(both, { actorId: "UANN", isApprover: true });
    expect(left).toMatchObject({ key: { pause: { holds: [BY_OVERLAP] } } });
    expect("key" in left && left.key).not.toHaveProperty("rotation");
  });
});
