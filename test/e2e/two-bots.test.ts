import { connected } from "../kit/stand-ins";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";

let world: World;
beforeEach(async () => {
  world = await createWorld("socket", { withoutBot: true });
});
afterEach(() => endWorld(world));

async function readyz({ port }: { port: number }) {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  const { warnings } = (await answer.json()) as { warnings: string[] };
  return { status: answer.status, warnings };
}

const MEANING = /^Another bot is connected with this app's token: Slack counts \d connections, and 2 are this bot's/;
const logged = (event: string) => world.log.filter((line) => line.includes(`"${event}"`));

test("two bots with one token and two databases: the second warns at its start, the first with Slack's next hello", async () => {
  const first = await world.startBot();
  await connected(world.slack, 2);
  expect(await readyz(first)).toEqual({ status: 200, warnings: [] });
  expect(logged("readiness.warning")).toEqual([]);
  const second = await world.startBot({ DATABASE_URL: await world.otherDatabase() });
  expect(await readyz(second)).toEqual({ status: 200, warnings: [expect.stringMatching(MEANING)] });
  expect(logged("transport.other_connections").length).toBeGreaterThan(0);
  expect(logged("readiness.warning")[0]).toContain('"check":"other_bots"');
  expect(await readyz(first)).toEqual({ status: 200, warnings: [] });
  await connected(world.slack, 4);
  world.slack.sockets.disconnectOldest(1, "refresh_requested");
  await until("the first one's warning", async () => (await readyz(first)).warnings.length === 1);
});

test("one of two bots ends: the other's warning goes when Slack counts right again", async () => {
  const old = await world.startBot();
  await connected(world.slack, 2);
  const next = await world.startBot({ DATABASE_URL: await world.otherDatabase() });
  expect((await readyz(next)).warnings).toHaveLength(1);
  await connected(world.slack, 4);
  await old.stop();
  await connected(world.slack, 2);
  expect((await readyz(next)).warnings).toHaveLength(1);
  await until("the warning to go", async () => {
    const before = logged("transport.connected").length;
    world.slack.sockets.disconnectOldest(1, "refresh_requested");
    await until("the next hello", () => logged("transport.connected").length > before);
    return (await readyz(next)).warnings.length === 0;
  });
});
