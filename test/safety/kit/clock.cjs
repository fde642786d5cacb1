// Loaded into a bot that runs as a process of its own: its clock goes CLOCK_AHEAD_MS ahead, and another 61 s with each
// SIGUSR2, as if the process had been frozen for so long. Timers keep to the real time.
const realNow = Date.now;
let aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
Date.now = () => realNow() + aheadMs;
process.on("SIGUSR2", () => {
  aheadMs += 61_000;
  process.stdout.write('{"event":"clock.moved"}\n');
});
