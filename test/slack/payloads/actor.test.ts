import { actorOf } from "../../../src/slack/payloads/actor";

const user = { id: "UDEV", team_id: "T1" };

test.each([
  ["a command", { user_id: "UDEV", team_id: "T1" }, { teamId: "T1", enterpriseId: null, userTeamId: null }],
  [
    "a command in an organization",
    { user_id: "UDEV", team_id: "T1", enterprise_id: "E1" },
    { teamId: "T1", enterpriseId: "E1", userTeamId: null },
  ],
  [
    "a command whose form leaves a field empty",
    { user_id: "UDEV", team_id: "T1", enterprise_id: "" },
    { teamId: "T1", enterpriseId: null, userTeamId: null },
  ],
  ["a click", { user, team: { id: "T1" }, enterprise: null }, { teamId: "T1", enterpriseId: null, userTeamId: "T1" }],
  [
    "a click by somebody from another workspace",
    { user: { id: "UDEV", team_id: "T2" }, team: { id: "T1" } },
    { teamId: "T1", enterpriseId: null, userTeamId: "T2" },
  ],
  [
    "a click in an organization",
    { user: { id: "UDEV" }, team: null, enterprise: { id: "E1" } },
    { teamId: null, enterpriseId: "E1", userTeamId: null },
  ],
  [
    "an event",
    { type: "event_callback", team_id: "T1", enterprise_id: null, event: { type: "app_home_opened", user: "UDEV" } },
    { teamId: "T1", enterpriseId: null, userTeamId: null },
  ],
  [
    "a click whose team names its organization",
    { user, team: { id: "T1", enterprise_id: "E1" } },
    { teamId: "T1", enterpriseId: "E1", userTeamId: "T1" },
  ],
])("%s", (_what, payload, actor) => {
  expect(actorOf(payload)).toEqual({ userId: "UDEV", ...actor });
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["text", "UDEV"],
  ["a list", [user]],
  ["nobody", {}],
  ["somebody who is no object", { user: "UDEV" }],
  ["an id that is none", { user_id: "<!channel>" }],
  ["an id that is a list", { user_id: ["UDEV"] }],
  ["an id in an object", { user: { id: { id: "UDEV" } } }],
  ["an event of nobody", { team_id: "T1", user_id: "UDEV", event: { type: "app_home_opened" } }],
  ["an event that is none", { team_id: "T1", user_id: "UDEV", event: null }],
  ["an endless id", { user_id: "U".repeat(10_000) }],
  ["a workspace that is none", { user, team: { id: 7 } }],
  ["a person's workspace that is none", { user: { id: "UDEV", team_id: "t 2" }, team: { id: "T1" } }],
  ["one person beside an unreadable one", { user: null, user_id: "UDEV", team_id: "T1" }],
  ["an id from the prototype's name", JSON.parse('{"__proto__":{"user_id":"UDEV"}}')],
])("%s is nobody", (_what, payload) => {
  expect(actorOf(payload)).toBeNull();
});
