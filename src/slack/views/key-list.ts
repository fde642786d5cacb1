import type { KnownBlock } from "@slack/types";
import type { Key } from "../../domain/key";
import { bold, code, type Sentence, time, user } from "../../domain/sentence";
import type { Page, Whose } from "../../workflow/list";
import { ACTIONS, COMMAND, PAGING } from "../ids";
import { accessText, referenceOf } from "./access";
import { type ButtonSpec, buttons, deleteButton } from "./button";
import type { Message } from "./message";
import { line, richText, sentenceText } from "./rich";

/** Keys on one page: two blocks each stay far below the 50 of a message (Slack). */
export const PAGE_SIZE = 10;

/** One page of keys, newest first. */
export function keyList({ page, whose, viewerId }: { page: Page; whose: Whose; viewerId: string }): Message {
  const title = titleOf(whose);
  if (page.keys.length === 0) {
    const empty: Sentence = [...title, ": none. Make one with ", code(`${COMMAND} create`), "."];
    return { text: sentenceText(empty), blocks: [richText(line(...empty))] };
  }
  const turning = turningButtons(page, whose);
  return {
    text: sentenceText([...title, `: ${page.keys.length} on this page`]),
    blocks: [
      richText(line(...title, ", newest first")),
      ...page.keys.flatMap((key) => rowOf(key, viewerId)),
      ...(turning.length === 0 ? [] : [buttons(...turning)]),
    ],
  };
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

function rowOf(key: Key, viewerId: string): KnownBlock[] {
  const owner: Sentence = key.ownerId === viewerId ? [] : [" · ", user(key.ownerId)];
  const text = richText(
    line(bold(key.keyName), ` · ${accessText(key.access)}`, ...owner),
    line(code(key.accessKeyId), " · made ", time(key.madeAt), ` · ${standing(key)}`, ...referenceOf(key)),
  );
  const isFree = key.state.kind === "live" || key.state.kind === "secret_unknown";
  return isFree ? [text, buttons(deleteButton(key, ACTIONS.deleteListed, key.accessKeyId))] : [text];
}

function standing({ state }: Key): string {
  switch (state.kind) {
    case "live":
      return state.secret.kind === "confirmed" ? "secret saved" : "secret not confirmed";
    case "secret_unknown":
      return "nobody holds its secret";
    case "rotating":
      return "getting a new secret";
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
    hasNewer && first ? [{ label: "Newer keys", actionId: ids.newer, value: first.accessKeyId }] : [];
  const older: ButtonSpec[] =
    hasOlder && last ? [{ label: "Older keys", actionId: ids.older, value: last.accessKeyId }] : [];
  return [...newer, ...older];
}
