import {
  isAbout,
  isFromHome,
  isOfUnknownOrganization,
  namesUnknownOrganization,
  type SlackUser,
  standingOf,
  whyOutsider,
} from "../../src/domain/person";
import { mayDecideFor, mayDelete, mayRequest, mayUse, mayUseKey, mayUseRequest } from "../../src/domain/who-may";
import { keyIn, REQUESTS } from "./samples";

const HOME = { teamId: "THOME", enterpriseId: null };
const GRID = { teamId: "THOME", enterpriseId: "EHOME" };
const MEMBER: SlackUser = {
  id: "UDEV",
  enterpriseUserId: null,
  teamId: "THOME",
  enterpriseId: null,
  enterpriseTeams: [],
  deleted: false,
  isBot: false,
  isGuest: false,
  isStranger: false,
  isInvited: false,
  timeZone: null,
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
  const unplaced = { ...elsewhere, teamId: null };
  expect(standingOf({ ...unplaced, enterpriseTeams: ["THOME"] }, GRID)).toBe("member");
  expect(standingOf({ ...unplaced, enterpriseTeams: ["THOME"], isGuest: true }, GRID)).toBe("guest");
  expect(standingOf({ ...unplaced, enterpriseTeams: ["TTHIRD"] }, GRID)).toBe("outsider");
  expect(standingOf({ ...unplaced, enterpriseTeams: ["THOME"] }, HOME)).toBe("outsider");
});

test.each<[asked: string, answered: Pick<SlackUser, "id" | "enterpriseUserId">, boolean]>([
  ["UDEV", { id: "UDEV", enterpriseUserId: null }, true],
  ["UDEV", { id: "UDEV", enterpriseUserId: "W123" }, true],
  ["W123", { id: "UDEV", enterpriseUserId: "W123" }, true],
  ["UDEV", { id: "W123", enterpriseUserId: "UDEV" }, true],
  ["UDEV", { id: "WDEV", enterpriseUserId: "WDEV" }, true],
  ["WDEV", { id: "UDEV", enterpriseUserId: "UDEV" }, true],
  // Nothing of Grid in the answer: another letter is another person.
  ["UDEV", { id: "WDEV", enterpriseUserId: null }, false],
  ["UDEV", { id: "UANN", enterpriseUserId: null }, false],
  ["UDEV", { id: "W123", enterpriseUserId: "W123" }, false],
  ["UDEV", { id: "WANN", enterpriseUserId: "UANN" }, false],
  ["SDEV", { id: "UDEV", enterpriseUserId: "UDEV" }, false],
])("asked about %s, an answer about %j is about them: %s", (asked, ids, isTheirs) => {
  expect(isAbout({ ...MEMBER, ...ids }, asked)).toBe(isTheirs);
});

test.each([
  [{ teamId: "THOME", enterpriseId: null, userTeamId: "THOME" }, false, false],
  [{ teamId: "THOME", enterpriseId: "EHOME", userTeamId: null }, true, false],
  [{ teamId: "THOME", enterpriseId: "EOTHER", userTeamId: null }, true, true],
  [{ teamId: "THOME", enterpriseId: null, userTeamId: "EHOME" }, true, false],
  [{ teamId: "THOME", enterpriseId: null, userTeamId: "TOTHER" }, false, false],
  [{ teamId: "TOTHER", enterpriseId: "EHOME", userTeamId: null }, false, false],
])("a payload of %j asks for another look at our workspace: %s, on Grid %s", (from, alone, onGrid) => {
  expect(namesUnknownOrganization({ userId: "UDEV", ...from }, HOME)).toBe(alone);
  expect(namesUnknownOrganization({ userId: "UDEV", ...from }, GRID)).toBe(onGrid);
});

test.each<[Partial<SlackUser>, isUnknown: boolean, why: string]>([
  [{ teamId: "TOTHER" }, false, "other_workspace"],
  [{ teamId: null }, false, "no_workspace"],
  [{ isStranger: true }, false, "stranger"],
  [{ teamId: null, enterpriseId: "EHOME", enterpriseTeams: ["TTHIRD"] }, false, "other_workspace"],
  [{ teamId: null, enterpriseId: "EHOME", enterpriseTeams: ["THOME"] }, true, "other_organization"],
])(
  "an outsider of %j names an organization that we may have joined: %s, and is refused as %s",
  (of, isUnknown, why) => {
    expect(isOfUnknownOrganization({ ...MEMBER, ...of }, HOME)).toBe(isUnknown);
    expect(whyOutsider({ ...MEMBER, ...of }, HOME)).toBe(why);
  },
);

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

test("nobody decides about a request of their own, whoever they are", () => {
  expect(mayDecideFor(REQUESTS.pending, ["UDEV"])).toMatchObject({ code: "own_request" });
  expect(mayDecideFor(REQUESTS.pending, ["WDEV", "UDEV"])).toMatchObject({ code: "own_request" });
  expect(mayDecideFor(REQUESTS.pending, ["UANN"]).kind).toBe("allowed");
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
  expect(mayRequest(false, null, null).kind).toBe("allowed");
  expect(mayRequest(true, { users: ["UDEV"], groups: [] }, "admin").kind).toBe("allowed");
  expect(mayRequest(false, { users: ["UDEV"], groups: [] }, "admin")).toMatchObject({ code: "not_requester" });
});
