import { createPolicyFile, digestOf, FIRST, SECOND, THIRD } from "../kit/policy-file";
import { until } from "../kit/until";
import { createWorld, type World } from "../kit/world";
import { type BotProcess, launchProcess, PATIENCE_MS, PATIENT, startProcess } from "../safety/kit/process";

type File = ReturnType<typeof createPolicyFile>;

let world: World;
let files: File[];
let bots: BotProcess[];
beforeEach(async () => {
  world = await createWorld("socket", { withoutBot: true });
  [files, bots] = [[], []];
});
afterEach(async () => {
  for (const bot of bots) await bot.kill();
  for (const file of files) file.remove();
  await world.stop();
}, PATIENCE_MS);

function fileOf(text: string): File {
  const file = createPolicyFile();
  files.push(file);
  file.write(text);
  return file;
}

/** Starts a replica with a file of its own. */
async function start({ path }: File): Promise<BotProcess> {
  const bot = await startProcess(world, "socket", { env: { POLICY_FILE: path } });
  bots.push(bot);
  return bot;
}

async function inForce(): Promise<string[]> {
  const rows = await world.database.rows<{ digest: string }>("select digest from policies where replaced_at is null");
  return rows.map(({ digest }) => digest);
}

/** Waits until that text is in force, and the only one. */
const comesInForce = (text: string) =>
  until("the policy in force", async () => (await inForce()).join() === digestOf(text), PATIENT);

async function loads(): Promise<number> {
  return (await world.database.rows("select id from events where name = 'policy.loaded'")).length;
}

async function warnings({ port }: BotProcess): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return ((await answer.json()) as { warnings: string[] }).warnings.filter((warning) =>
    warning.includes("POLICY_FILE"),
  );
}

/** How often the approvals channel was told of a policy, once nothing is owed. */
async function told(): Promise<number> {
  await until("all to be sent", async () => (await world.database.rows("select id from outbox")).length === 0, PATIENT);
  return world.slack.calls.filter(
    ({ method, params }) => method === "chat.postMessage" && String(params.text).includes("olicy"),
  ).length;
}

test(
  "two replicas with two new files at once: one policy is in force, whatever is loaded is told once, and none goes back and forth",
  async () => {
    const [one, other] = [fileOf(SECOND), fileOf(THIRD)];
    await Promise.all([start(one), start(other)]);
    const [digest, ...more] = await inForce();
    expect(more).toEqual([]);
    expect([digestOf(SECOND), digestOf(THIRD)]).toContain(digest);
    const loaded = await loads();
    expect(await told()).toBe(loaded);
    // Both judge by one of them, and whoever holds the other file says so.
    const said = async () => (await Promise.all(bots.map(warnings))).map(({ length }) => length).sort();
    const isSaid = async () => (await said()).join() === "0,1";
    await until("whoever holds the other file to say so", isSaid, { ...PATIENT, seen: said });

    // The file that lost may come in once, where it never was in force; from then on starts change nothing.
    for (const bot of bots) await bot.kill();
    for (const file of [one, other]) await start(file);
    const settled = await inForce();
    for (const bot of bots) await bot.kill();
    const before = await loads();
    expect(before).toBeLessThanOrEqual(2);
    for (const file of [one, other, one]) await (await start(file)).kill();
    expect(await inForce()).toEqual(settled);
    expect(await loads()).toBe(before);
  },
  4 * PATIENCE_MS,
);

test(
  "by SIGHUP to one replica the policy changes for all of them, and nothing ends: not by a bad file, and not without one",
  async () => {
    const file = fileOf(FIRST);
    const [one, other] = [await start(file), await start(fileOf(FIRST))];
    file.write("rules: everybody\n");
    const refused = one.line('"policy.not_loaded"');
    one.signal("SIGHUP");
    expect(JSON.parse(await refused)).toMatchObject({ why: "bad_file", mistakes: expect.stringContaining(":1:8:") });
    expect(await inForce()).toEqual([digestOf(FIRST)]);
    file.write(SECOND);
    one.signal("SIGHUP");
    await comesInForce(SECOND);
    // The replica with the old file is the one that says so.
    await until("the other one to know", async () => (await warnings(other)).length === 1, PATIENT);
    // Its own file comes back by the signal alone.
    other.signal("SIGHUP");
    await comesInForce(FIRST);
    expect([one.isRunning(), other.isRunning()]).toEqual([true, true]);
    expect(await told()).toBe(3);
  },
  2 * PATIENCE_MS,
);

test(
  "a replica that is killed before the channel is told leaves that to the next one",
  async () => {
    const held = world.slack.faults.arm({ call: "chat.postMessage" }, { kind: "hold", when: "before" });
    const file = fileOf(FIRST);
    const bot = await start(file);
    await held.reached;
    await bot.kill();
    held.release();
    const rows = await world.database.rows<{ message_json: string }>("select message_json from outbox");
    expect(rows.map(({ message_json }) => JSON.parse(message_json))).toMatchObject([{ kind: "policy_changed" }]);
    await world.database.execute("update outbox set lease_until = 0, next_at = 0");
    await start(file);
    await until("the message", async () => (await told()) > 0, PATIENT);
    expect(await loads()).toBe(1);
  },
  2 * PATIENCE_MS,
);

test(
  "no replica starts without a file beside one that has it",
  async () => {
    await start(fileOf(FIRST));
    const bot = launchProcess(world);
    bots.push(bot);
    expect(await bot.ends()).toBe(78);
    expect(world.log.some((line) => line.includes("POLICY_FILE is not set"))).toBe(true);
  },
  PATIENCE_MS,
);
