import { type SlackStandIn, type StandInOptions, startSlack } from "../../../sandbox/slack";

export const BOT = "UBOT00001";
export const ANN = "UANN00001";
export const BEN = "UBEN00001";
export const OUTSIDER = "UOUT00001";
export const GENERAL = "CGENERAL1";
export const SECRET_CHANNEL = "CSECRET01";
export const OLD_CHANNEL = "COLD00001";
export const ELSEWHERE = "CELSEWH01";
export const GROUP = "SGROUP001";
export const BOT_TOKEN = "xoxb-for-tests";
export const APP_TOKEN = "xapp-for-tests";
export const SIGNING_SECRET = "a-signing-secret-for-tests-00000";

export const MANIFEST = {
  features: {
    app_home: { messages_tab_enabled: true },
    slash_commands: [{ command: "/try", description: "Tries it", should_escape: true }],
  },
  oauth_config: {
    scopes: {
      bot: ["commands", "chat:write", "im:write", "users:read", "usergroups:read", "channels:read", "groups:read"],
    },
  },
};

/** A small workspace with an app in it. */
export function optionsFor(changes: Partial<StandInOptions> = {}): StandInOptions {
  return {
    team: { id: "TTEAM0001", name: "Team", domain: "team" },
    people: [
      { id: ANN, name: "ann", realName: "Ann", tz: "Europe/Berlin" },
      { id: BEN, name: "ben", realName: "Ben", tz: "America/New_York" },
      { id: OUTSIDER, name: "otto", realName: "Otto", tz: "Asia/Tokyo", teamId: "TOTHER001" },
      { id: BOT, name: "bot", realName: "Bot", tz: "Etc/UTC", isBot: true },
    ],
    channels: [
      { id: GENERAL, name: "general", members: [ANN, BEN, OUTSIDER, BOT], isExtShared: true },
      { id: SECRET_CHANNEL, name: "secret", members: [ANN], isPrivate: true },
      { id: OLD_CHANNEL, name: "old", members: [ANN, BOT], isArchived: true },
      { id: ELSEWHERE, name: "elsewhere", members: [ANN] },
    ],
    userGroups: [{ id: GROUP, handle: "group", users: [BEN] }],
    app: {
      id: "AAPP00001",
      botId: "BBOT00001",
      botUserId: BOT,
      botToken: BOT_TOKEN,
      appToken: APP_TOKEN,
      signingSecret: SIGNING_SECRET,
      manifest: MANIFEST,
      delivery: { kind: "socket" },
    },
    ...changes,
  };
}

export function startWorkspace(changes: Partial<StandInOptions> = {}): Promise<SlackStandIn> {
  return startSlack(optionsFor(changes));
}
