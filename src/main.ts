import { buildApp } from "./app";
import { formatProblems, readConfig } from "./config";
import { StartError } from "./start-error";

/** A signal ends the process with 128 and its number (POSIX shells). */
const SECOND_SIGNAL_EXIT = 130;

async function main(): Promise<void> {
  // The database holds who asked for which key: nobody but its user reads its files.
  process.umask(0o077);
  const reading = readConfig(process.env);
  if (!reading.ok) {
    process.stderr.write(formatProblems(reading.problems));
    process.exit(78);
  }
  const bot = await buildApp(reading.config);
  process.on("unhandledRejection", () => bot.log.error({ event: "process.unhandled_rejection" }));
  // Node would print the error with all that it holds.
  process.on("uncaughtException", (error) => {
    bot.log.error({ event: "process.uncaught_exception", code: error.name });
    process.exit(1);
  });
  let isStopping = false;
  const stop = async () => {
    if (isStopping) process.exit(SECOND_SIGNAL_EXIT);
    isStopping = true;
    const isClean = await bot.stop().then(
      () => true,
      () => false,
    );
    if (!isClean) bot.log.error({ event: "bot.stop_failed" });
    process.exit(isClean ? 0 : 1);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  await bot.start().catch((error: unknown) => {
    // A stop ends a start that is still under way, and exits by itself.
    if (!isStopping) throw error;
  });
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof StartError
      ? `${error.message}\n`
      : "The bot failed to start for a reason that it does not know.\n",
  );
  process.exit(error instanceof StartError ? error.exitCode : 1);
});
