import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { SandboxClock } from "./clock";

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
 * @param options.clock by whose time it goes, where that is not this machine's: it has to have a lifeline
 * @param options.lifeline the built `with-parent.js`, where it is not to outlive this process
 * @param options.onLine gets each line of its standard output
 * @param options.onError gets each line of its standard error
 */
export function startChild(options: {
  script: string;
  env: Record<string, string>;
  lifeline?: Lifeline;
  clock?: SandboxClock;
  onLine: (line: string) => void;
  onError: (line: string) => void;
}): Child {
  const { script, lifeline, clock } = options;
  const loaded = lifeline ? [lifeline.withParent, ...(clock ? [lifeline.movedClock] : [])] : [];
  const child = spawn(process.execPath, [...loaded.flatMap((path) => ["--require", path]), script], {
    env: {
      PATH: process.env.PATH ?? "",
      ...options.env,
      ...(clock ? { SANDBOX_CLOCK_AHEAD_MS: String(clock.aheadMs) } : {}),
    },
    stdio: ["ignore", "pipe", "pipe", ...(lifeline ? ["ipc" as const] : [])],
  });
  clock?.add(child);
  readLines(child.stdout, options.onLine);
  readLines(child.stderr, options.onError);
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

/** What is loaded into a process before its script: what ends it with the one that started it, and what moves its clock. */
export type Lifeline = { withParent: string; movedClock: string };

/** @param root the folder of the project, built */
export function lifelineIn(root: string): Lifeline {
  return { withParent: builtIn(root, "with-parent"), movedClock: builtIn(root, "moved-clock") };
}

function builtIn(root: string, name: string): string {
  return join(root, "build", "sandbox", "run", `${name}.js`);
}

function readLines(stream: Readable | null, take: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on("line", take);
}

/**
 * Starts a stand-in, and waits for the line on which it says where it listens.
 * @param root the folder of the project, built
 * @throws when it ends before that
 */
export async function startStandIn<Addresses>(
  root: string,
  name: "slack" | "tigris",
  options: object,
  clock?: SandboxClock,
): Promise<Child & { at: Addresses }> {
  let found = (_line: string): void => {};
  const first = new Promise<string>((resolve) => {
    found = resolve;
  });
  const errors: string[] = [];
  const script = builtIn(root, name);
  const child = startChild({
    script,
    lifeline: lifelineIn(root),
    ...(clock ? { clock } : {}),
    env: { STAND_IN_OPTIONS: JSON.stringify(options) },
    onLine: (line) => found(line),
    onError: (line) => errors.push(line),
  });
  const line = await Promise.race([first, child.ended]);
  if (typeof line !== "string") throw new Error(`${script} did not start: ${errors.join("\n")}`);
  return { ...child, at: JSON.parse(line) as Addresses };
}
