import type { ModalView } from "@slack/types";
import { canBeDeleted, isPaused, type Key } from "../../domain/key";
import { secretSince } from "../../domain/key-age";
import type { Handout } from "../../domain/permission";
import type { Request } from "../../domain/request";
import { accessInFull } from "../blocks/access";
import { linkButton } from "../blocks/button";
import { readingView } from "../blocks/modals";
import { line, quote, richText } from "../blocks/rich";
import { ACTIONS } from "../ids";
import { keyStanding } from "../words/key-standing";
import { keyDeleted, keyDeleting } from "../words/key-state";
import { BUTTONS, TITLES } from "../words/labels";
import { bold, code, joined, type Sentence, time, user } from "../words/sentence";
import { approvedBy } from "../words/what-happened";

type Fact = [name: string, ...value: Sentence];

/** All that is known of a key. @param shown `cardUrl`: where its card stands; null for whoever has none */
export function keyDetailsView(shown: {
  key: Key;
  request: Request | null;
  cardUrl: string | null;
  handout: Handout;
}): ModalView {
  const { key, request, cardUrl, handout } = shown;
  return readingView(TITLES.key, [
    richText(
      line(bold(key.keyName), ` · ${keyStanding(key)}`),
      ...factsOf(key, request, handout).map(([name, ...value]) => line(bold(name), "  ", ...value)),
      ...(request?.reason ? [quote(request.reason)] : []),
    ),
    ...(cardUrl === null ? [] : [linkButton(BUTTONS.openCard, ACTIONS.openDm, cardUrl)]),
  ]);
}

function factsOf(key: Key, request: Request | null, { offered, urls }: Handout): Fact[] {
  const { accessKeyId, access, endpoint, tigrisName, ownerId, madeAt, reference } = key;
  return [
    ["Access", ...accessInFull(access)],
    ["Endpoint", `${offered.length > 1 ? `${endpoint}, ` : ""}${urls[endpoint].s3}`],
    ["Access key ID", code(accessKeyId)],
    ["In the Dashboard", code(tigrisName)],
    ["Owner", user(ownerId)],
    ["Made", time(madeAt)],
    ...onSince(request),
    ...(key.end === null ? [] : [["Ends", time(key.end.at)] as Fact]),
    ...ofRotation(key),
    ...ofState(key),
    ...ofApproval(request),
    ["Reference", code(reference)],
    ...(request?.reason ? [["Reason"] as Fact] : []),
  ];
}

/** Its owner said that they hold its first secret. */
function onSince(request: Request | null): Fact[] {
  return request?.state.kind === "made" ? [["Switched on", time(request.state.at)]] : [];
}

function ofState(key: Key): Fact[] {
  const { state, keyName, pause } = key;
  if (state.kind === "deleting") return [["Deletion", ...keyDeleting({ keyName, ...state })]];
  if (state.kind === "deleted") return [["Deletion", ...keyDeleted({ keyName, ...state })]];
  const holds = pause.holds.map(
    ({ kind, byId, at }): Sentence => [
      ...(kind === "end" || kind === "overlap"
        ? [SINCE[kind]]
        : kind === "leaver"
          ? ["since its owner left"]
          : ["by ", kind === "bot" ? "me" : user(byId)]),
      " ",
      time(at),
    ],
  );
  const paused: Fact[] =
    isPaused(key) && canBeDeleted(state) && holds.length > 0 ? [["Paused", ...joined(holds, ", ")]] : [];
  return [...paused, ...ofSecret(key), ...ofAge(key)];
}

const SINCE = { end: "since its time is over", overlap: "since another key has its place" } as const;

function ofRotation({ rotation }: Key): Fact[] {
  switch (rotation?.kind) {
    case "follows":
      return [["Takes the place of", code(rotation.accessKeyId)]];
    case "followed":
      return [["Its place takes", code(rotation.by)]];
    case "called_off":
    case undefined:
      return [];
  }
}

function ofSecret({ state }: Key): Fact[] {
  if (state.kind === "off")
    return [["Secret", ...(state.shownAt === null ? ["not shown for certain"] : ["shown ", time(state.shownAt)])]];
  if (state.kind === "secret_unknown") return [["Secret", "lost ", time(state.at)]];
  if (state.kind !== "live") return [];
  const { secret } = state;
  if (secret.kind === "left_behind") return [["Secret", "known to ", user(secret.byId), ", who owned it before"]];
  return [["Secret", ...(secret.kind === "confirmed" ? ["saved ", time(secret.at)] : ["not confirmed as saved"])]];
}

/** Since when its secret is what it is, and why its owner keeps it where they were asked. */
function ofAge({ state, age }: Key): Fact[] {
  if (state.kind === "off") return [];
  const reason: Sentence = age.kept?.reason ? [": “", age.kept.reason, "”"] : [];
  return [
    ["Secret since", time(secretSince(age))],
    ...(age.kept === null ? [] : [["Kept", time(age.kept.at), ...reason] as Fact]),
  ];
}

function ofApproval(request: Request | null): Fact[] {
  const approval = request && "approval" in request.state ? request.state.approval : null;
  return approval ? [["Approval", ...approvedBy(approval)]] : [];
}
