#!/usr/bin/env node
import { runCommand } from "./commands";
import { StartError } from "./start-error";

/** A signal ends the process with 128 and its number (POSIX shells). */
const SECOND_SIGNAL_EXIT = 130;

const stopping = new AbortController();

function stop(): void {
  if (stopping.signal.aborted) process.exit(SECOND_SIGNAL_EXIT);
  stopping.abort();
}

// Before anything else: the first process of a container ignores a signal that it has no handler for.
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
// The database holds who asked for which key: nobody but its user reads its files.
process.umask(0o077);

runCommand(process.argv.slice(2), {
  env: process.env,
  stopping: stopping.signal,
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
}).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(
      error instanceof StartError
        ? `${error.message}\n`
        : "The bot failed to start for a reason that it does not know.\n",
    );
    process.exit(error instanceof StartError ? error.exitCode : 1);
  },
);
