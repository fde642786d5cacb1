import { writeFileSync } from "node:fs";
import { openStoreOrFail } from "../../../src/open-store";
import { MOVED_TABLES } from "../../../src/store/moved-tables";
import { describeOn } from "../../kit/database";
import { writeOlderFile } from "../../kit/older-versions";
import { createMoving, isMarked, type Moving } from "./moving";

describeOn("postgres", "a store that is moved", () => {
  let moving: Moving;
  beforeEach(async () => {
    moving = await createMoving();
  });
  afterEach(() => moving.remove());

  /** Every value of every row, as text: SQLite's numbers and PostgreSQL's are the same. */
  const textOf = ({ name, columns, keyLength }: (typeof MOVED_TABLES)[number], collation: string) => {
    const own = name === "installation" ? "where kind in ('slack_team', 'tigris_organisation')" : "";
    const keys = columns.slice(0, keyLength).map((key) => (key.kind === "text" ? `${key.name}${collation}` : key.name));
    return `select ${columns.map((column) => `cast(${column.name} as text) as ${column.name}`)} from ${name} ${own} order by ${keys}`;
  };

  test("every row of every table is there as it was, and a line for each table says how many", async () => {
    const { exitCode, said, complained } = await moving.move();
    expect([exitCode, complained]).toEqual([0, ""]);
    for (const table of MOVED_TABLES) {
      const were = moving.rows(textOf(table, ""));
      expect([table.name, were.length > 0]).toEqual([table.name, true]);
      expect(await moving.target.rows(textOf(table, ' collate "C"'))).toEqual(were);
      expect(said).toMatch(new RegExp(`^${table.name} +${were.length} rows  [0-9a-f]{16}$`, "m"));
    }
  });

  test("no number is given twice, not even one whose row is gone", async () => {
    const [{ last } = { last: 0 }] = moving.rows<{ last: number }>(
      "select seq as last from sqlite_sequence where name = 'outbox'",
    );
    expect(moving.rows(`select 1 from outbox where id = ${last}`)).toEqual([]);
    await moving.move();
    const added = await moving.target.rows<{ id: number }>(
      `insert into outbox (message_json, created_at, next_at, tries, revision, lease_until) values ('{}', 1, 1, 0, 1, 0) returning id`,
    );
    expect(added).toEqual([{ id: last + 1 }]);
  });

  test.each([
    ["0.1.0", 278, 0],
    // It held three deletions, each of which is an event more now.
    ["0.3.0", 74, 3],
    ["0.4.0", 72, 0],
  ] as const)("a store of version %s is brought up to date first", async (version, count, paused) => {
    const file = `${moving.file}-${version}`;
    writeOlderFile(version, file);
    const { exitCode } = await moving.move(["--from", `file:${file}`, "--to", moving.target.url]);
    expect(exitCode).toBe(0);
    expect(await moving.target.rows("select count(*) as count from events")).toEqual([{ count }]);
    const pauses = "select count(*) as count from keys where pause_json like '%\"pausing\"%'";
    expect(await moving.target.rows(pauses)).toEqual([{ count: paused }]);
  });

  test("where to may stand in a file or in the environment, and a password is said nowhere", async () => {
    const file = `${moving.file}-url`;
    writeFileSync(file, `${moving.target.url}\n`);
    const from = ["--from", `file:${moving.file}`];
    const first = await moving.move(from, { env: { DATABASE_URL_FILE: file } });
    expect(first.exitCode).toBe(0);
    expect((await moving.move([...from, "--undo"])).exitCode).toBe(0);
    const second = await moving.move(from, { env: { DATABASE_URL: moving.target.url } });
    expect(second.exitCode).toBe(0);
    const third = await moving.move(from, { env: { DATABASE_URL: moving.target.url } });
    expect(third.exitCode).toBe(78);
    const { password } = new URL(moving.target.url);
    expect(password.length).toBeGreaterThan(5);
    expect(JSON.stringify([first, second, third])).not.toContain(password);
    expect(JSON.stringify(moving.rows("select * from installation"))).not.toContain(password);
  });

  test("no bot starts on the old file, which says where everything went and how to go back", async () => {
    await moving.move();
    expect(isMarked(moving)).toBe(true);
    const { pathname, hostname } = new URL(moving.target.url);
    const start = () =>
      openStoreOrFail({ kind: "sqlite", file: moving.file }, { now: Date.now, monotonicMs: () => 0 }, {});
    await expect(start()).rejects.toMatchObject({
      code: "store_moved",
      exitCode: 78,
      message: expect.stringMatching(new RegExp(`${pathname.slice(1)} on ${hostname}.*DATABASE_URL.*--undo`)),
    });
    expect((await moving.move(["--from", `file:${moving.file}`, "--undo"])).said).toContain("can start");
    const store = await start();
    await store.close();
  });
});
