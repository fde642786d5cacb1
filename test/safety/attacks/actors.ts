import type { PersonData } from "../../../sandbox/slack";
import { APPROVERS_GROUP, GENERAL, OTHER_TEAM } from "../../kit/people";
import type { World } from "../../kit/world";
import { putOnCall } from "./on-call";
import type { Standing } from "./who-may";

/** Somebody who tries everything, with the columns of the table that hold for them. */
export type Actor = {
  name: string;
  columns: Standing[];
  /** Plays every deed in the usual runs. The others differ in how it is known who they are: a deed of each kind has to do. */
  isTypical?: boolean;
  id: string;
  /** Their own workspace, where it is another one. */
  teamId?: string;
  /** What Slack says of them once everything is staged. */
  changes?: Partial<PersonData>;
  /** Who is in the approvers' group by then. */
  approvers?: string[];
  /** Whether the policy names them for breaking the glass by then. */
  isOnCall?: boolean;
  /** Whether Slack says that there is no such person. */
  isUnknown?: boolean;
};

const [DANA, ANN, BOB, EVE] = ["UDEV00001", "UANN00001", "UBOB00001", "UEVE00001"];

/** Who has left, with a key. */
export const GONE: PersonData = { id: "UGONE0001", name: "gone", realName: "Somebody Gone", tz: "Etc/UTC" };

/** Whom the tests' workspace has not got by itself. */
export const MORE_PEOPLE: PersonData[] = [
  { id: "UROBOT001", name: "robot", realName: "Some Robot", tz: "Etc/UTC", isBot: true },
  { id: "UNOBODY99", name: "nobody", realName: "Nobody", tz: "Etc/UTC" },
  GONE,
  { id: "USLACKBOT", name: "slackbot", realName: "Slackbot", tz: "Etc/UTC" },
];

export const ACTORS: Actor[] = [
  { name: "the requester", columns: ["requester"], isTypical: true, id: DANA },
  { name: "an approver who asked", columns: ["requester", "approver"], id: DANA, approvers: [DANA, ANN, BOB] },
  { name: "another member", columns: ["member"], isTypical: true, id: EVE },
  { name: "an approver", columns: ["approver"], isTypical: true, id: BOB },
  { name: "the only approver", columns: ["approver"], id: ANN, approvers: [ANN] },
  { name: "a former approver", columns: ["member"], id: BOB, approvers: [ANN] },
  { name: "a member on call", columns: ["member", "on call"], isTypical: true, id: EVE, isOnCall: true },
  { name: "an approver on call", columns: ["approver", "on call"], id: BOB, isOnCall: true },
  { name: "a guest on call", columns: ["nobody", "guest"], id: EVE, changes: { isRestricted: true }, isOnCall: true },
  {
    name: "a multi-channel guest",
    columns: ["nobody", "guest"],
    isTypical: true,
    id: EVE,
    changes: { isRestricted: true },
  },
  {
    name: "a single-channel guest",
    columns: ["nobody", "guest"],
    id: EVE,
    changes: { isRestricted: true, isUltraRestricted: true },
  },
  { name: "an approver who became a guest", columns: ["nobody", "guest"], id: BOB, changes: { isRestricted: true } },
  {
    name: "an outsider from a shared channel",
    columns: ["nobody"],
    isTypical: true,
    id: "UOUTSIDE1",
    teamId: OTHER_TEAM,
  },
  { name: "an outsider whose payload says otherwise", columns: ["nobody"], id: "UOUTSIDE1" },
  { name: "a stranger among the approvers", columns: ["nobody"], id: BOB, changes: { isStranger: true } },
  { name: "a bot", columns: ["nobody"], id: "UROBOT001" },
  {
    name: "a bot among the approvers, and on call",
    columns: ["nobody"],
    id: "UROBOT001",
    approvers: ["UROBOT001", ANN],
    isOnCall: true,
  },
  { name: "Slackbot", columns: ["nobody"], id: "USLACKBOT" },
  { name: "somebody deactivated", columns: ["nobody"], id: EVE, changes: { deleted: true } },
  { name: "an approver who was deactivated", columns: ["nobody"], id: BOB, changes: { deleted: true } },
  { name: "somebody whom Slack does not know", columns: ["nobody"], id: "UNOBODY99", isUnknown: true },
];

/** Makes somebody who they are, and lets them be where their answers go. */
export function become({ slack }: World, { id, changes, approvers, isOnCall, isUnknown }: Actor): void {
  putOnCall(...(isOnCall ? [id] : []));
  if (changes) slack.setPerson(id, changes);
  if (approvers) slack.setGroup(APPROVERS_GROUP, approvers);
  slack.setChannel(GENERAL, { members: [DANA, ANN, BOB, EVE, "UOUTSIDE1", "UROBOT001", "USLACKBOT", "UNOBODY99"] });
  if (!isUnknown) return;
  const body = { ok: false, error: "user_not_found" };
  slack.faults.arm(
    { call: "users.info", match: ({ user }) => user === id, times: 1_000 },
    { kind: "refuse", status: 200, body },
  );
}
