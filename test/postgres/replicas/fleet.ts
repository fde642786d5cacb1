import { until } from "../../kit/until";
import type { World } from "../../kit/world";
import { passLeasesBy } from "../../safety/crashes/recover";
import { serverTime } from "../../safety/crashes/time";
import { type BotProcess, PATIENT, startProcess } from "../../safety/kit/process";
import type { Random } from "./random";

/** Calls to Slack that go on while one replica stands still. */
const CALLS_MEANWHILE = 40;

/** How often one is started before that is a failure. */
const MOST_STARTS = 3;

/** Replicas in processes of their own on one database, and what happens to them. */
export type Fleet = {
  /** Strikes one of them, or the database. @returns what it did */
  strike(random: Random): Promise<string>;
  /** Lets all leases run out, for everybody. */
  passLeases(): Promise<void>;
  stop(): Promise<void>;
};

export async function startFleet(world: World, count: number): Promise<Fleet> {
  const replicas: BotProcess[] = [];
  for (let index = 0; index < count; index++) replicas.push(await startProcess(world));
  const time = serverTime(world);

  /** The time of every process goes on with the server's. Sessions end with it, in the middle of what they do. */
  async function passLeases(): Promise<void> {
    for (const replica of replicas) replica.signal("SIGUSR2");
    await passLeasesBy(time);
  }

  /** Until others have gone on for a while, or nobody does anything. */
  async function meanwhile(): Promise<void> {
    const before = world.slack.calls.length;
    const isOver = () => world.slack.calls.length >= before + CALLS_MEANWHILE;
    await until("others to go on", isOver, { limitMs: 4_000 }).catch(() => {});
  }

  const strikes: Record<string, (index: number, replica: BotProcess) => Promise<void>> = {
    killed: async (index, replica) => {
      await replica.kill();
      replicas.splice(index, 1);
      await passLeases();
      replicas.splice(index, 0, await startAgain(world));
    },
    frozen: async (_index, replica) => {
      replica.signal("SIGSTOP");
      await meanwhile();
      await passLeases();
      await meanwhile();
      replica.signal("SIGCONT");
    },
    paused: async (_index, replica) => {
      replica.signal("SIGSTOP");
      await meanwhile();
      replica.signal("SIGCONT");
    },
  };

  return {
    strike: async (random) => {
      const name = random.pick(Object.keys(strikes));
      const index = random.below(replicas.length);
      const replica = replicas[index];
      if (replica) await strikes[name]?.(index, replica);
      return `${name} ${index}`;
    },
    passLeases,
    stop: async () => {
      for (const replica of replicas) await replica.kill();
    },
  };
}

/** As whoever keeps processes running does: one that ends because it finds Slack or the database away is started again. */
async function startAgain(world: World): Promise<BotProcess> {
  for (let tries = 1; ; tries++) {
    const from = world.log.length;
    try {
      return await startProcess(world);
    } catch (error) {
      const why = world.log.slice(from).filter((line) => line.includes("start") || !line.startsWith("{"));
      if (tries === MOST_STARTS) throw new Error(`no replica starts: ${why.join("\n")}`, { cause: error });
    }
  }
}

/** Waits until the fleet is connected. */
export const fleetConnected = (world: World, count: number) =>
  until("all connections", () => world.slack.sockets.count() >= 2 * count, PATIENT);
