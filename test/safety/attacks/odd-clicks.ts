import { ACTIONS } from "../../../src/slack/ids";
import { APPROVALS, OWN_KEY } from "../../kit/people";
import { click } from "./crafted";
import {
  ANN,
  deep,
  HUGE,
  NOT_APPROVER,
  type Odd,
  OUTSIDER,
  prototypeKeys,
  UNKNOWN_DELIVERY,
  UNKNOWN_KEY,
  UNKNOWN_REQUEST,
  UNREADABLE,
} from "./odd";
import type { Stage } from "./stage";

type Change = (stage: Stage) => Record<string, unknown>;

function odd(
  name: string,
  actionId: string,
  value: unknown | ((stage: Stage) => unknown),
  reads: Odd["reads"],
  more: Change = () => ({}),
): Odd {
  return {
    name,
    kind: "interaction",
    make: (world, stage, from) => {
      const about: unknown = typeof value === "function" ? value(stage) : value;
      return click(world, from, actionId, about, more(stage));
    },
    reads,
  };
}

const byAnn = (one: Odd): Odd => ({ ...one, from: ANN });
const action = (fields: Record<string, unknown>) => ({
  type: "button",
  action_id: ACTIONS.approve,
  block_id: "b",
  action_ts: "1764000000.000009",
  ...fields,
});

/** Buttons with ids of others' in them, or of other kinds. */
const VALUES: Odd[] = [
  odd("another's request in Reveal", ACTIONS.reveal, ({ approved }: Stage) => approved, UNKNOWN_REQUEST),
  odd("another's request in Ask again", ACTIONS.askAgain, ({ pending }: Stage) => pending, UNKNOWN_REQUEST),
  odd("another's key in New secret", ACTIONS.newSecret, ({ key }: Stage) => key, UNKNOWN_KEY),
  odd("another's delivery in I've saved it", ACTIONS.saved, ({ delivery }: Stage) => delivery, UNKNOWN_DELIVERY),
  byAnn(odd("a key where a request belongs", ACTIONS.approve, ({ key }: Stage) => key, UNKNOWN_REQUEST)),
  odd("a request where a key belongs", ACTIONS.deleteKey, ({ approved }: Stage) => approved, UNKNOWN_KEY),
  odd("the bot's own key in New secret", ACTIONS.newSecret, OWN_KEY.accessKeyId, UNKNOWN_KEY),
  byAnn(odd("the bot's own key in Delete key", ACTIONS.deleteListed, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
  byAnn(odd("two ids in one value", ACTIONS.approve, (s: Stage) => `${s.pending},${s.approved}`, UNKNOWN_REQUEST)),
  byAnn(odd("SQL", ACTIONS.approve, "' or 1=1; drop table requests; --", UNKNOWN_REQUEST)),
  byAnn(odd("a wildcard", ACTIONS.approve, "%", UNKNOWN_REQUEST)),
  byAnn(odd("a control character", ACTIONS.approve, ({ pending }: Stage) => `${pending}\u0000`, UNKNOWN_REQUEST)),
  byAnn(odd("an empty value", ACTIONS.approve, "", UNKNOWN_REQUEST)),
  byAnn(odd("a key of the prototype's as value", ACTIONS.approve, "__proto__", UNKNOWN_REQUEST)),
  odd("an id of the prototype's as page", "keys_own_older", "constructor", /Your live keys/),
];

const SHAPES: Odd[] = [
  ...[null, undefined, 7, true, {}, ["a"], prototypeKeys(), deep(1_000), HUGE].map((value, index) =>
    byAnn(odd(`a value of a wrong kind (${index + 1})`, ACTIONS.approve, value, UNREADABLE)),
  ),
  odd("two actions", ACTIONS.approve, "", UNREADABLE, ({ pending, approved }) => ({
    actions: [action({ value: pending }), action({ value: approved })],
  })),
  odd("an action without a time", ACTIONS.approve, "", UNREADABLE, ({ pending }) => ({
    actions: [{ type: "button", action_id: ACTIONS.approve, value: pending }],
  })),
  odd("no trigger", ACTIONS.approve, "x", UNREADABLE, () => ({ trigger_id: undefined })),
  odd("a container of a wrong kind", ACTIONS.approve, "x", UNREADABLE, () => ({ container: "message" })),
  odd("a container with a list for a channel", ACTIONS.approve, "x", UNREADABLE, () => ({
    container: { type: "message", channel_id: ["C"], message_ts: {} },
  })),
  odd("a view of a wrong kind", ACTIONS.approve, "x", UNREADABLE, () => ({ view: { id: 7 } })),
  odd("a huge field beside", ACTIONS.helpList, "list", /Your live keys/, () => ({ extra: HUGE })),
  odd("a deep field beside", ACTIONS.helpList, "list", /Your live keys/, () => ({ extra: deep(1_000) })),
  odd("keys of the prototype's beside", ACTIONS.helpList, "list", /Your live keys/, () => ({
    extra: prototypeKeys(),
  })),
  odd("an action that nobody knows", "no_such_action", "x", UNREADABLE),
  odd("an action named for the prototype", "__proto__", "x", UNREADABLE),
  odd("an action whose id goes on", `${ACTIONS.approve}\n`, ({ pending }: Stage) => pending, UNREADABLE),
  odd("a select with a button's id", ACTIONS.approve, "", UNREADABLE, ({ pending }) => ({
    actions: [action({ type: "static_select", value: undefined, selected_option: { value: pending } })],
  })),
  odd("no actions", ACTIONS.approve, "x", "not taken", () => ({ actions: undefined })),
  odd("a type that nobody knows", ACTIONS.approve, "x", "not taken", () => ({ type: "shortcut", actions: undefined })),
];

const EVE_HERSELF = { id: "UEVE00001", team_id: "TACME0001" };

const PEOPLE: Odd[] = [
  ...[null, undefined].map((user) =>
    odd(`a person that is ${user}`, ACTIONS.helpList, "list", "not taken", () => ({ user })),
  ),
  ...[{}, "UANN00001", { id: "uann00001" }, { id: ["UANN00001"] }, { id: "UANN00001 " }].map((user, index) =>
    odd(`a person of a wrong kind (${index + 1})`, ACTIONS.helpList, "list", UNREADABLE, () => ({ user })),
  ),
  odd("no workspace", ACTIONS.helpList, "list", OUTSIDER, () => ({ team: null })),
  odd("another workspace", ACTIONS.helpList, "list", OUTSIDER, () => ({ team: { id: "TOTHER001" } })),
  odd("another organisation's install", ACTIONS.helpList, "list", OUTSIDER, () => ({
    team: null,
    enterprise: { id: "EOTHER001" },
    is_enterprise_install: true,
  })),
  odd("somebody of another workspace", ACTIONS.helpList, "list", OUTSIDER, () => ({
    user: { ...EVE_HERSELF, team_id: "TOTHER001" },
  })),
  odd(
    "claims of rights in the payload",
    ACTIONS.approve,
    ({ pending }: Stage) => pending,
    NOT_APPROVER,
    () => ({
      user: { ...EVE_HERSELF, is_admin: true, is_owner: true, isApprover: true, standing: "member", isNamed: true },
    }),
  ),
];

/** Where the answer goes, and where the click says that it came from. */
const PLACES: Odd[] = [
  ...["http://192.0.2.1/answer", "file:///etc/passwd", "not an address", "javascript:alert(1)"].map((address) =>
    odd(
      `an answer to ${address}`,
      ACTIONS.reveal,
      ({ approved }: Stage) => approved,
      UNKNOWN_REQUEST,
      () => ({
        response_url: address,
      }),
    ),
  ),
  odd("an answer to a list", ACTIONS.approve, "x", UNREADABLE, () => ({ response_url: ["https://example.com"] })),
  odd("no address for an answer", ACTIONS.approve, null, UNREADABLE, () => ({ response_url: null })),
  odd(
    "a card that stands elsewhere",
    ACTIONS.approve,
    ({ pending }: Stage) => pending,
    NOT_APPROVER,
    () => ({
      container: { type: "message", channel_id: APPROVALS, message_ts: "1.1", is_ephemeral: false },
    }),
  ),
];

export const ODD_CLICKS: Odd[] = [...VALUES, ...SHAPES, ...PEOPLE, ...PLACES];
