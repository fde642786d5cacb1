import { ACTIONS, CALLBACKS } from "../../../src/slack/ids";
import { type CraftedView, command, homeClick, openView, submission } from "./crafted";
import { glassValues } from "./forms";
import { DANA, deep, HUGE, NOT_APPROVER, type Odd, OUTSIDER, prototypeKeys, UNKNOWN_REQUEST, UNREADABLE } from "./odd";
import { byAnn, byDana, odd as oddClick } from "./odd-click";
import type { Stage } from "./stage";

/** Dana is on call, and has broken the glass already; nobody else is. */

const NOT_ON_CALL = /Only @dana can break the glass/;
const BROKEN_ALREADY = /You have broken the glass already: switch urgent-one on/;

type Made = { values?: unknown; id?: unknown; about?: unknown };

function sent(name: string, reads: Odd["reads"], made: Made = {}): Odd {
  return {
    name: `${name}, to break the glass`,
    kind: "interaction",
    from: DANA,
    make: async (world, _stage, from) => {
      const view = {
        callbackId: CALLBACKS.breakGlass,
        values: glassValues(),
        id: await openView(world, from),
        ...made,
      };
      return submission(world, from, view as CraftedView);
    },
    reads,
  };
}

const byEve = ({ from: _dana, ...one }: Odd): Odd => one;
const glass = (chosen: Parameters<typeof glassValues>[0]): Made => ({ values: glassValues(chosen) });

const FORMS: Odd[] = [
  byEve(sent("a form of whoever is not on call", NOT_ON_CALL)),
  byEve(sent("a form for Admin of whoever is not on call", NOT_ON_CALL, glass({ permission: "Admin" }))),
  sent("a second form before the first key is on", BROKEN_ALREADY),
  sent("a form for Admin", /Nobody gets an Admin key by breaking the glass/, glass({ permission: "Admin" })),
  sent("a form for Admin and all buckets", /Nobody gets an Admin key/, glass({ permission: "Admin", buckets: null })),
  ...["NamespaceAdmin", "admin", "Admin ", "__proto__", null, 3, ["Editor"]].map((permission) =>
    sent(`the permission ${JSON.stringify(permission)}`, UNREADABLE, glass({ permission })),
  ),
  ...["*", "**", "", "__proto__", "a\u0000b"].map((bucket) =>
    sent(`the bucket ${JSON.stringify(bucket)}`, UNREADABLE, glass({ buckets: ["builds", bucket] })),
  ),
  sent("a bucket that was never offered", /No longer there: payroll/, glass({ buckets: ["payroll"] })),
  sent("no bucket", /Choose at least one bucket/, glass({ buckets: [] })),
  sent("no reason", /Say in at least 10 characters/, glass({ reason: null })),
  sent("a reason of nothing to be seen", /Say in at least 10 characters/, glass({ reason: "\u200B".repeat(40) })),
  sent("a reason of 501 characters", /Use at most 500 characters/, glass({ reason: "r".repeat(501) })),
  sent("a huge reason", UNREADABLE, glass({ reason: HUGE })),
  sent("a name that is none", /Use (only|at most)/, glass({ keyName: "<!channel>" })),
  ...[null, undefined, [], "text", prototypeKeys(), deep(1_000)].map((values, index) =>
    sent(`fields of a wrong kind (${index + 1})`, UNREADABLE, { values }),
  ),
  sent("a form without an id", UNREADABLE, { id: undefined }),
  sent("what is kept as an object", UNREADABLE, { about: { a: 1 } }),
];

const REVIEWS: Odd[] = [
  oddClick("another's broken glass in Mark as reviewed", ACTIONS.review, (s: Stage) => s.broken, NOT_APPROVER),
  byDana(oddClick("one's own broken glass", ACTIONS.review, (s: Stage) => s.broken, /You asked for this key/)),
  byDana(oddClick("a made-up broken glass", ACTIONS.review, "made-up", NOT_APPROVER)),
  byAnn(oddClick("a key in Mark as reviewed", ACTIONS.review, (s: Stage) => s.key, UNKNOWN_REQUEST)),
  byAnn(oddClick("a delivery in Mark as reviewed", ACTIONS.review, (s: Stage) => s.delivery, UNKNOWN_REQUEST)),
  byAnn(oddClick("a request that waits, to be reviewed", ACTIONS.review, (s: Stage) => s.pending, UNKNOWN_REQUEST)),
  byAnn(
    oddClick(
      "a request that others approved, to be reviewed",
      ACTIONS.review,
      (s: Stage) => s.approved,
      UNKNOWN_REQUEST,
    ),
  ),
  ...[ACTIONS.approve, ACTIONS.approveLess].map((actionId) =>
    byAnn(
      oddClick(`a broken glass in ${actionId}`, actionId, (s: Stage) => s.broken, /break glass|Break glass|broke/i),
    ),
  ),
  ...["", "%", "__proto__", "' or 1=1; --"].map((value) =>
    byAnn(oddClick(`${JSON.stringify(value)} to be reviewed`, ACTIONS.review, value, UNKNOWN_REQUEST)),
  ),
  ...[null, undefined, 7, {}, ["a"], prototypeKeys(), deep(1_000), HUGE].map((value, index) =>
    byAnn(oddClick(`a review of a wrong kind (${index + 1})`, ACTIONS.review, value, UNREADABLE)),
  ),
];

function typed(name: string, text: string, reads: Odd["reads"], more: Record<string, unknown> = {}): Odd {
  return { name, kind: "command", make: (world, _stage, from) => command(world, from, text, more), reads };
}

const WORDS: Odd[] = [
  typed("break-glass by whoever is not on call", "break-glass mine", NOT_ON_CALL),
  typed("the same in capitals, with spaces", "  BREAK-GLASS   mine  ", NOT_ON_CALL),
  typed("the same with 9,000 characters", `break-glass ${"x".repeat(9_000)}`, NOT_ON_CALL),
  typed("the same from another workspace", "break-glass", OUTSIDER, { team_id: "TOTHER001" }),
  {
    name: "Break glass in the Home of whoever is not on call",
    kind: "interaction",
    make: (world, _stage, from) => homeClick(world, from, ACTIONS.homeBreakGlass, "break-glass"),
    reads: NOT_ON_CALL,
  },
];

export const ODD_GLASSES: Odd[] = [...FORMS, ...REVIEWS, ...WORDS];
