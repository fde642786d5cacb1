import { EXIT } from "../start-error";
import { VERSION } from "../version";
import { type Command, type Invocation, type Run, UsageError } from "./command";

/** What `dist/main.js` can do, by the word that asks for it. */
const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    parameters: "",
    summary: "starts the bot, as where no command is named",
    load: async () => (await import("./start.js")).start,
  },
  backup: {
    parameters: "FILE",
    summary: "writes the SQLite database into one file, also while the bot runs",
    load: async () => (await import("./backup.js")).backup,
  },
  report: {
    parameters: "--csv",
    summary: "writes a line for each key that is not deleted, also while the bot runs",
    load: async () => (await import("./report.js")).report,
  },
  "migrate-store": {
    parameters: "--from URL [--to URL | --undo]",
    summary:
      "moves a SQLite database to PostgreSQL (left out: to DATABASE_URL); --undo lets bots start on the file again",
    load: async () => (await import("./migrate-store.js")).migrateStore,
  },
  doctor: {
    parameters: "--tigris",
    summary: "finds out, with a key that it makes and deletes, whether Tigris does what the bot builds on",
    load: async () => (await import("./doctor.js")).doctor,
  },
  "policy check": {
    parameters: "FILE",
    summary: "finds mistakes in a policy, and with SLACK_BOT_TOKEN people and groups that Slack doesn't know",
    load: async () => (await import("./policy-check.js")).policyCheck,
  },
  "policy test": {
    parameters: "FILE",
    summary: "runs the tests that stand in a policy",
    load: async () => (await import("./policy-test.js")).policyTest,
  },
  "policy explain": {
    parameters: "OPTIONS [FILE]",
    summary: "says what a policy needs of a request: --person, --permission, and --buckets or --all-buckets",
    load: async () => (await import("./policy-explain.js")).policyExplain,
  },
  "policy from-env": {
    parameters: "",
    summary: "writes the policy that APPROVERS, APPROVAL_FOR, REQUESTERS and MAX_KEYS_PER_USER amount to",
    load: async () => (await import("./policy-from-env.js")).policyFromEnv,
  },
  version: {
    parameters: "",
    summary: "says which version this is",
    load: async () => version,
  },
  help: {
    parameters: "",
    summary: "says which commands there are",
    load: async () => help,
  },
};

/** What asks for help, or for the version, wherever it stands. */
const OPTIONS: Readonly<Record<string, string>> = { "--help": "help", "-h": "help", "--version": "version" };

/**
 * Runs what the command line asks for.
 * @param line all that stands behind the program's name
 * @returns the exit code
 * @throws StartError where the bot can't start
 */
export async function runCommand(line: readonly string[], process: Omit<Invocation, "args">): Promise<number> {
  const asked = line.map((word) => OPTIONS[word]).find((command) => command !== undefined);
  const { name, args } = commandIn(asked ? [asked] : line);
  try {
    if (!Object.hasOwn(COMMANDS, name)) throw new UsageError("There is no such command. These there are:");
    const run = await COMMANDS[name]?.load();
    return (await run?.({ ...process, args })) ?? EXIT.usage;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.complain(`${error.message}\n\n${usage()}`);
    return EXIT.usage;
  }
}

/** A command's name is its first word, or its first two. */
function commandIn([first = "start", ...args]: readonly string[]): { name: string; args: readonly string[] } {
  const [second, ...others] = args;
  const name = `${first} ${second}`;
  return Object.hasOwn(COMMANDS, name) ? { name, args: others } : { name: first, args };
}

const version: Run = async ({ say }) => {
  say(`${VERSION}\n`);
  return 0;
};

const help: Run = async ({ say }) => {
  say(usage());
  return 0;
};

function usage(): string {
  const entries = Object.entries(COMMANDS).map(([name, { parameters, summary }]) => ({
    call: `${name} ${parameters}`.trim(),
    summary,
  }));
  const width = Math.max(...entries.map(({ call }) => call.length));
  const lines = entries.map(({ call, summary }) => `  ${call.padEnd(width)}  ${summary}`);
  return `Usage: tigris-key-bot [command]\n\n${lines.join("\n")}\n`;
}
