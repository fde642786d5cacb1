import type { Key, KeyState } from "../../../src/domain/key";
import type { Refusal, RefusalCode, RefusalData } from "../../../src/domain/refusal";
import type { Approval, Request, RequestKind, RequestState } from "../../../src/domain/request";
import { refusalWords } from "../../../src/slack/words/refusals";
import { plainText } from "./plain-text";

const ALL = { kind: "all" } as const;
const BY_ANN: Approval = { by: { kind: "person", approverId: "UANN" }, at: 1_500 };
const keyName = "deploy";

function requestIn(state: RequestState): Request {
  const asked = { kind: "key", keyName, access: { permission: "Admin", buckets: ALL }, endpoint: "Default" } as const;
  const fixed = { id: "request-1", reference: "K7QM2XAB", requesterId: "UDEV", reason: null, needsApproval: true };
  return { ...fixed, asked, askedAt: 1_000, attempts: 0, version: 1, state };
}

function keyIn(state: KeyState): Key {
  const ids = { accessKeyId: "tid_one", requestId: "request-1", reference: "K7QM2XAB", deliveryId: "delivery-1" };
  const names = { ownerId: "UDEV", keyName, tigrisName: "deploy-K7QM2XAB" };
  const access = { permission: "Admin", buckets: ALL } as const;
  return { ...ids, ...names, access, endpoint: "Default", madeAt: 2_000, version: 1, state };
}

const REQUESTS: { [Kind in RequestKind]: Request } = {
  pending: requestIn({ kind: "pending", lapsesAt: 10_000 }),
  approved: requestIn({ kind: "approved", approval: BY_ANN, lapsesAt: 10_000, failure: null }),
  making: requestIn({ kind: "making", approval: BY_ANN, lapsesAt: 10_000, failure: null }),
  made: requestIn({ kind: "made", approval: BY_ANN, accessKeyId: "tid_one", at: 2_000 }),
  denied: requestIn({ kind: "denied", approverId: "UANN", at: 2_000, reason: "Use Editor" }),
  cancelled: requestIn({ kind: "cancelled", at: 2_000 }),
  withdrawn: requestIn({ kind: "withdrawn", approval: BY_ANN, approverId: "UBOB", at: 2_000 }),
  lapsed: requestIn({ kind: "lapsed", why: "undecided", approval: null, at: 10_000 }),
  requester_gone: requestIn({ kind: "requester_gone", approval: null, at: 2_000 }),
};

const PEOPLE = { users: ["UANN", "UBOB"], groups: ["S1"] };

const ABOUT: RefusalData = {
  not_checked: {},
  look_refused: { slackCode: "missing_scope" },
  outsider: {},
  guest: {},
  bot: {},
  deactivated: {},
  not_requester: { requesters: PEOPLE },
  not_approver: { approvers: PEOPLE },
  own_request: {},
  no_other_approver: {},
  not_yours: { of: "key" },
  unknown_request: {},
  unknown_key: {},
  no_such_key: { named: "tid_*other*" },
  gone_at_tigris: { keyName },
  quota: { max: 5 },
  too_many_waiting: { max: 3 },
  too_many_asked: { max: 10 },
  buckets_unknown: {},
  channel_unfit: { channel: { code: "archived", channelId: "C1" } },
  dm_unavailable: { slackCode: "user_disabled" },
  dm_takes_no_post: { slackCode: "channel_not_found" },
  lapsed: {},
  already_decided: { request: REQUESTS.denied },
  already_ended: { request: REQUESTS.cancelled },
  already_made: { request: REQUESTS.made },
  not_approved: { request: REQUESTS.pending },
  being_made: { request: REQUESTS.making, tried: "cancel" },
  past_withdrawal: { request: REQUESTS.made },
  approver_lost: { approverId: "UANN" },
  policy_changed: {},
  secret_needs_approval: { keyName },
  already_asked: { keyName },
  requester_gone: { requesterId: "UDEV" },
  key_rotating: { keyName },
  key_deletion_held: { keyName, byId: "UANN" },
  deletion_held: { keyName, max: 20 },
  nothing_held: {},
  own_hold: {},
  held_unconfirmed: { count: 1, of: 3 },
  key_deleting: { keyName, byId: "UANN" },
  already_deleted: { keyName, byId: "UANN", at: 3_000 },
  older_secret: { keyName },
  secret_unknown: { keyName },
  same_click: { keyName },
  somebody_was_faster: { request: null, key: null },
  delivery_open: {},
  delivery_discarded: {},
  delivery_uncertain: {},
  not_delivered: { isDeleted: true },
  lease_lost: { keyName, isDeleted: true },
  key_refused: { keyName, tigrisCode: "AccessDenied", reference: "K7QM2XAB" },
  key_lost: { keyName },
  rotation_refused: { keyName, tigrisCode: "NoSuchEntity", reference: "K7QM2XAB" },
  rotation_lost: { keyName, isAskedFor: false },
  deletion_unconfirmed: { keyName },
};

const TEXTS: { [Code in RefusalCode]: string } = {
  not_checked: "I couldn't check with Slack whether this is allowed. Nothing was changed; please try again.",
  look_refused:
    "Slack doesn't let me check whether this is allowed (Slack said: missing_scope). Nothing was changed; tell whoever runs this bot.",
  outsider: "Only members of the workspace that runs this bot can do this. Ask one of them.",
  guest: "Guests can't use Tigris keys. Ask a full member of this workspace to do it for you.",
  bot: "Bots can't use Tigris keys. A person has to do this.",
  deactivated: "Your account isn't active in this workspace. Ask one of its administrators.",
  not_requester: "Only %S1, @UANN, @UBOB can ask for keys here. Ask one of them.",
  not_approver: "Only %S1, @UANN, @UBOB can do this. Nothing was changed.",
  own_request: "You asked for this key, so somebody else has to decide. Nothing was changed.",
  no_other_approver:
    "Nobody but you could approve this. Ask whoever runs this bot to name another approver, or choose less access.",
  not_yours: "I don't know this key. Nothing was changed. Use `/tigris-key list` to see your keys.",
  unknown_request: "I don't know this request. Nothing was changed. Use `/tigris-key list` to see your keys.",
  unknown_key: "I don't know this key. Nothing was changed. Use `/tigris-key list` to see your keys.",
  no_such_key: "No key of yours is called `tid_*other*`.",
  gone_at_tigris: "*deploy* no longer exists in Tigris. Its card shows that now.",
  quota:
    "You have 5 keys and open requests, the most that one person may have. Delete one with `/tigris-key list` first.",
  too_many_waiting: "You have 3 requests waiting for a decision already. Wait for one, or cancel one in our DM, first.",
  too_many_asked: "You have asked for 10 approvals within an hour. Nothing was changed; try again later.",
  buckets_unknown: "Tigris didn't tell me which buckets there are. Nothing was changed; try again.",
  channel_unfit: "The approvals channel #C1 is archived. Nothing was changed; tell whoever runs this bot.",
  dm_unavailable:
    "I couldn't open a direct message with you (Slack said: user_disabled), and that is where keys are handed over. Nothing was changed; please try again.",
  dm_takes_no_post:
    "Slack takes no message from me in our DM (`channel_not_found`), and that is where a secret is shown. Nothing was made or changed. Open our DM anew and press again; if that goes on, tell whoever runs this bot.",
  lapsed: "The time for this is over: the request has lapsed. Ask again with `/tigris-key create`",
  already_decided: "@UANN denied this [2000]. Nothing was changed.",
  already_ended: "@UDEV cancelled this [2000]. Nothing was changed.",
  already_made: "The key *deploy* was made [2000]. If its secret did not show up, press New secret on its card.",
  not_approved: "The request for *deploy* is waiting for a decision. Nothing was changed.",
  being_made: "The key *deploy* is being made right now. Wait a moment; you can delete it then.",
  past_withdrawal: "The key *deploy* was made [2000]. It can no longer be withdrawn; delete the key instead.",
  approver_lost: "@UANN is no longer an approver, so the approval has lapsed. Ask again.",
  policy_changed: "Such keys need an approval by now, so this one has lapsed. Ask again.",
  secret_needs_approval:
    "A new secret of *deploy* needs an approval by now. Nothing was changed; press New secret once more to ask for it.",
  already_asked: "A new secret of *deploy* is asked for already. Its card in our DM shows how that stands.",
  requester_gone: "@UDEV can no longer ask for keys, so this request has ended.",
  key_rotating: "*deploy* is getting a new secret right now. Try again in a moment.",
  key_deletion_held:
    "@UANN wants *deploy* to be deleted, which waits for another approver. Until then it gets no new secret.",
  deletion_held:
    "You have deleted 20 keys of others within an hour. From now on *deploy* gives nobody a new secret, and it goes once another approver says so in the approvals channel.",
  nothing_held: "No deletion waits there any more. Nothing was changed.",
  held_unconfirmed:
    "1 of 3 keys are deleted; Tigris has not confirmed the others yet. I go on trying; their cards show when it is done.",
  own_hold: "You wanted these keys to go, so somebody else has to say so too. Nothing was changed.",
  key_deleting: "*deploy* is being deleted by @UANN.",
  already_deleted: "*deploy* was deleted by @UANN [3000].",
  older_secret:
    "This secret of *deploy* no longer works: a newer one was asked for. Its card in our DM shows where the key stands.",
  secret_unknown:
    "I can't tell whether this secret of *deploy* works. Press *New secret* on its card in our DM to get one that does.",
  same_click: "This click was taken already. The card of *deploy* shows how it went.",
  somebody_was_faster: "Somebody was faster. Nothing was changed; please look at the card and try again.",
  delivery_open: "I'm still writing down that you have this secret. Press again in a moment.",
  delivery_discarded:
    "This secret does not work: its key was deleted, since it was not delivered for certain. The card in our DM shows how to go on.",
  delivery_uncertain: "Don't use this secret: it was not delivered for certain. The card in our DM shows how to go on.",
  not_delivered:
    "The secret could not be shown, so its key is deleted. If a secret did appear, it does not work. The card in our DM shows how to go on.",
  lease_lost:
    "Making *deploy* took too long, so its key is deleted. If a secret did appear, don't use it. Its card shows when you can press Reveal secret again.",
  key_refused:
    "Tigris refused to make *deploy* (`AccessDenied`). Your request is kept; tell whoever runs this bot (ref `K7QM2XAB`).",
  key_lost:
    "Tigris gave no clear answer, so I don't know whether the key of *deploy* was made. I'm looking for it and will delete it if it was. You can press Reveal secret again.",
  rotation_refused:
    "Tigris refused to make a new secret for *deploy* (`NoSuchEntity`). The old one is unchanged; tell whoever runs this bot (ref `K7QM2XAB`).",
  rotation_lost:
    "The old secret of *deploy* has probably stopped working, and nobody holds the new one. Press New secret again, or delete the key.",
  deletion_unconfirmed:
    "Tigris has not confirmed yet that *deploy* is deleted. I go on trying; its card shows when it is done.",
};

function saidOf<Code extends RefusalCode>(code: Code, about: RefusalData[Code]): string {
  return plainText(refusalWords({ kind: "refused", code, about } as Refusal));
}

test.each(Object.entries(TEXTS))("%s", (code, text) => {
  const known = code as RefusalCode;
  expect(saidOf(known, ABOUT[known])).toBe(text);
});

test.each([
  ["request", "unknown_request"],
  ["key", "unknown_key"],
  ["delivery", "delivery_uncertain"],
] as const)("somebody else's %s reads as one that is not there", (of, code) => {
  expect(saidOf("not_yours", { of })).toBe(saidOf(code, {}));
});

test("what a refusal is about changes its words", () => {
  expect(saidOf("no_such_key", { named: `${"w".repeat(200)}\u202E` })).toBe(
    `No key of yours is called \`${"w".repeat(99)}…\`.`,
  );
  expect(saidOf("dm_takes_no_post", { slackCode: "ratelimited" })).toMatch(
    /made or changed; please try again in a moment\.$/,
  );
  expect(saidOf("dm_takes_no_post", { slackCode: "messages_tab_disabled" })).toMatch(/turn on the Messages Tab/);
  expect(saidOf("being_made", { request: REQUESTS.making, tried: "reveal" })).toBe(
    "The key *deploy* is being made right now. Its secret appears here in a moment.",
  );
  expect(saidOf("past_withdrawal", { request: REQUESTS.making })).toBe(
    "The key *deploy* is being made right now. It can no longer be withdrawn; delete the key instead.",
  );
  expect(saidOf("already_deleted", { keyName, byId: null, at: 3_000 })).toBe(
    "*deploy* no longer exists in Tigris; that was noticed [3000].",
  );
  expect(saidOf("not_delivered", { isDeleted: false })).toBe(
    "The secret could not be shown, so its key is being deleted. If a secret did appear, don't use it. The card in our DM shows how to go on.",
  );
  expect(saidOf("lease_lost", { keyName, isDeleted: false })).toBe(
    "Making *deploy* took too long, so its key is being deleted. If a secret did appear, don't use it. Its card shows when you can press Reveal secret again.",
  );
});

const LIVE: KeyState = { kind: "live", secret: { kind: "unconfirmed", cover: null } };

test.each<[KeyState, string]>([
  [LIVE, "The key *deploy* can be used. Please look at its card and try again."],
  [
    { kind: "secret_unknown", at: 3_000, cover: null },
    "Nobody holds a secret of *deploy* that works. Please look at its card and try again.",
  ],
  [
    { kind: "rotating", before: { kind: "secret_unknown", at: 3_000, cover: null } },
    "*deploy* is getting a new secret right now. Try again in a moment.",
  ],
  [
    { kind: "deletion_held", before: { kind: "secret_unknown", at: 3_000, cover: null }, byId: "UANN", at: 3_000 },
    "@UANN wants *deploy* to be deleted, which waits for another approver. Until then it gets no new secret.",
  ],
  [{ kind: "deleting", byId: "UANN", at: 3_000 }, "*deploy* is being deleted by @UANN."],
  [{ kind: "deleted", byId: "UANN", at: 3_000 }, "*deploy* was deleted by @UANN [3000]."],
])("somebody was faster, and now holds of the key: %o", (state, text) => {
  const key = keyIn(state);
  expect(saidOf("somebody_was_faster", { request: null, key })).toBe(`Somebody was faster. ${text}`);
  expect(saidOf("somebody_was_faster", { request: REQUESTS.made, key })).toBe(`Somebody was faster. ${text}`);
});

test("somebody was faster, and now holds of the request what they did", () => {
  expect(saidOf("somebody_was_faster", { request: REQUESTS.denied, key: null })).toBe(
    "Somebody was faster. @UANN denied this [2000].",
  );
});
