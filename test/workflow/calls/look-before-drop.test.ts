import type { KeyAtTigris } from "../../../src/domain/listed-key";
import { lookBeforeDrop, whyNot } from "../../../src/workflow/calls/look-before-drop";
import { BY_APPROVER, DROPPED, KEYS, pausedBy } from "../keys";
import { deleting, effectsOf, MINUTE, NOW, OWN_KEY, recorded, SETTINGS } from "../samples";

type Answer = Parameters<typeof lookBeforeDrop.after>[1];
const SIGNED_WITH: ReadonlySet<string> = new Set([OWN_KEY, "tid_older"]);
const CONTEXT = { at: NOW, facts: { signedWith: SIGNED_WITH }, settings: SETTINGS };
/** As the bot made it. */
const MADE: KeyAtTigris = {
  accessKeyId: "tid_one",
  name: "deploy-K7QM2XAB",
  createdAtMs: 1,
  creator: OWN_KEY,
  roles: [],
  status: "active",
};
const POWERFUL = { roles: [{ bucket: "b1", role: "ReadOnly" }] };

const held = { ...recorded({ key: DROPPED }), attempt: deleting("looking") };
const look = (answer: Answer, changes: Partial<typeof held> = {}) =>
  lookBeforeDrop.after({ ...held, ...changes }, answer, CONTEXT);
const there = (changes: Partial<KeyAtTigris> = {}, policies = 0): Answer => ({
  kind: "there",
  key: { ...MADE, ...changes },
  policies,
});

test.each<[string, Partial<KeyAtTigris>, policies: number, ReturnType<typeof whyNot>]>([
  ["is as it was made", {}, 0, null],
  ["is inactive, which is less", { status: "inactive" }, 0, null],
  ["was made with an earlier key of the bot's", { creator: "tid_older" }, 0, null],
  ["does not say who made it", { creator: null }, 0, null],
  ["names a person as who made it, which says nothing of the key", { creator: "flyio_1" }, 0, null],
  ["has a role on one bucket", POWERFUL, 0, "has_power"],
  ["has a policy", {}, 1, "has_power"],
  ["is called otherwise", { name: "deploy" }, 0, "other_name"],
  ["was made with a key that the bot never signed with", { creator: "tid_else" }, 0, "other_creator"],
  ["is odd in every way: its power comes first", { ...POWERFUL, name: "x", creator: "tid_else" }, 3, "has_power"],
])("a key that %s: %#", (_what, changes, policies, why) => {
  expect(whyNot(DROPPED, { key: { ...MADE, ...changes }, policies }, SIGNED_WITH)).toBe(why);
});

test("what the list shows as it was made is deleted next, by the same holder", () => {
  expect(effectsOf(look(there()))).toEqual({ attempt: "calling, goes on" });
});

test.each([
  ["has_power", there(POWERFUL)],
  ["has_power", there({}, 1)],
  ["other_name", there({ name: "deploy" })],
  ["other_creator", there({ creator: "tid_else" })],
] as const)("what it shows otherwise is left to people, and counts as on: %s", (why, answer) => {
  const step = look(answer);
  expect(effectsOf(step)).toEqual({ attempt: "raised", key: "live", alert: "not_deleted" });
  expect(step).toMatchObject({
    attempt: { to: { alerted: true } },
    key: { to: { kind: "live", secret: { kind: "unconfirmed", cover: null } }, event: "key.raised", outcome: why },
    alert: { about: { tigrisName: "deploy-K7QM2XAB", accessKeyId: "tid_one", why } },
  });
});

test("what somebody holds is paused where it has power: no hold is worth less since a key was to go", () => {
  const key = pausedBy(DROPPED, { holds: [BY_APPROVER] });
  const effects = { attempt: "raised", key: "live", alert: "not_deleted" };
  const paused = { pause: "pausing by approver", begins: "pause calling" };
  expect(effectsOf(look(there(POWERFUL), { key }))).toEqual({ ...effects, ...paused });
  expect(effectsOf(look(there({ name: "deploy" }), { key }))).toEqual(effects);
});

test.each<Answer>([{ kind: "unavailable" }, { kind: "interrupted" }])(
  "without a look nothing is deleted: again later, $kind",
  (answer) => {
    expect(effectsOf(look(answer))).toEqual({ attempt: "looking, again in 5 s" });
    const stale = { attempt: deleting("looking", { startedAt: NOW - 15 * MINUTE }) };
    expect(effectsOf(look(answer, stale)).alert).toBe("deletion_failing");
  },
);

test("a key that the list does not show is waited for until it is ten minutes old, and gone where it is missed once more", () => {
  const aged = (ms: number, tries = 0) =>
    effectsOf(
      look({ kind: "absent" }, { key: { ...DROPPED, madeAt: NOW - ms }, attempt: deleting("looking", { tries }) }),
    );
  expect(aged(0)).toEqual({ attempt: "looking, again in 600 s" });
  expect(aged(10 * MINUTE - 1)).toEqual({ attempt: "looking, again in 0.001 s" });
  expect(aged(10 * MINUTE)).toEqual({ attempt: "looking, again in 5 s" });
  expect(aged(10 * MINUTE, 1)).toEqual({ attempt: "deleted", key: "deleted" });
});

test.each(["off", "live", "switching_on", "deleted"] as const)(
  "a key that is %s by now is deleted by nobody: the attempt is closed",
  (kind) => {
    for (const answer of [there(), there(POWERFUL), { kind: "absent" } as const])
      expect(effectsOf(look(answer, { key: KEYS[kind] }))).toEqual({ attempt: "deleted" });
  },
);

test("after a take-over nothing is done", () => {
  for (const answer of [there(), there(POWERFUL)])
    expect(effectsOf(lookBeforeDrop.late(held, answer, { at: NOW, facts: { signedWith: new Set() } }))).toEqual({});
});

test.each<[string, object, object, Answer]>([
  ["both", { kind: "there", key: MADE }, { kind: "listed", names: ["p1", "p2"] }, there({}, 2)],
  ["no policies", { kind: "there", key: MADE }, { kind: "unavailable", reason: "x" }, { kind: "unavailable" }],
  ["no list", { kind: "unavailable", reason: "x" }, { kind: "listed", names: [] }, { kind: "unavailable" }],
  ["no such key", { kind: "absent" }, { kind: "unavailable", reason: "x" }, { kind: "absent" }],
])(
  "it looks at the key and at its policies, and goes by nothing but both: %s",
  async (_what, read, policies, answer) => {
    const tigris = { readKey: async () => read, policiesOf: async () => policies };
    const made = await lookBeforeDrop.make({ tigris } as unknown as Parameters<typeof lookBeforeDrop.make>[0], held, {
      secret: null,
      isHeld: () => true,
      isRecovery: false,
    });
    expect(made).toEqual({ answer });
  },
);
