import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** A made-up workspace to try the bot in: who is in it, and what they may do. */
export const TEAM = { id: "TSANDBOX1", name: "Acme", domain: "acme-sandbox" };

export const PEOPLE = [
  { id: "UDANA0001", name: "dana", realName: "Dana, developer", tz: "Europe/Berlin" },
  { id: "UANN00001", name: "ann", realName: "Ann, approver", tz: "America/New_York" },
  { id: "UBOB00001", name: "bob", realName: "Bob, approver", tz: "Asia/Tokyo" },
  { id: "UGUS00001", name: "gus", realName: "Gus, guest", tz: "Europe/London", isRestricted: true },
  {
    id: "UOLGA0001",
    name: "olga",
    realName: "Olga, from another organization",
    tz: "Europe/Paris",
    teamId: "TPARTNER1",
  },
  { id: "UOPAL0001", name: "opal", realName: "Opal, operator", tz: "Etc/UTC", isAdmin: true },
  { id: "UBOTKEYS1", name: "tigris-keys", realName: "Tigris Keys", tz: "Etc/UTC", isBot: true },
];

const HUMANS = PEOPLE.filter((person) => !("isBot" in person)).map(({ id }) => id);

export const GENERAL = "CGENERAL1";
export const APPROVALS = "CAPPROVE1";

export const CHANNELS = [
  { id: GENERAL, name: "general", members: HUMANS },
  {
    id: APPROVALS,
    name: "key-approvals",
    members: ["UDANA0001", "UANN00001", "UBOB00001", "UOPAL0001", "UBOTKEYS1"],
    isPrivate: true,
  },
  // Is told of broken glasses by that policy.
  {
    id: "C0SECURITY",
    name: "security",
    members: ["UANN00001", "UBOB00001", "UOPAL0001", "UBOTKEYS1"],
    isPrivate: true,
  },
];

export const USER_GROUPS = [
  { id: "SAPPROVE1", handle: "key-approvers", users: ["UANN00001", "UBOB00001"] },
  // Those whom docs/policies/teams-with-production.yaml names.
  { id: "S0PLATFORM", handle: "platform", users: ["UDANA0001"] },
  { id: "S0STORAGE", handle: "storage", users: ["UANN00001", "UBOB00001"] },
  { id: "S0SECURITY", handle: "security", users: ["UANN00001", "UBOB00001"] },
  { id: "S0ANALYSTS", handle: "analysts", users: ["UOPAL0001"] },
  { id: "S0LEADS", handle: "leads", users: ["UOPAL0001"] },
  { id: "S0ONCALL", handle: "on-call", users: ["UDANA0001"] },
];

/** Tokens that nobody could take for real ones. */
export const APP = {
  id: "ASANDBOX1",
  botId: "BSANDBOX1",
  botUserId: "UBOTKEYS1",
  botToken: "xoxb-this-is-only-the-sandbox",
  appToken: "xapp-this-is-only-the-sandbox",
  signingSecret: "this-is-only-the-sandbox-0000000",
};

export const ROOT_KEY = { accessKeyId: "tid_sandbox_only", secretAccessKey: "tsec_this_is_only_the_sandbox" };
export const ORGANIZATION = "acme";
export const PRODUCTION = ["prod-data", "prod-logs"];
export const BUCKETS = ["builds", "customer-uploads", "logs", "media-archive", "website"];

/** @param root the folder of the project */
export function manifestIn(root: string): object {
  return parse(readFileSync(join(root, "manifest.yml"), "utf8"));
}

/** The whole environment of a bot between the two stand-ins. */
export function botEnvironment(at: {
  slackUrl: string;
  iamUrl: string;
  s3Url: string;
  databaseUrl: string;
  mode: "socket" | "http";
  port: number;
}): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: APP.botToken,
    ...(at.mode === "socket" ? { SLACK_APP_TOKEN: APP.appToken } : { SLACK_SIGNING_SECRET: APP.signingSecret }),
    SLACK_API_URL: at.slackUrl,
    PORT: String(at.port),
    HOST: "127.0.0.1",
    AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
    AWS_ENDPOINT_URL_IAM: at.iamUrl,
    AWS_ENDPOINT_URL_S3: at.s3Url,
    APPROVALS_CHANNEL: APPROVALS,
    APPROVERS: "SAPPROVE1",
    DATABASE_URL: at.databaseUrl,
  };
}
