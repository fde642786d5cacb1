import { canBeDeleted, hasEnded, isFree, isPaused, type Key } from "../../domain/key";
import { liftable } from "../../domain/pause-steps";
import { whyNotRotated, worksUntil } from "../../domain/rotation";
import { ageWords } from "../words/age";
import { keyStanding } from "../words/key-standing";
import { BUTTONS } from "../words/labels";
import { bold, type Sentence, time, user, youOr } from "../words/sentence";
import { accessText } from "./access";
import type { ButtonSpec } from "./button";
import { type Row, row } from "./row";

/** The action ids of a row's menu at one place: each is a button's there. */
export type RowIds = {
  details: string;
  newSecret: string;
  rotate: string;
  changeAccess: string;
  pause: string;
  resume: string;
  deleteKey: string;
};

/** For whom a row is drawn, when, and where. */
export type RowView = {
  viewerId: string;
  isApprover: boolean;
  at: number;
  ids: RowIds;
  /** What the viewer has done to the key a moment ago. */
  just?: "paused" | "resumed" | "deleted" | null;
  /** Comes back with a click in the row. */
  blockId?: string;
};

/**
 * One key in a row: "*ci-uploader* · ReadOnly · builds, logs · on · 12 days old", whose it is where it isn't the viewer's, and
 * a menu of what they may do with it now. Whoever chooses in it is judged anew.
 */
export function keyRow(key: Key, view: RowView): Row {
  const { viewerId, at, just, blockId } = view;
  const standing: Sentence = just ? [`${just} by you just now`] : standingOf(key, viewerId);
  const owner: Sentence = key.ownerId === viewerId ? [] : [" · ", user(key.ownerId)];
  const isGone = key.state.kind === "deleted";
  const about: Sentence = isGone
    ? standing
    : [`${accessText(key.access)} · `, ...standing, ` · ${ageWords(key.madeAt, at)}`];
  return row([bold(key.keyName), " · ", ...about, ...owner], { menu: menuOf(key, view), blockId });
}

/** Who deleted a key, and when, stands where everything else has lost its meaning. */
function standingOf(key: Key, viewerId: string): Sentence {
  const { state } = key;
  if (state.kind !== "deleted") {
    const until = isPaused(key) || state.kind === "deleting" ? null : worksUntil(key);
    return [keyStanding(key), ...(until === null ? [] : [" until ", time(until)])];
  }
  const by: Sentence = state.byId === null ? [] : [" by ", youOr(state.byId, viewerId)];
  return ["deleted", ...by, " ", time(state.at)];
}

function menuOf(key: Key, { viewerId, isApprover, at, ids }: RowView): ButtonSpec[] {
  const isOwner = key.ownerId === viewerId;
  if (key.state.kind === "deleted" || !(isOwner || isApprover)) return [];
  const { accessKeyId: value } = key;
  // A menu has five options at the most (Slack, overflow element): the card of a key has both.
  const canRotate = isOwner && whyNotRotated(key, at) === null;
  const spec = (label: string, actionId: string): ButtonSpec => ({ label, actionId, value });
  return [
    spec(BUTTONS.details, ids.details),
    ...(isOwner && canGetSecret(key) ? [spec(BUTTONS.newSecret, ids.newSecret)] : []),
    ...(canRotate ? [spec(BUTTONS.rotate, ids.rotate)] : []),
    ...(isOwner && canChangeAccess(key) && !canRotate ? [spec(BUTTONS.changeAccess, ids.changeAccess)] : []),
    ...(canBeResumed(key, { id: viewerId, isApprover }) ? [spec(BUTTONS.resume, ids.resume)] : []),
    ...(canBePaused(key, isOwner ? "owner" : "approver") ? [spec(BUTTONS.pause, ids.pause)] : []),
    ...(canBeDeleted(key.state) ? [spec(BUTTONS.deleteKey, ids.deleteKey)] : []),
  ];
}

/** Another secret, or of a key that was never on another key. */
function canGetSecret(key: Key): boolean {
  if (hasEnded(key)) return false;
  return isFree(key.state) || (key.state.kind === "off" && !isPaused(key));
}

/** What is paused has to be resumed first, so that a menu has room for both. */
function canChangeAccess(key: Key): boolean {
  return key.state.kind === "live" && !isPaused(key) && !key.end?.isFinal;
}

/** What is off works nowhere; and a pause is held once by its owner, and once by approvers. */
function canBePaused(key: Key, by: "owner" | "approver"): boolean {
  const { state, pause } = key;
  if (hasEnded(key)) return false;
  return canBeDeleted(state) && state.kind !== "off" && !pause.holds.some(({ kind }) => kind === by);
}

/** Where others hold it as well, one's own hold can be lifted; where only others do, nothing can. */
function canBeResumed(key: Key, viewer: { id: string; isApprover: boolean }): boolean {
  const { state, pause } = key;
  if (!isPaused(key) || !canBeDeleted(state) || state.kind === "rotating") return false;
  return pause.holds.length === 0 || liftable(key, viewer).length > 0;
}
