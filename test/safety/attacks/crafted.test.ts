import type { Person, Taken } from "../../../sandbox/slack";
import { createWorld, type Mode, type World } from "../../kit/world";
import { shownTo } from "./attempt";
import { EVE, type Odd } from "./odd";
import { ODD_CLICKS } from "./odd-clicks";
import { ODD_COMMANDS, ODD_COMMANDS_IN_JSON } from "./odd-commands";
import { ODD_FORMS } from "./odd-forms";
import { allSent, lastingRows } from "./rows";
import { type Stage, setStage } from "./stage";

describe.each<Mode>(["socket", "http"])("a payload that no client leads to, over %s", (mode) => {
  let world: World;
  let stage: Stage;
  beforeAll(async () => {
    world = await createWorld(mode, { overrides: { personRateLimit: { limit: 10_000, windowMs: 60_000 } } });
    stage = await setStage(world);
  });
  afterAll(async () => {
    const found = world.secretsFound();
    await world.stop();
    expect(found).toEqual([]);
    expect(world.log.filter((line) => /"stack"|\.[tj]s:\d+|listener\.failed|transport\.failed/.test(line))).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  const odd = [...ODD_CLICKS, ...ODD_FORMS, ...ODD_COMMANDS, ...(mode === "socket" ? ODD_COMMANDS_IN_JSON : [])];
  test.each(odd.map((one): [string, string, Odd] => [one.kind, one.name, one]))(
    "%s: %s",
    async (_kind, _name, { kind, make, reads, from = EVE }) => {
      const person = world.slack.person(from.id);
      await person.reload();
      const payload = await make(world, stage, from);
      const before = lastingRows(world.databaseFile);
      const calls = mutations();
      const told = person.screen().length;
      const taken = await world.slack.sendRaw(kind, payload);
      if (reads === "not taken") expect(taken.kind).toBe("failed");
      else {
        expect(taken.kind).toBe("acked");
        if (reads !== "nothing") await person.until(String(reads), () => reads.test(readBy(person, taken, told)));
      }
      expect(lastingRows(world.databaseFile)).toEqual(before);
      expect(mutations()).toBe(calls);
    },
  );

  test("and afterwards nothing is owed to anybody, and everything still works", async () => {
    await allSent(world.databaseFile);
    await world.eve.reload();
    await world.eve.command("/tigris-key list");
    await world.eve.until("the list", () => world.eve.screen().some(({ text }) => text.includes("Your live keys")));
  });

  /** How often Tigris was asked to change something. */
  function mutations(): number {
    return world.tigris.calls.filter(({ action }) => /^(?:Create|Rotate|Delete|Update)/.test(action)).length;
  }
});

/** What the sender got: the acknowledgement, the answer beside it, or a message in their DM. */
function readBy(person: Person, taken: Taken, told: number): string {
  const acked = taken.kind === "acked" && taken.body !== undefined ? JSON.stringify(taken.body) : "";
  const inDm = person.screen().slice(told);
  return [acked, shownTo(person), ...inDm.map(({ text }) => text)].filter((text) => text !== "").join("\n");
}
