import { isFromHome, type SlackUser, standingOf } from "../../src/domain/person";
import { mayDecide, mayDelete, mayRequest, mayUse, mayUseKey, mayUseRequest } from "../../src/domain/who-may";
import { keyIn, REQUESTS } from "./samples";

const HOME = { teamId: "THOME", enterpriseId: null };
const GRID = { teamId: "THOME", enterpriseId: "EHOME" };
const MEMBER: SlackUser = {
  id: "UDEV",
  teamId: "THOME",
  enterpriseId: null,
  enterpriseTeams: [],
  deleted: false,
  isBot: false,
  isGuest: false,
  isStranger: false,
  isInvited: false,
};

test.each<[string, Partial<SlackUser>, string]>([
  ["a full member", {}, "member"],
  ["a guest", { isGuest: true }, "guest"],
  ["a bot", { isBot: true }, "bot"],
  ["Slackbot, which says that it is no bot", { id: "USLACKBOT" }, "bot"],
  ["somebody deactivated", { deleted: true }, "deactivated"],
  ["somebody who has not joined yet", { isInvited: true }, "deactivated"],
  ["somebody of another workspace", { teamId: "TOTHER" }, "outsider"],
  ["a stranger", { isStranger: true }, "outsider"],
  ["somebody without a workspace", { teamId: null }, "outsider"],
])("%s is a %s", (_who, changes, standing) => {
  expect(standingOf({ ...MEMBER, ...changes }, HOME)).toBe(standing);
  expect(mayUse(standingOf({ ...MEMBER, ...changes }, HOME)).kind).toBe(standing === "member" ? "allowed" : "refused");
});

test("on Enterprise Grid, membership in the bot's own workspace counts", () => {
  const elsewhere = { ...MEMBER, teamId: "TOTHER", enterpriseId: "EHOME" };
  expect(standingOf({ ...elsewhere, enterpriseTeams: ["THOME"] }, GRID)).toBe("member");
  expect(standingOf({ ...elsewhere, enterpriseTeams: ["TTHIRD"] }, GRID)).toBe("outsider");
  expect(standingOf({ ...elsewhere, enterpriseId: "EEVIL", enterpriseTeams: ["THOME"] }, GRID)).toBe("outsider");
});

test.each([
  [{ teamId: "THOME", enterpriseId: null, userTeamId: null }, true],
  [{ teamId: "THOME", enterpriseId: null, userTeamId: "THOME" }, true],
  [{ teamId: "THOME", enterpriseId: null, userTeamId: "TOTHER" }, false],
  [{ teamId: "TOTHER", enterpriseId: null, userTeamId: null }, false],
  [{ teamId: null, enterpriseId: null, userTeamId: null }, false],
  [{ teamId: null, enterpriseId: "EHOME", userTeamId: null }, false],
])("a payload of %j is ours: %s", (from, isOurs) => {
  expect(isFromHome({ userId: "UDEV", ...from }, HOME)).toBe(isOurs);
});

test("nobody decides about a request of their own, approver or not", () => {
  const approvers = { users: ["UDEV", "UANN"], groups: ["SOPS"] };
  expect(mayDecide(REQUESTS.pending, "UDEV", true, approvers)).toMatchObject({ code: "own_request" });
  expect(mayDecide(REQUESTS.pending, "UANN", true, approvers).kind).toBe("allowed");
  expect(mayDecide(REQUESTS.pending, "UEVE", false, approvers)).toMatchObject({ code: "not_approver" });
});

test("requests and keys belong to their people; approvers may also delete", () => {
  const key = keyIn({ kind: "live", secret: { kind: "unconfirmed", cover: null } });
  expect(mayUseRequest(REQUESTS.approved, "UDEV").kind).toBe("allowed");
  expect(mayUseRequest(REQUESTS.approved, "UANN")).toMatchObject({ code: "not_yours" });
  expect(mayUseKey(key, "UANN")).toMatchObject({ code: "not_yours" });
  expect(mayDelete(key, "UDEV", false).kind).toBe("allowed");
  expect(mayDelete(key, "UANN", true).kind).toBe("allowed");
  expect(mayDelete(key, "UEVE", false)).toMatchObject({ code: "not_yours" });
});

test("where requesters are named, nobody else asks", () => {
  expect(mayRequest(false, null).kind).toBe("allowed");
  expect(mayRequest(true, { users: ["UDEV"], groups: [] }).kind).toBe("allowed");
  expect(mayRequest(false, { users: ["UDEV"], groups: [] })).toMatchObject({ code: "not_requester" });
});
