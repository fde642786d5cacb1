import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AT_ONCE, measureSpeed, measureTakeOver, warmUp } from "./measure";
import { type Measured, rowsOf, type Speed, tableOf } from "./report";
import { type Stage, setStage } from "./stage";
import { type Variant, variantsOf } from "./variants";

/** Each variant is measured so often, in turn: an even number of times, so that it can be held against itself too. */
const ROUNDS = 6;

/** How often a bot is killed: each time takes a minute. */
const KILLS = 2;

const USAGE = `npm run bench [-- --json] [-- --postgres postgres://user@host:port/database]

  --json      prints the figures as JSON; what goes on is told on standard error
  --postgres  an empty database, to be measured beside SQLite; where left out, a server is started for the run if Debian's
              package postgresql is there, or PG_BIN names the folder of its binaries
`;

const LEGEND = `
Means of ${ROUNDS} rounds, the variants in turn; of ${KILLS} kills. Noise holds a variant against itself: every other round against
those between them, the larger ÷ the smaller. A ratio within the noise says nothing. Reveals come one after the other,
commands (/tigris-key list) from ${AT_ONCE} people at a time. The floor is one users.info (60 ms) and one call of IAM (80 ms), sent to
the same stand-ins in between; held against it are the way from a click to the call with the secret, and from I've saved it
to Tigris's yes to the roles. A bot is killed while it makes a key, and its lease of 60 s has to run out first. With
PostgreSQL another bot runs that takes over; with SQLite the killed one starts again at once.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: "boolean" }, postgres: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const root = join(__dirname, "..", "..");
  const folder = dataFolder(root);
  const { variants, stop } = await variantsOf(folder, values.postgres);
  try {
    const rows = rowsOf(await measure(root, variants));
    const machine = { node: process.version, platform: process.platform, cpus: cpus().length };
    if (values.json) process.stdout.write(`${JSON.stringify({ machine, rows }, null, 2)}\n`);
    else process.stdout.write(`\n${tableOf(rows)}${LEGEND}`);
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder within the project: what is temporary is often kept in memory, where writing costs nothing. */
function dataFolder(root: string): string {
  mkdirSync(join(root, "build"), { recursive: true });
  return mkdtempSync(join(root, "build", "bench-data-"));
}

async function measure(root: string, variants: readonly Variant[]): Promise<Measured[]> {
  const stages: Stage[] = [];
  try {
    for (const variant of variants) stages.push(await setStage(root, variant));
    for (const stage of stages) {
      say(`${stage.variant.name}: warming up`);
      await warmUp(stage);
    }
    return await measureAll(stages);
  } finally {
    await Promise.all(stages.map((stage) => stage.stop()));
  }
}

async function measureAll(stages: readonly Stage[]): Promise<Measured[]> {
  const measured = stages.map((stage) => ({ stage, name: stage.variant.name, rounds: noRounds() }));
  for (let round = 1; round <= ROUNDS; round += 1)
    for (const { stage, name, rounds } of measured) {
      say(`${name}: reveals, clicks and commands, round ${round} of ${ROUNDS}`);
      const speed = await measureSpeed(stage, round);
      for (const figure of Object.keys(speed) as Speed[]) rounds[figure].push(speed[figure]);
    }
  for (let kill = 1; kill <= KILLS; kill += 1) {
    say(`All: a bot is killed, ${kill} of ${KILLS}; this takes a minute`);
    // Nearly all of it is waiting, so they do not disturb each other.
    await Promise.all(
      measured.map(async ({ stage, rounds }) => rounds.takeOverS.push(await measureTakeOver(stage, kill))),
    );
  }
  return measured.map(({ name, rounds }) => ({ name, rounds }));
}

function noRounds(): Measured["rounds"] {
  return {
    revealMedianMs: [],
    revealP95Ms: [],
    revealOverFloor: [],
    switchOnOverFloor: [],
    commandsPerSecond: [],
    cpuMsPerCommand: [],
    takeOverS: [],
  };
}

function say(text: string): void {
  process.stderr.write(`${text} …\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`\nThe benchmark failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
