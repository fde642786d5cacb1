// A process that takes the lock of a database when it is told to, at a given moment, and says what came of it.
const { takeLock } = require(process.argv[2]);

process.on("message", ({ file, at }) => {
  while (Date.now() < at);
  try {
    takeLock(file, { host: "here", pid: process.pid, startedAt: Date.now() });
    process.send({ kind: "taken" });
  } catch ({ code, holder }) {
    process.send({ kind: "refused", code, holder });
  }
});
