import { type Bot, buildApp } from "../app";
import { formatProblems, readConfig } from "../config";
import { standardOutput } from "../log-output";
import { EXIT } from "../start-error";
import { parsed, type Run } from "./command";

/** Starts the bot, and ends when it was stopped. */
export const start: Run = async ({ args, env, stopping, complain }) => {
  parsed({ args: [...args] });
  const reading = readConfig(env);
  if (!reading.ok) {
    complain(formatProblems(reading.problems));
    return EXIT.config;
  }
  const output = standardOutput();
  const bot = buildApp(reading.config, { logDestination: output });
  // Where nobody listens, it ends the process.
  process.on("SIGHUP", () => void bot.reloadPolicy());
  return Promise.race([crash(bot), untilStopped(bot, stopping)]).finally(() => output.flush());
};

/** Resolves when something fails that nobody caught: nobody knows in which state the bot is then. */
function crash({ log }: Bot): Promise<number> {
  process.on("unhandledRejection", () => log.error({ event: "process.unhandled_rejection" }));
  return new Promise((resolve) => {
    // Node would print the error with all that it holds.
    process.on("uncaughtException", (error) => {
      log.error({ event: "process.uncaught_exception", code: error.name });
      resolve(1);
    });
  });
}

async function untilStopped(bot: Bot, stopping: AbortSignal): Promise<number> {
  const stopped = new Promise<number>((resolve) => {
    const stop = () => {
      bot.stop().then(
        () => resolve(0),
        () => {
          bot.log.error({ event: "bot.stop_failed" });
          resolve(1);
        },
      );
    };
    if (stopping.aborted) stop();
    else stopping.addEventListener("abort", stop, { once: true });
  });
  await bot.start().catch((error: unknown) => {
    // A stop ends a start that is still under way.
    if (!stopping.aborted) throw error;
  });
  return stopped;
}
