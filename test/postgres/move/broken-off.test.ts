import { join } from "node:path";
import { Client } from "pg";
import { openMoveTarget } from "../../../src/store/postgres/move-target";
import { takeLock } from "../../../src/store/sqlite/lock";
import { describeOn, SERVER_VARIABLE } from "../../kit/database";
import { startPostgresProxy } from "../../kit/postgres/proxy";
import { until } from "../../kit/until";
import { createMoving, filledTables, isMarked, locationOf, type Moving } from "./moving";

const PATIENCE_MS = 60_000;

describeOn("postgres", "a move that broke off", () => {
  let moving: Moving;
  let client: Client;
  beforeEach(async () => {
    moving = await createMoving();
    client = new Client({ connectionString: moving.target.url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await moving.remove();
  });

  const isWaiting = async () => {
    const { rows } = await client.query("select 1 from pg_locks where not granted and locktype = 'relation'");
    return rows.length > 0;
  };

  test.each(["requests", "attempts", "outbox"])(
    "by a kill while it writes into %s left nothing, and is repeated",
    async (table) => {
      await (await openMoveTarget(locationOf(moving.target.url))).close();
      await client.query(`begin; lock table ${table} in share mode`);
      const process = moving.launch();
      await until("the move to write", isWaiting, { limitMs: PATIENCE_MS });
      const own = { host: "another", pid: 1, startedAt: 1 };
      expect(() => takeLock(moving.file, own)).toThrow(
        expect.objectContaining({ holder: expect.objectContaining({ pid: process.pid }) }),
      );
      process.kill();
      expect((await process.ended).signal).toBe("SIGKILL");
      await client.query("rollback");
      expect(await filledTables(moving)).toEqual([]);
      expect(isMarked(moving)).toBe(false);
      const { exitCode, said } = await moving.move();
      expect([exitCode, said]).toEqual([0, expect.stringContaining("Moved to")]);
      expect(isMarked(moving)).toBe(true);
    },
    PATIENCE_MS,
  );

  describe("by a kill once everything was there, before the file was marked", () => {
    beforeEach(async () => {
      const process = moving.launch(join(__dirname, "die-after-commit.cjs"));
      expect((await process.ended).signal).toBe("SIGKILL");
      expect(await filledTables(moving)).toContain("moved_from");
      expect(isMarked(moving)).toBe(false);
    }, PATIENCE_MS);

    const copied = async () => (await moving.target.rows("select * from events order by id")).length;

    test("only marks the file when it is repeated", async () => {
      const before = await copied();
      const { exitCode, said } = await moving.move();
      expect([exitCode, said]).toEqual([0, expect.stringContaining("was in")]);
      expect(said).toMatch(new RegExp(`^events +${before} rows`, "m"));
      expect([isMarked(moving), await copied()]).toEqual([true, before]);
    });

    test("does so also where a bot has worked on the other side since", async () => {
      await moving.target.execute("insert into events (at, name, actor_id, outcome) values (1, 'x', 'U', 'ok')");
      expect((await moving.move()).exitCode).toBe(0);
      expect(isMarked(moving)).toBe(true);
    });

    test.each([
      ["was changed", "update requests set version = version + 1 where id = (select min(id) from requests)"],
      ["was added to", "insert into events (at, name, actor_id, outcome) values (1, 'x', 'U', 'ok')"],
      ["lost a row", "delete from timers where subject_id = (select min(subject_id) from timers)"],
    ])("is refused where the file %s since", async (_what, change) => {
      const before = await copied();
      moving.execute(change);
      const { exitCode, complained } = await moving.move();
      expect([exitCode, complained]).toEqual([78, expect.stringContaining("has changed since. Nothing was moved")]);
      expect([isMarked(moving), await copied()]).toEqual([false, before]);
    });
  });

  test("since the file could not be marked says so, and only marks it when it is repeated", async () => {
    moving.execute(`create trigger full before insert on installation when new.kind = 'moved_to'
      begin select raise(abort, 'the disk is full'); end`);
    const { exitCode, complained } = await moving.move();
    expect([exitCode, complained]).toEqual([
      1,
      expect.stringMatching(/could not be marked.*Run the same command again/),
    ]);
    expect(await filledTables(moving)).toContain("moved_from");
    moving.execute("drop trigger full");
    expect(await moving.move()).toMatchObject({ exitCode: 0, said: expect.stringContaining("was in") });
    expect(isMarked(moving)).toBe(true);
  });

  test("since the answer to its commit was lost says how to find out, and finds out", async () => {
    const { hostname, port } = new URL(process.env[SERVER_VARIABLE] ?? "");
    const proxy = await startPostgresProxy({ host: hostname, port: Number(port) });
    try {
      const through = ["--from", `file:${moving.file}`, "--to", proxy.urlOf(moving.target.url)];
      const lost = proxy.cutAnswerOfNextCommit({ when: (all) => all.some((one) => one.includes("moved_from")) });
      const { exitCode, complained } = await moving.move(through);
      await lost;
      expect([exitCode, complained]).toEqual([1, expect.stringMatching(/broke off.*Run the same command again/)]);
      expect(isMarked(moving)).toBe(false);
      expect(await moving.move(through)).toMatchObject({ exitCode: 0, said: expect.stringContaining("was in") });
      expect(isMarked(moving)).toBe(true);
    } finally {
      await proxy.stop();
    }
  });
});
