import { of } from "./of.mjs";

/** Rules about looks at people: whose turn it is, whom an answer is about, and what is told. */

const LOOKS = "test/e2e/looks";
const GRID = "test/e2e/grid";
const TROUBLES = "test/e2e/look-troubles";
const WHO_MAY = "test/domain/who-may";
const BUDGET = "test/domain/look-budget";

/** @type {import("./mutations.mjs").Mutation[]} */
export const LOOK_RULES = [
  ...of("src/domain/look-budget.ts", BUDGET, [
    ["less urgent looks leave some to decisions", "atOnce - Math.ceil(atOnce * LOOK_RESERVES[purpose])", "atOnce"],
    ["no minute sees more than all looks", "60_000 / (part - atOnce)", "60_000 / part"],
  ]),
  ...of("src/slack/clients/people.ts", LOOKS, [
    [
      "only options go by what is remembered",
      'const isForOptions = purpose === "options";',
      "const isForOptions = purpose.length > 0;",
      "decides nothing",
    ],
    [
      "a busy Slack gets no looks for options",
      "turns.holdOptions(retryAfterMs)",
      "turns.holdOptions(0)",
      "all the same",
    ],
  ]),
  ...of("src/domain/person.ts", WHO_MAY, [
    [
      "Slack's answer is about who was asked about",
      "idsOf(user).some((id) => sameButForLetter(id, askedId))",
      "idsOf(user).length > 0",
    ],
    [
      "another letter is the same person on Grid alone",
      "return user.enterpriseUserId !== null && idsOf",
      "return idsOf",
    ],
  ]),
  ...of("src/workflow/look-to-decide.ts", GRID, [
    [
      "nobody approves their own request under another id",
      "mayDecideFor(request, look.ids)",
      "mayDecideFor(request, [actor.userId])",
      "the other one of their ids",
    ],
  ]),
  ...of("src/slack/clients/home.ts", GRID, [
    [
      "Slack is asked about our organization seldom",
      "asked === null || at - asked.at >= HOME_ASKED_EVERY_MS",
      "at >= 0",
      "asked again after a minute",
    ],
    [
      "another workspace is never taken for ours",
      "teamId !== home.teamId || enterpriseId === home.enterpriseId",
      "enterpriseId === home.enterpriseId",
      "never taken for ours",
    ],
  ]),
  ...of("src/slack/clients/people.ts", TROUBLES, [
    [
      "a look that fails is logged",
      'note({ event: "look.refused", method, code, ...(code === UNKNOWN_GROUP ? about : {}) });',
      "",
      "a scope that the app lost",
    ],
    [
      "the log names a group that is gone",
      "code === UNKNOWN_GROUP",
      "code === undefined",
      "a group that is gone, which",
    ],
  ]),
];
