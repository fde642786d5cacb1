import type { Person, Taken } from "../../../sandbox/slack";
import { drawingsOf, homeText } from "../../e2e/play-home";
import { played } from "../../kit/selection";
import { createWorld, type Mode, type World } from "../../kit/world";
import { GONE } from "./actors";
import { shownTo } from "./attempt";
import { EVE, type Odd } from "./odd";
import { ODD_CLICKS } from "./odd-clicks";
import { ODD_COMMANDS, ODD_COMMANDS_IN_JSON } from "./odd-commands";
import { ODD_FORMS } from "./odd-forms";
import { ODD_GLASSES } from "./odd-glasses";
import { ODD_HOMES } from "./odd-homes";
import { ODD_MENUS } from "./odd-menus";
import { ODD_SHORTCUTS } from "./odd-shortcuts";
import { GLASS_POLICY } from "./on-call";
import { allSent, lastingRows } from "./rows";
import { STAGE_MS, type Stage, setStage } from "./stage";

/**
 * A payload is read in one way, however it came. So the usual runs send them all over a socket, where each may be any JSON, and
 * over HTTP one of each kind, with those that do not get as far as that.
 */
function oddOver(mode: Mode): Odd[] {
  const odd = [
    ...ODD_CLICKS,
    ...ODD_FORMS,
    ...ODD_MENUS,
    ...ODD_HOMES,
    ...ODD_SHORTCUTS,
    ...ODD_GLASSES,
    ...ODD_COMMANDS,
  ];
  if (mode === "socket") return [...odd, ...ODD_COMMANDS_IN_JSON];
  const isFirstOfKind = ({ kind }: Odd, index: number) => odd.findIndex((other) => other.kind === kind) === index;
  return played(odd, (one, index) => one.reads === "not taken" || isFirstOfKind(one, index));
}

describe.each<Mode>(["socket", "http"])("a payload that no client leads to, over %s", (mode) => {
  let world: World;
  let stage: Stage;
  beforeAll(async () => {
    const personRateLimit = { limit: 10_000, windowMs: 60_000 };
    world = await createWorld(mode, { people: [GONE], overrides: { personRateLimit, policy: GLASS_POLICY } });
    stage = await setStage(world);
  }, STAGE_MS);
  afterAll(async () => {
    const found = await world.secretsFound();
    await world.stop();
    expect(found).toEqual([]);
    expect(world.log.filter((line) => /"stack"|\.[tj]s:\d+|listener\.failed|transport\.failed/.test(line))).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each(oddOver(mode).map((one): [string, string, Odd] => [one.kind, one.name, one]))(
    "%s: %s",
    async (_kind, _name, { kind, make, reads, from = EVE }) => {
      const person = world.slack.person(from.id);
      await person.reload();
      const payload = await make(world, stage, from);
      const before = lastingRows(world.databaseFile);
      const calls = mutations();
      const seen = { told: person.screen().length, drawings: drawingsOf(world, person) };
      const taken = await world.slack.sendRaw(kind, payload);
      if (reads === "not taken") expect(taken.kind).toBe("failed");
      else {
        expect(taken.kind).toBe("acked");
        if (reads !== "nothing") await person.until(String(reads), () => reads.test(readBy(person, taken, seen)));
      }
      expect(lastingRows(world.databaseFile)).toEqual(before);
      expect(mutations()).toBe(calls);
    },
  );

  test("and afterwards nothing is owed to anybody, and everything still works", async () => {
    await allSent(world.databaseFile);
    await world.eve.reload();
    await world.eve.command("/tigris-key list");
    await world.eve.until("the list", () => world.eve.screen().some(({ text }) => text.includes("You have no keys")));
  });

  /** What the sender got: the acknowledgement, the answer beside it, a message in their DM, or their Home drawn anew. */
  function readBy(person: Person, taken: Taken, { told, drawings }: { told: number; drawings: number }): string {
    const acked = taken.kind === "acked" && taken.body !== undefined ? JSON.stringify(taken.body) : "";
    const inDm = person.screen().slice(told);
    const inHome = drawingsOf(world, person) > drawings ? homeText(person) : "";
    return [acked, shownTo(person), ...inDm.map(({ text }) => text), inHome].filter((text) => text !== "").join("\n");
  }

  /** How often Tigris was asked to change something. */
  function mutations(): number {
    return world.tigris.calls.filter(({ action }) => /^(?:Create|Rotate|Delete|Update)/.test(action)).length;
  }
});
