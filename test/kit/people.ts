/** The workspace of the tests: who is in it, and what they may do. */
export const TEAM = { id: "TACME0001", name: "Acme", domain: "acme" };
export const OTHER_TEAM = "TPARTNER1";

export const PEOPLE = [
  { id: "UDEV00001", name: "dana", realName: "Dana Developer", tz: "Europe/Berlin" },
  { id: "UANN00001", name: "ann", realName: "Ann Approver", tz: "America/New_York" },
  { id: "UBOB00001", name: "bob", realName: "Bob Approver", tz: "Asia/Tokyo" },
  { id: "UEVE00001", name: "eve", realName: "Eve Elsewhere", tz: "Europe/London" },
  { id: "UGUEST001", name: "gus", realName: "Gus Guest", tz: "Europe/London", isRestricted: true },
  { id: "UOUTSIDE1", name: "olga", realName: "Olga Outside", tz: "Europe/Paris", teamId: OTHER_TEAM },
  { id: "UBOTTIGR1", name: "tigris-keys", realName: "Tigris Keys", tz: "Etc/UTC", isBot: true },
];

export const GENERAL = "CGENERAL1";
export const APPROVALS = "CAPPROVE1";
/** Another one that approvals could be in. */
export const LATER_APPROVALS = "CAPPROVE2";
export const APPROVERS_GROUP = "SAPPROVE1";
/** Another one, in which Ann is too; no variable names it. */
export const STORAGE_GROUP = "SSTORAGE1";

export const CHANNELS = [
  { id: GENERAL, name: "general", members: PEOPLE.filter(({ isBot }) => !isBot).map(({ id }) => id) },
  {
    id: APPROVALS,
    name: "key-approvals",
    members: ["UDEV00001", "UANN00001", "UBOB00001", "UEVE00001", "UBOTTIGR1"],
    isPrivate: true,
  },
  { id: LATER_APPROVALS, name: "key-decisions", members: ["UANN00001", "UBOTTIGR1"], isPrivate: true },
];

export const USER_GROUPS = [
  { id: APPROVERS_GROUP, handle: "key-approvers", users: ["UANN00001", "UBOB00001"] },
  { id: STORAGE_GROUP, handle: "storage", users: ["UANN00001", "UEVE00001"] },
];

export const APP = {
  id: "ATIGRIS01",
  botId: "BTIGRIS01",
  botUserId: "UBOTTIGR1",
  botToken: "xoxb-000000000001-only-for-tests",
  appToken: "xapp-1-only-for-tests",
  signingSecret: "0123456789abcdef0123456789abcdef",
};

export const ORGANIZATION = "acme-organisation";
export const OWN_KEY = { accessKeyId: "tid_bot_own_key", secretAccessKey: "tsec_bot_own_secret_for_tests" };
export const BUCKETS = ["builds", "logs", "media-archive"];
