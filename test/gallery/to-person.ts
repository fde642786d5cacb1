import { sentenceMessage } from "../../src/slack/blocks/message";
import { leakNotice } from "../../src/slack/leak-report/notice";
import { noticeWords } from "../../src/slack/words/notices";
import type { Notice, NoticeData } from "../../src/workflow/outbox-message";
import { coded, type Entry, entriesOf, type States } from "./entry";
import { ANN, APPROVALS, BOB, DANA, DENIAL, inHours, KEY_ID, key } from "./records";
import { KEY_STATES } from "./states";
import { WRITTEN } from "./written";

const keyName = "ci-uploader";
const accessKeyId = KEY_ID;
const LIVE = key(KEY_STATES.live[""]);

const NOTICES: { [Code in keyof NoticeData]: States<NoticeData[Code]> } = {
  approved: {
    key: { keyName: "deploy", approverIds: [ANN], kind: "key", isBack: false },
    secret: { keyName: "deploy", approverIds: [ANN], kind: "secret", isBack: false },
    "of a key that is off": { keyName: "deploy", approverIds: [ANN, BOB], kind: "key", isBack: true },
    resume: { keyName: "deploy", approverIds: [ANN], kind: "resume", isBack: false },
  },
  waits_again: {
    "a vote lost": { keyName: "deploy", why: { kind: "approver_lost", approverId: ANN }, hasKey: true },
    "new rules": { keyName: "deploy", why: { kind: "policy_changed" }, hasKey: false },
  },
  denied: { "": { keyName: "deploy", approverId: ANN, reason: DENIAL } },
  withdrawn: { "": { keyName: "deploy", approverId: ANN } },
  lapsed: { undecided: { keyName: "deploy", why: "undecided" }, unused: { keyName: "deploy", why: "unused" } },
  requester_gone: { "": { keyName: "deploy", requesterId: DANA } },
  still_off: {
    first: { keyName, lapsesAt: inHours(22), isLast: false },
    last: { keyName, lapsesAt: inHours(1), isLast: true },
  },
  switch_expired: { "": { keyName } },
  paused_by_other: { "": { keyName, byId: ANN } },
  ended: { "": { keyName } },
  ends_soon: {
    "": { keyName, at: inHours(24), isFinal: false },
    "of a broken glass": { keyName, at: inHours(1), isFinal: true },
  },
  end_set: {
    first: { keyName, at: inHours(168), isSooner: false },
    sooner: { keyName, at: inHours(168), isSooner: true },
  },
  followed: { "": { keyName, by: "tid_aBcDeFgHiJkLmNoPqRsT", at: inHours(24) } },
  replaced: { "": { keyName } },
  overlap_off: { on: { keyName, isPaused: false }, paused: { keyName, isPaused: true } },
  resumed_by_other: { "": { keyName, byId: ANN } },
  not_delivered: { "": { keyName } },
  not_confirmed: { "": { keyName } },
  rotation_lost: { "": { keyName, isAskedFor: false }, "by a request": { keyName, isAskedFor: true } },
  deleted_by_other: { "": { keyName, byId: ANN } },
  taken_over: {
    "": { keyName, fromId: BOB, isPaused: false },
    "still paused": { keyName, fromId: BOB, isPaused: true },
  },
  paused_as_guest: { "": { keyName } },
  leak_reported: {
    "": { keyName, accessKeyId, byId: "UOPAL0001", messageUrl: null, holdsSecret: false },
    "with a secret": {
      keyName,
      accessKeyId,
      byId: "UOPAL0001",
      messageUrl: "https://acme.slack.com/archives/CGENERAL1/p1764000000000001",
      holdsSecret: true,
    },
  },
  not_posted: {
    "": { keyName: "deploy", reference: "K7QM2XAB", channelId: APPROVALS, slackCode: "restricted_action" },
  },
  written: { "": WRITTEN },
};

/** What one person is told in their DM. */
export function notices(): Entry[] {
  return entriesOf("Notices in a DM", coded(NOTICES), (notice: Notice) => ({
    kind: "message",
    place: "dm",
    isEphemeral: false,
    readerId: notice.code === "requester_gone" ? ANN : DANA,
    message: notice.code === "leak_reported" ? leakNotice(notice.about, LIVE) : sentenceMessage(noticeWords(notice)),
  }));
}
