import { join } from "node:path";
import { type Child, type Lifeline, lifelineIn, startChild } from "./child";
import type { SandboxClock } from "./clock";

export type BotStatus = {
  state: "starting" | "running" | "ended";
  pid: number | null;
  /** Null while it runs, and where a signal ended it. */
  exitCode: number | null;
  /** The last lines that it wrote. */
  lines: string[];
};

const KEPT_LINES = 40;
/** How long its start is waited for. */
const READY_MS = 30_000;

/** The built bot as a process that can be killed and started again. */
export class Bot {
  readonly script: string;
  readonly #lifeline: Lifeline;
  readonly #clock: SandboxClock | undefined;
  readonly #onEnd: (status: BotStatus) => void;
  #env: Record<string, string> = {};
  #child: Child | null = null;
  #status: BotStatus = { state: "ended", pid: null, exitCode: null, lines: [] };
  #isStopping = false;

  /**
   * @param root the folder of the project, built
   * @param onEnd called when it ends although nobody stopped the sandbox
   * @param clock by whose time it goes; this machine's where left out
   */
  constructor(root: string, onEnd: (status: BotStatus) => void, clock?: SandboxClock) {
    this.#clock = clock;
    this.script = join(root, "dist", "main.js");
    this.#lifeline = lifelineIn(root);
    this.#onEnd = onEnd;
  }

  status(): BotStatus {
    return this.#status;
  }

  /**
   * Starts it, unless it runs.
   * @param env its whole environment; the one that it had, where left out
   * @returns once it has started, has ended instead, or was waited for in vain
   */
  async start(env = this.#env): Promise<void> {
    if (this.#status.state !== "ended") return;
    this.#env = env;
    let started = (): void => {};
    const isStarted = new Promise<void>((resolve) => {
      started = resolve;
    });
    const status: BotStatus = { state: "starting", pid: null, exitCode: null, lines: [] };
    const take = (line: string): void => {
      status.lines = [...status.lines, line].slice(-KEPT_LINES);
      if (!line.includes('"event":"bot.started"')) return;
      status.state = "running";
      started();
    };
    const child = startChild({
      script: this.script,
      lifeline: this.#lifeline,
      ...(this.#clock ? { clock: this.#clock } : {}),
      env,
      onLine: take,
      onError: take,
    });
    status.pid = child.process.pid ?? null;
    this.#child = child;
    this.#status = status;
    const ended = child.ended.then((exitCode) => {
      Object.assign(status, { state: "ended", exitCode });
      if (!this.#isStopping) this.#onEnd(status);
    });
    const timer = setTimeout(started, READY_MS);
    await Promise.race([isStarted, ended]);
    clearTimeout(timer);
  }

  /** Kills it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#child?.stop("SIGKILL");
  }

  /** Ends it as an operator would. @returns its exit code */
  async stop(): Promise<number | null> {
    this.#isStopping = true;
    return (await this.#child?.stop()) ?? null;
  }
}
