import { type Child, startChild } from "../run/child";

/** What the page shows of the bot. */
export type BotStatus = {
  state: "starting" | "running" | "ended";
  pid: number | null;
  /** Null while it runs, and where a signal ended it. */
  exitCode: number | null;
  /** The last lines that it wrote. */
  lines: string[];
};

export type BotOptions = {
  script: string;
  /** What ends it with the sandbox, however that ends. */
  lifeline: string;
  env: Record<string, string>;
  /** Called when it ends although nobody stopped the sandbox. */
  onEnd: (status: BotStatus) => void;
};

const KEPT_LINES = 40;

/** The built bot as a process that can be killed and started again. */
export class Bot {
  #child: Child | null = null;
  #status: BotStatus = { state: "ended", pid: null, exitCode: null, lines: [] };
  #isStopping = false;
  readonly #options: BotOptions;

  constructor(options: BotOptions) {
    this.#options = options;
  }

  status(): BotStatus {
    return this.#status;
  }

  /** Starts it, unless it runs. @returns once it has started, or ended instead */
  async start(): Promise<void> {
    if (this.#status.state !== "ended") return;
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
    const child = startChild({ ...this.#options, onLine: take, onError: take });
    status.pid = child.process.pid ?? null;
    this.#child = child;
    this.#status = status;
    const ended = child.ended.then((exitCode) => {
      Object.assign(status, { state: "ended", exitCode });
      if (!this.#isStopping) this.#options.onEnd(status);
    });
    await Promise.race([isStarted, ended]);
  }

  /** Kills it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#child?.stop("SIGKILL");
  }

  /** Ends it as an operator would. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#child?.stop();
  }
}
