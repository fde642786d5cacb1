import { readFileSync } from "node:fs";
import { join } from "node:path";
import { liftable } from "../../src/domain/pause-steps";
import type { Access } from "../../src/domain/permission";
import type { Standing } from "../../src/domain/person";
import { explain } from "../../src/domain/policy/explain";
import { policyFromSettings } from "../../src/domain/policy/from-settings";
import { decidedRules, rulesFor } from "../../src/domain/policy/judge";
import { needsOf, tally } from "../../src/domain/policy/votes";
import { mayDelete, mayReport, mayUse, mayUseKey, mayUseRequest } from "../../src/domain/who-may";
import { keyIn, REQUESTS } from "./samples";

/** The README's table says of each row what the rules say that decide; `test/safety/attacks/who-may` has the whole bot hold to it. */

const OWNER = "UDEV";
const APPROVERS = { users: ["UANN"], groups: [] };
const POLICY = policyFromSettings({
  approvalFor: ["admin"],
  approvers: APPROVERS,
  requesters: null,
  maxKeysPerUser: 20,
});
const ADMIN: Access = { permission: "Admin", buckets: { kind: "all" } };
const REQUEST = REQUESTS.pending;

/** Who acts: on something of `OWNER`'s, or of their own where they are it. */
type Actor = { id: string; standing: Standing };
type Judge = (actor: Actor) => boolean;

const isApprover = ({ id }: Actor) => APPROVERS.users.includes(id);
const isIn = ({ standing }: Actor) => mayUse(standing).kind === "allowed";
const pausedBy = (kind: "owner" | "approver", ownerId = OWNER) => {
  const holds = [{ kind, byId: kind === "owner" ? ownerId : "UBOB", at: 1 }];
  return keyIn({ kind: "live", secret: { kind: "confirmed", at: 1 } }, { ownerId, pause: { ...REQUEST_PAUSE, holds } });
};
const REQUEST_PAUSE = { holds: [], stands: "paused", areRolesTaken: true, unansweredAt: null } as const;
const KEY = keyIn({ kind: "live", secret: { kind: "confirmed", at: 1 } });

const asks: Judge = (actor) => {
  const explained = explain(POLICY, {
    person: { ids: [actor.id], groups: [] },
    access: { permission: "Editor", buckets: { kind: "all" } },
  });
  return isIn(actor) && explained.kind === "rules" && explained.isTaken;
};
const decides =
  (requesterId: string): Judge =>
  (actor) => {
    const voters = new Map([[actor.id, { ids: [actor.id], isAmong: () => isApprover(actor) }]]);
    const votes = [{ approverId: actor.id, at: 1, rules: [] }];
    const needs = needsOf(decidedRules(rulesFor(ADMIN, POLICY)), 0);
    return (
      isIn(actor) && tally(needs, votes, { requesterIds: [requesterId], voters }).every((one) => one.votes.length > 0)
    );
  };
const lifts =
  (kind: "owner" | "approver", ownerId = OWNER): Judge =>
  (actor) =>
    isIn(actor) && liftable(pausedBy(kind, ownerId), { id: actor.id, isApprover: isApprover(actor) }).length > 0;

const REQUESTER: Actor = { id: OWNER, standing: "member" };
const MEMBER: Actor = { id: "UEVE", standing: "member" };
const APPROVER: Actor = { id: "UANN", standing: "member" };
const OTHERS = (["bot", "deactivated", "outsider"] as const).map((standing): Actor => ({ id: "UANN", standing }));
const GUEST: Actor = { id: "UANN", standing: "guest" };

/** The words of a cell, by what the rules say. */
const yes = (is: boolean, word = "yes") => (is ? word : "no");
const nobody = (judge: Judge) => {
  if (OTHERS.some(judge)) return "yes";
  return judge(GUEST) ? "guests only" : "no";
};
const row = (judge: Judge, [own, member, others]: [string, string, string]) => [
  yes(judge(REQUESTER), own),
  yes(judge(MEMBER), member),
  yes(judge(APPROVER), others),
  nobody(judge),
];

const own = decides("UANN");
const TABLE: Record<string, string[]> = {
  "ask for a key": row(asks, ["yes¹", "yes¹", "yes¹"]),
  "approve, approve with less, deny, withdraw": [
    yes(!decides(OWNER)(REQUESTER), "never their own"),
    yes(decides(OWNER)(MEMBER)),
    yes(decides(OWNER)(APPROVER) && !own(APPROVER), "yes, but their own"),
    nobody(decides(OWNER)),
  ],
  "reveal, switch on, cancel": row(
    (actor) => isIn(actor) && mayUseRequest(REQUEST, actor.id).kind === "allowed",
    ["their own¹", "their own", "any"],
  ),
  "new secret": row(
    (actor) => isIn(actor) && mayUseKey(KEY, actor.id).kind === "allowed",
    ["their own²", "their own", "any"],
  ),
  "pause, delete a key": row(
    (actor) => isIn(actor) && mayDelete(KEY, actor.id, isApprover(actor)).kind === "allowed",
    ["their own", "any", "any that the bot made³"],
  ),
  "resume a key": [
    yes(lifts("owner")(REQUESTER) && !lifts("approver")(REQUESTER), "what they paused¹"),
    yes(lifts("owner")(MEMBER) || lifts("approver")(MEMBER)),
    yes(
      lifts("approver")(APPROVER) && !lifts("owner")(APPROVER) && !lifts("approver", "UANN")(APPROVER),
      "what an approver paused, but not their own key",
    ),
    nobody((actor) => lifts("owner")(actor) || lifts("approver")(actor)),
  ],
  "extend a key": row(
    (actor) => isIn(actor) && mayUseKey(KEY, actor.id).kind === "allowed",
    ["their own¹", "their own", "any"],
  ),
  "change what a key opens": row(
    (actor) => isIn(actor) && mayUseKey(KEY, actor.id).kind === "allowed",
    ["their own", "their own", "any"],
  ),
  "report a leaked key": row(({ standing }) => mayReport(standing).kind === "allowed", ["yes", "yes", "yes"]),
};

const [, section = ""] = readFileSync(join(__dirname, "../../README.md"), "utf8").split("## Who may do what");

test.each(Object.entries(TABLE))("%s: the README says what the rules say", (name, cells) => {
  const line = section.split("\n").find((each) => each.startsWith(`| ${name} |`)) ?? "";
  expect(
    line
      .split("|")
      .slice(2, -1)
      .map((cell) => cell.trim()),
  ).toEqual(cells);
});
