import { ACTIONS, OLDER } from "../../../src/slack/ids";
import { makeWith } from "../../kit/make-with";
import { OWN_KEY } from "../../kit/people";
import { click } from "./crafted";
import {
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
import { byAnn, byDana, odd } from "./odd-click";
import { ODD_PLACES } from "./odd-places";
import type { Stage } from "./stage";

/** Of a key that another one took the place of. */
const REPLACED = /This secret of unlit-one no longer works: a newer one was asked for/;
const HELD_BY_OTHER = /-one is paused by @/;
const action = (fields: Record<string, unknown>) => ({
  type: "button",
  action_id: ACTIONS.approve,
  block_id: "b",
  action_ts: "1764000000.000009",
  ...fields,
});

const PAUSES = [ACTIONS.pauseKey, ACTIONS.pauseListed, ACTIONS.pauseApproved, ACTIONS.pauseReported];
const DELETIONS = [
  ACTIONS.deleteKey,
  ACTIONS.deleteFromList,
  ACTIONS.deleteApproved,
  ACTIONS.deleteReported,
  OLDER.deleteListed.action,
];

/** Buttons with ids of others' in them, or of other kinds. */
const VALUES: Odd[] = [
  odd("another's request in Reveal", ACTIONS.reveal, ({ approved }: Stage) => approved, UNKNOWN_REQUEST),
  odd("another's request in Ask again", ACTIONS.askAgain, ({ pending }: Stage) => pending, UNKNOWN_REQUEST),
  odd("another's key in New secret", ACTIONS.newSecret, ({ key }: Stage) => key, UNKNOWN_KEY),
  odd("another's delivery in I've saved it", ACTIONS.saved, ({ delivery }: Stage) => delivery, UNKNOWN_DELIVERY),
  odd("another's delivery on a card", ACTIONS.savedOnCard, ({ delivery }: Stage) => delivery, UNKNOWN_DELIVERY),
  odd("another's delivery in New secret", ACTIONS.anotherSecret, ({ delivery }: Stage) => delivery, UNKNOWN_REQUEST),
  odd("another's delivery in Delete key", ACTIONS.deleteDelivered, ({ delivery }: Stage) => delivery, UNKNOWN_DELIVERY),
  byAnn(odd("an approver's own approval's delivery", ACTIONS.saved, (s: Stage) => s.delivery, UNKNOWN_DELIVERY)),
  ...[ACTIONS.saved, ACTIONS.savedOnCard, ACTIONS.deleteDelivered].flatMap((actionId) => [
    byDana(odd(`an older delivery in ${actionId}`, actionId, ({ older }: Stage) => older, REPLACED)),
    byDana(odd(`a request in ${actionId}`, actionId, ({ shown }: Stage) => shown, UNKNOWN_DELIVERY)),
    byDana(odd(`a key in ${actionId}`, actionId, ({ off }: Stage) => off, UNKNOWN_DELIVERY)),
    byDana(odd(`a made-up delivery in ${actionId}`, actionId, "made-up", UNKNOWN_DELIVERY)),
  ]),
  byDana(odd("an older delivery in New secret", ACTIONS.anotherSecret, ({ older }: Stage) => older, REPLACED)),
  byDana(odd("a key in New secret of a delivery", ACTIONS.anotherSecret, ({ off }: Stage) => off, UNKNOWN_REQUEST)),
  byDana(odd("a key that is off in New secret", ACTIONS.newSecret, ({ off }: Stage) => off, /unlit-one is off/)),
  ...[ACTIONS.approve, ACTIONS.approveLess, ACTIONS.showAll, ACTIONS.deny].flatMap((actionId) => [
    byAnn(odd(`a key in ${actionId}`, actionId, ({ key }: Stage) => key, UNKNOWN_REQUEST)),
    byAnn(odd(`a delivery in ${actionId}`, actionId, ({ delivery }: Stage) => delivery, UNKNOWN_REQUEST)),
    odd(`another's request in ${actionId}`, actionId, ({ pending }: Stage) => pending, NOT_APPROVER),
  ]),
  byAnn(
    odd(
      "a request that is approved in Approve with less",
      ACTIONS.approveLess,
      (s: Stage) => s.approved,
      /approved this/,
    ),
  ),
  odd("another's request in Remind", ACTIONS.remind, ({ pending }: Stage) => pending, UNKNOWN_REQUEST),
  byAnn(odd("the same by an approver", ACTIONS.remind, ({ pending }: Stage) => pending, UNKNOWN_REQUEST)),
  byDana(odd("a key in Remind", ACTIONS.remind, ({ key }: Stage) => key, UNKNOWN_REQUEST)),
  ...PAUSES.flatMap((actionId) => [
    odd(`another's key in ${actionId}`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY),
    byAnn(odd(`a key that another one has made in ${actionId}`, actionId, ({ made }: Stage) => made, UNKNOWN_KEY)),
    byAnn(odd(`the bot's own key in ${actionId}`, actionId, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
  ]),
  ...[ACTIONS.resumeKey, ACTIONS.resumeListed, ACTIONS.resumeApproved].flatMap((actionId) => [
    odd(`another's key in ${actionId}`, actionId, ({ paused }: Stage) => paused, UNKNOWN_KEY),
    byAnn(odd(`a key whose owner paused it in ${actionId}`, actionId, ({ paused }: Stage) => paused, HELD_BY_OTHER)),
    byDana(odd(`a key that an approver paused in ${actionId}`, actionId, ({ held }: Stage) => held, HELD_BY_OTHER)),
    byDana(odd(`a key that nobody paused in ${actionId}`, actionId, ({ key }: Stage) => key, /is not paused/)),
    byAnn(odd(`the bot's own key in ${actionId}`, actionId, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
  ]),
  ...[ACTIONS.changeAccess, ACTIONS.changeAccessListed].flatMap((actionId) => [
    odd(`another's key in ${actionId}`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY),
    byAnn(odd(`another's key in ${actionId}, by an approver`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY)),
    byAnn(odd(`the bot's own key in ${actionId}`, actionId, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
  ]),
  odd("another's key in Extend", ACTIONS.extendKey, ({ key }: Stage) => key, UNKNOWN_KEY),
  byAnn(odd("another's key in Extend, by an approver", ACTIONS.extendKey, ({ key }: Stage) => key, UNKNOWN_KEY)),
  byAnn(odd("the bot's own key in Extend", ACTIONS.extendKey, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
  byDana(odd("a key without an end in Extend", ACTIONS.extendKey, ({ key }: Stage) => key, /has no end/)),
  ...[ACTIONS.rotateKey, ACTIONS.rotateListed, ACTIONS.switchedOver, ACTIONS.keepBoth].flatMap((actionId) => [
    odd(`another's key in ${actionId}`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY),
    byAnn(odd(`another's key in ${actionId}, by an approver`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY)),
    byAnn(odd(`the bot's own key in ${actionId}`, actionId, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
    byDana(odd(`a request in ${actionId}`, actionId, ({ pending }: Stage) => pending, UNKNOWN_KEY)),
  ]),
  byDana(odd("a request in Extend", ACTIONS.extendKey, ({ pending }: Stage) => pending, UNKNOWN_KEY)),
  ...[ACTIONS.oldKeep, ACTIONS.oldNewSecret].flatMap((actionId) => [
    odd(`another's key in ${actionId}`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY),
    byAnn(odd(`another's key in ${actionId}, by an approver`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY)),
    byAnn(odd(`the bot's own key in ${actionId}`, actionId, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
    byDana(odd(`a request in ${actionId}`, actionId, ({ pending }: Stage) => pending, UNKNOWN_KEY)),
  ]),
  byDana(odd("a key that nothing is asked about", ACTIONS.oldKeep, ({ key }: Stage) => key, /Nothing is asked about/)),
  byDana(odd("a key that is paused, to be kept", ACTIONS.oldKeep, ({ paused }: Stage) => paused, /is paused, so it/)),
  byDana(odd("a key that is off, to be kept", ACTIONS.oldKeep, ({ off }: Stage) => off, /unlit-one is off/)),
  byDana(odd("a key that its owner paused already", ACTIONS.pauseKey, ({ paused }: Stage) => paused, /already/)),
  ...[ACTIONS.detailsListed, ACTIONS.newSecretListed, ACTIONS.deleteFromList, ACTIONS.deleteReported].map((actionId) =>
    odd(`another's key in ${actionId}`, actionId, ({ key }: Stage) => key, UNKNOWN_KEY),
  ),
  byAnn(odd("another's key in New secret, of a list", ACTIONS.newSecretListed, (s: Stage) => s.key, UNKNOWN_KEY)),
  ...DELETIONS.map((actionId) =>
    byAnn(odd(`a key that another one has made in ${actionId}`, actionId, ({ made }: Stage) => made, UNKNOWN_KEY)),
  ),
  odd("a key that another one has made, by a member", ACTIONS.deleteMade, ({ made }: Stage) => made, NOT_APPROVER),
  byDana(odd("the same by the owner of that one", ACTIONS.deleteMade, ({ made }: Stage) => made, NOT_APPROVER)),
  ...(["key", "off", "paused"] as const).map((thing) =>
    byAnn(
      odd(
        `a key of the record as one that was made (${thing})`,
        ACTIONS.deleteMade,
        (s: Stage) => s[thing],
        UNKNOWN_KEY,
      ),
    ),
  ),
  byAnn(odd("the bot's own key as one that was made", ACTIONS.deleteMade, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
  byAnn(odd("a made-up key as one that was made", ACTIONS.deleteMade, "tid_made_up", /is gone from Tigris already/)),
  byAnn({
    name: "a key of the Dashboard's as one that was made",
    kind: "interaction",
    make: (world, _stage, from) => {
      const { accessKeyId } = world.tigris.controls.addKey("of-the-dashboard", [{ bucket: "*", role: "Editor" }]);
      return click(world, from, ACTIONS.deleteMade, accessKeyId);
    },
    reads: UNKNOWN_KEY,
  }),
  byAnn({
    name: "a key that a stranger's key has made",
    kind: "interaction",
    make: async (world, _stage, from) => {
      const { tigris } = world;
      const { accessKeyId } = tigris.controls.addKey("stranger", [{ bucket: "builds", role: "Editor" }]);
      const made = await makeWith(tigris, { accessKeyId, secret: tigris.secrets().at(-1) ?? "" }, "of-the-stranger");
      return click(world, from, ACTIONS.deleteMade, made);
    },
    reads: UNKNOWN_KEY,
  }),
  byAnn(odd("a key where a request belongs", ACTIONS.approve, ({ key }: Stage) => key, UNKNOWN_REQUEST)),
  odd("a request where a key belongs", ACTIONS.deleteKey, ({ approved }: Stage) => approved, UNKNOWN_KEY),
  odd("the bot's own key in New secret", ACTIONS.newSecret, OWN_KEY.accessKeyId, UNKNOWN_KEY),
  byAnn(odd("the bot's own key in Delete key", OLDER.deleteListed.action, OWN_KEY.accessKeyId, UNKNOWN_KEY)),
  byAnn(odd("two ids in one value", ACTIONS.approve, (s: Stage) => `${s.pending},${s.approved}`, UNKNOWN_REQUEST)),
  byAnn(odd("SQL", ACTIONS.approve, "' or 1=1; drop table requests; --", UNKNOWN_REQUEST)),
  byAnn(odd("a wildcard", ACTIONS.approve, "%", UNKNOWN_REQUEST)),
  byAnn(odd("a control character", ACTIONS.approve, ({ pending }: Stage) => `${pending}\u0000`, UNKNOWN_REQUEST)),
  byAnn(odd("an empty value", ACTIONS.approve, "", UNKNOWN_REQUEST)),
  byAnn(odd("a key of the prototype's as value", ACTIONS.approve, "__proto__", UNKNOWN_REQUEST)),
  odd("an id of the prototype's as page", "keys_own_older", "constructor", /You have no keys/),
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
  odd("a huge field beside", ACTIONS.helpList, "list", /You have no keys/, () => ({ extra: HUGE })),
  odd("a deep field beside", ACTIONS.helpList, "list", /You have no keys/, () => ({ extra: deep(1_000) })),
  odd("keys of the prototype's beside", ACTIONS.helpList, "list", /You have no keys/, () => ({
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
  odd("another organization's install", ACTIONS.helpList, "list", OUTSIDER, () => ({
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

export const ODD_CLICKS: Odd[] = [...VALUES, ...SHAPES, ...PEOPLE, ...ODD_PLACES];
