import { answers, askForReadOnly, card, keep, reveal, switchOn } from "../../e2e/play";
import { passUntil } from "../../kit/until";
import { deliverTo, type World, worldForEach } from "../../kit/world";
import { opens } from "./interrupted";
import { CREATE } from "./points";
import { keysInTigris, poweredInTigris } from "./recover";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/*
 * Two bots of two databases in one organization, with one key of their own between them: Tigris names the same creator for what
 * both of them make, and keys that people call the same.
 */

let world: World;
worldForEach({ mode: "http" }, (one) => {
  world = one;
});

/** Ports of the two. */
let here: number;
let there: number;
beforeEach(async () => {
  here = world.port;
  there = (await world.startBot({ DATABASE_URL: await world.otherDatabase() })).port;
});

/** What happens in Slack goes to one of them from here on. */
const at = (port: number) => deliverTo(world, port);

/** Loses the answer to making a key of that name, and leaves its request as it is. */
async function loseKey(keyName: string): Promise<string> {
  const before = keysInTigris(world);
  const failed = () => world.dana.screen().filter(({ text }) => text.includes("⚠️ Tigris gave no clear answer")).length;
  const failedBefore = failed();
  await askForReadOnly(world.dana, keyName);
  world.tigris.faults.arm({ call: CREATE.call }, { kind: "lose", when: "after" });
  await world.dana.press("Show my secret", { in: world.dana.dm(), message: ({ text }) => text.includes(keyName) });
  await world.dana.until("the card", () => failed() > failedBefore);
  const [lost = ""] = keysInTigris(world).filter((id) => !before.includes(id));
  return lost;
}

const passHours = async (hours: number) => {
  const until = world.clock.now() + hours * HOUR;
  await passUntil("the time to pass", () => world.clock.now() >= until, {
    clock: world.clock,
    stepMs: HOUR,
    limitMs: 40_000,
  });
};

test("each finds and deletes what itself has lost, and leaves all keys of the other alone", async () => {
  at(here);
  await askForReadOnly(world.dana, "ci");
  const on = await keep(world.dana, "ci");
  const lostHere = await loseKey("lost");
  at(there);
  const lostThere = await loseKey("lost");
  await askForReadOnly(world.dana, "ci");
  await reveal(world.dana, "ci");
  await switchOn(world.dana, "ci");
  expect(new Set([on.accessKeyId, lostHere, lostThere]).size).toBe(3);
  const isSwept = () => !keysInTigris(world).some((id) => id === lostHere || id === lostThere);
  await passUntil("both to be found", isSwept, { clock: world.clock, stepMs: 10_000, limitMs: 20_000 });
  await passHours(30);
  expect(keysInTigris(world)).toHaveLength(2);
  expect(poweredInTigris(world)).toHaveLength(2);
  expect(await opens(world, on)).not.toEqual([]);
  const deletions = world.tigris.calls.filter(({ action }) => action === "DeleteAccessKey");
  expect(new Set(deletions.map(({ params }) => params.AccessKeyId))).toEqual(new Set([lostHere, lostThere]));
});

test("what is off at one goes when its time is over, and what is off or on at the other stays", async () => {
  at(here);
  await askForReadOnly(world.dana, "off");
  const off = await reveal(world.dana, "off");
  world.clock.advance(12 * HOUR);
  at(there);
  await askForReadOnly(world.dana, "ci");
  const on = await keep(world.dana, "ci");
  await askForReadOnly(world.dana, "later");
  const later = await reveal(world.dana, "later");
  await passHours(13);
  const isGone = () => !keysInTigris(world).includes(off.accessKeyId);
  await passUntil("it to go", isGone, { clock: world.clock, stepMs: 10_000 });
  expect(keysInTigris(world)).toEqual([on.accessKeyId, later.accessKeyId].sort());
  expect(await opens(world, on)).not.toEqual([]);
  await switchOn(world.dana, "later");
  expect(await opens(world, later)).not.toEqual([]);
});

test("a button of one's card does nothing at the other", async () => {
  at(here);
  await askForReadOnly(world.dana, "ci");
  const shown = await keep(world.dana, "ci");
  const before = world.tigris.calls.filter(
    ({ action }) => action.startsWith("Update") || action.startsWith("Delete"),
  ).length;
  at(there);
  for (const label of ["Pause", "Delete key", "New secret"]) {
    const told = answers(world.dana).length;
    await world.dana.press(label, { in: world.dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
    await world.dana.until("the answer", () => answers(world.dana).length > told);
    expect(answers(world.dana).at(-1)).toContain("I don't know this key");
  }
  expect(card(world.dana, "ci")?.text).toContain("🔑 On · ");
  const after = world.tigris.calls.filter(
    ({ action }) => action.startsWith("Update") || action.startsWith("Delete"),
  ).length;
  expect(after).toBe(before);
  expect(await opens(world, shown)).not.toEqual([]);
});
