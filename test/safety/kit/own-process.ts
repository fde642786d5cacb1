import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { World } from "../../kit/world";
import { builtBot } from "./build";
import type { BotProcess } from "./process";

/** A bot in a process of its own that a test may also look into. */
export type OwnProcess = BotProcess & {
  pid: number;
  /** Where it says how it is. */
  port: number;
  /** Sends a message to a script that was loaded before the bot, and resolves with the answer. */
  ask(message: object): Promise<unknown>;
};

type How = {
  /** Stands before the command. */
  enter?: string[];
  /** Scripts of this folder that are loaded before the bot. */
  preload?: string[];
  nodeOptions?: string[];
  /** How far its clock goes ahead of the real one, in milliseconds. */
  aheadMs?: number;
};

/** Starts the bot as `npm start` does, in Socket Mode, and waits until it takes clicks. Its lines go to the world's log. */
export async function startOwn(world: World, how: How = {}): Promise<OwnProcess> {
  const bot = launchOwn(world, how);
  const { port } = JSON.parse(await bot.line('"bot.started"')) as { port: number };
  return { ...bot, port };
}

/** As `startOwn`, without waiting: the bot may as well refuse to start. */
export function launchOwn(world: World, how: How = {}): OwnProcess {
  const { log } = world;
  const scripts = ["clock.cjs", ...(how.preload ?? [])].map((name) => `--require=${join(__dirname, name)}`);
  const [command = "", ...rest] = [
    ...(how.enter ?? []),
    process.execPath,
    ...(how.nodeOptions ?? []),
    ...scripts,
    builtBot(),
  ];
  const child = spawn(command, rest, {
    env: { PATH: process.env.PATH ?? "", ...world.environment, CLOCK_AHEAD_MS: String(how.aheadMs ?? 0) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines = new EventEmitter().setMaxListeners(0);
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on("line", (line) => lines.emit("line", line));
  lines.on("line", (line) => log.push(line));
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  const isRunning = () => child.exitCode === null && child.signalCode === null;

  function line(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      lines.on("line", (one: string) => one.includes(text) && resolve(one));
      void ended.then(() => reject(new Error(`the bot ended without ${text}: ${log.at(-1)}`)));
    });
  }

  return {
    pid: child.pid ?? 0,
    port: 0,
    signal: (name) => void child.kill(name),
    kill: async () => {
      if (isRunning()) child.kill("SIGKILL");
      await ended;
    },
    line,
    ended,
    isRunning,
    ask: async (message) => {
      const answered = once(child, "message");
      child.send(message);
      const [answer] = await answered;
      return answer;
    },
  };
}
