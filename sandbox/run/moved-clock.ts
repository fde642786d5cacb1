/**
 * Loaded into a process of the sandbox before its own script (`node --require`): its clock goes ahead by what whoever started it
 * says, at first in the environment and then over the channel between the two. Waiting and monotonic time keep to the real time.
 */

const VARIABLE = "SANDBOX_CLOCK_AHEAD_MS";
const realNow = Date.now;
let aheadMs = Number(process.env[VARIABLE] ?? 0);
// The script sees the environment that it would have without this.
delete process.env[VARIABLE];

Date.now = () => realNow() + aheadMs;

process.on("message", (message: unknown) => {
  if (typeof message === "object" && message !== null && "clockAheadMs" in message)
    aheadMs = Number(message.clockAheadMs);
});
// The script may end although the channel is open.
process.channel?.unref();
