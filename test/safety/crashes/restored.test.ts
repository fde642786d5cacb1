import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { answers, approvalsCard, askForReadOnly, card, keep, reveal, type ShownSecret } from "../../e2e/play";
import type { World } from "../../kit/world";
import { type Crash, crashForEach, pressReveal, secretOn } from "./crash";
import { CREATE, holdAt, killAt, POST, ROTATE } from "./points";
import { allClosed, keysInTigris, nothingHangs } from "./recover";

const HOUR = 3_600_000;

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});

/** Copies a database, as it is while nobody writes to it. */
function copyDatabase(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  for (const end of ["", "-wal"]) {
    rmSync(`${to}${end}`, { force: true });
    if (existsSync(`${from}${end}`)) copyFileSync(`${from}${end}`, `${to}${end}`);
  }
  rmSync(`${to}-shm`, { force: true });
}

const copyOf = ({ databaseFile }: World) => join(dirname(databaseFile), "copy", "bot.db");

function backUp(world: World): void {
  copyDatabase(world.databaseFile, copyOf(world));
}

/** An hour later the copy takes the database's place, and a bot starts on it. */
async function restore(): Promise<void> {
  const { world, bot } = crash;
  await bot.kill();
  copyDatabase(copyOf(world), world.databaseFile);
  world.clock.advance(HOUR + Math.max(Date.now() - world.clock.now(), 0));
  await world.startBot();
  await nothingHangs(world);
}

/** What was asked of Tigris that changes something. */
const changes = ({ tigris }: World) => tigris.calls.filter(({ action }) => /^(?:Create|Rotate|Delete)/.test(action));
const works = ({ accessKeyId, secret }: ShownSecret) =>
  crash.world.tigris.use(accessKeyId, secret).then(({ ok }) => ok);

const about = (keyName: string) => (message: { isEphemeral: boolean; text: string }) =>
  !message.isEphemeral && message.text.includes(keyName);

test("keys that a restored database does not know are left alone", async () => {
  const { world } = crash;
  const { dana } = world;
  await askForReadOnly(dana, "kept");
  const kept = await keep(dana, "kept");
  await askForReadOnly(dana, "open");
  await nothingHangs(world);
  backUp(world);
  const open = await keep(dana, "open");
  await askForReadOnly(dana, "newer");
  const newer = await keep(dana, "newer");
  const before = changes(world).length;

  await restore();
  for (let hours = 0; hours < 30; hours++) {
    world.clock.advance(HOUR);
    await nothingHangs(world);
  }
  expect(changes(world)).toHaveLength(before);
  for (const key of [kept, open, newer]) expect(await works(key)).toBe(true);

  await dana.press("Delete key", { in: dana.dm(), message: about("newer") });
  await dana.until("an answer", () => answers(dana).some((text) => text.includes("don't know")));
  expect(changes(world)).toHaveLength(before);
});

test("a key that was deleted after the copy was made: its card says so as soon as it is used", async () => {
  const { world } = crash;
  const { dana } = world;
  await askForReadOnly(dana, "dropped");
  const { accessKeyId } = await keep(dana, "dropped");
  await nothingHangs(world);
  backUp(world);
  world.tigris.controls.removeKey(accessKeyId);

  await restore();
  await dana.press("New secret", { in: dana.dm() });
  await dana.until("its card", () => card(dana, "dropped")?.text.includes("no longer exists in Tigris"));
  await allClosed(world);
});

describe("a copy that was made in the middle of a change", () => {
  beforeEach(() => askForReadOnly(crash.world.dana, "ci"));

  test.each([CREATE, POST])("of $call: the key may be in use, so people decide about it", async (point) => {
    const { world } = crash;
    const { dana, ann } = world;
    const held = await holdAt(crash, { ...point, when: "after" }, () => pressReveal(crash));
    backUp(world);
    held.release();
    const inUse = await secretOn(dana);
    await dana.until("its card", () => card(dana, "ci")?.text.includes(inUse.accessKeyId));

    await restore();
    await allClosed(world);
    expect(await works(inUse)).toBe(true);
    expect(keysInTigris(world)).toEqual([inUse.accessKeyId]);
    await ann.until("the alert", () => approvalsCard(world, "so I deleted nothing"));
    await dana.until("the card", () => card(dana, "ci")?.text.includes("I can't tell which key"));
    for (const { text } of dana.screen()) expect(text).not.toMatch(/(?:is|was) deleted|does not work/);
    await reveal(dana, "ci");
    expect(await works(inUse)).toBe(true);
  });

  test("of a new secret: the key goes on working, and says that nobody may hold its secret", async () => {
    const { world } = crash;
    const { dana } = world;
    await keep(dana, "ci");
    const held = await holdAt(crash, { ...ROTATE, when: "after" }, () => dana.press("New secret", { in: dana.dm() }));
    backUp(world);
    held.release();
    const inUse = await secretOn(dana);
    const before = changes(world).length;

    await restore();
    await allClosed(world);
    await dana.until("the card", () => card(dana, "ci")?.text.includes("nobody holds the new one"));
    expect(changes(world)).toHaveLength(before);
    expect(await works(inUse)).toBe(true);
  });
});

test("a bot that was down for hours asks people about the key that it was making", async () => {
  const { world } = crash;
  await askForReadOnly(world.dana, "ci");
  await killAt(crash, { ...CREATE, when: "after" }, () => pressReveal(crash));
  world.clock.advance(3 * HOUR);
  await world.startBot();
  await allClosed(world);
  const [left = ""] = world.tigris.keys().flatMap(({ name }) => (name.startsWith("ci-") ? [name] : []));
  await world.ann.until("the alert", () => approvalsCard(world, left)?.text.includes("please delete it there"));
  await world.dana.until("the card", () => card(world.dana, "ci")?.text.includes("I can't tell which key"));
});
