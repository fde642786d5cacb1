import { createServer, type Server } from "node:net";
import { hostname } from "node:os";
import { answers, askForReadOnly, card } from "../../e2e/play";
import { connected, reached } from "../../kit/stand-ins";
import { emitted, until } from "../../kit/until";
import { createWorld, deliverTo, endWorld, type Mode, type World } from "../../kit/world";
import { type BotProcess, launchProcess, PATIENCE_MS, PATIENT, startProcess } from "../kit/process";

jest.setTimeout(PATIENCE_MS);

/** What a rolling restart may cost from the old bot's end, in milliseconds: a busy machine takes longer than the second that it is. */
const GAP_MS = 5_000;
/** A stop that waits for nothing, on a busy machine. */
const AT_ONCE_MS = 5_000;

let world: World;
const bots: BotProcess[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await Promise.all(bots.splice(0).map((bot) => bot.kill()));
  await endWorld(world);
});

async function started(mode: Mode = "socket"): Promise<BotProcess> {
  const bot = await startProcess(world, mode);
  bots.push(bot);
  return bot;
}

/** A bot that does not start yet. @returns the port that it listens on */
async function launched(env: NodeJS.ProcessEnv = {}): Promise<BotProcess> {
  const bot = launchProcess({ ...world, environment: { ...world.environment, ...env } });
  bots.push(bot);
  const { port } = JSON.parse(await bot.line('"start.listening"')) as { port: number };
  return { ...bot, port };
}

const readyz = async ({ port }: { port: number }) => {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: answer.status, ...((await answer.json()) as { reasons: string[] }) };
};

/** Ends a bot as an operator does. @returns how long that took, in milliseconds */
async function terminate(bot: BotProcess): Promise<number> {
  const began = performance.now();
  bot.signal("SIGTERM");
  expect(await bot.ends()).toBe(0);
  return performance.now() - began;
}

test.each<Mode>(["socket", "http"])(
  "the next bot waits for the one before it, then takes over, over %s",
  async (mode) => {
    world = await createWorld(mode, { withoutBot: true });
    const old = await started(mode);
    await askForReadOnly(world.dana, "ci");
    const next = await launched();
    const says = `Waiting for the process ${old.pid} on ${hostname()}, which holds the database ${world.databaseFile}.`;
    await until("the reason", async () => (await readyz(next)).reasons[0] === says, PATIENT);
    expect((await readyz(next)).status).toBe(503);
    expect((await fetch(`http://127.0.0.1:${next.port}/healthz`)).status).toBe(200);
    expect((await readyz(old)).status).toBe(200);
    const early = await fetch(`http://127.0.0.1:${next.port}/slack/events`, { method: "POST", body: "payload=%7B%7D" });
    expect(early.status).toBe(mode === "http" ? 503 : 404);
    if (mode === "socket") expect(world.slack.sockets.count()).toBe(2);

    const up = next.line('"bot.started"');
    await terminate(old);
    const endedAt = performance.now();
    await up;
    expect(performance.now() - endedAt).toBeLessThan(GAP_MS);
    if (mode === "http") deliverTo(world, next.port);
    else await connected(world.slack, 2, PATIENT);
    await until("the next one to be ready", async () => (await readyz(next)).status === 200, PATIENT);
    await world.dana.press("Show my secret", { in: world.dana.dm() });
    await world.dana.until("the key's card", () => card(world.dana, "ci")?.text.includes("🔑 Off · "));
    expect(answers(world.dana)).toEqual([]);
  },
);

test("a bot that is killed leaves the database to the next one", async () => {
  world = await createWorld("socket", { withoutBot: true });
  const old = await started();
  const next = await launched();
  const up = next.line('"bot.started"');
  await old.kill();
  await up;
});

test("the next bot waits for the port of the one before it", async () => {
  world = await createWorld("socket", { withoutBot: true });
  const old = await started();
  const next = launchProcess({ ...world, environment: { ...world.environment, PORT: String(old.port) } });
  bots.push(next);
  await next.line('"port_in_use"');
  const up = next.line('"bot.started"');
  await terminate(old);
  expect(JSON.parse(await up)).toMatchObject({ port: old.port });
});

test("a bot that waits in vain ends, and says for whom it waited", async () => {
  world = await createWorld("socket", { withoutBot: true });
  const old = await started();
  const next = await launched();
  const port = await otherProgram();
  const third = launchProcess({ ...world, environment: { ...world.environment, PORT: String(port) } });
  bots.push(third);
  expect(await next.ends()).toBe(75);
  expect(world.log).toContainEqual(
    expect.stringContaining(`${world.databaseFile} is held by the process ${old.pid} on ${hostname()} since `),
  );
  expect(await third.ends()).toBe(75);
  expect(world.log).toContainEqual(expect.stringContaining(`Port ${port} can't be used: another program uses it.`));
  expect(world.log.filter((line) => line.includes("MaxListeners"))).toEqual([]);
  expect((await readyz(old)).status).toBe(200);
});

/** @returns the port that another program uses */
async function otherProgram(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  servers.push(server);
  await emitted(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("there is no port");
  return address.port;
}

describe("told to stop before it has started, a bot ends at once", () => {
  test("while it waits for the database", async () => {
    world = await createWorld("socket", { withoutBot: true });
    await started();
    const next = await launched();
    await until("the wait", async () => (await readyz(next)).reasons[0]?.startsWith("Waiting for "), PATIENT);
    expect(await terminate(next)).toBeLessThan(AT_ONCE_MS);
  });

  test.each([["auth.test"], ["apps.connections.open"]])("while Slack does not answer to %s", async (call) => {
    world = await createWorld("socket", { withoutBot: true });
    const held = world.slack.faults.arm({ call, times: 10 }, { kind: "hold", when: "before" });
    const bot = await launched();
    await reached(held, PATIENT);
    expect(await readyz(bot)).toMatchObject({ status: 503 });
    expect(await terminate(bot)).toBeLessThan(AT_ONCE_MS);
    expect(world.log.at(-1)).toContain("bot.stopped");
  });

  test("while Tigris does not answer", async () => {
    world = await createWorld("socket", { withoutBot: true });
    const held = world.tigris.faults.arm({ call: "ListAccessKeys", times: 10 }, { kind: "hold", when: "before" });
    const bot = await launched();
    await reached(held, PATIENT);
    expect(await terminate(bot)).toBeLessThan(AT_ONCE_MS);
    world.tigris.faults.clear();
    // Nothing of it is left in the way of the next one.
    await started();
  });
});
