import type { KeyState } from "../../../src/domain/key";
import type { Refusal, RefusalCode, RefusalData } from "../../../src/domain/refusal";
import { refusalWords } from "../../../src/slack/words/refusals";
import { keyIn, REQUESTS } from "../../domain/samples";
import { BY_OWNER, pausedBy } from "../../workflow/keys";
import { plainText } from "./plain-text";
import { ABOUT, keyName } from "./refusals-about";

const TEXTS: { [Code in RefusalCode]: string } = {
  not_checked: "I couldn't check with Slack whether this is allowed. Nothing was changed; please try again.",
  look_refused:
    "Slack doesn't let me check whether this is allowed, so nothing was changed: I lack a permission there. Tell ‹operator›.",
  outsider: "Only members of the workspace that runs this bot can do this. Ask one of them.",
  guest: "Guests can't use Tigris keys. Ask a full member of this workspace to do it for you.",
  bot: "Bots can't use Tigris keys. A person has to do this.",
  deactivated: "Your account in this workspace is switched off. Ask one of its administrators.",
  not_requester: "Only %S1, @UANN, @UBOB can ask for keys here: ask them to do it for you.",
  not_approver: "Only %S1, @UANN, @UBOB can do this. Nothing was changed.",
  not_decider:
    'Only %S1, @UANN, @UBOB (rule "admin") or @UCAL (rule "production data") can decide this. Nothing was changed.',
  nobody_decides:
    "No rule has anybody decide this any more, so nobody can approve it. It can be denied, and asked for again. Nothing was changed.",
  already_voted: "You have approved *deploy* already. Somebody else has to approve it too. Nothing was changed.",
  no_rule:
    "No rule lets anybody ask for Editor on *builds*, *logs*. You could ask for Editor on *prod-**, or for ReadOnly on the same.",
  no_break_glass: "The policy of this workspace has no break glass. Ask for a key with `/tigris-key create`.",
  may_not_break_glass:
    "Only %S1, @UANN, @UBOB can break the glass. Ask one of them, or ask for a key with `/tigris-key create`.",
  glass_never_admin:
    "Nobody gets an Admin key by breaking the glass. Choose Editor or ReadOnly, or ask for one with `/tigris-key create`.",
  glass_is_broken:
    "You have broken the glass already: switch *deploy* on, or cancel it, in our DM first. Nothing was changed.",
  already_reviewed: "This was reviewed by @UANN and @UBOB. Nothing was changed.",
  reviewed_by_you: "You have reviewed this already; one more person has to. Nothing was changed.",
  key_ended: "The time of *deploy* is over. Its owner can let it work again with *Extend*.",
  no_end: "*deploy* has no end, so there is nothing to extend. Nothing was changed.",
  end_is_final:
    "*deploy* came by breaking the glass, so it can't be extended. If you still need a key, ask for one with `/tigris-key create`.",
  extension_needs_approval:
    "Keys such as *deploy* last longer only with an approval. Press *Extend* on its card once more to ask for one.",
  less_not_theirs:
    '@UDEV may not ask for that (rule "production data"). Choose something else, or press *Deny* on the card. Nothing was changed.',
  waits_again:
    "@UANN is no longer an approver, so *deploy* waits for approval again. Its card tells you as soon as somebody decides.",
  own_request: "You asked for this key, so somebody else has to decide. Nothing was changed.",
  no_other_approver:
    'Nobody but you could approve this: it takes %S1, @UANN, @UBOB (rule "admin"). Ask ‹operator› to name more people, or choose less access.',
  not_yours: "I don't know this key. Nothing was changed. Use `/tigris-key list` to see your keys.",
  unknown_request: "I don't know this request. Nothing was changed. Use `/tigris-key list` to see your keys.",
  unknown_key: "I don't know this key. Nothing was changed. Use `/tigris-key list` to see your keys.",
  no_such_key: "No key of yours is called *tid_*other**. `/tigris-key list` shows those that you have.",
  gone_at_tigris: "*deploy* no longer exists in Tigris. Its card shows that now.",
  quota:
    "You have 5 keys and open requests, the most that one person may have. Delete one with `/tigris-key list` first.",
  too_many_waiting: "You have 3 requests waiting for a decision already. Wait for one, or cancel one in our DM, first.",
  too_many_asked: "You have asked for 10 approvals within an hour. Nothing was changed; try again later.",
  too_many_reports:
    "I told the approvers of 3 reports of yours within an hour, so I passed this one on to nobody. Tell one of them: %S1, @UANN, @UBOB.",
  buckets_unknown: "Tigris didn't tell me which buckets there are. Nothing was changed; try again.",
  channel_unfit: "The approvals channel #C1 is archived. Nothing was changed; tell ‹operator›.",
  dm_unavailable:
    "I couldn't open a direct message with you, and that is where keys are handed over. Nothing was changed. Try again; if that goes on, tell ‹operator›.",
  dm_takes_no_post:
    "Slack takes no message from me in our DM, and that is where a secret is shown. Nothing was made or changed. Open our DM anew and press again; if that goes on, tell ‹operator›.",
  lapsed: "The time for this is over: the request has lapsed. Ask again with `/tigris-key create`.",
  already_decided: "@UANN denied this [2000]. Nothing was changed.",
  already_ended: "@UDEV canceled this [2000]. Nothing was changed.",
  already_made: "The key *deploy* was made [2000]. If its secret did not show up, press *New secret* on its card.",
  secret_shown: "A secret of *deploy* was made already. If it did not appear, press *New secret* on its card.",
  not_approved: "The request for *deploy* is waiting for a decision. Nothing was changed.",
  being_made: "The key *deploy* is being made right now. Wait a moment; you can delete it then.",
  past_withdrawal: "The key *deploy* was made [2000]. It can no longer be withdrawn; delete the key instead.",
  reminded_lately:
    "The approvers of *deploy* were asked less than an hour ago. Nothing was changed. You can have them reminded from [3600000].",
  not_less:
    "That isn't less than what was asked for. Choose a lower permission or fewer buckets, or press *Approve* on the card. Nothing was changed.",
  approver_lost: "@UANN is no longer an approver, so the approval has lapsed. Ask again.",
  policy_changed: "Such keys need an approval by now, so this one has lapsed. Ask again.",
  secret_needs_approval:
    "A new secret of *deploy* needs an approval by now. Nothing was changed; press *New secret* once more to ask for it.",
  already_asked: "Something about *deploy* is asked for already. Its card in our DM shows how that stands.",
  requester_gone: "@UDEV can no longer ask for keys, so this request has ended.",
  key_rotating: "*deploy* is getting a new secret right now. Try again in a moment.",
  key_off: "*deploy* is off. Press *I've saved it: switch on* below its secret, or *New secret* on its card.",
  key_switching_on:
    "*deploy* may be on already. On its card, press *I've saved it: switch on* once more, or delete the key instead.",
  grant_in_flight: "Tigris is changing *deploy* right now. Its card shows in a moment how that went.",
  already_on: "*deploy* is on already. Nothing was changed.",
  key_paused: "*deploy* is paused, so it stays as it is. It has to be resumed first: its card shows by whom.",
  already_paused: "You have paused *deploy* already. Nothing was changed.",
  pause_unconfirmed:
    "Tigris has not confirmed yet that *deploy* is paused. I go on trying; its card shows when it is done.",
  not_paused: "*deploy* is not paused. Nothing was changed.",
  held_by_other: "*deploy* is paused by @UANN; another approver than its owner has to resume it.",
  resume_needs_approval:
    "Keys such as *deploy* need an approval by now, which it has not. It stays paused; its owner can ask for one with *Resume*.",
  deletion_paused:
    "You have deleted 20 keys of others within an hour, so *deploy* is paused instead: it works nowhere. Another approver can delete it, or you later.",
  key_deleting: "*deploy* is being deleted by @UANN.",
  already_deleted: "*deploy* was deleted by @UANN [3000].",
  older_secret:
    "This secret of *deploy* no longer works: a newer one was asked for. Its card in our DM shows where the key stands.",
  secret_unknown:
    "I can't tell whether this secret of *deploy* works. Press *New secret* on its card in our DM to get one that does.",
  same_click: "Your click came twice and was done once. The card of *deploy* shows how it went.",
  somebody_was_faster: "Somebody was faster. Nothing was changed; please look at the card and try again.",
  delivery_open: "I'm still writing down that you have this secret. Press again in a moment.",
  delivery_uncertain: "Don't use this secret: it was not delivered for certain. The card in our DM shows how to go on.",
  not_delivered:
    "The secret of *deploy* could not be shown, so its key goes; it was never on. Press *Show my secret* on its card to try again.",
  not_confirmed:
    "I couldn't confirm that the secret of *deploy* appeared. If you have it, press the button below the secret; if not, press *New secret* on its card.",
  held_up:
    "I was held up for too long, so I did not go on with *deploy*. Its card shows in a moment what holds, and what you can press.",
  lease_lost:
    "Making *deploy* took too long. What was made opens nothing, and goes. Press *Show my secret* on its card again.",
  key_refused:
    "Tigris refused to make *deploy*, since it doesn't allow me to. Your request is kept. Press *Show my secret* again; if that goes on, tell ‹operator› (ref `K7QM2XAB`).",
  key_lost:
    "Tigris gave no clear answer. If a key was made for *deploy*, it opens nothing, and I delete it. You can press *Show my secret* again at once.",
  all_buckets_refused:
    "Tigris doesn't take all buckets for this permission, so *deploy* stays off and goes. Ask again, and choose buckets.",
  switch_refused:
    "Tigris refused to switch *deploy* on, since it doesn't allow me to. It stays off. Press *I've saved it: switch on* again; if that goes on, tell ‹operator› (ref `K7QM2XAB`).",
  switch_over:
    "*deploy* can't be switched on by this any more: its approval no longer holds, or its time is over. It may be on already; if not, it is paused soon, and approvers decide about it.",
  switch_unanswered: "Tigris has not said whether *deploy* is on. On its card, press *I've saved it: switch on* again.",
  resume_refused:
    "Tigris refused to resume *deploy*, since it doesn't allow me to. It stays paused. Press *Resume* again; if that goes on, tell ‹operator› (ref `K7QM2XAB`).",
  resume_unanswered: "Tigris has not said whether *deploy* works again. On its card, press *Resume* again.",
  rotation_refused:
    "Tigris refused to make a new secret for *deploy*, since it doesn't know the key. The old one is unchanged. Press again; if that goes on, tell ‹operator› (ref `K7QM2XAB`).",
  rotation_lost:
    "The old secret of *deploy* has probably stopped working, and nobody holds the new one. Press *New secret* again, or delete the key.",
  deletion_unconfirmed:
    "Tigris has not confirmed yet that *deploy* is deleted. I go on trying; its card shows when it is done.",
  made_unknown: "Tigris didn't tell me which key made this one. Nothing was changed; try again.",
  made_gone: "`tid_two` is gone from Tigris already.",
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
    `No key of yours is called *${"w".repeat(99)}…*. \`/tigris-key list\` shows those that you have.`,
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
  expect(saidOf("already_deleted", { keyName, byId: null, why: "gone", at: 3_000 })).toBe(
    "*deploy* no longer exists in Tigris; that was noticed [3000].",
  );
  expect(saidOf("already_deleted", { keyName, byId: null, why: "never_on", at: 3_000 })).toBe(
    "*deploy* was never on, and was deleted [3000].",
  );
  expect(saidOf("key_deleting", { keyName, byId: null })).toBe("*deploy* was never on, and goes.");
  expect(saidOf("held_by_other", { keyName, byId: "UDEV", kind: "owner" })).toBe(
    "*deploy* is paused by @UDEV, who has to resume it.",
  );
  expect(saidOf("held_by_other", { keyName, byId: "bot", kind: "bot" })).toBe(
    "*deploy* is paused by me, since Tigris did not say whether it is on; another approver than its owner has to resume it.",
  );
  expect(saidOf("rotation_lost", { keyName, isAskedFor: true })).toMatch(
    /Press \*Show my secret\* on the card of your request/,
  );
});

test.each<[RefusalData["no_rule"]["permission"], Partial<RefusalData["no_rule"]["instead"]>, string]>([
  ["Admin", { permissions: ["ReadOnly"] }, "You could ask for ReadOnly on all buckets."],
  ["Admin", { lower: { permission: "Editor", buckets: "any" } }, "You could ask for Editor on buckets that you name."],
  ["Admin", { lower: { permission: "Editor", buckets: ["dev-*"] } }, "You could ask for Editor on *dev-**."],
  ["Admin", {}, "If you need it, ask ‹operator›."],
  ["Editor", { permissions: ["ReadOnly"] }, "You could ask for ReadOnly on the same."],
  ["ReadOnly", {}, "If you need it, ask ‹operator›."],
])("what no rule lets anybody ask for says what to do next: %s, %j", (permission, instead, next) => {
  const about = {
    permission,
    buckets: "all" as const,
    instead: { buckets: [], permissions: [], lower: null, ...instead },
  };
  expect(saidOf("no_rule", about)).toBe(
    `No rule lets anybody ask for ${permission}${permission === "Admin" ? "" : " on all buckets"}. ${next}`,
  );
});

const LIVE: KeyState = { kind: "live", secret: { kind: "unconfirmed", cover: null } };

test.each<[KeyState, string]>([
  [LIVE, "The key *deploy* is on. Please look at its card and try again."],
  [
    { kind: "secret_unknown", at: 3_000, cover: null },
    "Nobody holds a secret of *deploy* that works. Please look at its card and try again.",
  ],
  [
    { kind: "rotating", before: { kind: "secret_unknown", at: 3_000, cover: null } },
    "*deploy* is getting a new secret right now. Try again in a moment.",
  ],
  [
    { kind: "off", shownAt: 2_500 },
    "*deploy* is off. Press *I've saved it: switch on* below its secret, or *New secret* on its card.",
  ],
  [
    { kind: "switching_on", at: 3_000, until: 9_000, shownAt: 2_500, isUnanswered: false },
    "*deploy* may be on already. On its card, press *I've saved it: switch on* once more, or delete the key instead.",
  ],
  [{ kind: "deleting", byId: null, why: "never_on", at: 3_000 }, "*deploy* was never on, and goes."],
  [{ kind: "deleting", byId: "UANN", why: "asked", at: 3_000 }, "*deploy* is being deleted by @UANN."],
  [{ kind: "deleted", byId: "UANN", why: "asked", at: 3_000 }, "*deploy* was deleted by @UANN [3000]."],
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

test("somebody was faster, and the key is paused", () => {
  const key = pausedBy(keyIn(LIVE), { holds: [BY_OWNER], stands: "paused" });
  expect(saidOf("somebody_was_faster", { request: null, key })).toBe(
    "Somebody was faster. The key *deploy* is paused. Please look at its card and try again.",
  );
});
