import type { HoldKind } from "../../domain/key";
import type { RefusalData } from "../../domain/refusal";
import type { WordsByCode } from "./by-code";
import { CREATE, NOTHING_CHANGED } from "./command";
import { keyDeleted, keyDeleting, keyOff, keyRotating, keySwitchingOn } from "./key-state";
import { BUTTONS } from "./labels";
import { bold, code, user } from "./sentence";
import { pressAgain, whyTigris } from "./tigris-said";

/** Why the bot keeps a key paused by itself. */
const HELD_SINCE: Record<Exclude<HoldKind, "owner" | "approver">, string> = {
  bot: "me, since Tigris did not say whether it is on",
  end: "me, since Tigris did not say whether it is on",
  overlap: "me, since another key has its place",
  leaver: "me, since its owner left",
};

/** What is said where a key stands in the way, or Tigris does. */
export const KEY_REFUSALS = {
  // Where the key stands.
  key_rotating: keyRotating,
  key_off: keyOff,
  grant_in_flight: ({ keyName }) => [
    "Tigris is changing ",
    bold(keyName),
    " right now. Its card shows in a moment how that went.",
  ],
  key_switching_on: keySwitchingOn,
  already_on: ({ keyName }) => [bold(keyName), " is on already.", NOTHING_CHANGED],
  key_paused: ({ keyName }) => [
    bold(keyName),
    " is paused, so it stays as it is. It has to be resumed first: its card shows by whom.",
  ],
  already_paused: ({ keyName }) => ["You have paused ", bold(keyName), " already.", NOTHING_CHANGED],
  pause_unconfirmed: ({ keyName }) => [
    "Tigris has not confirmed yet that ",
    bold(keyName),
    " is paused. I go on trying; its card shows when it is done.",
  ],
  not_paused: ({ keyName }) => [bold(keyName), " is not paused.", NOTHING_CHANGED],
  held_by_other: ({ keyName, byId, kind }) => [
    bold(keyName),
    " is paused by ",
    ...(kind === "owner" || kind === "approver" ? [user(byId)] : [HELD_SINCE[kind]]),
    kind === "leaver"
      ? ". Whoever takes it over can let it work again, with the card in the approvals channel."
      : kind === "owner"
        ? ", who has to resume it."
        : kind === "overlap"
          ? "; its owner has to resume it."
          : "; another approver than its owner has to resume it.",
  ],
  key_ended: ({ keyName, canExtend }) =>
    canExtend
      ? ["The time of ", bold(keyName), " is over. Its owner can let it work again with ", bold(BUTTONS.extend), "."]
      : ["The time of ", bold(keyName), " is over for good. If you still need a key, ask for one with ", CREATE, "."],
  no_end: ({ keyName }) => [bold(keyName), " has no end, so there is nothing to extend.", NOTHING_CHANGED],
  not_asked: ({ keyName }) => ["Nothing is asked about ", bold(keyName), " any more.", NOTHING_CHANGED],
  end_is_final: ({ keyName }) => [
    bold(keyName),
    " came by breaking the glass, so it can't be extended. If you still need a key, ask for one with ",
    CREATE,
    ".",
  ],
  extension_needs_approval: ({ keyName }) => [
    "Keys such as ",
    bold(keyName),
    " last longer only with an approval. Press ",
    bold(BUTTONS.extend),
    " on its card once more to ask for one.",
  ],
  no_overlap: ({ keyName }) => [
    bold(keyName),
    " came by breaking the glass, so no second key takes its place. If you still need a key, ask for one with ",
    CREATE,
    ".",
  ],
  overlap_open: ({ keyName }) => [
    bold(keyName),
    " is being rotated already. Its card in our DM shows how that stands.",
    NOTHING_CHANGED,
  ],
  first_opens_less: ({ keyName }) => [
    bold(keyName),
    " opens less by now than it did when another key was asked for in its place. Cancel or delete that one, and rotate ",
    bold(keyName),
    " anew.",
  ],
  not_followed: ({ keyName }) => ["No other key takes the place of ", bold(keyName), " any more.", NOTHING_CHANGED],
  follower_off: ({ keyName }) => [
    "The key that is to take the place of ",
    bold(keyName),
    " does not work just now, so this one stays on. Look at its card in our DM.",
  ],
  resume_needs_approval: ({ keyName }) => [
    "Keys such as ",
    bold(keyName),
    " need an approval by now, which it has not. It stays paused; its owner can ask for one with ",
    bold(BUTTONS.resume),
    ".",
  ],
  owner_is_there: ({ ownerId }) => [user(ownerId), " is a full member: their keys stay theirs.", NOTHING_CHANGED],
  nothing_left: ({ ownerId }) => [user(ownerId), " has left no key that can be taken over.", NOTHING_CHANGED],
  nobody_held_back: () => [
    "Nobody waits for that any more: they are back, or somebody has said so before.",
    NOTHING_CHANGED,
  ],
  taken_over: ({ keyName, byId }) => [user(byId), " has taken over ", bold(keyName), ".", NOTHING_CHANGED],
  takeover_needs_approval: ({ keyName }) => [
    "Keys such as ",
    bold(keyName),
    " need an approval to be taken over. Press ",
    bold(BUTTONS.takeOver),
    " on the card in the approvals channel to ask for one.",
  ],
  access_is_same: ({ keyName }) => [bold(keyName), " has this access already, or gets it.", NOTHING_CHANGED],
  access_is_final: ({ keyName }) => [
    bold(keyName),
    " came by breaking the glass, so its access can't be changed. Pause or delete it, or ask for a key with ",
    CREATE,
    ".",
  ],
  narrowing_open: ({ keyName }) => [
    "Less access of ",
    bold(keyName),
    " is on its way, and I watch it for ten minutes. Try again then.",
  ],
  narrowing_unconfirmed: ({ keyName }) => [
    "Tigris has not confirmed yet that ",
    bold(keyName),
    " has less access: until then it may still have what it had. I go on trying; its card shows when it is done.",
  ],
  widening_refused: ({ keyName, tigrisCode, reference }) => [
    "Tigris refused to change the access of ",
    bold(keyName),
    `${whyTigris(tigrisCode)}. It keeps what it has. `,
    ...pressAgain(BUTTONS.switchWider, tigrisCode, reference),
  ],
  widening_unanswered: ({ keyName }) => [
    "Tigris has not said whether ",
    bold(keyName),
    " has the wider access. On its card, press ",
    bold(BUTTONS.switchWider),
    " again.",
  ],
  access_refused_all: ({ keyName }) => [
    "Tigris doesn't take all buckets for this permission, so ",
    bold(keyName),
    " keeps what it has. Change its access again, and choose buckets.",
  ],
  deletion_paused: ({ keyName, max }) => [
    `You have deleted ${max} keys of others within an hour, so `,
    bold(keyName),
    " is paused instead: it works nowhere. Another approver can delete it, or you later.",
  ],
  key_deleting: keyDeleting,
  already_deleted: keyDeleted,
  older_secret: ({ keyName }) => [
    "This secret of ",
    bold(keyName),
    " no longer works: a newer one was asked for. Its card in our DM shows where the key stands.",
  ],
  secret_unknown: ({ keyName }) => [
    "I can't tell whether this secret of ",
    bold(keyName),
    " works. Press ",
    bold(BUTTONS.newSecret),
    " on its card in our DM to get one that does.",
  ],

  // What Tigris said.
  key_refused: ({ keyName, tigrisCode, reference }) => [
    "Tigris refused to make ",
    bold(keyName),
    `${whyTigris(tigrisCode)}. Your request is kept. `,
    ...pressAgain(BUTTONS.reveal, tigrisCode, reference),
  ],
  key_lost: ({ keyName }) => [
    "Tigris gave no clear answer. If a key was made for ",
    bold(keyName),
    ", it opens nothing, and I delete it. You can press ",
    bold(BUTTONS.reveal),
    " again at once.",
  ],
  all_buckets_refused: ({ keyName }) => [
    "Tigris doesn't take all buckets for this permission, so ",
    bold(keyName),
    " stays off and goes. Ask again, and choose buckets.",
  ],
  switch_refused: ({ keyName, tigrisCode, reference }) => [
    "Tigris refused to switch ",
    bold(keyName),
    ` on${whyTigris(tigrisCode)}. It stays off. `,
    ...pressAgain(BUTTONS.savedSwitchOn, tigrisCode, reference),
  ],
  switch_over: ({ keyName }) => [
    bold(keyName),
    " can't be switched on by this any more: its approval no longer holds, or its time is over. It may be on already; ",
    "if not, it is paused soon, and approvers decide about it.",
  ],
  switch_unanswered: ({ keyName }) => [
    "Tigris has not said whether ",
    bold(keyName),
    " is on. On its card, press ",
    bold(BUTTONS.savedSwitchOn),
    " again.",
  ],
  resume_refused: ({ keyName, tigrisCode, reference }) => [
    "Tigris refused to resume ",
    bold(keyName),
    `${whyTigris(tigrisCode)}. It stays paused. `,
    ...pressAgain(BUTTONS.resume, tigrisCode, reference),
  ],
  resume_unanswered: ({ keyName }) => [
    "Tigris has not said whether ",
    bold(keyName),
    " works again. On its card, press ",
    bold(BUTTONS.resume),
    " again.",
  ],
  rotation_refused: ({ keyName, tigrisCode, reference }) => [
    "Tigris refused to make a new secret for ",
    bold(keyName),
    `${whyTigris(tigrisCode)}. The old one is unchanged. `,
    ...pressAgain(null, tigrisCode, reference),
  ],
  rotation_lost: ({ keyName, isAskedFor }) => [
    "The old secret of ",
    bold(keyName),
    " has probably stopped working, and nobody holds the new one. Press ",
    bold(isAskedFor ? BUTTONS.reveal : BUTTONS.newSecret),
    isAskedFor ? " on the card of your request again, or delete the key." : " again, or delete the key.",
  ],
  made_unknown: () => ["Tigris didn't tell me which key made this one. Nothing was changed; try again."],
  made_gone: ({ accessKeyId }) => [code(accessKeyId), " is gone from Tigris already."],
  deletion_unconfirmed: ({ keyName }) => [
    "Tigris has not confirmed yet that ",
    bold(keyName),
    " is deleted. I go on trying; its card shows when it is done.",
  ],
} satisfies Partial<WordsByCode<RefusalData>>;
