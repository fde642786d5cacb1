// Loaded into a bot that runs as a process of its own with --expose-gc: on a message it collects garbage, and writes down
// what is left in its heap.
const { writeHeapSnapshot } = require("node:v8");

const ROUNDS = 3;

process.on("message", async ({ heapTo }) => {
  // Between two collections, what has been waiting for the first one runs: finalizers, weak references' ends.
  for (let round = 0; round < ROUNDS; round++) {
    global.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.send({ written: writeHeapSnapshot(heapTo) });
});
