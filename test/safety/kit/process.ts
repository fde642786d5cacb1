import { once } from "node:events";
import { join } from "node:path";
import { startChild } from "../../../sandbox/run/child";
import type { Mode, World } from "../../kit/world";
import { builtBot } from "./build";

/** The real bot in a process of its own, between the stand-ins of a world and on its database. */
export type BotProcess = {
  /** Sends a signal, and does not wait. */
  signal(name: NodeJS.Signals): void;
  /** Kills it at once, as the kernel does when memory runs out, and waits until it is gone. */
  kill(): Promise<void>;
  /** Resolves once it has written a line that holds this text, from now on. @throws when it ends before that */
  line(text: string): Promise<string>;
  /** Its exit code, or null where a signal ended it. */
  ended: Promise<number | null>;
  isRunning(): boolean;
};

/**
 * Starts the bot as `npm start` does. Its lines go to the world's log.
 * @param options.aheadMs how far its clock goes ahead of the real one
 * @param options.isReady false: does not wait until it has started
 */
export async function startProcess(
  world: World,
  mode: Mode,
  options: { aheadMs?: number; isReady?: boolean } = {},
): Promise<BotProcess> {
  const watchers = new Set<(line: string) => void>();
  const take = (line: string) => {
    world.log.push(line);
    for (const watcher of [...watchers]) watcher(line);
  };
  const child = startChild({
    script: builtBot(),
    env: {
      ...textsOf(world.environment),
      NODE_OPTIONS: `--require ${join(__dirname, "clock.cjs")}`,
      CLOCK_AHEAD_MS: String(options.aheadMs ?? 0),
    },
    onLine: take,
    onError: take,
  });
  const { process: running, ended } = child;
  const isRunning = () => running.exitCode === null && running.signalCode === null;

  function line(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const watcher = (one: string) => {
        if (!one.includes(text)) return;
        watchers.delete(watcher);
        resolve(one);
      };
      watchers.add(watcher);
      void ended.then((code) => reject(new Error(`the bot ended (${code}) without ${text}: ${world.log.at(-1)}`)));
    });
  }

  const bot: BotProcess = {
    signal: (name) => void running.kill(name),
    kill: async () => {
      if (!isRunning()) return;
      running.kill("SIGKILL");
      await once(running, "close");
    },
    line,
    ended,
    isRunning,
  };
  if (options.isReady === false) return bot;
  const { port } = JSON.parse(await line('"bot.started"')) as { port: number };
  if (mode === "http") world.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  return bot;
}

function textsOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
