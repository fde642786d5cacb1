import { ACTIONS } from "../../../src/slack/ids";
import { OWN_KEY } from "../../kit/people";
import { click, menuChoice } from "./crafted";
import {
  ANN,
  deep,
  NOT_APPROVER,
  type Odd,
  prototypeKeys,
  UNKNOWN_DELIVERY,
  UNKNOWN_KEY,
  UNKNOWN_REQUEST,
  UNREADABLE,
} from "./odd";
import type { Stage } from "./stage";

function odd(name: string, option: unknown | ((stage: Stage) => unknown), reads: Odd["reads"]): Odd {
  return {
    name: `${name}, in a menu`,
    kind: "interaction",
    make: (world, stage, from) => menuChoice(world, from, typeof option === "function" ? option(stage) : option),
    reads,
  };
}

const byAnn = (one: Odd): Odd => ({ ...one, from: ANN });

/** An option names a button and what that is about: neither says that it was ever offered. */
const OPTIONS: Odd[] = [
  odd("an approval", ({ pending }: Stage) => `${ACTIONS.approve}:${pending}`, NOT_APPROVER),
  odd("another's secret", ({ approved }: Stage) => `${ACTIONS.reveal}:${approved}`, UNKNOWN_REQUEST),
  odd("another's delivery", ({ delivery }: Stage) => `${ACTIONS.deleteDelivered}:${delivery}`, UNKNOWN_DELIVERY),
  ...[ACTIONS.pauseListed, ACTIONS.newSecret, ACTIONS.deleteKey, ACTIONS.detailsListed].map((actionId) =>
    odd(`another's key in ${actionId}`, ({ key }: Stage) => `${actionId}:${key}`, UNKNOWN_KEY),
  ),
  byAnn(odd("the bot's own key", `${ACTIONS.pauseListed}:${OWN_KEY.accessKeyId}`, UNKNOWN_KEY)),
  byAnn(odd("a second separator", ({ pending }: Stage) => `${ACTIONS.approve}:${pending}:x`, UNKNOWN_REQUEST)),
  byAnn(odd("a button that is about nothing", `${ACTIONS.approve}:`, UNKNOWN_REQUEST)),
  byAnn(odd("nothing but a button", ACTIONS.approve, UNREADABLE)),
  byAnn(odd("no button", ({ pending }: Stage) => `:${pending}`, UNREADABLE)),
  byAnn(odd("a button that nobody knows", ({ pending }: Stage) => `no_such_action:${pending}`, UNREADABLE)),
  byAnn(odd("a menu within", ({ pending }: Stage) => `menu:${ACTIONS.approve}:${pending}`, UNREADABLE)),
  byAnn(odd("a key of the prototype's", "__proto__:isAdmin", UNREADABLE)),
  byAnn(odd("a space before the button", ({ pending }: Stage) => ` ${ACTIONS.approve}:${pending}`, UNREADABLE)),
  byAnn(odd("151 characters", `${ACTIONS.approve}:${"x".repeat(135)}`, UNREADABLE)),
  ...[null, undefined, 7, {}, ["request_approve:a"], prototypeKeys(), deep(1_000)].map((option, index) =>
    byAnn(odd(`an option of a wrong kind (${index + 1})`, option, UNREADABLE)),
  ),
];

/** The button that an option names takes the place of the menu's id, whatever that was. */
const BESIDE: Odd[] = [
  byAnn({
    name: "a menu with the id of a button, and an option that nobody knows",
    kind: "interaction",
    make: (world, { pending }, from) => {
      const action = { type: "overflow", action_id: ACTIONS.approve, block_id: "b", action_ts: "1764000000.000010" };
      const chosen = { selected_option: { value: `no_such_action:${pending}` } };
      return click(world, from, ACTIONS.approve, pending, { actions: [{ ...action, ...chosen }] });
    },
    reads: UNREADABLE,
  }),
  byAnn({
    name: "two menus at once",
    kind: "interaction",
    make: (world, { pending, approved }, from) => {
      const actions = [pending, approved].map((id) => ({
        type: "overflow",
        action_id: ACTIONS.menu,
        block_id: "b",
        action_ts: "1764000000.000011",
        selected_option: { value: `${ACTIONS.approve}:${id}` },
      }));
      return click(world, from, ACTIONS.menu, undefined, { actions });
    },
    reads: UNREADABLE,
  }),
];

export const ODD_MENUS: Odd[] = [...OPTIONS, ...BESIDE];
