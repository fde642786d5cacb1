import { of } from "./of.mjs";

/** Rules of how long a key lasts, of its end, and of what moves that. */

const END = "test/domain/key-end.test";
const ENDING = "test/workflow/end-key.test";
const EXTENDING = "test/workflow/extend-key.test";
const OVER = "test/workflow/key-over.test";
const PAUSES = "test/domain/pause-steps.test";
const PLAYED = "test/e2e/ends.test";

/** @type {import("./mutations.mjs").Mutation[]} */
export const ENDS = [
  ...of("src/domain/key-end.ts", END, [
    ["no key outlasts what the policy allows now", "Math.min(at + life.ms, latest)", "at + life.ms"],
    ["nor one that is to last until a moment", "Math.min(Math.max(life.at, at), latest)", "Math.max(life.at, at)"],
    ["what was asked for before there were ends gets the default", "newEnd(at + (defaultMs ?? longestMs), at)", "null"],
    ["an extension is within the longest", "Math.min(ms, longestOf(lasts))", "ms"],
    ["nor does it bring the end nearer", "Math.max(end.at, at + Math.min", "Math.max(at, at + Math.min"],
    [
      "no life is too long to be told from what can't be",
      "longestMs ?? MAX_LIFE_MS",
      "longestMs ?? Number.MAX_SAFE_INTEGER",
    ],
    ["a clock that is put right shortens no end", "latest + CLOCK_STEP_MS", "latest"],
    ["an extension is some use", "Math.max(end.at - end.since, HOUR_MS)", "end.at - end.since"],
    ["nobody moves a final end", "|| end?.isFinal", ""],
    [
      "a policy never ends a key at once",
      "newEnd(at + Math.max(defaultMs ?? longestMs, graceMs), at)",
      "newEnd(at + (defaultMs ?? longestMs), at)",
    ],
    [
      "nor shortens it to less than a grace",
      "const latest = at + Math.max(longestMs, graceMs);",
      "const latest = at + longestMs;",
    ],
    ["no reminder takes more than half of the time", "ms <= (at - since) / 2", "ms <= at - since"],
    ["no reminder comes twice", " && ms < (remindedMs ?? Number.POSITIVE_INFINITY)", ""],
    ["nobody is reminded of what is over", "if (at >= end.at) return null;"],
    ["of several reminders the last one counts", "Math.min(...due)", "Math.max(...due)"],
    ["what has ended waits for its deletion alone", "if (isOver) return end.deletesAt;"],
    ["a day that is over is none", "until === null || until <= at", "until === null"],
    ["nobody chooses longer than the policy allows", "return life.ms <= longestOf(lasts);", "return true;"],
    ["nobody chooses no end where there has to be one", "return lasts.longestMs === null;", "return true;"],
  ]),
  ...of("src/domain/day-end.ts", END, [
    [
      "a day ends where its person is",
      "momentOf(Date.UTC(year, month - 1, date + 1), timeZone) - 1",
      "Date.UTC(year, month - 1, date + 1) - 1",
    ],
    [
      "a day of no calendar is none",
      " || new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10) !== day",
      "",
    ],
  ]),
  ...of("src/domain/key-over.ts", "test/domain/key-over.test", [
    [
      "no key ends before the moment that was told",
      "end.isFinal ? MOST_AHEAD_MS.final_end : MOST_AHEAD_MS.end",
      "MOST_AHEAD_MS.final_end",
    ],
    [
      "an end that lies too far ahead has come",
      "end.isFinal ? MOST_AHEAD_MS.final_end : MOST_AHEAD_MS.end",
      "MOST_AHEAD_MS.end",
    ],
  ]),
  ...of("src/domain/timers.ts", "test/domain/timers.test", [
    ["a key has an end", '...timer(end?.isFinal && !isOver ? "final_end" : "end", next)'],
  ]),
  ...of("src/workflow/end-key.ts", ENDING, [
    ["a key ends when its time is over", "if (isKeyOver(key, due.at)) return decidePauseAtEnd(key, due);"],
    ["its power is taken at Tigris", "...(begins ? { begin:", "...(!begins ? { begin:"],
    ["one pause does", "mayHavePower(key) && !isPauseOpen", "mayHavePower(key)"],
    ["its end is nobody's to lift", 'kind: "end", byId: "bot"', 'kind: "owner", byId: "bot"'],
    ["it leaves its line", 'event: "key.ended"', 'event: "key.paused"'],
    ["nothing is deleted before its owner was told", "end.deletesAt === null || !isDue", "!isDue"],
    ["nothing is deleted before its grace is over", "|| !isDue(end.deletesAt, at, MOST_AHEAD_MS.end)", ""],
    ["nothing is deleted that is not paused", 'if (pause.stands === "pausing") return LOOKED;'],
    ["what may still work has no grace", 'if (key.pause.stands === "pausing") return NO_CHANGE;'],
    ["a moment that can't be true ends no grace", "if (at < end.deletesAt)", "if (at < 0)"],
    ["a second message gives no more time", " || key.end.deletesAt !== null", ""],
    ["what is off gets no end by a policy", ' || (key.state.kind === "off" && key.end === null)', ""],
    ["a reminder is written down", "end: { ...end, remindedMs }", "end"],
  ]),
  ...of("src/workflow/end-key.ts", PLAYED, [
    [
      "an Admin key goes soonest",
      'key?.access.permission === "Admin"',
      'key?.access.permission === "Editor"',
      "within the grace",
    ],
  ]),
  ...of("src/worker/send-due.ts", PLAYED, [
    ["the grace counts from the message", 'ring?.code === "ended"', "false", "within the grace"],
  ]),
  ...of("src/workflow/calls/pause.ts", "test/workflow/calls/pause.test", [
    ["the grace counts from the pause", "...graceAnew(key)", "...{}"],
  ]),
  ...of("src/workflow/follow-up.ts", ENDING, [
    [
      "an owner is told once it is paused for certain",
      '!hasEnded(key) || key.pause.stands === "pausing"',
      "!hasEnded(key)",
    ],
  ]),
  ...of("src/workflow/extend-key.ts", EXTENDING, [
    ["nobody extends a final end", 'return end.isFinal ? refused("end_is_final", { keyName }) : null;', "return null;"],
    [
      "there has to be an end",
      'if (end === null) return refused("no_end", { keyName });',
      "if (end === null) return null;",
    ],
    ["one click extends once", 'if (click.isRepeated) return refused("same_click", { keyName });'],
    [
      "what is being taken is taken first",
      'if (hasEnded(key) && click.isPauseOpen) return refused("pause_unconfirmed", { keyName });',
    ],
    ["an approval is used up", "? { asking: spendOnKey(asking, { accessKeyId, at }) }", "? {}"],
    ["an approval of something else is none", 'request.asked.kind === "extend" && ', ""],
    ["an approval that has lapsed is none", "isExtension(asking) && !isLate(asking, at)", "isExtension(asking)"],
  ]),
  ...of("src/workflow/extend-key.ts", "test/e2e/ends.test", [
    [
      "its kind needs an approval again",
      "const isAsked = needsPeople(key.access, policy);",
      "const isAsked = false;",
      "Admin key",
    ],
  ]),
  ...of("src/workflow/extend-key.ts", "test/safety/attacks/who-may.test", [
    ["nobody extends somebody else's", 'if (may.kind === "refused") return may;', "", "Extend"],
  ]),
  ...of("src/domain/pause-steps.ts", PAUSES, [
    ["nobody lifts an end, or a hold beside it", "if (hasEnded(key)) return [];"],
    ["who tries to reads that it has ended", "if (hasEnded(key)) return keyOver(key);"],
  ]),
  ...of("src/workflow/resume-key.ts", OVER, [
    ["what is over is not resumed before it is paused for that", "if (isKeyOver(key, at)) return keyOver(key);"],
  ]),
  ...of("src/workflow/confirm-saved.ts", OVER, [
    ["what is over is not switched on", "if (isKeyOver(key, at)) return keyOver(key);"],
  ]),
  ...of("src/workflow/confirm-saved.ts", "test/e2e/key-ends.test", [
    ["a second press moves no end", "if (end !== null) return {};", "", "a press"],
    [
      "a broken glass has an end",
      "if (glassMs !== null) return { end: newEnd(at + glassMs, at, true) };",
      "",
      "a press",
    ],
  ]),
  ...of("src/domain/key-steps.ts", OVER, [["what is over gets no secret", "if (hasEnded(key)) return keyOver(key);"]]),
  ...of("src/workflow/calls/look-before-drop.ts", OVER, [
    ["what somebody else switched on ends too", "...endOfRaised(key, request, at),"],
  ]),
];
