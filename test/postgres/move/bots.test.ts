import { openStoreOrFail } from "../../../src/open-store";
import { openMoveTarget } from "../../../src/store/postgres/move-target";
import { TOLD } from "../../compat/expected";
import { createLaterWorld, postsOf } from "../../compat/fixture";
import { askForReadOnly, keep } from "../../e2e/play";
import { describeOn } from "../../kit/database";
import { ENDED_AT, writeOlderFile } from "../../kit/older-versions";
import { APPROVALS } from "../../kit/people";
import { endWorld } from "../../kit/world";
import { createMoving, filledTables, locationOf, type Moving } from "./moving";

const clock = { now: Date.now, monotonicMs: () => performance.now() };

describeOn("postgres", "bots and a move", () => {
  let moving: Moving;
  beforeEach(async () => {
    moving = await createMoving();
  });
  afterEach(() => moving.remove());

  test("no bot starts on the target meanwhile, and a sentence says why", async () => {
    const target = await openMoveTarget(locationOf(moving.target.url));
    await target.receive(async () => {
      await expect(openStoreOrFail(locationOf(moving.target.url), clock, {})).rejects.toMatchObject({
        code: "store_locked",
        exitCode: 75,
        message: expect.stringContaining("being moved"),
      });
    });
    await target.close();
    const store = await openStoreOrFail(locationOf(moving.target.url), clock, {});
    await store.close();
  });

  test("a bot that was about to take the empty target finds the store that came into it", async () => {
    const store = await openStoreOrFail(locationOf(moving.target.url), clock, {});
    const target = await openMoveTarget(locationOf(moving.target.url));
    try {
      const { claim } = await target.receive(async (writing) => {
        expect(await writing.content()).toEqual({ kind: "nothing" });
        const claiming = store.claim({ kind: "slack_team", value: "TOTHER001" });
        await writing.setSource("a-store a-digest");
        await writing.insert(
          {
            name: "installation",
            keyLength: 1,
            isNumbered: false,
            columns: [
              { name: "kind", kind: "text" },
              { name: "value", kind: "text" },
              { name: "remembered_at", kind: "number" },
            ],
          },
          [["slack_team", "TMOVED001", "1"].map((value) => Buffer.from(value))],
        );
        return { claim: claiming };
      });
      expect(await claim).toBe("TMOVED001");
    } finally {
      await Promise.all([store.close(), target.close()]);
    }
  });

  test("a target that a bot has taken is refused", async () => {
    const store = await openStoreOrFail(locationOf(moving.target.url), clock, {});
    await store.claim({ kind: "slack_team", value: "TOTHER001" });
    await store.close();
    expect(await moving.move()).toMatchObject({ exitCode: 78, complained: expect.stringContaining("is not empty") });
    expect(await filledTables(moving)).toEqual(["slack_team"]);
  });
});

describeOn("postgres", "a bot on a store that was moved", () => {
  test("goes on where the one on SQLite ended, and makes keys", async () => {
    const moving = await createMoving();
    const world = await createLaterWorld("0.1.0", 10 * 60_000, async () => {
      const file = `${moving.file}-0.1.0`;
      writeOlderFile("0.1.0", file);
      const { exitCode } = await moving.move(["--from", `file:${file}`, "--to", moving.target.url]);
      expect(exitCode).toBe(0);
      return { url: moving.target.url };
    });
    try {
      for (const [reader, channel, text] of TOLD) {
        const person = world[reader];
        const shown = () =>
          person.screen(channel === "DM" ? undefined : APPROVALS).some((one) => one.text.includes(text));
        await person.until(text, () => shown() || postsOf(world, text) > 0);
      }
      await askForReadOnly(world.dana, "after-the-move");
      const { accessKeyId, secret } = await keep(world.dana, "after-the-move");
      expect((await world.tigris.use(accessKeyId, secret)).may).toContain("read logs");
      const [made] = await moving.target.rows<{ made_at: number }>(
        "select made_at from keys where key_name = 'after-the-move'",
      );
      expect(made?.made_at).toBeGreaterThan(ENDED_AT["0.1.0"]);
    } finally {
      await endWorld(world);
      await moving.remove();
    }
  }, 60_000);
});
