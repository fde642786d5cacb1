import type { Key } from "../../src/domain/key";
import { outcomeView } from "../../src/slack/blocks/modals";
import { leakAlert } from "../../src/slack/leak-report/alert";
import { leakNotice } from "../../src/slack/leak-report/notice";
import { leakView } from "../../src/slack/leak-report/view";
import { TITLES } from "../../src/slack/words/labels";
import { APPROVERS_TOLD, DELETE_MESSAGE, MORE_IDS, noIds, OWNER_TOLD, PASSED_ON } from "../../src/slack/words/leaks";
import { joined } from "../../src/slack/words/sentence";
import { type Entry, entriesOf, mapped, type Seen } from "./entry";
import { ANN, APPROVERS, DANA, DEPLOY, key } from "./records";
import { KEY_STATES, PAUSES } from "./states";

const LIVE = key(KEY_STATES.live[""]);
const KEYS = {
  on: LIVE,
  off: key(KEY_STATES.off["secret shown"]),
  ...mapped(
    { "being paused": PAUSES.pausing["by its owner"], paused: PAUSES.paused.owner, resuming: PAUSES.resuming[""] },
    (pause) => key(KEY_STATES.live[""], { pause }),
  ),
  rotating: key(KEY_STATES.rotating[""]),
  "being deleted": key(KEY_STATES.deleting["by an approver"]),
  deleted: key(KEY_STATES.deleted.asked),
};
const OTHERS = key(KEY_STATES.live[""], { ...DEPLOY, pause: PAUSES.paused.approver });
const OWN_ID = "tid_EXAMPLEONLYofthebotABCDEFGHIJKLMNOPQRSTUVWXYZabcde";
const OTHER_ID = "tid_EXAMPLEONLYofnobodyABCDEFGHIJKLMNOPQRSTUVWXYZabcde";
const CARD = { channelId: "DDANA0001", ts: "1764000000.000001" };
const LEAK = { byId: "UOPAL0001", messageUrl: "https://acme.slack.com/archives/CGENERAL1/p1764000000000001" };

type Shown = Parameters<typeof leakView>[0];

function view(said: Shown["said"], seen: Partial<Shown["seen"]>): Seen {
  const shown = { kind: "seen", keys: [], unknown: [], others: 0, ...seen } as const;
  const about = { accessKeyIds: [], workspaceUrl: "https://acme.slack.com/", ownAccessKeyId: OWN_ID };
  return { kind: "modal", readerId: DANA, view: leakView({ said, seen: shown, ...about }) };
}

const TOO_MANY = { kind: "refused", code: "too_many_reports", about: { max: 3, approvers: APPROVERS } } as const;

const VIEWS: Record<string, Seen> = {
  ...mapped(KEYS, (one) => view([APPROVERS_TOLD], { keys: [{ key: one, as: "owner", card: CARD }] })),
  "somebody else's, for an approver": view([OWNER_TOLD, DELETE_MESSAGE], {
    keys: [{ key: LIVE, as: "approver", card: null }],
    unknown: [OTHER_ID, OWN_ID],
  }),
  thanks: view([PASSED_ON, MORE_IDS], { others: 11 }),
  "too many reports": view([TOO_MANY], { others: 1 }),
  "no id": { kind: "modal", readerId: DANA, view: outcomeView(TITLES.leak, noIds(APPROVERS, false)) },
  "a secret alone": {
    kind: "modal",
    readerId: DANA,
    view: outcomeView(TITLES.leak, joined([noIds(APPROVERS, true), DELETE_MESSAGE], " ")),
  },
};

/** Posted so, or edited since. */
const ALERTS: Record<string, { keys: readonly Key[]; others: readonly string[] }> = {
  ...mapped(KEYS, (one) => ({ keys: [one], others: [OTHER_ID, OWN_ID] })),
  "two keys, one deleted, one paused": { keys: [KEYS.deleted, OTHERS], others: [] },
};

/** What comes of a report of a leaked key. */
export function leaks(): Entry[] {
  return [
    ...entriesOf("Reports of a leaked key", VIEWS, (seen) => seen),
    ...entriesOf("Leaked keys in the approvals channel", ALERTS, ({ keys, others }) => {
      const accessKeyIds = [...keys.map(({ accessKeyId }) => accessKeyId), ...others];
      const leak = { kind: "leak_report" as const, accessKeyIds, ...LEAK, holdsSecret: true };
      const message = leakAlert(leak, { keys, ownAccessKeyId: OWN_ID });
      return { kind: "message", place: "approvals", isEphemeral: false, readerId: ANN, message };
    }),
    ...entriesOf("Leaked keys in their owner's DM", KEYS, (one) => {
      const about = { keyName: one.keyName, accessKeyId: one.accessKeyId, ...LEAK, holdsSecret: false };
      return { kind: "message", place: "dm", isEphemeral: false, readerId: DANA, message: leakNotice(about, one) };
    }),
  ];
}
