/**
 * Loaded into a process before its own script (`node --require`): ends it as an operator would, once whoever started it is
 * gone, however that ended. The channel between the two closes then.
 */

/** How long it may take to end. */
const PATIENCE_MS = 10_000;

process.once("disconnect", () => {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), PATIENCE_MS).unref();
  process.kill(process.pid, "SIGTERM");
});
// The script may end although the channel is open.
process.channel?.unref();
