const { dirname, join } = require("node:path");

// Loaded into a bot that runs as a process of its own: its clock goes CLOCK_AHEAD_MS ahead. With each SIGUSR2 all its time
// goes on by another 61 s, as if the process had been frozen for so long. Timers keep to the real time.
const realNow = Date.now;
const realMonotonic = performance.now.bind(performance);
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
let frozenMs = 0;
Date.now = () => realNow() + aheadMs + frozenMs;
performance.now = () => realMonotonic() + frozenMs;
process.on("SIGUSR2", () => {
  frozenMs += 61_000;
  process.stdout.write('{"event":"clock.moved"}\n');
});

// Nobody waits two real seconds for each round of its worker.
const QUICK_ROUND_MS = 250;
require(join(dirname(process.argv[1]), "domain/limits.js")).ROUND_MS = QUICK_ROUND_MS;
