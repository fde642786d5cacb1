import { existsSync } from "node:fs";
import { createTestDatabase, describeOn, type TestDatabase } from "./database";
import { findSecrets } from "./secret-search";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await database.execute("create table keys (id bigint primary key)");
  await database.execute("create table uses (id bigint references keys (id), note text)");
});
afterEach(() => database.remove());

test("a test looks into its database, and writes against the rules of it", async () => {
  await database.execute("insert into uses (id) values (1); insert into uses (id) values (2)");
  expect(await database.rows("select id, count(*) over () as count from uses order by id")).toEqual([
    { id: 1, count: 2 },
    { id: 2, count: 2 },
  ]);
});

test("all that it holds is searched for secrets", async () => {
  await database.execute("insert into uses (note) values ('the key is tsec_hidden')");
  const found = async (secret: string) => findSecrets([secret], await database.contents());
  expect([(await found("tsec_hidden")).length, await found("tsec_other")]).toEqual([1, []]);
});

test("two tests never have one database", async () => {
  const other = await createTestDatabase();
  await other.execute("create table keys (id bigint)");
  await database.execute("insert into keys (id) values (1)");
  expect(await other.rows("select id from keys")).toEqual([]);
  await other.remove();
});

describeOn("sqlite", "on SQLite", () => {
  test("it is a file, until it is removed", async () => {
    expect(database.url).toBe(`file:${database.file}`);
    expect(existsSync(database.file)).toBe(true);
    await database.remove();
    expect(existsSync(database.file)).toBe(false);
  });
});

describeOn("postgres", "on PostgreSQL", () => {
  test("a test that needs SQLite's file is told so", () => {
    expect(database.url).toMatch(/^postgres:/);
    expect(() => database.file).toThrow('describeOn("sqlite"');
  });
});
