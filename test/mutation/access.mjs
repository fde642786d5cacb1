import { of } from "./of.mjs";

/** Rules of what a key opens, and of what changes that. */

const CHANGES = "test/domain/access-change.test";
const STEPS = "test/domain/access-steps.test";
const PLAYED = "test/e2e/access-faults.test";
const MET = "test/e2e/access-meets.test";

/** @type {import("./mutations.mjs").Mutation[]} */
export const ACCESS = [
  ...of("src/domain/access-change.ts", CHANGES, [
    ["what adds something is asked for", 'comparison === "wider" || comparison === "other"', 'comparison === "wider"'],
    [
      "less is within all that the key may have",
      "if (isWithin(wanted, from) && isWithin(wanted, to))",
      "if (isWithin(wanted, to))",
    ],
    [
      "less than what it is to have, where that is less",
      "return compareAccess(accessChange.to, wanted);",
      "return compareAccess(access, wanted);",
    ],
    [
      "what gives roles again gives no more than is certain",
      'accessChange.kind === "narrowing" ? accessChange.to : accessChange.from',
      'accessChange.kind === "narrowing" ? access : accessChange.from',
    ],
    ["the union holds both", "...one.buckets.names, ...other.buckets.names", "...one.buckets.names"],
  ]),
  ...of("src/domain/access-steps.ts", STEPS, [
    [
      "what came by breaking the glass keeps its access",
      'if (end?.isFinal) return refused("access_is_final", { keyName });',
    ],
    ["what has ended keeps its access", "if (hasEnded(key) || isKeyOver(key, at)) return keyOver(key);"],
    ["what is paused keeps its access", 'isPaused(key) ? refused("key_paused", { keyName }) : null', "null"],
    ["the record says more from the intent on", "unionOf(key.access, to)", "key.access"],
    ["what an earlier call may have given counts", "before?.isUnanswered ?? false", "false"],
    ["an approval of less covers no secret of more", "loseCover(key)?.to ?? key.state", "key.state"],
    ["an end that was moved since stays", "key.end?.since === at", "true"],
  ]),
  ...of("src/workflow/calls/narrow-access.ts", PLAYED, [
    [
      "less is set until Tigris has done it",
      "return notYet(held, key, at);\n    }",
      "return settle(held, key, facts, at);\n    }",
    ],
  ]),
  ...of("src/workflow/calls/narrow-access.ts", MET, [
    ["what may come late is watched", "const pauseMs = isDoubtful ? lookPauseMs(0) : null;", "const pauseMs = null;"],
    [
      "no role is set of a key whose roles a pause has taken",
      "key === null || key.pause.areRolesTaken",
      "key === null",
    ],
  ]),
  ...of("src/workflow/switch-wider.ts", MET, [
    ["more waits for what may come late", 'if (click.isNarrowingOpen) return refused("narrowing_open", { keyName });'],
  ]),
  ...of("src/domain/pause-steps.ts", "test/workflow/pause-key.test", [
    ["roles come from the owner's word first", "return isOn && (pause.areRolesTaken", "return (pause.areRolesTaken"],
  ]),
  ...of("src/domain/pause-steps.ts", MET, [
    ["a resume gives less where it is to have less", ' || accessChange?.kind === "narrowing"', ""],
  ]),
];
