import type { Key } from "../../domain/key";
import { MAX_KEYS_COUNTED } from "../../domain/limits";
import type { Page, PageQuery, Whose } from "../../workflow/list";
import type { ButtonSpec } from "../blocks/button";
import { keyRow, type RowIds, type RowView } from "../blocks/key-row";
import { type Message, message } from "../blocks/message";
import { nearestWord } from "../command/nearest-word";
import { ACTIONS, PAGING } from "../ids";
import { ALL, COMMAND, WORDS } from "../words/command";
import { BUTTONS } from "../words/labels";
import { bold, code, type Sentence, user } from "../words/sentence";
import { blockIdOf } from "./position";

/** What somebody did to one key of a list a moment ago; the key as it stands now. */
export type Deed = { key: Key; just: NonNullable<RowView["just"]> };

type Shown = Pick<PageQuery, "whose" | "search"> & {
  page: Page;
  viewerId: string;
  at: number;
  /** What was done stands in its row, also where the key is no longer listed. */
  deed: Deed | null;
};

const LISTED: RowIds = {
  details: ACTIONS.detailsListed,
  newSecret: ACTIONS.newSecretListed,
  rotate: ACTIONS.rotateListed,
  changeAccess: ACTIONS.changeAccessListed,
  pause: ACTIONS.pauseListed,
  resume: ACTIONS.resumeListed,
  deleteKey: ACTIONS.deleteFromList,
};

/** One page of keys, newest first. */
export function keyList(shown: Shown): Message {
  const { page, whose, search, viewerId, at, deed } = shown;
  const keys = withDeed(page.keys, deed);
  if (keys.length === 0) return emptyList(shown);
  const position = { whose, search, firstId: page.keys[0]?.accessKeyId ?? null };
  const rows = keys.map((key, index) =>
    keyRow(key, {
      viewerId,
      isApprover: page.isApprover,
      at,
      ids: LISTED,
      just: deed && isSame(key, deed.key) ? deed.just : null,
      blockId: blockIdOf(position, index),
    }),
  );
  const isMore = page.hasNewer || page.hasOlder;
  return message({ lines: [titleOf(shown)], buttons: [] }, ...rows, {
    lines: [],
    small: isMore && search === null ? [["Find one by its name or id: ", code(searching(whose))]] : [],
    buttons: turningButtons(page, whose),
    blockId: blockIdOf(position, keys.length),
  });
}

/** A deleted key stays where it was until the page is drawn the next time. */
function withDeed(keys: readonly Key[], deed: Deed | null): readonly Key[] {
  if (deed?.just !== "deleted" || keys.some((key) => isSame(key, deed.key))) return keys;
  const after = keys.findIndex((key) => key.madeAt < deed.key.madeAt);
  return after < 0 ? [...keys, deed.key] : keys.toSpliced(after, 0, deed.key);
}

function isSame(one: Key, other: Key): boolean {
  return one.accessKeyId === other.accessKeyId;
}

/** "*17 keys, 1–10*", with whose they are, and what was looked for. */
function titleOf({ page: { keys, total, before }, whose, search }: Shown): Sentence {
  const isCounted = total <= MAX_KEYS_COUNTED;
  const counted = isCounted ? `${total} key${total === 1 ? "" : "s"}` : `Over ${MAX_KEYS_COUNTED} keys`;
  const isInPart = keys.length < total && before <= MAX_KEYS_COUNTED;
  const range = isInPart ? `, ${rangeOf(before + 1, before + keys.length)}` : "";
  return [bold(`${counted}${range}`), ...ofWhom(whose), ...(search === null ? [] : [" with “", search, "”"])];
}

function rangeOf(first: number, last: number): string {
  return first === last ? "the last" : `${first}–${last}`;
}

function ofWhom(whose: Whose): Sentence {
  switch (whose.kind) {
    case "own":
      return [];
    case "all":
      return [" of everybody"];
    case "person":
      return [" of ", user(whose.userId)];
  }
}

function emptyList({ whose, search }: Shown): Message {
  if (search !== null) return message({ lines: [nothingFound(whose, search)], buttons: [] });
  switch (whose.kind) {
    case "own":
      return message({
        lines: [["You have no keys."]],
        buttons: [{ label: BUTTONS.getKey, actionId: ACTIONS.helpCreate, value: "create", style: "primary" }],
      });
    case "all":
      return message({ lines: [["Nobody has a key."]], buttons: [] });
    case "person":
      return message({ lines: [[user(whose.userId), " has no keys."]], buttons: [] });
  }
}

function nothingFound(whose: Whose, search: string): Sentence {
  const isOwn = whose.kind === "own";
  const whom: Sentence = whose.kind === "person" ? ofWhom(whose) : [isOwn ? " of yours" : ""];
  const none: Sentence = ["No key", ...whom, " has “", search, "” in its name. "];
  if (isOwn && nearestWord(search.toLowerCase(), [ALL]) !== null)
    return [...none, "Did you mean ", code(`${COMMAND} ${WORDS.list} ${ALL}`), "?"];
  return [...none, `See all${isOwn ? " of yours" : ""} with `, code(`${COMMAND} ${whoseWords(whose)}`), "."];
}

/** What follows the command for such a list. */
function whoseWords(whose: Whose): string {
  switch (whose.kind) {
    case "own":
      return WORDS.list;
    case "all":
      return `${WORDS.list} ${ALL}`;
    case "person":
      return `${WORDS.list} @person`;
  }
}

function searching(whose: Whose): string {
  return `${COMMAND} ${whoseWords(whose)} ci`;
}

function turningButtons({ keys, hasNewer, hasOlder }: Page, whose: Whose): ButtonSpec[] {
  const ids = PAGING[whose.kind];
  const [first, last] = [keys[0], keys.at(-1)];
  const newer: ButtonSpec[] =
    hasNewer && first ? [{ label: BUTTONS.newer, actionId: ids.newer, value: first.accessKeyId }] : [];
  const older: ButtonSpec[] =
    hasOlder && last ? [{ label: BUTTONS.older, actionId: ids.older, value: last.accessKeyId }] : [];
  return [...newer, ...older];
}
