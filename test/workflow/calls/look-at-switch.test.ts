import type { Key } from "../../../src/domain/key";
import { lookAtSwitch } from "../../../src/workflow/calls/look-at-switch";
import { REQUESTS } from "../../domain/samples";
import { KEYS, PAUSES, pausedBy } from "../keys";
import { effectsOf, HOUR, NOW, recorded, SETTINGS, switching } from "../samples";

/** Setting its roles got no answer: the list of the one key is looked at. */

const INTERRUPTED = { kind: "interrupted" } as const;
const unansweredBefore: Key = {
  ...KEYS.switching_on,
  state: { kind: "switching_on", at: 3_000, until: NOW + HOUR, shownAt: 2_500, isUnanswered: true },
};
const looking = { ...recorded({ request: REQUESTS.made, key: unansweredBefore }), attempt: switching("looking") };
type Look = Parameters<typeof lookAtSwitch.after>[1];
const there = (roles: { bucket: string; role: string }[]): Look => ({
  kind: "there",
  key: { accessKeyId: "tid_one", name: "deploy-K7QM2XAB", createdAtMs: 1, creator: null, roles, status: "active" },
});
const ADMIN = [{ bucket: "*", role: "NamespaceAdmin" }];
const look = (answer: Look, changes: Partial<typeof looking> = {}, isPauseOpen = false) =>
  lookAtSwitch.after({ ...looking, ...changes }, answer, { at: NOW, facts: { isPauseOpen }, settings: SETTINGS });
const NOT_THERE: Look[] = [
  there([]),
  there([{ bucket: "b1", role: "Editor" }]),
  { kind: "absent" },
  { kind: "unavailable", reason: "no_answer" },
  INTERRUPTED,
];

test("roles that it shows are the key's: it is on", () => {
  expect(effectsOf(look(there(ADMIN)))).toEqual({ attempt: "on", key: "live", says: "switched_on" });
});

test.each(NOT_THERE)("what shows no such roles settles nothing, and is looked at again: %j", (answer) => {
  const tried = (tries: number) => effectsOf(look(answer, { attempt: switching("looking", { tries }) }));
  expect(tried(0)).toEqual({ attempt: "looking, again in 60 s", says: "switch_unanswered" });
  expect(tried(1)).toEqual({ attempt: "looking, again in 540 s", says: "switch_unanswered" });
  expect(tried(2)).toEqual({ attempt: "unanswered", says: "switch_unanswered" });
});

test.each(NOT_THERE)("when its time is over nothing waits for another look: %j", (answer) => {
  const over = { ...unansweredBefore, state: { ...unansweredBefore.state, until: NOW } as Key["state"] };
  expect(effectsOf(look(answer, { key: over }))).toEqual({ attempt: "unanswered", says: "switch_unanswered" });
  expect(effectsOf(look(there(ADMIN), { key: over }))).toMatchObject({ attempt: "on", key: "live" });
});

test("a pause that came meanwhile takes what it shows", () => {
  const key = pausedBy(unansweredBefore, PAUSES.paused);
  expect(effectsOf(look(there(ADMIN), { key }))).toMatchObject({ begins: "pause calling", says: "key_paused" });
  expect(look(there(ADMIN), { key }, true)).not.toHaveProperty("begin");
});

test("another press may have settled it, or somebody deleted it: nothing of it is written", () => {
  for (const kind of ["off", "live", "deleting", "deleted"] as const)
    for (const answer of [there(ADMIN), ...NOT_THERE])
      expect(effectsOf(look(answer, { key: KEYS[kind] }))).toEqual({
        attempt: "overtaken",
        says: "somebody_was_faster",
      });
});

test("after somebody else took it over, what holds is said", () => {
  const late = (key: Key | null) =>
    effectsOf(lookAtSwitch.late({ ...looking, key }, there(ADMIN), { at: NOW, facts: { isPauseOpen: false } }));
  expect(late(unansweredBefore)).toEqual({ says: "switch_unanswered" });
  expect(late(KEYS.live)).toEqual({ says: "somebody_was_faster" });
  expect(late(null)).toEqual({ says: "unknown_key" });
});
