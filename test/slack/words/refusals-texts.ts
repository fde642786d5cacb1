import type { RefusalCode } from "../../../src/domain/refusal";

/** What people read of each refusal. */
export const TEXTS: { [Code in RefusalCode]: string } = {
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
  not_asked: "Nothing is asked about *deploy* any more. Nothing was changed.",
  end_is_final:
    "*deploy* came by breaking the glass, so it can't be extended. If you still need a key, ask for one with `/tigris-key create`.",
  takeover_needs_approval:
    "Keys such as *deploy* need an approval to be taken over. Press *Take over* on the card in the approvals channel to ask for one.",
  taken_over: "@UANN has taken over *deploy*. Nothing was changed.",
  owner_is_there: "@UDEV is a full member: their keys stay theirs. Nothing was changed.",
  nothing_left: "@UDEV has left no key that can be taken over. Nothing was changed.",
  nobody_held_back:
    "Nobody waits for that any more: they are back, or somebody has said so before. Nothing was changed.",
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
  no_overlap:
    "*deploy* came by breaking the glass, so no second key takes its place. If you still need a key, ask for one with `/tigris-key create`.",
  overlap_open: "*deploy* is being rotated already. Its card in our DM shows how that stands. Nothing was changed.",
  first_opens_less:
    "*deploy* opens less by now than it did when another key was asked for in its place. Cancel or delete that one, and rotate *deploy* anew.",
  not_followed: "No other key takes the place of *deploy* any more. Nothing was changed.",
  follower_off:
    "The key that is to take the place of *deploy* does not work just now, so this one stays on. Look at its card in our DM.",
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
  access_is_same: "*deploy* has this access already, or gets it. Nothing was changed.",
  access_is_final:
    "*deploy* came by breaking the glass, so its access can't be changed. Pause or delete it, or ask for a key with `/tigris-key create`.",
  narrowing_open: "Less access of *deploy* is on its way, and I watch it for ten minutes. Try again then.",
  narrowing_unconfirmed:
    "Tigris has not confirmed yet that *deploy* has less access: until then it may still have what it had. I go on trying; its card shows when it is done.",
  widening_refused:
    "Tigris refused to change the access of *deploy*, since it doesn't allow me to. It keeps what it has. Press *Switch the wider access on* again; if that goes on, tell ‹operator› (ref `K7QM2XAB`).",
  widening_unanswered:
    "Tigris has not said whether *deploy* has the wider access. On its card, press *Switch the wider access on* again.",
  access_refused_all:
    "Tigris doesn't take all buckets for this permission, so *deploy* keeps what it has. Change its access again, and choose buckets.",
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
