import { z } from "zod";
import { database, isPostgresUrl, POSTGRES_EXAMPLE } from "./config-database";
import { EXAMPLES, type Variable } from "./config-examples";
import { FILE_EXAMPLES, withFiles } from "./config-files";
import { besidePolicyFile } from "./config-policy";
import { noProxy, type ProxyConfig, proxyUrl, toProxy, withProxyNames } from "./config-proxy";
import { type TransportConfig, toTransport, usualHost } from "./config-transport";
import {
  approvalClasses,
  credential,
  duration,
  durationOrNone,
  filePath,
  lasts,
  listenAddress,
  matching,
  operator,
  people,
  serviceUrl,
  signingSecret,
  wholeNumber,
} from "./config-values";
import { DAY_MS, MAX_KEEP_DAYS, MIN_KEEP_DAYS } from "./domain/limits";
import type { Operator, People } from "./domain/person";
import type { PolicySettings } from "./domain/policy/from-settings";
import type { Lasts } from "./domain/policy/rule";
import type { Secret } from "./domain/secret";
import type { StoreLocation } from "./domain/store-location";
import type { Limits } from "./workflow/ports";

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything that can be set, read once at the start and frozen. */
export type Config = {
  /** `apiUrl` ends with a slash. `looksPerMinute` is how often Slack may be asked in a minute who somebody is. */
  slack: { botToken: Secret; apiUrl: string; transport: TransportConfig; looksPerMinute: number };
  port: number;
  /** The address or name to listen on; null for all addresses that this machine has. */
  host: string | null;
  tigris: {
    accessKeyId: string;
    secretAccessKey: Secret;
    iamEndpoint: string;
    s3Endpoint: string;
    region: string;
  };
  /** `requesters` is null where every full member may ask, `operator` where nobody is named. */
  people: { approvalsChannel: string; approvers: People; requesters: People | null; operator: Operator | null };
  /** What the variables say of who may ask for what; who decides are the approvers. */
  policy: Pick<PolicySettings, "approvalFor" | "maxKeysPerUser" | "lasts">;
  /** The file that says who may ask for what; null where `policy` does. */
  policyFile: string | null;
  limits: Limits;
  /** Null where Slack and Tigris are reached directly. */
  proxy: ProxyConfig | null;
  /** How long what has ended is kept, in milliseconds. */
  keepMs: number;
  database: StoreLocation;
  logLevel: LogLevel;
};

/** One mistake: which variable, what is wrong with it, and how it could look. None of it repeats what was set. */
export type ConfigProblem = { variable: string; problem: string; example: string };

/** Left blank, these would open what they are there to close. */
const NEVER_BLANK: readonly string[] = ["REQUESTERS", "APPROVAL_FOR", "POLICY_FILE"] satisfies Variable[];

/** What each variable's text means; a part of them may be read alone. */
export const settings = z
  .object({
    SLACK_BOT_TOKEN: credential("xoxb-"),
    SLACK_APP_TOKEN: credential("xapp-").optional(),
    SLACK_SIGNING_SECRET: signingSecret.optional(),
    SLACK_API_URL: serviceUrl.prefault("https://slack.com/api/"),
    SLACK_LOOKS_PER_MINUTE: wholeNumber(20, 100_000).prefault("90"),
    PORT: wholeNumber(0, 65_535).prefault("3000"),
    HOST: listenAddress.optional(),
    AWS_ACCESS_KEY_ID: matching(/^tid_[\w-]+$/, "an access key id that begins with tid_"),
    AWS_SECRET_ACCESS_KEY: credential("tsec_"),
    AWS_ENDPOINT_URL_IAM: serviceUrl.prefault("https://iam.storage.dev"),
    AWS_ENDPOINT_URL_S3: serviceUrl.prefault("https://t3.storage.dev"),
    AWS_REGION: matching(/^[a-z0-9-]+$/, "a region").prefault("auto"),
    APPROVALS_CHANNEL: matching(/^[CG][A-Z0-9]{4,}$/, "the id of a channel (not its name)"),
    APPROVERS: people,
    REQUESTERS: people.optional(),
    OPERATOR: operator.optional(),
    APPROVAL_FOR: approvalClasses.prefault("admin"),
    MAX_KEYS_PER_USER: wholeNumber(1, 1000).prefault("20"),
    MAX_DELETIONS_PER_HOUR: wholeNumber(0, 10_000).prefault("20"),
    LASTS_READONLY: lasts.prefault("none/none"),
    LASTS_EDITOR: lasts.prefault("none/none"),
    LASTS_ADMIN: lasts.prefault("7d/7d"),
    END_GRACE: duration("1h", "90d").prefault("7d"),
    ORPHAN_GRACE: duration("1h", "90d").prefault("7d"),
    ROTATE_AFTER: durationOrNone("1d", "3650d").prefault("90d"),
    REQUEST_TTL: duration("1m", "30d").prefault("24h"),
    REVEAL_TTL: duration("1m", "7d").prefault("24h"),
    KEEP_DAYS: wholeNumber(MIN_KEEP_DAYS, MAX_KEEP_DAYS).prefault("400"),
    DATABASE_URL: database.prefault("file:./data/tigris-key-bot.db"),
    POLICY_FILE: filePath.optional(),
    HTTPS_PROXY: proxyUrl.optional(),
    NO_PROXY: noProxy.optional(),
    LOG_LEVEL: z.enum(LOG_LEVELS, { error: `is none of ${LOG_LEVELS.join(", ")}` }).prefault("info"),
  } satisfies Record<Variable, z.ZodType>)
  .refine((env) => env.SLACK_APP_TOKEN !== undefined || env.SLACK_SIGNING_SECRET !== undefined, {
    path: ["SLACK_APP_TOKEN" satisfies Variable],
    error: "is missing (Socket Mode), and so is SLACK_SIGNING_SECRET (HTTP): one of the two is needed",
    // Also while other settings are wrong: all mistakes are told at once.
    when: () => true,
  });

/**
 * Reads the configuration.
 * @param env the environment of the process; a variable that is set to nothing counts as not set
 * @returns a value frozen to its depth, or every mistake at once
 */
export function readConfig(
  env: NodeJS.ProcessEnv,
): { ok: true; config: Config } | { ok: false; problems: ConfigProblem[] } {
  const files = withFiles(withProxyNames(env));
  const reading = settings.safeParse(trimmed(files.env));
  // Whether there is a way to Slack shows once the file of one can be read.
  if (files.unread.has("SLACK_SIGNING_SECRET")) files.unread.add("SLACK_APP_TOKEN");
  const problems = [
    ...uncheckedTls(env),
    ...blankProblems(env),
    ...[...besidePolicyFile(env), ...files.problems].map(({ variable, problem }) => toProblem(variable, problem)),
    ...(reading.error?.issues ?? [])
      .map((issue) => toProblem(String(issue.path[0]), issue.message, files.env))
      .filter(({ variable }) => !files.unread.has(variable)),
  ];
  if (!reading.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: deepFrozen(toConfig(reading.data)) };
}

/** Variables that are set to nothing, and would open what they are there to close. */
export function blankProblems(env: NodeJS.ProcessEnv): ConfigProblem[] {
  const blank = NEVER_BLANK.filter((variable) => env[variable]?.trim() === "");
  return blank.map((variable) => toProblem(variable, "is set to nothing; leave it out for the default"));
}

/** Node's own switch, which would let anybody between the bot and Slack or Tigris read tokens and secrets. */
export function uncheckedTls({ NODE_TLS_REJECT_UNAUTHORIZED: value }: NodeJS.ProcessEnv): ConfigProblem[] {
  const variable = "NODE_TLS_REJECT_UNAUTHORIZED";
  return value === "0"
    ? [{ variable, problem: "turns the check of certificates off; leave it out", example: "1" }]
    : [];
}

/** The mistakes as text for the terminal, one line each and one for its example. */
export function formatProblems(problems: readonly ConfigProblem[]): string {
  const lines = problems.map(
    ({ variable, problem, example }) => `  ${variable} ${problem}\n    ${variable}=${example}`,
  );
  return `The configuration has ${problems.length === 1 ? "a mistake" : `${problems.length} mistakes`}:\n${lines.join("\n")}\n`;
}

function toConfig(env: z.output<typeof settings>): Config {
  const transport = toTransport(env);
  return {
    slack: {
      botToken: env.SLACK_BOT_TOKEN,
      apiUrl: `${env.SLACK_API_URL}/`,
      transport,
      looksPerMinute: env.SLACK_LOOKS_PER_MINUTE,
    },
    port: env.PORT,
    host: env.HOST ?? usualHost(transport),
    ...toTigris(env),
    people: {
      approvalsChannel: env.APPROVALS_CHANNEL,
      approvers: env.APPROVERS,
      requesters: env.REQUESTERS ?? null,
      operator: env.OPERATOR ?? null,
    },
    policy: {
      approvalFor: env.APPROVAL_FOR,
      maxKeysPerUser: env.MAX_KEYS_PER_USER,
      lasts: toLasts(env),
    },
    limits: {
      maxDeletionsPerHour: env.MAX_DELETIONS_PER_HOUR,
      requestTtlMs: env.REQUEST_TTL,
      revealTtlMs: env.REVEAL_TTL,
      endGraceMs: env.END_GRACE,
      orphanGraceMs: env.ORPHAN_GRACE,
      rotateAfterMs: env.ROTATE_AFTER,
    },
    policyFile: env.POLICY_FILE ?? null,
    keepMs: env.KEEP_DAYS * DAY_MS,
    database: env.DATABASE_URL,
    logLevel: env.LOG_LEVEL,
  };
}

/** How long keys live, for each permission. */
export function toLasts(env: Record<"LASTS_READONLY" | "LASTS_EDITOR" | "LASTS_ADMIN", Lasts>) {
  return { ReadOnly: env.LASTS_READONLY, Editor: env.LASTS_EDITOR, Admin: env.LASTS_ADMIN };
}

type TigrisVariable = Extract<Variable, `AWS_${string}` | `${string}_PROXY`>;

/** The part of the configuration by which Tigris is reached. */
export function toTigris(env: Pick<z.output<typeof settings>, TigrisVariable>): Pick<Config, "tigris" | "proxy"> {
  return {
    tigris: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      iamEndpoint: env.AWS_ENDPOINT_URL_IAM,
      s3Endpoint: env.AWS_ENDPOINT_URL_S3,
      region: env.AWS_REGION,
    },
    proxy: toProxy(env),
  };
}

/** What is set to something, without the blanks around it. */
export function trimmed(env: NodeJS.ProcessEnv): Record<string, string> {
  const texts = Object.keys(EXAMPLES).map((variable) => [variable, env[variable]?.trim()] as const);
  return Object.fromEntries(texts.filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** @param env what is set, by which the example is chosen where there are two */
export function toProblem(variable: string, problem: string, env: NodeJS.ProcessEnv = {}): ConfigProblem {
  const examples: Record<string, string> = { ...EXAMPLES, ...FILE_EXAMPLES };
  if (isPostgresUrl(env.DATABASE_URL ?? "")) examples.DATABASE_URL = POSTGRES_EXAMPLE;
  return { variable, problem, example: examples[variable] ?? "" };
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) deepFrozen(part);
  return Object.freeze(value);
}
