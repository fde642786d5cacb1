import { copyFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { SECOND } from "../../src/domain/units";
import { describeOn } from "../kit/database";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, ask, askForReadOnly, card, reveal } from "./play";

/** What only a file can be: taken away, replaced, on the wrong file system. */
describeOn("sqlite", "the file of a database", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld("socket");
  });
  afterEach(() => endWorld(world));

  /** What `/readyz` says, once it remembers nothing. */
  async function readiness(): Promise<{ status: number; text: string }> {
    world.clock.advance(3 * SECOND);
    const answer = await fetch(`http://127.0.0.1:${world.port}/readyz`);
    return { status: answer.status, text: await answer.text() };
  }

  const created = () => world.tigris.calls.filter(({ action }) => action.startsWith("Create"));

  test.each([
    ["removed", () => {}],
    ["replaced", (away: string) => copyFileSync(away, world.databaseFile)],
  ])(
    "a database that is %s under the bot: nothing is made, everybody is told, and the same file back is enough",
    async (_how, then) => {
      const { dana, databaseFile } = world;
      const away = `${databaseFile}.away`;
      await askForReadOnly(dana, "ci");
      renameSync(databaseFile, away);
      then(away);
      const { status, text } = await readiness();
      expect([status, text]).toEqual([503, expect.stringContaining("was removed or replaced while the bot runs")]);
      await dana.press("Show my secret", { in: dana.dm() });
      await dana.until("the answer", () => answers(dana).at(-1)?.includes("I can't reach my database just now"));
      await ask(dana, "later");
      await dana.until("the answer", () => dana.modal()?.text.includes("I can't reach my database just now"));
      await dana.close();
      expect(created()).toEqual([]);

      rmSync(databaseFile, { force: true });
      renameSync(away, databaseFile);
      await until("the bot is ready", async () => (await readiness()).status === 200);
      await reveal(dana, "ci");
      expect(created()).toHaveLength(1);
      expect(card(dana, "later")).toBeUndefined();
    },
  );

  test("a file system that can't hold the log of a database: the bot does not start, and says where to keep it", async () => {
    const file = join(dirname(world.databaseFile), "other.db");
    symlinkSync("nowhere", `${file}-shm`);
    await expect(world.startBot({ DATABASE_URL: `file:${file}` })).rejects.toMatchObject({
      code: "store_unusable",
      exitCode: 78,
      message: expect.stringMatching(/\(SQLITE_CANTOPEN\)\. .* network file system .* a local disk, or use PostgreSQL/),
    });
  });
});
