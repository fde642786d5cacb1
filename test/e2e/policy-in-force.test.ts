import { rmSync } from "node:fs";
import type { Bot } from "../../src/app";
import { StartError } from "../../src/start-error";
import { APPROVALS } from "../kit/people";
import { createPolicyFile, digestOf, FIRST, SECOND, THIRD } from "../kit/policy-file";
import { until } from "../kit/until";
import { createWorld, type World } from "../kit/world";

let file: ReturnType<typeof createPolicyFile>;
let world: World;
beforeEach(async () => {
  file = createPolicyFile();
  file.write(FIRST);
  world = await createWorld("socket", { withoutBot: true });
});
afterEach(async () => {
  await world.stop();
  file.remove();
});

const start = () => world.startBot({ POLICY_FILE: file.path });
const refusal = (env: NodeJS.ProcessEnv) =>
  world.startBot(env).then(
    () => null,
    (error: unknown) => error,
  );

/** The digests of what is in force, which is one or none. */
async function inForce(): Promise<string[]> {
  const rows = await world.database.rows<{ digest: string }>("select digest from policies where replaced_at is null");
  return rows.map(({ digest }) => digest);
}

async function loads(): Promise<string[]> {
  const rows = await world.database.rows<{ outcome: string }>(
    "select outcome from events where name = 'policy.loaded' order by id",
  );
  return rows.map(({ outcome }) => outcome);
}

async function readyz({ port }: { port: number }): Promise<{ status: number; reasons: string[]; warnings: string[] }> {
  world.clock.advance(16_000);
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  const { reasons, warnings } = (await answer.json()) as { reasons: string[]; warnings: string[] };
  return { status: answer.status, reasons, warnings };
}

/** What the approvals channel was told of policies, oldest first, once everything is sent. */
async function told(): Promise<string[]> {
  await until("all messages to be sent", async () => (await world.database.rows("select id from outbox")).length === 0);
  return world.ann
    .screen(APPROVALS)
    .map(({ text }) => text)
    .filter((text) => text.includes("olicy"));
}

/** Writes another text into the file, and asks the bot to read it. */
async function reload(bot: Bot, text: string): Promise<void> {
  file.write(text);
  await bot.reloadPolicy();
}

const logged = (event: string) =>
  world.log
    .filter((line) => line.includes(`"event":"${event}"`))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("a policy's file is in force from the first start on, and stays through restarts, told once", async () => {
  const bot = await start();
  expect(await inForce()).toEqual([digestOf(FIRST)]);
  expect(await readyz(bot)).toEqual({ status: 200, reasons: [], warnings: [] });
  await bot.stop();
  await start();
  expect(await inForce()).toEqual([digestOf(FIRST)]);
  expect(await loads()).toEqual([`start ${digestOf(FIRST)}`]);
  const [first, ...more] = await told();
  expect(more).toEqual([]);
  expect(first).toContain("A policy is in force");
  expect(first).toContain("New rule admin: Admin; every full member may ask; 1 of @key-approvers has to approve.");
});

test("a new file replaces the one in force, by a start or by the signal, and what it changes is told", async () => {
  const bot = await start();
  await reload(bot, SECOND);
  expect(await inForce()).toEqual([digestOf(SECOND)]);
  await bot.stop();
  file.write(THIRD);
  await start();
  expect(await inForce()).toEqual([digestOf(THIRD)]);
  expect(await loads()).toEqual([`start ${digestOf(FIRST)}`, `sighup ${digestOf(SECOND)}`, `start ${digestOf(THIRD)}`]);
  const [, second, third] = await told();
  expect(second).toContain(
    "Rule admin: 2 of @key-approvers have to approve (before: 1 of @key-approvers has to approve).",
  );
  expect(third).toContain("New rule whole organization:");
  expect(third).toContain("Rule admin is gone:");
});

test("the same file by the signal changes nothing, and is not told", async () => {
  const bot = await start();
  await reload(bot, FIRST);
  expect(await loads()).toHaveLength(1);
  expect(await told()).toHaveLength(1);
});

test("yesterday's file is not loaded at a start, which says so; the signal brings it back", async () => {
  await (await start()).stop();
  file.write(SECOND);
  await (await start()).stop();
  file.write(FIRST);
  const bot = await start();
  expect(await inForce()).toEqual([digestOf(SECOND)]);
  expect(logged("policy.not_loaded")).toMatchObject([{ why: "replaced", digest: digestOf(FIRST) }]);
  expect(await readyz(bot)).toMatchObject({
    status: 200,
    warnings: [expect.stringContaining("was replaced, so it is not loaded at a start")],
  });
  await bot.reloadPolicy();
  expect(await inForce()).toEqual([digestOf(FIRST)]);
  expect((await readyz(bot)).warnings).toEqual([]);
  expect(await told()).toHaveLength(3);
});

const MISTAKES = `${FIRST}maxKeysPerUsr: 3\ntests: none\n`;

test("a file with mistakes ends the first start, with each mistake where it stands", async () => {
  file.write(MISTAKES);
  const failure = await refusal({ POLICY_FILE: file.path });
  expect(failure).toBeInstanceOf(StartError);
  expect(failure).toMatchObject({ code: "policy_file", exitCode: 78 });
  const { message } = failure as StartError;
  expect(message).toContain(`${file.path}:8:1: There is no "maxKeysPerUsr": is "maxKeysPerUser" meant?`);
  expect(message).toContain(`${file.path}:9:8: "tests" is not a list of cases.`);
  expect(await inForce()).toEqual([]);
});

test("no file ends the first start", async () => {
  rmSync(file.path);
  expect(await refusal({ POLICY_FILE: file.path })).toMatchObject({
    exitCode: 78,
    message: "POLICY_FILE names a file that can't be read (ENOENT).",
  });
});

test("a folder ends the first start", async () => {
  expect(await refusal({ POLICY_FILE: "." })).toMatchObject({
    exitCode: 78,
    message: "POLICY_FILE names something that is not a file.",
  });
});

test("a bad file never replaces a good one: at a start, and by the signal", async () => {
  const bot = await start();
  await reload(bot, MISTAKES);
  expect(logged("policy.not_loaded")).toMatchObject([{ why: "bad_file", mistakes: expect.stringContaining(":8:1:") }]);
  expect(await readyz(bot)).toMatchObject({
    status: 200,
    warnings: [expect.stringContaining("2 mistakes, the first of them in line 8")],
  });
  await bot.stop();
  const again = await start();
  expect((await readyz(again)).warnings).toHaveLength(1);
  expect(await inForce()).toEqual([digestOf(FIRST)]);
  await reload(again, SECOND);
  expect(await inForce()).toEqual([digestOf(SECOND)]);
  expect((await readyz(again)).warnings).toEqual([]);
});

test("an edited file is not in force before the signal, and readiness says so", async () => {
  const bot = await start();
  file.write(SECOND);
  expect((await readyz(bot)).warnings).toEqual([expect.stringContaining("holds another policy than the one in force")]);
  expect(await inForce()).toEqual([digestOf(FIRST)]);
});

test("a user group of the policy in force that Slack doesn't know is warned of, as those of variables are", async () => {
  file.write(FIRST.replace("SAPPROVE1", "S0NOGROUP"));
  const bot = await start();
  expect((await readyz(bot)).warnings).toEqual([expect.stringContaining("user group S0NOGROUP (no_such_subteam)")]);
});

test("without its file no bot starts on a policy in force: it would seem to go by its variables", async () => {
  await (await start()).stop();
  expect(await refusal({})).toMatchObject({
    code: "policy_in_force",
    exitCode: 78,
    message: expect.stringContaining("policy from-env"),
  });
});

test("the signal asks a bot without a file for nothing", async () => {
  const bot = await world.startBot();
  await bot.reloadPolicy();
  expect(logged("policy.not_loaded")).toMatchObject([{ why: "no_policy_file" }]);
  expect(await readyz(bot)).toMatchObject({ status: 200, warnings: [] });
});

test("a policy of another version that this one can't read: nothing is given, and readiness says so", async () => {
  const bot = await start();
  await world.database.execute("update policies set digest = 'newer', text = 'regions: everywhere'");
  const { status, reasons } = await readyz(bot);
  expect(status).toBe(503);
  expect(reasons).toEqual([expect.stringContaining("can't be read by this version")]);
});

test("a bot that dies before the channel is told leaves it to the next one, which tells it once", async () => {
  world.slack.faults.arm({ call: "chat.postMessage", times: 1_000 }, { kind: "refuse", status: 500, body: {} });
  await (await start()).stop();
  expect(await world.database.rows("select id from outbox")).toHaveLength(1);
  world.slack.faults.clear();
  await start();
  // Longer than the first pause, and shorter than the lease of whoever sends it at that moment.
  world.clock.advance(10_000);
  expect(await told()).toHaveLength(1);
});
