import { canBeDeleted, type Key } from "../../domain/key";
import type { Page, Whose } from "../../workflow/list";
import { accessText, referenceOf } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { deleteButton } from "../blocks/delete-button";
import { type Message, message, type Section, sentenceMessage } from "../blocks/message";
import { ACTIONS, PAGING } from "../ids";
import { COMMAND, WORDS } from "../words/command";
import { BUTTONS } from "../words/labels";
import { bold, code, type Sentence, time, user } from "../words/sentence";

/** One page of keys, newest first. */
export function keyList({ page, whose, viewerId }: { page: Page; whose: Whose; viewerId: string }): Message {
  if (page.keys.length === 0) return sentenceMessage(emptySentence(page, whose));
  return message(
    { lines: [[...titleOf(whose), ", newest first"]], buttons: [] },
    ...page.keys.map((key) => sectionOf(key, viewerId)),
    { lines: [], buttons: turningButtons(page, whose) },
  );
}

function titleOf(whose: Whose): Sentence {
  switch (whose.kind) {
    case "own":
      return ["Your live keys"];
    case "all":
      return ["Everybody's live keys"];
    case "person":
      return ["Live keys of ", user(whose.userId)];
  }
}

function emptySentence(page: Page, whose: Whose): Sentence {
  if (page.hasNewer || page.hasOlder)
    return [...titleOf(whose), ": none left on this page. See the others with ", code(`${COMMAND} ${WORDS.list}`), "."];
  const next: Sentence = whose.kind === "own" ? [" Ask for one with ", code(`${COMMAND} ${WORDS.create}`), "."] : [];
  return [...titleOf(whose), ": none.", ...next];
}

function sectionOf(key: Key, viewerId: string): Section {
  const owner: Sentence = key.ownerId === viewerId ? [] : [" · ", user(key.ownerId)];
  return {
    lines: [
      [bold(key.keyName), ` · ${accessText(key.access)}`, ...owner],
      [code(key.accessKeyId), " · made ", time(key.madeAt), ` · ${standing(key)}`, ...referenceOf(key)],
    ],
    buttons: canBeDeleted(key.state) ? [deleteButton(key, ACTIONS.deleteListed, key.accessKeyId)] : [],
  };
}

function standing({ state }: Key): string {
  switch (state.kind) {
    case "live":
      return state.secret.kind === "confirmed" ? "secret saved" : "secret not confirmed";
    case "secret_unknown":
      return "nobody holds its secret";
    case "rotating":
      return "getting a new secret";
    case "deletion_held":
      return "its deletion waits for an approver";
    case "deleting":
      return "being deleted";
    case "deleted":
      return "deleted";
  }
}

function turningButtons({ keys, hasNewer, hasOlder }: Page, whose: Whose): ButtonSpec[] {
  const ids = PAGING[whose.kind];
  const [first, last] = [keys[0], keys.at(-1)];
  const newer: ButtonSpec[] =
    hasNewer && first ? [{ label: BUTTONS.newerKeys, actionId: ids.newer, value: first.accessKeyId }] : [];
  const older: ButtonSpec[] =
    hasOlder && last ? [{ label: BUTTONS.olderKeys, actionId: ids.older, value: last.accessKeyId }] : [];
  return [...newer, ...older];
}
