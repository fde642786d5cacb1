import { ACTIONS } from "../../../src/slack/ids";
import { OWN_KEY } from "../../kit/people";
import { homeClick, opening, search } from "./crafted";
import { ANN, DANA, deep, HUGE, type Odd, prototypeKeys, UNKNOWN_KEY, UNKNOWN_REQUEST, UNREADABLE } from "./odd";
import type { Stage } from "./stage";

const OWN = /Your keys \(0\)/;
const NOTHING_LIKE_IT = /No key (?:of (?:@\S+|yours) )?matches this/;
const CLOSED = /Tigris Keys is for full members/;

const byAnn = (one: Odd): Odd => ({ ...one, from: ANN });

function odd(
  name: string,
  actionId: string,
  value: unknown | ((stage: Stage) => unknown),
  reads: Odd["reads"],
  more: Record<string, unknown> = {},
): Odd {
  return {
    name: `${name}, in Home`,
    kind: "interaction",
    make: (world, stage, from) => {
      const about: unknown = typeof value === "function" ? value(stage) : value;
      return homeClick(world, from, actionId, about, more);
    },
    reads,
  };
}

/** What others' rows would hold. */
const VALUES: Odd[] = [
  ...[ACTIONS.homeDetails, ACTIONS.homeNewSecret, ACTIONS.homePause, ACTIONS.homeDelete].flatMap((actionId) => [
    odd(`another's key in ${actionId}`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY),
    byAnn(odd(`the bot's own key in ${actionId}`, actionId, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
    odd(`a wildcard in ${actionId}`, actionId, "%", UNKNOWN_KEY),
  ]),
  byAnn(odd("another's key in New secret, by an approver", ACTIONS.homeNewSecret, (s: Stage) => s.key, UNKNOWN_KEY)),
  odd("another's key in Resume", ACTIONS.homeResume, ({ paused }: Stage) => paused, UNKNOWN_KEY),
  byAnn(odd("a key whose owner paused it", ACTIONS.homeResume, ({ paused }: Stage) => paused, /-one is paused by @/)),
  byAnn(odd("a key that another one has made", ACTIONS.homePause, ({ made }: Stage) => made, UNKNOWN_KEY)),
  // Whatever a Home may hold, its clicks are those of messages too.
  byAnn(odd("a key in Approve", ACTIONS.approve, ({ key }: Stage) => key, UNKNOWN_REQUEST)),
  odd("another's request in Show my secret", ACTIONS.reveal, ({ approved }: Stage) => approved, UNKNOWN_REQUEST),
  odd("a button that nobody knows", "no_such_action", "x", UNREADABLE),
  ...[null, 7, {}, deep(1_000), HUGE].map((value, index) =>
    odd(`a key of a wrong kind (${index + 1})`, ACTIONS.homePause, value, UNREADABLE),
  ),
];

const typed = (value: unknown) => ({ type: "plain_text_input", value });
const chosen = (value: unknown) => ({ type: "static_select", value: undefined, selected_option: { value } });
const picked = (user: unknown) => ({ type: "users_select", value: undefined, selected_user: user });

/** What somebody looks at in their Home narrows what they may see, and never widens it. */
const LOOKS: Odd[] = [
  ...["%", "_", "'; drop table keys; --", "living-one", "tid_", "<!channel>", "\u0000\ud800", "x".repeat(2_000)].map(
    (text) =>
      odd(`a search for ${JSON.stringify(text).slice(0, 30)}`, ACTIONS.homeSearch, text, NOTHING_LIKE_IT, typed(text)),
  ),
  odd("a key of another's to go on from", ACTIONS.homeOlder, ({ key }: Stage) => key, OWN),
  odd("an id of the prototype's to go on from", ACTIONS.homeNewer, "constructor", OWN),
  odd("a person who is none", ACTIONS.homePerson, undefined, OWN, picked("<!channel>")),
  odd("a person of the prototype's", ACTIONS.homePerson, undefined, OWN, picked("__proto__")),
  odd("a permission that is none", ACTIONS.homePermission, undefined, OWN, chosen("SuperAdmin")),
  odd("a bucket that is none", ACTIONS.homeBucket, undefined, OWN, chosen("*")),
  ...[ACTIONS.homeSearch, ACTIONS.homePerson, ACTIONS.homePermission, ACTIONS.homeBucket].flatMap((actionId) =>
    [7, {}, prototypeKeys()].map((value, index) =>
      odd(`a choice of a wrong kind (${index + 1}) in ${actionId}`, actionId, value, "nothing", {
        selected_option: { value },
        selected_user: value,
      }),
    ),
  ),
  ...[ACTIONS.homeBucket, ACTIONS.lessBuckets].map(
    (actionId): Odd => ({
      name: `a search in ${actionId} by a member`,
      kind: "interaction",
      make: (world, { pending }, from) => search(world, from, actionId, { value: "b", about: pending }),
      reads: /^\{"options":\[\]\}$/,
    }),
  ),
];

const openedBy = (user: unknown, more: Record<string, unknown> = {}) => ({
  event: { type: "app_home_opened", user, tab: "home", ...more },
});

function event(name: string, more: Record<string, unknown>, reads: Odd["reads"], from = DANA): Odd {
  return { name, kind: "event", from, make: (_world, _stage, sender) => opening(sender, more), reads };
}

/** Events can't be replied to: what can't be read is acknowledged, and shows nothing. */
const OPENINGS: Odd[] = [
  event("a Home of another workspace", { team_id: "TOTHER001" }, CLOSED),
  event("a Home of no workspace", { team_id: undefined }, CLOSED),
  event("a Home of nobody", openedBy(null), "not taken"),
  ...[undefined, 7, "UANN00001 ", "uann00001", ["UANN00001"], { id: "UANN00001" }, prototypeKeys()].map((user, index) =>
    event(`a Home of a person of a wrong kind (${index + 1})`, openedBy(user), "nothing"),
  ),
  ...[null, 7, {}, deep(1_000), HUGE].map((tab, index) =>
    event(`a tab of a wrong kind (${index + 1})`, openedBy("UDEV00001", { tab }), "nothing"),
  ),
  ...[null, undefined, 7, "", {}, "E".repeat(101)].map((id, index) =>
    event(`an event with an id of a wrong kind (${index + 1})`, { event_id: id }, "nothing"),
  ),
  event("a tab that is no Home", openedBy("UDEV00001", { tab: "messages" }), "nothing"),
];

export const ODD_HOMES: Odd[] = [...VALUES, ...LOOKS, ...OPENINGS];
