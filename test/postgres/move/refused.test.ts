import { openMoveTarget } from "../../../src/store/postgres/move-target";
import { takeLock } from "../../../src/store/sqlite/lock";
import { describeOn } from "../../kit/database";
import { createMoving, filledTables, isMarked, locationOf, type Moving } from "./moving";

describeOn("postgres", "a store is not moved, and nothing of it is on the other side", () => {
  let moving: Moving;
  beforeEach(async () => {
    moving = await createMoving();
  });
  afterEach(() => moving.remove());

  /** Makes the tables, as the move itself does first. */
  const makeTables = async () => (await openMoveTarget(locationOf(moving.target.url))).close();

  async function expectNothingMoved(): Promise<void> {
    expect(await filledTables(moving)).toEqual([]);
    expect(isMarked(moving)).toBe(false);
  }

  test("while a bot holds the file", async () => {
    await makeTables();
    const lock = takeLock(moving.file, { host: "the-host", pid: 4711, startedAt: Date.now() });
    try {
      const { exitCode, complained } = await moving.move();
      expect([exitCode, complained]).toEqual([75, expect.stringMatching(/process 4711 on the-host since 20/)]);
    } finally {
      lock.release();
    }
    await expectNothingMoved();
  });

  test.each([
    ["events", "insert into events (at, name, actor_id, outcome) values (1, 'x', 'U', 'ok')"],
    ["used_names", "insert into used_names values ('one', 'REF')"],
    ["policies", "insert into policies values ('one', 'rules: []', 'start', 'host/1', 1, null)"],
    ["timers", "insert into timers values ('one', 'lapse', 1, null, 0)"],
    ["keys", "insert into keys values ('k', 'r', 'R', 'U', 'n', 't', 'Admin', null, 'Fly', 1, 'd', 'live', '{}', 1)"],
    ["installation", "insert into installation values ('slack_team', 'T1', 1)"],
    ["installation", "insert into installation values ('moved_from', 'another-store a-digest', 1)"],
  ])("into a database that has something in %s", async (table, insert) => {
    await makeTables();
    await moving.target.execute(insert);
    const before = await filledTables(moving);
    const { exitCode, complained } = await moving.move();
    expect([exitCode, complained]).toEqual([78, expect.stringContaining(`in its table ${table}. Nothing was moved`)]);
    expect(await filledTables(moving)).toEqual(before);
    expect(isMarked(moving)).toBe(false);
  });

  test.each([
    ["changed", "006"],
    ["only added to", "005-deletions-wait-for-nothing"],
  ])("where a newer version has %s the tables", async (_how, oldestUsable) => {
    await makeTables();
    moving.execute(`insert into kysely_migration values ('006', '2027');
      update installation set value = '${oldestUsable}' where kind = 'oldest_usable';
      update installation set value = '9.8.7' where kind = 'written_by'`);
    const { exitCode, complained } = await moving.move();
    expect([exitCode, complained]).toEqual([65, expect.stringContaining("written by version 9.8.7")]);
    await expectNothingMoved();
  });

  test("into the tables of a newer version", async () => {
    await makeTables();
    await moving.target.execute("insert into kysely_migration values ('999', '2027')");
    expect((await moving.move()).exitCode).toBe(65);
    await expectNothingMoved();
  });

  test("where the other side is not what it was given", async () => {
    await makeTables();
    await moving.target.execute(`
      create function alter_one() returns trigger language plpgsql as
        $$ begin if new.id = 7 then new.outcome = new.outcome || ' '; end if; return new; end $$;
      create trigger alter_one before insert on events for each row execute function alter_one();`);
    const { exitCode, complained } = await moving.move();
    expect([exitCode, complained]).toEqual([65, expect.stringContaining("in the table events is not what")]);
    await expectNothingMoved();
  });

  test("where the other side swallows a row", async () => {
    await makeTables();
    await moving.target.execute(`
      create function skip_one() returns trigger language plpgsql as
        $$ begin if new.kind = 'lapse' then return null; end if; return new; end $$;
      create trigger skip_one before insert on timers for each row execute function skip_one();`);
    expect(await moving.move()).toMatchObject({
      exitCode: 65,
      complained: expect.stringContaining("the table timers"),
    });
    await expectNothingMoved();
  });

  test.each([
    [
      "holds what PostgreSQL takes in no text",
      "update outbox set last_code = 'a' || char(0) || 'b' where id = (select max(id) from outbox)",
      /table outbox.*\(22021\)/,
    ],
    [
      "is not in UTF-8",
      "update outbox set last_code = cast(x'ff' as text) where id = (select max(id) from outbox)",
      /table outbox is not what/,
    ],
    [
      "is too large a number",
      "update requests set version = 5000000000 where id = (select max(id) from requests)",
      /table requests.*\(22003\)/,
    ],
    [
      "belongs to nothing",
      "update attempts set request_id = 'nobody' where id = (select max(id) from attempts)",
      /table attempts.*\(23503\)/,
    ],
  ])("where a row %s", async (_what, damage, sentence) => {
    moving.execute(damage);
    const { exitCode, complained } = await moving.move();
    expect([exitCode, complained]).toEqual([65, expect.stringMatching(sentence)]);
    await expectNothingMoved();
  });

  test("once it is to stop", async () => {
    const { exitCode, complained } = await moving.move(undefined, { stopping: AbortSignal.abort() });
    expect([exitCode, complained]).toEqual([1, expect.stringContaining("stopped. Nothing was moved")]);
    await expectNothingMoved();
  });

  test("where the database lets nobody in, and the password is not said", async () => {
    const url = new URL(moving.target.url);
    url.password = "wrong-password";
    const ended = await moving.move(["--from", `file:${moving.file}`, "--to", url.href]);
    expect(ended).toMatchObject({ exitCode: 78, complained: expect.stringContaining("(28P01)") });
    expect(JSON.stringify(ended)).not.toContain("wrong-password");
  });
});
