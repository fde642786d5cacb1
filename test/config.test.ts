import { inspect } from "node:util";
import { type Config, formatProblems, readConfig } from "../src/config";

const BOT_TOKEN = "xoxb-1-bot-token";
const APP_TOKEN = "xapp-1-app-token";
const SIGNING_SECRET = "0123456789abcdef0123456789abcdef";
const TIGRIS_SECRET = "tsec_own-secret";

const complete = {
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_APP_TOKEN: APP_TOKEN,
  AWS_ACCESS_KEY_ID: "tid_own",
  AWS_SECRET_ACCESS_KEY: TIGRIS_SECRET,
  APPROVALS_CHANNEL: "C0APPROVALS",
  APPROVERS: "U0ALICE, S0SECURITY,U0ALICE,W0BOB",
};

function accepted(changes: NodeJS.ProcessEnv = {}): Config {
  const reading = readConfig({ ...complete, ...changes });
  if (!reading.ok) throw new Error(formatProblems(reading.problems));
  return reading.config;
}

function problems(changes: NodeJS.ProcessEnv): Record<string, string> {
  const reading = readConfig({ ...complete, ...changes });
  if (reading.ok) return {};
  return Object.fromEntries(reading.problems.map(({ variable, problem }) => [variable, problem]));
}

test("the smallest configuration gets the documented defaults", () => {
  const config = accepted();
  expect(config).toMatchObject({
    slack: { apiUrl: "https://slack.com/api/", transport: { kind: "socket" }, looksPerMinute: 90 },
    port: 3000,
    host: "127.0.0.1",
    tigris: {
      accessKeyId: "tid_own",
      iamEndpoint: "https://iam.storage.dev",
      s3Endpoint: "https://t3.storage.dev",
      region: "auto",
    },
    people: {
      approvalsChannel: "C0APPROVALS",
      approvers: { users: ["U0ALICE", "W0BOB"], groups: ["S0SECURITY"] },
      requesters: null,
    },
    policy: { approvalFor: ["admin"], maxKeysPerUser: 20 },
    limits: { requestTtlMs: 86_400_000, revealTtlMs: 86_400_000 },
    keepMs: 400 * 86_400_000,
    database: { kind: "sqlite", file: "./data/tigris-key-bot.db" },
    logLevel: "info",
  });
  expect(config.slack.botToken.expose()).toBe(BOT_TOKEN);
  expect(config.tigris.secretAccessKey.expose()).toBe(TIGRIS_SECRET);
});

test("Socket Mode wins where both ways are set; without it the signing secret makes HTTP", () => {
  expect(accepted({ SLACK_SIGNING_SECRET: SIGNING_SECRET }).slack.transport.kind).toBe("socket");
  const { transport } = accepted({ SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: `${SIGNING_SECRET}\n` }).slack;
  expect(transport.kind === "http" && transport.signingSecret.expose()).toBe(SIGNING_SECRET);
  expect(problems({ SLACK_APP_TOKEN: "" })).toEqual({ SLACK_APP_TOKEN: expect.stringContaining("one of the two") });
});

test("over Socket Mode only this machine reaches the bot, where nothing else is said; over HTTP everybody does", () => {
  const http = { SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: SIGNING_SECRET };
  expect(accepted().host).toBe("127.0.0.1");
  expect(accepted(http).host).toBeNull();
  expect([accepted({ HOST: "::" }).host, accepted({ ...http, HOST: "127.0.0.1" }).host]).toEqual(["::", "127.0.0.1"]);
  expect([accepted({ HOST: " " }).host, accepted({ ...http, HOST: " " }).host]).toEqual(["127.0.0.1", null]);
});

test("nothing of a configuration can be changed, at any depth", () => {
  const open: unknown[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (!Object.isFrozen(value)) open.push(value);
    for (const part of Object.values(value)) look(part);
  };
  look(accepted({ REQUESTERS: "U0CAROL" }));
  expect(open).toEqual([]);
});

test("a printed configuration holds none of its secrets", () => {
  const printed = [accepted(), accepted({ SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: SIGNING_SECRET })]
    .map((config) => JSON.stringify(config) + inspect(config, { depth: null, showHidden: true }) + String(config))
    .join();
  for (const secret of [BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, TIGRIS_SECRET]) expect(printed).not.toContain(secret);
});

test("every mistake is told at once, the missing way to Slack included", () => {
  const reading = readConfig({ PORT: "http", REQUESTERS: " ", LOG_LEVEL: "loud" });
  expect(reading.ok ? [] : reading.problems.map(({ variable }) => variable).sort()).toEqual([
    "APPROVALS_CHANNEL",
    "APPROVERS",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "LOG_LEVEL",
    "PORT",
    "REQUESTERS",
    "SLACK_APP_TOKEN",
    "SLACK_BOT_TOKEN",
  ]);
});

test("what was set is never repeated, whichever variable a secret was put into", () => {
  const names = [
    ...Object.keys(complete),
    "SLACK_SIGNING_SECRET",
    "SLACK_API_URL",
    "SLACK_LOOKS_PER_MINUTE",
    "PORT",
    "HOST",
    "AWS_ENDPOINT_URL_IAM",
    "AWS_ENDPOINT_URL_S3",
    "AWS_REGION",
    "REQUESTERS",
    "APPROVAL_FOR",
    "MAX_KEYS_PER_USER",
    "REQUEST_TTL",
    "REVEAL_TTL",
    "KEEP_DAYS",
    "DATABASE_URL",
    "HTTPS_PROXY",
    "LOG_LEVEL",
  ];
  const misplaced = "postgres://bot:Misplaced%Secret@db/keys";
  const reading = readConfig(Object.fromEntries(names.map((name) => [name, misplaced])));
  const told = reading.ok ? [] : reading.problems;
  expect(new Set(told.map(({ variable }) => variable))).toEqual(new Set(names));
  expect(formatProblems(told)).not.toContain("Misplaced");
});

test("the text for the terminal names the variable, the mistake and an example", () => {
  const reading = readConfig({ ...complete, PORT: "70000" });
  expect(reading.ok ? "" : formatProblems(reading.problems)).toBe(
    "The configuration has a mistake:\n  PORT is not a whole number from 0 to 65535\n    PORT=3000\n",
  );
});

const refused: [variable: string, value: string, problem: string][] = [
  ["SLACK_BOT_TOKEN", "xoxp-1-user-token", "begins with xoxb-"],
  ["SLACK_BOT_TOKEN", "xoxb-", "begins with xoxb-"],
  ["SLACK_APP_TOKEN", BOT_TOKEN, "begins with xapp-"],
  ["SLACK_SIGNING_SECRET", "short", "signing secret"],
  ["SLACK_API_URL", "http://slack.example/api/", "https://"],
  ["SLACK_API_URL", "ftp://127.0.0.1/", "https://"],
  ["AWS_ENDPOINT_URL_IAM", "http://localhost.evil.example", "https://"],
  ["AWS_ENDPOINT_URL_IAM", "http://127.0.0.1.evil.example", "https://"],
  ["AWS_ENDPOINT_URL_S3", "t3.storage.dev", "not a URL"],
  ["AWS_ENDPOINT_URL_S3", "https://me:pw@t3.storage.dev", "user name"],
  ["AWS_ENDPOINT_URL_S3", "https://t3.storage.dev/?x=1", "query"],
  ["AWS_ACCESS_KEY_ID", "AKIAEXAMPLE", "tid_"],
  ["AWS_SECRET_ACCESS_KEY", "secret", "tsec_"],
  ["APPROVALS_CHANNEL", "#key-approvals", "id of a channel"],
  ["APPROVERS", "U0ALICE,@bob", "as entry 2"],
  ["APPROVERS", ",", "names nobody"],
  ["APPROVERS", "", "is missing"],
  ["REQUESTERS", "", "leave it out"],
  ["APPROVAL_FOR", "", "leave it out"],
  ["APPROVAL_FOR", "editor", "leaves out admin"],
  ["APPROVAL_FOR", "admin,write", "as entry 2"],
  ["MAX_KEYS_PER_USER", "0", "from 1 to 1000"],
  ["MAX_KEYS_PER_USER", "1001", "from 1 to 1000"],
  ["MAX_KEYS_PER_USER", "1e2", "from 1 to 1000"],
  ["PORT", "-1", "from 0 to 65535"],
  ["HOST", "127.0.0.256", "no address"],
  ["HOST", "1.2.3", "no address"],
  ["HOST", "127.0.0.1 ::1", "no address"],
  ["HOST", "127.0.0.1:3000", "no address"],
  ["HOST", "[127.0.0.1]", "no address"],
  ["HOST", "[::1", "no address"],
  ["HOST", "::1::", "no address"],
  ["HOST", "http://127.0.0.1", "no address"],
  ["SLACK_LOOKS_PER_MINUTE", "0", "from 20 to 100000"],
  ["SLACK_LOOKS_PER_MINUTE", "19", "from 20 to 100000"],
  ["REQUEST_TTL", "24", "s, m, h or d"],
  ["REQUEST_TTL", "1.5h", "s, m, h or d"],
  ["REQUEST_TTL", "59s", "between 1m and 30d"],
  ["ROTATE_AFTER", "90", "not none, and no whole number"],
  ["ROTATE_AFTER", "23h", "between 1d and 3650d"],
  ["ROTATE_AFTER", "3651d", "between 1d and 3650d"],
  ["REVEAL_TTL", "8d", "between 1m and 7d"],
  ["KEEP_DAYS", "29", "from 30 to 36500"],
  ["KEEP_DAYS", "400d", "from 30 to 36500"],
  ["DATABASE_URL", "postgresql://db/keys", "names no user"],
  ["DATABASE_URL", "./keys.db", "file: URL"],
  ["DATABASE_URL", "file://server/keys.db", "file: URL"],
  ["DATABASE_URL", "file::memory:", "file: URL"],
  ["DATABASE_URL", "file:keys.db?mode=memory", "file: URL"],
  ["DATABASE_URL", "file:./data/", "file: URL"],
  ["LOG_LEVEL", "verbose", "none of trace"],
  ["HTTPS_PROXY", "proxy.example:3128", "http:// or https://"],
  ["HTTPS_PROXY", "socks5://proxy.example:1080", "http:// or https://"],
  ["HTTPS_PROXY", "http://", "not a URL"],
  ["HTTPS_PROXY", "http://proxy.example:3128/path", "a host and a port"],
  ["HTTPS_PROXY", "http://proxy.example/?a=b", "a host and a port"],
  ["HTTPS_PROXY", "http://bot:100%@proxy.example", "not percent-encoded"],
];

test.each(refused)("%s=%s is refused", (variable, value, problem) => {
  expect(problems({ [variable]: value })).toEqual({ [variable]: expect.stringContaining(problem) });
});

const taken: [variable: string, value: string, read: (config: Config) => unknown, means: unknown][] = [
  ["SLACK_API_URL", "http://127.0.0.1:4100/api", ({ slack }) => slack.apiUrl, "http://127.0.0.1:4100/api/"],
  ["AWS_ENDPOINT_URL_IAM", "http://localhost:4200/", ({ tigris }) => tigris.iamEndpoint, "http://localhost:4200"],
  ["AWS_ENDPOINT_URL_S3", "http://[::1]:4300", ({ tigris }) => tigris.s3Endpoint, "http://[::1]:4300"],
  ["PORT", "0", ({ port }) => port, 0],
  ["HOST", " 0.0.0.0 ", ({ host }) => host, "0.0.0.0"],
  ["HOST", "::", ({ host }) => host, "::"],
  ["HOST", "::1", ({ host }) => host, "::1"],
  ["HOST", "[::1]", ({ host }) => host, "::1"],
  ["HOST", "fe80::1%eth0", ({ host }) => host, "fe80::1%eth0"],
  ["HOST", "localhost", ({ host }) => host, "localhost"],
  ["HOST", "bot-0.keys.svc", ({ host }) => host, "bot-0.keys.svc"],
  ["SLACK_LOOKS_PER_MINUTE", "20", ({ slack }) => slack.looksPerMinute, 20],
  ["REQUESTERS", "S0DEVS", ({ people }) => people.requesters, { users: [], groups: ["S0DEVS"] }],
  ["APPROVAL_FOR", "editor-all, admin", ({ policy }) => policy.approvalFor, ["admin", "editor-all"]],
  ["REQUEST_TTL", "90s", ({ limits }) => limits.requestTtlMs, 90_000],
  ["REQUEST_TTL", "30m", ({ limits }) => limits.requestTtlMs, 1_800_000],
  ["REVEAL_TTL", "7d", ({ limits }) => limits.revealTtlMs, 604_800_000],
  ["ROTATE_AFTER", "", ({ limits }) => limits.rotateAfterMs, 7_776_000_000],
  ["ROTATE_AFTER", "1d", ({ limits }) => limits.rotateAfterMs, 86_400_000],
  ["ROTATE_AFTER", "none", ({ limits }) => limits.rotateAfterMs, null],
  ["KEEP_DAYS", "30", ({ keepMs }) => keepMs, 2_592_000_000],
  ["DATABASE_URL", "file:keys.db", ({ database }) => database, { kind: "sqlite", file: "keys.db" }],
  ["LOG_LEVEL", "silent", ({ logLevel }) => logLevel, "silent"],
];

test.each(taken)("%s=%s is taken", (variable, value, read, means) => {
  expect(read(accepted({ [variable]: value }))).toEqual(means);
});

test("certificates that are not checked are refused", () => {
  expect(problems({ NODE_TLS_REJECT_UNAUTHORIZED: "0" })).toEqual({
    NODE_TLS_REJECT_UNAUTHORIZED: "turns the check of certificates off; leave it out",
  });
  expect(problems({ NODE_TLS_REJECT_UNAUTHORIZED: "1" })).toEqual({});
});
