import { of } from "./of.mjs";

/** Rules of `src/doctor`: nothing is left behind, nobody else's key is touched, and what was not seen is not said. */

const REMOVAL = "test/doctor/probe-key";
const FACTS = "test/doctor/examine";

/** @type {import("./mutations.mjs").Mutation[]} */
export const DOCTOR = [
  ...of("src/doctor/probe-key.ts", REMOVAL, [
    ["the doctor's key is gone once the list agrees", 'if (after.kind === "absent") return', "if (after.kind) return"],
    ["somebody else's key is not deleted", 'if (before.kind === "there" && !isNamed(before.key, name))', "if (false)"],
    [
      "a key whose making got no answer is looked for",
      "probe.accessKeyId === null ? await idsOf(ports, probe.name) : [probe.accessKeyId]",
      "probe.accessKeyId === null ? [] : [probe.accessKeyId]",
    ],
    ["a deletion is tried again", 'if (last.kind === "removed") return last;', "return last;"],
  ]),
  ...of("src/doctor/run.ts", REMOVAL, [
    ["the bot's own key is no new one", " && answer.accessKeyId !== ownAccessKeyId"],
    ["what a stop cut short is not said", "if (stopping.aborted) break;"],
    ["a key that may be left is no success", "return isWell && isGone;", "return isWell;"],
    ["keys of an earlier run are named", "made.keys.filter(isProbe)", "[]"],
  ]),
  ...of("src/doctor/probe-key.ts", REMOVAL, [
    ["only a whole name is a doctor's", " && /^[0-9a-f]{16}$/.test(name.slice(PREFIX.length))"],
  ]),
  ...of("src/doctor/examine.ts", REMOVAL, [
    [
      "nothing is given to somebody else's key",
      'if (last.kind === "there" && isNamed(last.key, examined.name)) {',
      'if (last.kind === "there") {',
    ],
  ]),
  ...of("src/doctor/new-key.ts", FACTS, [
    [
      "a key that S3 does not know yet opens nothing for that reason",
      'if (last.kind === "unavailable" || last.code === "InvalidAccessKeyId")',
      'if (last.kind === "unavailable")',
    ],
  ]),
  ...of("src/doctor/watch.ts", FACTS, [
    ["a change that shows late is waited for", "tookMs >= DOCTOR_WATCH.forMs", "tookMs >= 0"],
  ]),
  ...of("src/commands/doctor.ts", "test/safety/start/doctor", [
    [
      "a reader who hangs up leaves no key behind",
      'process.stdout.off("error", nothing).on("error", nothing);',
      "",
      "hang up",
    ],
  ]),
];
