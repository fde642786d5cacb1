import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, type ConfigProblem, formatProblems, readConfig } from "../src/config";
import type { FILE_EXAMPLES } from "../src/config-files";

const VALUES: Record<keyof typeof FILE_EXAMPLES, string> = {
  SLACK_BOT_TOKEN_FILE: "xoxb-1-from-a-file",
  SLACK_APP_TOKEN_FILE: "xapp-1-from-a-file",
  SLACK_SIGNING_SECRET_FILE: "0123456789abcdef0123456789abcdef",
  AWS_ACCESS_KEY_ID_FILE: "tid_from_a_file",
  AWS_SECRET_ACCESS_KEY_FILE: "tsec_from_a_file",
  DATABASE_URL_FILE: "file:/data/from-a-file.db",
  HTTPS_PROXY_FILE: "http://bot:from-a-file@proxy.example:3128",
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a file. @returns its path */
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** An environment that has everything in files, changed. */
function environment(changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const files = Object.entries(VALUES).map(([variable, value]) => [variable, file(variable, `${value}\n`)]);
  return { APPROVALS_CHANNEL: "C0APPROVALS", APPROVERS: "U0ALICE", ...Object.fromEntries(files), ...changes };
}

function accepted(changes: NodeJS.ProcessEnv = {}): Config {
  const reading = readConfig(environment(changes));
  if (!reading.ok) throw new Error(formatProblems(reading.problems));
  return reading.config;
}

function problems(changes: NodeJS.ProcessEnv): ConfigProblem[] {
  const reading = readConfig(environment(changes));
  return reading.ok ? [] : reading.problems;
}

test("every secret can come from a file, without the newline at its end", () => {
  const { slack, tigris, database, proxy } = accepted();
  expect(slack.botToken.expose()).toBe("xoxb-1-from-a-file");
  expect(slack.transport.kind === "socket" && slack.transport.appToken.expose()).toBe("xapp-1-from-a-file");
  expect(tigris).toMatchObject({ accessKeyId: "tid_from_a_file" });
  expect(tigris.secretAccessKey.expose()).toBe("tsec_from_a_file");
  expect(database).toEqual({ kind: "sqlite", file: "/data/from-a-file.db" });
  expect(proxy?.url.expose()).toBe(VALUES.HTTPS_PROXY_FILE);
  const { transport } = accepted({ SLACK_APP_TOKEN_FILE: "" }).slack;
  expect(transport.kind === "http" && transport.signingSecret.expose()).toBe(VALUES.SLACK_SIGNING_SECRET_FILE);
});

test("a file behind links, and one that ends as Windows ends lines, is read as it is mounted", () => {
  const target = file("target", "xoxb-1-linked\r\n");
  symlinkSync(target, join(folder, "link"));
  expect(accepted({ SLACK_BOT_TOKEN_FILE: join(folder, "link") }).slack.botToken.expose()).toBe("xoxb-1-linked");
});

test.each(Object.keys(VALUES))("%s beside its variable is a mistake, unless that one is set to nothing", (variable) => {
  const plain = variable.slice(0, -"_FILE".length);
  expect(problems({ [plain]: "anything" })).toEqual([
    { variable, problem: `is set, and so is ${plain}: leave one of them out`, example: expect.stringMatching("/run/") },
  ]);
  expect(problems({ [plain]: " " })).toEqual([]);
});

test("the proxy written small counts beside its file", () => {
  expect(problems({ https_proxy: "http://proxy.example" })).toMatchObject([{ variable: "HTTPS_PROXY_FILE" }]);
});

describe("a file that can't be used is named, with the reason, and nothing of it", () => {
  const told = (variable: string, path: string) => {
    const [problem, ...others] = problems({ [variable]: path });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ variable });
    return problem?.problem;
  };

  test.each(Object.keys(VALUES))("%s that is not there", (variable) => {
    expect(told(variable, join(folder, "missing"))).toBe("names a file that can't be read (ENOENT)");
  });

  test("the only way to Slack", () => {
    const changes = { SLACK_APP_TOKEN_FILE: "", SLACK_SIGNING_SECRET_FILE: join(folder, "missing") };
    expect(problems(changes)).toMatchObject([{ variable: "SLACK_SIGNING_SECRET_FILE" }]);
  });

  test("a folder, and a pipe that nobody writes into", () => {
    mkdirSync(join(folder, "folder"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    for (const name of ["folder", "pipe"])
      expect(told("DATABASE_URL_FILE", join(folder, name))).toBe("names something that is not a file");
  });

  test("one that is empty, or holds only spaces", () => {
    for (const content of ["", "\n", " \n"])
      expect(told("SLACK_BOT_TOKEN_FILE", file("empty", content))).toBe("names a file that is empty");
  });

  test("one that is too large", () => {
    expect(told("SLACK_BOT_TOKEN_FILE", file("large", "x".repeat(16_385)))).toContain("more than 16384 bytes");
  });

  test("one whose path leads nowhere", () => {
    expect(told("SLACK_BOT_TOKEN_FILE", join(file("plain", "x"), "below"))).toContain("(ENOTDIR)");
  });

  test("one that holds something else", () => {
    const changed = problems({ SLACK_BOT_TOKEN_FILE: file("other", "Misplaced Secret") });
    expect(changed).toMatchObject([{ variable: "SLACK_BOT_TOKEN", problem: expect.stringContaining("xoxb-") }]);
    expect(formatProblems(changed)).not.toContain("Misplaced");
  });
});
