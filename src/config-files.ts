import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { MAX_SECRET_FILE_BYTES } from "./domain/service-limits";

/** How the variables could look that name a file in which another variable's value stands, as container engines mount secrets. */
export const FILE_EXAMPLES = {
  SLACK_BOT_TOKEN_FILE: "/run/secrets/slack_bot_token",
  SLACK_APP_TOKEN_FILE: "/run/secrets/slack_app_token",
  SLACK_SIGNING_SECRET_FILE: "/run/secrets/slack_signing_secret",
  AWS_ACCESS_KEY_ID_FILE: "/run/secrets/aws_access_key_id",
  AWS_SECRET_ACCESS_KEY_FILE: "/run/secrets/aws_secret_access_key",
  DATABASE_URL_FILE: "/run/secrets/database_url",
  HTTPS_PROXY_FILE: "/run/secrets/https_proxy",
} as const;

/** What is wrong with a variable that names a file, or stands beside one. Nothing of the file is ever repeated. */
export type FileProblem = { variable: string; problem: string };

/**
 * Puts what stands in files where the variables themselves would be: `X_FILE=/path` for `X`. A variable that is set to
 * nothing counts as not set.
 * @returns the whole environment, each file's text without the newline at its end, and what is wrong with the files;
 * `unread` are the variables whose files could not be used
 */
export function withFiles(env: NodeJS.ProcessEnv): {
  env: NodeJS.ProcessEnv;
  problems: FileProblem[];
  unread: Set<string>;
} {
  const filled = { ...env };
  const problems: FileProblem[] = [];
  const unread = new Set<string>();
  for (const variable of Object.keys(FILE_EXAMPLES)) {
    const path = env[variable]?.trim() ?? "";
    if (path === "") continue;
    const plain = variable.slice(0, -"_FILE".length);
    const reading = isSet(env[plain]) ? { problem: `is set, and so is ${plain}: leave one of them out` } : read(path);
    if ("text" in reading) {
      filled[plain] = reading.text;
    } else {
      problems.push({ variable, problem: reading.problem });
      unread.add(plain);
    }
  }
  return { env: filled, problems, unread };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== "";
}

function read(path: string): { text: string } | { problem: string } {
  try {
    return textOf(path);
  } catch (error) {
    return { problem: `names a file that can't be read (${codeOf(error)})` };
  }
}

/** @throws the system's error, where the file can't be opened or read */
function textOf(path: string): { text: string } | { problem: string } {
  // Without O_NONBLOCK, a pipe that nobody writes into would hold the start up for good.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) return { problem: "names something that is not a file" };
    const bytes = Buffer.alloc(MAX_SECRET_FILE_BYTES + 1);
    const length = readSync(file, bytes);
    if (length > MAX_SECRET_FILE_BYTES)
      return { problem: `names a file of more than ${MAX_SECRET_FILE_BYTES} bytes, which is no secret` };
    const text = bytes.toString("utf8", 0, length).replace(/\r?\n$/, "");
    return text.trim() === "" ? { problem: "names a file that is empty" } : { text };
  } finally {
    closeSync(file);
  }
}

/** The system's code of an error. */
export function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";
}
