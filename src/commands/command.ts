import { type ParseArgsConfig, parseArgs } from "node:util";

/** What a command gets of the process that it runs in. */
export type Invocation = {
  /** What stands behind its name. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Aborts at the first SIGTERM or SIGINT: the command ends soon after. A second one ends the process at once. */
  stopping: AbortSignal;
  /** Writes to standard output. */
  say(text: string): void;
  /** Writes to standard error. No secret may be in it. */
  complain(text: string): void;
};

/** @returns the exit code. @throws StartError or UsageError, which have their own */
export type Run = (invocation: Invocation) => Promise<number>;

/** One thing that `dist/main.js` can do. */
export type Command = {
  /** What stands behind its name, as in `FILE`; nothing where it takes nothing. */
  parameters: string;
  /** What it does, in one line. */
  summary: string;
  /** Loads it only when it is asked for: the bot's own libraries take a while. */
  load(): Promise<Run>;
};

/** The command line can't be understood. It is not repeated, since somebody may have put a secret into it. */
export class UsageError extends Error {
  /** @param what is wrong, and what would be right, in sentences */
  constructor(what: string) {
    super(what);
    this.name = "UsageError";
  }
}

/** Reads a command's arguments (`parseArgs` of `node:util`). @throws UsageError where they are not what it takes */
export function parsed<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw isMistake(error) ? new UsageError("This command takes other options: see below.") : error;
  }
}

/** Whether `parseArgs` throws it for the arguments, not for how it was called (Node, `ERR_PARSE_ARGS_…`). */
function isMistake(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return typeof code === "string" && code.startsWith("ERR_PARSE_ARGS_");
}
