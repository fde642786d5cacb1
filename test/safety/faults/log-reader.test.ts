import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "../../../sandbox/run/ports";
import { answers } from "../../e2e/play";
import { createFifo, type Fifo } from "../../kit/fifo";
import { inTime, until } from "../../kit/until";
import { createWorld, endWorld, type World } from "../../kit/world";
import { builtBot } from "../kit/build";
import { PATIENCE_MS, PATIENT } from "../kit/process";

jest.setTimeout(PATIENCE_MS);

let fifo: Fifo;
let world: World;
let child: ChildProcess | null = null;
beforeEach(async () => {
  fifo = createFifo();
  world = await createWorld("socket", { withoutBot: true });
});
afterEach(async () => {
  child?.kill("SIGKILL");
  fifo.close();
  await endWorld(world);
});

/** Starts the bot with a standard output that takes nothing, and waits until it takes clicks. */
async function startStalled() {
  fifo.fill();
  const port = await freePort();
  child = spawn(process.execPath, [builtBot()], {
    env: { PATH: process.env.PATH ?? "", ...world.environment, HOST: "127.0.0.1", PORT: String(port) },
    stdio: ["ignore", fifo.fd, "inherit"],
  });
  const ended = once(child, "exit");
  const isHealthy = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  await until(
    "the bot to be ready",
    () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        (got) => got.ok,
        () => false,
      ),
    PATIENT,
  );
  return { ended, isHealthy };
}

test("a reader that stalls holds nothing up, and gets the lines when it reads again", async () => {
  const { ended, isHealthy } = await startStalled();
  await world.dana.command("/tigris-key list");
  await world.dana.until("an answer", () => answers(world.dana).length > 0);
  expect(await isHealthy()).toBe(true);
  let text = fifo.read();
  await until("the bot's lines", () => {
    text += fifo.read();
    return text.includes('"bot.started"');
  });
  child?.kill("SIGTERM");
  expect(await inTime("the bot to end", ended, PATIENT)).toEqual([0, null]);
  expect(text + fifo.read()).toContain('"bot.stopped"');
});

test("a reader that never reads again does not hold the end up", async () => {
  const { ended } = await startStalled();
  child?.kill("SIGTERM");
  expect(await inTime("the bot to end", ended, PATIENT)).toEqual([0, null]);
});
