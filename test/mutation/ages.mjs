import { of } from "./of.mjs";

/** Rules of how old secrets are, whom that asks, when, and what an answer does. */

const AGE = "test/domain/key-age.test";
const MORNING = "test/domain/morning.test";
const KEEPING = "test/workflow/keep-key.test";
const DAILY = "test/store/daily.test";

/** @type {import("./mutations.mjs").Mutation[]} */
export const AGES = [
  ...of("src/domain/key-age.ts", AGE, [
    [
      "what is paused or under way is not asked about",
      "isFree(key.state) && !isPaused(key) &&",
      "isFree(key.state) &&",
    ],
    ["a question that is owed begins no other", "|| isOwed || isRaised) return null;", "|| isRaised) return null;"],
    ["the approvers are told once", "|| isOwed || isRaised) return null;", "|| isOwed) return null;"],
    ["the last question has its week", "lastAt + RAISED_AFTER_MS : firstAt + after", "firstAt : firstAt + after"],
    ["a key that ends soon is put off", "if (key.end !== null && endsSoon(key, at))", "if (false)"],
    ["nor named in a message", " && !endsSoon(key, at)", ""],
    ["whoever was down asks once", "Math.max(age.asked + 1, passed)", "age.asked + 1"],
    ["what is named again counts once", "if (!age.isOwed) return { ...age, message };", ""],
    ["a clock that was ahead puts off nothing", "Math.min(age.firstAt ?? at, at)", "age.firstAt ?? at"],
    ["what is kept is not asked about until it is as old again", "age.kept?.at ?? 0", "0"],
    ["a new secret begins the time anew", "{ ...newAge(begunAt), rotatedAt: at }", "newAge(begunAt)"],
    ["what was asked is dropped where secrets may grow older", '{ kind: "dropped", age: unaskedAge(age) }', "null"],
  ]),
  ...of("src/domain/morning.ts", MORNING, [
    ["nobody is asked twice on a morning", "Math.max(Math.min(owedAt, at), at - LATE_MS)", "at - LATE_MS"],
    ["a clock that was set back asks nobody at once", "Math.min(owedAt, at)", "owedAt"],
    ["what missed its morning waits for the next", "at - LATE_MS);", "owedAt);"],
    ["people are spread over the hour", "Math.floor(((mixed >>> 0) / 2 ** 32) * HOUR_MS)", "0"],
  ]),
  ...of("src/workflow/keep-key.ts", KEEPING, [
    [
      "only its owner keeps a secret",
      'if (may.kind === "refused") return may;\n  const whyNot = whyNotKept(key, at, rotateAfterMs);',
      "const whyNot = whyNotKept(key, at, rotateAfterMs);",
    ],
    [
      "only what was asked is kept",
      'isQuestion(key, at, rotateAfterMs) ? null : refused("not_asked", { keyName })',
      "null",
    ],
    ["what is paused is not kept", 'if (isPaused(key)) return refused("key_paused", { keyName });', ""],
  ]),
  ...of("src/workflow/follow-up.ts", KEEPING, [
    ["a question draws no card again", " && !isOnlyAsked(before.key, key)", ""],
    [
      "an answer draws its message again",
      "const isChanged = isElsewhere || isAskedAbout(before.key) !== isAskedAbout(key);",
      "const isChanged = isElsewhere;",
    ],
  ]),
  ...of("src/store/outbox-in.ts", DAILY, [
    [
      "one question brings another one forward for nobody",
      '(notBefore > 0 || message.kind === "old_keys" ? most : least)',
      "(notBefore > 0 ? most : least)",
    ],
    ["what waits for a day is in no round's way", "daily: DAILY.has(message.kind) ? 1 : 0", "daily: 0"],
  ]),
];
