import { measureOverFloor } from "./floor";
import { ask, card, list, pressReveal, reveal, switchOn } from "./play";
import { quantile } from "./quantile";
import type { Speed } from "./report";
import type { Replica, Stage } from "./stage";

/** How many people type at the same time. */
export const AT_ONCE = 8;

/**
 * How many commands each of those who list their keys types in a round. With all rounds, and the requests before, this stays
 * below what one person may do in a minute.
 */
const COMMANDS_EACH = 6;

/** The same before anything is measured: what runs for the first time is slow. */
const WARM_UP_COMMANDS_EACH = 8;

/** A lease is a minute; after twice that nobody takes over any more. */
const TAKEN_OVER_LIMIT_MS = 120_000;

const LISTED = ["key-listed-1", "key-listed-2"];

/** Gives those who list keys something to list, and lets everybody do once what is measured later. */
export async function warmUp(stage: Stage): Promise<void> {
  for (const person of stage.revealers) {
    await ask(person, "key-warm-up");
    await reveal(stage, person, "key-warm-up");
    await switchOn(stage, person, "key-warm-up");
  }
  for (const person of stage.listers)
    for (const name of LISTED) {
      await ask(person, name);
      await reveal(stage, person, name);
      await switchOn(stage, person, name);
    }
  await listAll(stage, WARM_UP_COMMANDS_EACH);
}

/** Measures one bot at work. @throws when something does not come out right */
export async function measureSpeed(stage: Stage, round: number): Promise<Record<Speed, number | null>> {
  const reveals: number[] = [];
  for (const person of stage.revealers) {
    const name = `key-revealed-${round}`;
    await ask(person, name);
    reveals.push(await reveal(stage, person, name));
  }
  const cpuBefore = firstOf(stage).cpuMs();
  const startedAt = performance.now();
  const count = await listAll(stage, COMMANDS_EACH);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuAfter = firstOf(stage).cpuMs();
  return {
    revealMedianMs: quantile(reveals, 0.5),
    revealP95Ms: quantile(reveals, 0.95),
    commandsPerSecond: count / seconds,
    cpuMsPerCommand: cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / count,
    ...(await measureOverFloor(stage, round)),
  };
}

/**
 * Kills a bot after Tigris has made a key and before the bot has heard of it. Another one takes over, where there is one;
 * else the killed one starts again at once.
 * @returns seconds until the one who asked for it reads so, and can reveal again; the key that is left opens nothing
 */
export async function measureTakeOver(stage: Stage, round: number): Promise<number> {
  const { slack, tigris, replicas, revealers } = stage;
  const [killed, other] = replicas;
  const [person] = revealers;
  if (!killed || !person) throw new Error("there is nothing to kill");
  await other?.start();
  const name = `key-taken-over-${round}`;
  await ask(person, name);
  const powered = () => tigris.keys().filter(({ bucketsRole }) => bucketsRole.length > 0).length;
  const before = powered();
  const held = tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "hold", when: "after" });
  await pressReveal(person, name);
  await held.reached;
  await killed.kill();
  const killedAt = performance.now();
  held.release();
  if (other) slack.deliverTo(other.url);
  else await killed.start();
  await person.until("how it ended", () => card(person, name)?.text.includes("⚠️"), TAKEN_OVER_LIMIT_MS);
  const seconds = (performance.now() - killedAt) / 1_000;
  if (powered() !== before) throw new Error("the key that nobody holds has power");
  await killed.start();
  slack.deliverTo(killed.url);
  return seconds;
}

/** @returns how many commands were answered */
async function listAll({ listers }: Stage, each: number): Promise<number> {
  const left = [...listers];
  const type = async (): Promise<void> => {
    for (let person = left.shift(); person; person = left.shift())
      for (let count = 0; count < each; count += 1) await list(person, LISTED);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, type));
  return listers.length * each;
}

function firstOf({ replicas }: Stage): Replica {
  const [first] = replicas;
  if (!first) throw new Error("there is no bot");
  return first;
}
