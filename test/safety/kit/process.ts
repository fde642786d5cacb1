import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inTime, type Waiting } from "../../kit/until";
import { besidePolicy, deliverTo, type Mode, type World } from "../../kit/world";
import { builtBot } from "./build";

/** The real bot in a process of its own, between the stand-ins of a world and on its database. */
export type BotProcess = {
  pid: number;
  /** Where it listens; 0 before it has started. */
  port: number;
  /** Sends a signal, and does not wait. */
  signal(name: NodeJS.Signals): void;
  /** Kills it at once, as the kernel does when memory runs out, and waits until it is gone. */
  kill(): Promise<void>;
  /** Resolves once it has written a line that holds this text, from now on. @throws when it ends before that */
  line(text: string): Promise<string>;
  /** Waits until it has ended. @returns its exit code, or null where a signal ended it */
  ends(): Promise<number | null>;
  isRunning(): boolean;
  /** Sends a message to a script that was loaded before the bot, and resolves with the answer. */
  ask(message: object): Promise<unknown>;
};

export type How = {
  /** How far its clock goes ahead of the real one, in milliseconds. */
  aheadMs?: number;
  /** Stands before the command. */
  enter?: string[];
  /** Scripts of this folder that are loaded before the bot. */
  preload?: string[];
  nodeOptions?: string[];
  /** Adds to the environment that the world's bots get. */
  env?: NodeJS.ProcessEnv;
};

/** What a test has that starts processes, in milliseconds: a busy machine takes its time. */
export const PATIENCE_MS = 60_000;
/** What such a test waits for may take half of that. */
export const PATIENT: Waiting = { limitMs: PATIENCE_MS / 2 };
/** The bot gives itself half a minute to stop. */
const END_LIMIT_MS = 40_000;

/** Starts the bot as `npm start` does, and waits until it takes clicks. Its lines go to the world's log. */
export async function startProcess(world: World, mode: Mode = "socket", how: How = {}): Promise<BotProcess> {
  const bot = launchProcess(world, how);
  const { port } = JSON.parse(await bot.line('"bot.started"')) as { port: number };
  if (mode === "http") deliverTo(world, port);
  return { ...bot, port };
}

/** As `startProcess`, without waiting: the bot may as well refuse to start. */
export function launchProcess(world: World, how: How = {}): BotProcess {
  const { log } = world;
  const scripts = ["clock.cjs", ...(how.preload ?? [])].map((name) => `--require=${join(__dirname, name)}`);
  const node = [process.execPath, ...(how.nodeOptions ?? []), ...scripts, builtBot()];
  const [command = "", ...rest] = [...(how.enter ?? []), ...node];
  const child = spawn(command, rest, {
    env: {
      PATH: process.env.PATH ?? "",
      ...besidePolicy({ ...world.environment, ...how.env }),
      CLOCK_AHEAD_MS: String(how.aheadMs ?? 0),
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines = new EventEmitter().setMaxListeners(0);
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on("line", (line) => lines.emit("line", line));
  lines.on("line", (line) => log.push(line));
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const lastLine = () => log.at(-1);

  function line(text: string): Promise<string> {
    const written = new Promise<string>((resolve, reject) => {
      lines.on("line", (one: string) => one.includes(text) && resolve(one));
      void ended.then((code) => reject(new Error(`the bot ended (${code}) without ${text}: ${log.at(-1)}`)));
    });
    return inTime(`the bot's line ${text}`, written, { ...PATIENT, seen: lastLine });
  }

  return {
    pid: child.pid ?? 0,
    port: 0,
    signal: (name) => void child.kill(name),
    kill: async () => {
      if (isRunning()) child.kill("SIGKILL");
      await inTime("the bot to be killed", ended);
    },
    line,
    ends: () => inTime("the bot to end", ended, { limitMs: END_LIMIT_MS, seen: lastLine }),
    isRunning,
    ask: async (message) => {
      const answered = once(child, "message");
      child.send(message);
      const [answer] = await inTime("the bot's answer", answered, PATIENT);
      return answer;
    },
  };
}
