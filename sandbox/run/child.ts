import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How long a process may take to end before it is killed. */
const PATIENCE_MS = 10_000;

/** A process of its own, with nothing of this shell's environment but the path to its programs. */
export type Child = {
  process: ChildProcess;
  /** Ends it as an operator would, and waits until it has ended. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Resolves with its exit code when it ends. */
  ended: Promise<number | null>;
};

/**
 * Starts a script in a process of its own.
 * @param options.env all of its environment: what a shell holds, real credentials too, does not reach it
 * @param options.onLine gets each line of its standard output
 * @param options.onError gets each line of its standard error
 */
export function startChild(options: {
  script: string;
  env: Record<string, string>;
  onLine: (line: string) => void;
  onError: (line: string) => void;
}): Child {
  const child = spawn(process.execPath, [options.script], {
    env: { PATH: process.env.PATH ?? "", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  createInterface({ input: child.stdout }).on("line", options.onLine);
  createInterface({ input: child.stderr }).on("line", options.onError);
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return {
    process: child,
    ended,
    stop: (signal = "SIGTERM") => {
      if (child.exitCode !== null || child.signalCode !== null) return ended;
      child.kill(signal);
      const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
      return ended.finally(() => clearTimeout(timer));
    },
  };
}

/** Starts a stand-in, and waits for the line on which it says where it listens. @throws when it ends before that */
export async function startStandIn<Addresses>(script: string, options: object): Promise<Child & { at: Addresses }> {
  let found = (_line: string): void => {};
  const first = new Promise<string>((resolve) => {
    found = resolve;
  });
  const errors: string[] = [];
  const child = startChild({
    script,
    env: { STAND_IN_OPTIONS: JSON.stringify(options) },
    onLine: (line) => found(line),
    onError: (line) => errors.push(line),
  });
  const line = await Promise.race([first, child.ended]);
  if (typeof line !== "string") throw new Error(`${script} did not start: ${errors.join("\n")}`);
  return { ...child, at: JSON.parse(line) as Addresses };
}
