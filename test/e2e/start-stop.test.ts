import { writeFileSync } from "node:fs";
import { StartError } from "../../src/start-error";
import { describeOn } from "../kit/database";
import { LATER_APPROVALS } from "../kit/people";
import { connected, reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { createWorld, type Mode, type World } from "../kit/world";
import { approvalsCard, askForAdmin, askForReadOnly, card, reveal, secretMessages } from "./play";

let world: World;
afterEach(async () => {
  await world.stop();
});

const ready = () => fetch(`http://127.0.0.1:${world.port}/readyz`);

test.each<Mode>(["socket", "http"])("a bot that can do its work says so, over %s", async (mode) => {
  world = await createWorld(mode);
  expect((await fetch(`http://127.0.0.1:${world.port}/healthz`)).status).toBe(200);
  const answer = await ready();
  expect([answer.status, await answer.json()]).toEqual([200, { ready: true, reasons: [], warnings: [] }]);
});

test("another workspace's token: the bot exits, and says so", async () => {
  world = await createWorld("socket");
  world.slack.faults.arm(
    { call: "auth.test" },
    {
      kind: "refuse",
      status: 200,
      body: { ok: true, team_id: "TOTHER001", user_id: "UBOT", bot_id: "BBOT", url: "https://other.slack.com/" },
    },
  );
  const failure: unknown = await world.restartBot().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartError);
  expect(failure).toMatchObject({ code: "other_team", exitCode: 78, message: expect.stringContaining("TACME0001") });
});

test("a Slack that wants to be left alone for an hour: the bot exits at once, and says so", async () => {
  world = await createWorld("socket");
  const busy = { kind: "refuse", status: 429, headers: { "retry-after": "3600" }, body: {} } as const;
  world.slack.faults.arm({ call: "auth.test" }, busy);
  await expect(world.restartBot()).rejects.toMatchObject({ code: "slack_unreachable", exitCode: 1 });
});

test("another approvals channel: a card that waits is drawn there, and the old one is left alone", async () => {
  world = await createWorld("socket");
  const { ann, dana } = world;
  await askForAdmin(world, dana, "deploy");
  const old = approvalsCard(world, "deploy")?.text;
  await world.restartBot({ APPROVALS_CHANNEL: LATER_APPROVALS });
  await dana.press("Cancel request", { in: dana.dm() });
  const moved = () => ann.screen(LATER_APPROVALS).find(({ text }) => text.includes("Canceled by @dana"));
  await ann.until("the card", moved);
  expect(approvalsCard(world, "deploy")?.text).toBe(old);
});

test("another organization's key: the bot exits, and says so", async () => {
  world = await createWorld("socket");
  world.tigris.controls.setOrganization("somebody-else");
  await expect(world.restartBot()).rejects.toMatchObject({ code: "other_organization", exitCode: 78 });
});

test("a token that Slack does not take: the bot exits at once", async () => {
  world = await createWorld("socket");
  await expect(world.restartBot({ SLACK_BOT_TOKEN: "xoxb-wrong" })).rejects.toMatchObject({
    code: "slack_token",
    exitCode: 78,
  });
  await expect(world.restartBot({ SLACK_APP_TOKEN: "xapp-wrong" })).rejects.toMatchObject({ code: "slack_app_token" });
});

test("Tigris silent at the start: the bot runs, says so, and makes nothing until it knows", async () => {
  world = await createWorld("socket");
  const { dana, tigris, clock } = world;
  tigris.faults.arm(
    { call: "ListAccessKeys", times: 50 },
    { kind: "refuse", status: 403, body: { Code: "AccessDenied" } },
  );
  await world.restartBot();
  const answer = await ready();
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("which organization");
  await askForReadOnly(dana, "ci");
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the refusal", () => card(dana, "ci")?.text.includes("which organization my own key belongs to"));
  expect(tigris.calls.filter(({ action }) => action.startsWith("Create"))).toEqual([]);
  tigris.faults.clear();
  await reveal(dana, "ci");
  clock.advance(16_000);
  expect((await ready()).status).toBe(200);
});

test("a refresh of the sockets loses no command", async () => {
  world = await createWorld("socket");
  const { dana, slack } = world;
  await connected(slack, 2);
  slack.sockets.disconnectAll("refresh_requested");
  await until(
    "two more connections",
    () => world.log.filter((line) => line.includes('"transport.connected"')).length === 4,
  );
  await askForReadOnly(dana, "ci");
  expect(dana.toasts()).toEqual([]);
});

test("a bot that stops finishes what runs", async () => {
  world = await createWorld("socket");
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  const held = tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "hold", when: "after" });
  await dana.press("Show my secret", { in: dana.dm() });
  await reached(held);
  const stopped = world.restartBot();
  held.release();
  await stopped;
  await dana.until("the secret", () => secretMessages(dana).length === 1);
  await dana.until("the card", () => card(dana, "ci")?.text.includes("opens none of your buckets until you say"));
});

test("a bot that goes on after a restart knows what was before", async () => {
  world = await createWorld("socket");
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  await world.restartBot();
  await reveal(dana, "ci");
});

test("a database that can't be opened is said plainly", async () => {
  world = await createWorld("socket");
  await expect(world.startBot({ DATABASE_URL: "file:/dev/null/bot.db" })).rejects.toMatchObject({
    code: "store_unusable",
  });
});

describeOn("sqlite", "one process writes a file", () => {
  test("a lock that is no lock is said plainly, and what to do about it", async () => {
    world = await createWorld("socket");
    const file = `${world.databaseFile}.other`;
    writeFileSync(`${file}.lock`, "something else ".repeat(100));
    await expect(world.startBot({ DATABASE_URL: `file:${file}` })).rejects.toMatchObject({
      code: "lock_unusable",
      exitCode: 78,
      message: expect.stringContaining(`delete it with ${file}.lock-wal and ${file}.lock-shm`),
    });
  });

  test("a database in use: the next bot says for whom it waits, and gives up after a while", async () => {
    world = await createWorld("socket");
    const { clock, log } = world;
    let failure: unknown = null;
    void world.startBot().catch((error: unknown) => {
      failure = error;
    });
    await until("the wait", () => log.some((line) => line.includes('"start.waiting"')));
    await passUntil("the end", () => failure, { clock, stepMs: 1_000 });
    expect(failure).toMatchObject({
      code: "store_held",
      exitCode: 75,
      message: expect.stringContaining(`is held by the process ${process.pid} on `),
    });
    expect((await ready()).status).toBe(200);
  });
});
