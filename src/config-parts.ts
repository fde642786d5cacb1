import { z } from "zod";
import {
  blankProblems,
  type Config,
  type ConfigProblem,
  settings,
  toLasts,
  toProblem,
  toTigris,
  trimmed,
  uncheckedTls,
} from "./config";
import type { Variable } from "./config-examples";
import { withFiles } from "./config-files";
import { toProxy, withProxyNames } from "./config-proxy";
import type { PolicySettings } from "./domain/policy/from-settings";
import type { StoreLocation } from "./domain/store-location";

/** Parts of the configuration, for commands that need no more of it: what they do not need may be wrong or missing. */

type Reading<Part> = ({ ok: true } & Part) | { ok: false; problems: ConfigProblem[] };

/** Reads where the store is, and nothing else: what only copies it needs no token. */
export function readDatabaseLocation(env: NodeJS.ProcessEnv): Reading<{ location: StoreLocation }> {
  const { DATABASE_URL } = settings.shape;
  const reading = readPart(env, z.object({ DATABASE_URL }));
  return reading.ok ? { ok: true, location: reading.values.DATABASE_URL } : reading;
}

/** Reads how Tigris is reached, and nothing else. */
export function readTigrisAccess(env: NodeJS.ProcessEnv): Reading<Pick<Config, "tigris" | "proxy">> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, HTTPS_PROXY, NO_PROXY } = settings.shape;
  const { AWS_ENDPOINT_URL_IAM, AWS_ENDPOINT_URL_S3 } = settings.shape;
  const access = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL_IAM, AWS_ENDPOINT_URL_S3 };
  const reading = readPart(withProxyNames(env), z.object({ ...access, HTTPS_PROXY, NO_PROXY }));
  const problems = [...uncheckedTls(env), ...(reading.ok ? [] : reading.problems)];
  return reading.ok && problems.length === 0 ? { ok: true, ...toTigris(reading.values) } : { ok: false, problems };
}

/** Reads what says who may do what where there is no policy's file, and nothing else. */
export function readPolicySettings(env: NodeJS.ProcessEnv): Reading<{ settings: PolicySettings }> {
  const { APPROVERS, REQUESTERS, APPROVAL_FOR, MAX_KEYS_PER_USER } = settings.shape;
  const { LASTS_READONLY, LASTS_EDITOR, LASTS_ADMIN } = settings.shape;
  const lasts = { LASTS_READONLY, LASTS_EDITOR, LASTS_ADMIN };
  const reading = readPart(env, z.object({ APPROVERS, REQUESTERS, APPROVAL_FOR, MAX_KEYS_PER_USER, ...lasts }));
  const problems = [...blankProblems(env), ...(reading.ok ? [] : reading.problems)];
  if (!reading.ok || problems.length > 0) return { ok: false, problems };
  const { values } = reading;
  return {
    ok: true,
    settings: {
      approvers: values.APPROVERS,
      requesters: values.REQUESTERS ?? null,
      approvalFor: values.APPROVAL_FOR,
      maxKeysPerUser: values.MAX_KEYS_PER_USER,
      lasts: toLasts(values),
    },
  };
}

/** How Slack is reached by what only looks people up. */
export type SlackAccess = Pick<Config["slack"], "botToken" | "apiUrl" | "looksPerMinute"> & Pick<Config, "proxy">;

/** Reads how Slack is reached, and nothing else. @returns null where there is no token */
export function readSlackAccess(env: NodeJS.ProcessEnv): Reading<{ access: SlackAccess | null }> {
  const { SLACK_BOT_TOKEN, SLACK_API_URL, SLACK_LOOKS_PER_MINUTE, HTTPS_PROXY, NO_PROXY } = settings.shape;
  if (!env.SLACK_BOT_TOKEN?.trim() && !env.SLACK_BOT_TOKEN_FILE?.trim()) return { ok: true, access: null };
  const part = z.object({ SLACK_BOT_TOKEN, SLACK_API_URL, SLACK_LOOKS_PER_MINUTE, HTTPS_PROXY, NO_PROXY });
  const reading = readPart(withProxyNames(env), part);
  const problems = [...uncheckedTls(env), ...(reading.ok ? [] : reading.problems)];
  if (!reading.ok || problems.length > 0) return { ok: false, problems };
  const { values } = reading;
  return {
    ok: true,
    access: {
      botToken: values.SLACK_BOT_TOKEN,
      apiUrl: `${values.SLACK_API_URL}/`,
      looksPerMinute: values.SLACK_LOOKS_PER_MINUTE,
      proxy: toProxy(values),
    },
  };
}

function readPart<Shape extends { [Name in Variable]?: z.ZodType }>(
  env: NodeJS.ProcessEnv,
  part: z.ZodObject<Shape>,
): Reading<{ values: z.output<z.ZodObject<Shape>> }> {
  const names = Object.keys(part.shape).flatMap((name) => [name, `${name}_FILE`]);
  const files = withFiles(Object.fromEntries(names.map((name) => [name, env[name]])));
  const reading = part.safeParse(trimmed(files.env));
  const problems = [
    ...files.problems.map(({ variable, problem }) => toProblem(variable, problem)),
    ...(reading.error?.issues ?? [])
      .map((issue) => toProblem(String(issue.path[0]), issue.message, files.env))
      .filter(({ variable }) => !files.unread.has(variable)),
  ];
  return reading.success && problems.length === 0 ? { ok: true, values: reading.data } : { ok: false, problems };
}
