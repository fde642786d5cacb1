import { of } from "./of.mjs";

/** Rules of App Homes: what they show to whom, and who draws them. */

const APPROVERS = "test/e2e/app-home-approvers";
const HOME = "test/e2e/app-home.test";
const STORE = "test/store/app-homes";

/** @type {import("./mutations.mjs").Mutation[]} */
export const HOMES = [
  ...of("src/workflow/app-home.ts", APPROVERS, [
    [
      "only an approver looks at everybody's keys",
      'if (sees || look.whose === "own") return { look, refusal: null };',
      "return { look, refusal: null };",
      "a crafted click",
    ],
    [
      "who nobody can say is an approver is none",
      "isApprover: among === true,",
      "isApprover: among !== false,",
      "nobody can say",
    ],
    [
      "nobody has their own request to decide",
      "record.requests.toDecide(viewer.ids,",
      "record.requests.toDecide([],",
      "nobody's own request",
    ],
  ]),
  ...of("src/workflow/app-home.ts", HOME, [
    [
      "a Home is for members",
      'const use = mayUse(look.standing);\n  if (use.kind === "refused") return use;',
      "",
      "reads who may use it",
    ],
  ]),
  ...of("src/slack/app-home/draw.ts", APPROVERS, [
    [
      "who looks at others' keys is in the record",
      'if (look.whose === "everybody") await noteListing(ports, userId, look.ownerId);',
      "",
      "each of them an event",
    ],
    [
      "what is drawn by itself is no new look",
      "if (held.acts !== held.drawnActs) await noteOthers",
      "await noteOthers",
      "without another event",
    ],
  ]),
  ...of("src/store/app-homes.ts", STORE, [
    [
      "one at a time draws a Home",
      '\n          .where((eb) => eb.or([eb("lease_until", "<=", at), eb("lease_until", ">", tooFarAhead(at, LEASE_MS))]))',
    ],
    [
      "an opening is taken once",
      '\n        .where((eb) => eb.or([eb("app_homes.opened_by", "is", null), eb("app_homes.opened_by", "<>", eventId)])),',
      ",",
    ],
    ["a Home is drawn by itself for an hour", '\n        .where("opened_at", ">", at - APP_HOME_LIVE_MS)'],
    ["a Home is drawn by itself every ten seconds at most", "drawnAt + APP_HOME_DRAWN_EVERY_MS", "drawnAt"],
    ["a change shows in its owner's Home", '[...ownerIds, ""]', '[""]'],
    [
      "a change shows in the Homes of who sees others' things",
      'eb("sees_others", "=", 1)',
      'eb("sees_others", "=", 2)',
    ],
    [
      "who lost the lease has it drawn once more",
      'await outboxIn(db, differences, at).add({ kind: "app_home", userId });\n        return "overtaken";',
      'return "overtaken";',
    ],
  ]),
];
